"""Reads the arrays that `weft-train prepare` writes and makes batches of them.

A batch holds sentences of similar length. The augmentations make training see what running will: headlines in capitals or without a stop,
lines broken anywhere, words whose vector or gazetteer entry is missing."""

import json
import pathlib

import numpy as np
import torch

SHAPE_COLUMN = 5
GAP_BITS = slice(8, 12)      # none, space, line, blank
KNOWN_BITS = slice(17, 64)   # gazetteer and lists
TREEBANKS = (0, 1)


def unpack_bits(values):
    """uint64[...] to uint8[..., 64], bit 0 first."""
    return np.unpackbits(values.astype("<u8").view(np.uint8).reshape(*values.shape, 8), axis=-1, bitorder="little")


class Part:
    """One prepared folder (train, dev, test, raw)."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)

        def array(name, kind):
            return np.fromfile(folder / name, dtype=kind)

        self.begin = array("sentences.u32", "<u4").astype(np.int64)
        self.source = array("source.u8", "u1")
        self.begins = array("begins.u8", "u1")
        self.rows = array("rows.u32", "<u4").reshape(-1, 6).astype(np.int32)
        self.bits = unpack_bits(array("bits.u64", "<u8"))
        self.case_shape = array("case_shape.u32", "<u4").reshape(-1, 3).astype(np.int32)
        self.case_bits = array("case_bits.u64", "<u8").reshape(-1, 3)
        self.pieces_begin = array("pieces_begin.u32", "<u4").astype(np.int64)
        self.pieces = array("pieces.u16", "<u2").astype(np.int32)
        self.tag = array("tag.i16", "<i2").astype(np.int64)
        self.head = array("head.i32", "<i4").astype(np.int64)
        self.deprel = array("deprel.i16", "<i2").astype(np.int64)
        self.names = array("names.u32", "<u4").astype(np.int64)
        self.folder = folder

    def __len__(self):
        return len(self.source)

    def words(self):
        return [line.split("\t") for line in (self.folder / "words.txt").read_text("utf-8").rstrip("\n").split("\n")]


def load_meta(folder):
    return json.loads((pathlib.Path(folder) / "meta.json").read_text())


class Augment:
    """Changes some of the sentences of a batch; every choice comes from one generator."""

    def __init__(self, seed, cases=0.05, gaps=0.3, wraps=0.05, stops=0.03, unknown=0.06, ungazetteered=0.1):
        self.random = np.random.default_rng(seed)
        self.cases, self.gaps, self.wraps, self.stops = cases, gaps, wraps, stops
        self.unknown, self.ungazetteered = unknown, ungazetteered

    def length(self, part, sentence):
        """Words of the sentence to keep: all, or all but a final stop that nothing hangs on."""
        first, end = part.begin[sentence], part.begin[sentence + 1]
        n = end - first
        if n < 4 or self.random.random() >= self.stops:
            return n
        head = part.head[first:end]
        last_is_stop = part.rows[end - 1, 1] == part.stop_row
        return n - 1 if last_is_stop and head[n - 1] >= 0 and not (head == n - 1).any() else n

    def features(self, part, first, n):
        random = self.random
        rows, bits = part.rows[first:first + n], part.bits[first:first + n]
        if random.random() < self.cases:
            k = random.choice(3, p=(0.25, 0.4, 0.35))
            rows = rows.copy()
            rows[:, SHAPE_COLUMN] = part.case_shape[first:first + n, k]
            bits = unpack_bits(part.case_bits[first:first + n, k])
        gap = random.random() < self.gaps
        wrap = random.random() < self.wraps
        forget = random.random(n) < self.ungazetteered if random.random() > 0.1 else np.ones(n, bool)
        bits = bits.copy()
        if gap:
            bits[0, GAP_BITS] = 0
            bits[0, 9 + random.integers(3)] = 1
        if wrap:
            chosen = (bits[:, 9] == 1) & (random.random(n) < 0.08)
            bits[chosen, 9], bits[chosen, 10] = 0, 1
        bits[forget, KNOWN_BITS] = 0
        drop = random.random(n) < self.unknown
        if drop.any():
            rows = rows.copy()
            rows[drop, 0] = 0
        return rows, bits


def plain_features(part, first, n):
    return part.rows[first:first + n], part.bits[first:first + n]


class Batch:
    """Padded tensors of some sentences: B of them, W words at most, P pieces at most."""

    def __init__(self, part, sentences, augment=None, with_pieces=True):
        lengths = [augment.length(part, s) if augment else part.begin[s + 1] - part.begin[s] for s in sentences]
        b, w = len(sentences), int(max(lengths))
        rows = np.zeros((b, w, 6), np.int32)
        bits = np.zeros((b, w, 64), np.uint8)
        tag = np.full((b, w), -1, np.int64)
        head = np.full((b, w), -2, np.int64)
        deprel = np.full((b, w), -1, np.int64)
        names = np.zeros((b, w), np.int64)
        for i, (s, n) in enumerate(zip(sentences, lengths)):
            first = part.begin[s]
            rows[i, :n], bits[i, :n] = augment.features(part, first, n) if augment else plain_features(part, first, n)
            tag[i, :n] = part.tag[first:first + n]
            head[i, :n] = part.head[first:first + n]
            deprel[i, :n] = part.deprel[first:first + n]
            names[i, :n] = part.names[first:first + n]
        self.sentences = list(sentences)
        self.lengths = torch.tensor(lengths)
        self.rows, self.bits = torch.from_numpy(rows).long(), torch.from_numpy(bits).float()
        self.tag, self.head, self.deprel = torch.from_numpy(tag), torch.from_numpy(head), torch.from_numpy(deprel)
        self.names = torch.from_numpy(names)
        self.mask = torch.arange(w)[None, :] < self.lengths[:, None]
        self.source = torch.from_numpy(part.source[self.sentences].astype(np.int64))
        if with_pieces:
            self._add_pieces(part, lengths)

    def _add_pieces(self, part, lengths):
        """[CLS] pieces [SEP]; `word_of` says which word (of the padded rows) a piece belongs to, or -1."""
        b, w = self.mask.shape
        spans = [(part.pieces_begin[part.begin[s]], part.pieces_begin[part.begin[s] + n])
                 for s, n in zip(self.sentences, lengths)]
        p = int(max(end - begin for begin, end in spans)) + 2
        pieces = np.zeros((b, p), np.int64)
        word_of = np.full((b, p), -1, np.int64)
        for i, ((begin, end), s, n) in enumerate(zip(spans, self.sentences, lengths)):
            first = part.begin[s]
            counts = np.diff(part.pieces_begin[first:first + n + 1])
            pieces[i, 0], pieces[i, 1:1 + end - begin], pieces[i, 1 + end - begin] = 101, part.pieces[begin:end], 102
            word_of[i, 1:1 + end - begin] = i * w + np.repeat(np.arange(n), counts)
        self.pieces, self.word_of = torch.from_numpy(pieces), torch.from_numpy(word_of)
        self.piece_mask = self.pieces != 0
        self.piece_counts = torch.zeros(b * w).scatter_add_(0, self.word_of[self.word_of >= 0],
                                                            torch.ones(int((self.word_of >= 0).sum())))


def batches(part, sentences, words, random=None):
    """Lists of sentence numbers with about `words` words each, sentences of similar length together. Shuffled by `random`."""
    lengths = part.begin[1:] - part.begin[:-1]
    order = np.array(sentences)
    noise = random.random(len(order)) * 0.15 * lengths[order] if random is not None else 0
    order = order[np.argsort(lengths[order] + noise, kind="stable")]
    out, current, longest = [], [], 0
    for s in order:
        longest = max(longest, lengths[s])
        if current and longest * (len(current) + 1) > words:
            out.append(current)
            current, longest = [], lengths[s]
        current.append(int(s))
    if current:
        out.append(current)
    if random is not None:
        random.shuffle(out)
    return out
