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
        self.known_names = None

    def __len__(self):
        return len(self.source)

    def words(self):
        return [line.split("\t") for line in (self.folder / "words.txt").read_text("utf-8").rstrip("\n").split("\n")]


def load_meta(folder):
    return json.loads((pathlib.Path(folder) / "meta.json").read_text())


class Names:
    """The names of a part by type and tags, so that one can stand for another: a net shall learn where a name stands, not which names
    there are (mention replacement, Dai and Adel 2020). Only names of the same tags change places: the tree stays right."""

    def __init__(self, part):
        single = (part.names & (part.names - 1)) == 0
        label = np.where(single, np.log2(np.maximum(part.names, 1)).astype(int), -1)
        self.of_sentence, self.pool = {}, {}
        for s in range(len(part)):
            first, end = int(part.begin[s]), int(part.begin[s + 1])
            i = first
            while i < end:
                k = i + 1
                if label[i] > 0 and label[i] % 2 == 1:
                    while k < end and label[k] == label[i] + 1:
                        k += 1
                    key = (int(label[i]), *part.tag[i:k].tolist())
                    self.of_sentence.setdefault(s, []).append((i - first, k - first, key))
                    self.pool.setdefault(key, []).append(i)
                i = k


class Augment:
    """Changes some of the sentences of a batch; every choice comes from one generator."""

    def __init__(self, seed, cases=0.05, gaps=0.3, wraps=0.05, stops=0.03, unknown=0.06, ungazetteered=0.1, replaced=0.0):
        self.random = np.random.default_rng(seed)
        self.replaced = replaced
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

    def places(self, part, sentence, n):
        """The place of each word's features: its own, or that of a word of another name."""
        first = part.begin[sentence]
        places = np.arange(first, first + n)
        if self.replaced > 0 and part.known_names is not None:
            for begin, end, key in part.known_names.of_sentence.get(sentence, ()):
                if end <= n and self.random.random() < self.replaced:
                    pool = part.known_names.pool[key]
                    other = pool[self.random.integers(len(pool))]
                    places[begin:end] = np.arange(other, other + end - begin)
        return places

    def features(self, part, first, places):
        random, n = self.random, len(places)
        rows = part.rows[places]
        if random.random() < self.cases:
            k = random.choice(3, p=(0.25, 0.4, 0.35))
            rows[:, SHAPE_COLUMN] = part.case_shape[places, k]
            bits = unpack_bits(part.case_bits[places, k])
        else:
            bits = part.bits[places]
        bits[:, GAP_BITS] = part.bits[first:first + n, GAP_BITS]
        gap = random.random() < self.gaps
        wrap = random.random() < self.wraps
        forget = random.random(n) < self.ungazetteered if random.random() > 0.1 else np.ones(n, bool)
        if gap:
            bits[0, GAP_BITS] = 0
            bits[0, 9 + random.integers(3)] = 1
        if wrap:
            chosen = (bits[:, 9] == 1) & (random.random(n) < 0.08)
            bits[chosen, 9], bits[chosen, 10] = 0, 1
        bits[forget, KNOWN_BITS] = 0
        drop = random.random(n) < self.unknown
        rows[drop, 0] = 0
        return rows, bits


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
        places = [augment.places(part, s, n) if augment else np.arange(part.begin[s], part.begin[s] + n)
                  for s, n in zip(sentences, lengths)]
        for i, (s, n) in enumerate(zip(sentences, lengths)):
            first = part.begin[s]
            if augment:
                rows[i, :n], bits[i, :n] = augment.features(part, first, places[i])
            else:
                rows[i, :n], bits[i, :n] = part.rows[first:first + n], part.bits[first:first + n]
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
            self._add_pieces(part, places)

    def _add_pieces(self, part, places):
        """[CLS] pieces [SEP]; `word_of` says which word (of the padded rows) a piece belongs to, or -1."""
        b, w = self.mask.shape
        counts = [part.pieces_begin[at + 1] - part.pieces_begin[at] for at in places]
        p = int(max(c.sum() for c in counts)) + 2
        pieces = np.zeros((b, p), np.int64)
        word_of = np.full((b, p), -1, np.int64)
        for i, (at, count) in enumerate(zip(places, counts)):
            total = int(count.sum())
            inside = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
            pieces[i, 0], pieces[i, 1 + total] = 101, 102
            pieces[i, 1:1 + total] = part.pieces[np.repeat(part.pieces_begin[at], count) + inside]
            word_of[i, 1:1 + total] = i * w + np.repeat(np.arange(len(at)), count)
        self.pieces, self.word_of = torch.from_numpy(pieces), torch.from_numpy(word_of)
        self.piece_mask = self.pieces != 0
        self.piece_counts = torch.zeros(b * w).scatter_add_(0, self.word_of[self.word_of >= 0],
                                                            torch.ones(int((self.word_of >= 0).sum())))


def batches(part, sentences, words, random=None, pieces=False):
    """Lists of sentence numbers with about `words` words each, sentences of similar length together; with `pieces`, of as many pieces
    (those of an address are many more than its words). Shuffled by `random`."""
    lengths = part.begin[1:] - part.begin[:-1]
    if pieces:
        lengths = part.pieces_begin[part.begin[1:]] - part.pieces_begin[part.begin[:-1]]
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
