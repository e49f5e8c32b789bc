#!/usr/bin/env python3
"""Trains the net that finds where sentences begin, and dumps it.

    train_sentences.py CONFIG.json --data PREPARED --out DIR [--epochs N] [--set key=value …]

It sees our own tokens of whole blocks, with the white space before each and what the tokenizer says of a full stop."""

import argparse
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import corpus
import dump
import net as nets

LINE, BLANK, SPACE = 10, 11, 9
STOP_END = 12


class Blocks:
    def __init__(self, folder):
        def array(name, kind):
            return np.fromfile(folder / name, dtype=kind)

        self.begin = array("blocks.u32", "<u4").astype(np.int64)
        self.source = array("block_source.u8", "u1")
        self.rows = array("block_rows.u32", "<u4").reshape(-1, 6).astype(np.int32)
        self.bits = corpus.unpack_bits(array("block_bits.u64", "<u8"))
        self.label = array("block_begin.u8", "u1")

    def block(self, b):
        k = slice(self.begin[b], self.begin[b + 1])
        return self.rows[k], self.bits[k], self.label[k]


def set_gap(bits, at, kind):
    bits[at, corpus.GAP_BITS] = 0
    bits[at, kind] = 1


class Changes:
    """What news has and the treebanks lack: broken lines, headlines without a stop, bullets, paragraphs run together."""

    def __init__(self, seed, bullets):
        self.random = np.random.default_rng(seed)
        self.bullets = bullets  # (rows, bits) of tokens that stand before items

    def __call__(self, blocks, b):
        random = self.random
        rows, bits, label = (a.copy() for a in blocks.block(b))
        joins = random.random()
        while joins < 0.2 and b + 1 < len(blocks.source) and len(label) < 300:
            b += 1
            rows2, bits2, label2 = (a.copy() for a in blocks.block(b))
            if random.random() < 0.3:
                rows, bits, label = self.without_stop(rows, bits, label)
            set_gap(bits2, 0, BLANK if random.random() < 0.5 else LINE)
            rows, bits, label = np.concatenate([rows, rows2]), np.concatenate([bits, bits2]), np.concatenate([label, label2])
            joins = random.random()
        if random.random() < 0.1:
            rows, bits, label = self.headline(rows, bits, label)
        if random.random() < 0.04:
            rows, bits, label = self.bullet(rows, bits, label)
        if random.random() < 0.12:
            width, since = random.integers(6, 20), 0
            for i in range(1, len(label)):
                since += 1
                if since >= width + random.integers(-2, 3) and bits[i, SPACE]:
                    set_gap(bits, i, LINE)
                    since = 0
        keep = 400
        if len(label) > keep:
            first = random.integers(0, len(label) - keep + 1)
            rows, bits, label = rows[first:first + keep], bits[first:first + keep], label[first:first + keep]
        forget = random.random(len(label)) < 0.05
        rows[forget, 0] = 0
        return rows, bits, label

    def without_stop(self, rows, bits, label):
        if len(label) > 2 and bits[-1, STOP_END]:
            return rows[:-1], bits[:-1], label[:-1]
        return rows, bits, label

    def headline(self, rows, bits, label):
        """One sentence loses its stop, and the next begins on another line."""
        begins = [i for i in np.flatnonzero(label) if i > 1 and bits[i - 1, STOP_END]]
        if not begins:
            return rows, bits, label
        at = begins[self.random.integers(len(begins))]
        set_gap(bits, at, BLANK if self.random.random() < 0.4 else LINE)
        keep = np.arange(len(label)) != at - 1
        return rows[keep], bits[keep], label[keep]

    def bullet(self, rows, bits, label):
        out = []
        kind = self.bullets[self.random.integers(len(self.bullets))]
        for i in range(len(label)):
            if label[i]:
                b = kind[1].copy()[None]
                set_gap(b, 0, LINE if i > 0 else BLANK)
                out.append((kind[0][None], b, np.ones(1, label.dtype)))
                one = bits[i:i + 1].copy()
                set_gap(one, 0, SPACE)
                out.append((rows[i:i + 1], one, np.zeros(1, label.dtype)))
            else:
                out.append((rows[i:i + 1], bits[i:i + 1], label[i:i + 1]))
        return tuple(np.concatenate(part) for part in zip(*out))


def find_bullets(folder, blocks):
    """Rows and bits of "-", "*", "•" and "–", as far as the corpus has them."""
    part = corpus.Part(folder)
    words = [w for sentence in part.words() for w in sentence]
    out = []
    for bullet in ("-", "*", "\u2022", "\u00b7", "o"):
        if bullet in words:
            k = words.index(bullet)
            bits = part.bits[k].copy()
            bits[8:] = 0
            out.append((part.rows[k], bits))
    return out


class SentenceNet(nn.Module):
    def __init__(self, config, meta, vectors):
        super().__init__()
        width = config["surface"]
        self.surface = nets.Surface(vectors, meta["table_rows"], width, config["row_dropout"])
        self.drop = nets.Dropout(config["dropout"])
        self.blocks = nn.ModuleList(nets.ConvBlock(width, b["dilation"], b["hidden"], config["dropout"]) for b in config["blocks"])
        self.norm = nn.LayerNorm(width)
        self.sentence = nn.Linear(width, 1)

    def forward(self, rows, bits, mask):
        x = self.drop(self.surface(rows, bits)) * mask.unsqueeze(-1)
        for block in self.blocks:
            x = block(x, mask)
        return self.sentence(self.norm(x)).squeeze(-1)


def pad(items):
    w = max(len(label) for _, _, label in items)
    rows, bits = np.zeros((len(items), w, 6), np.int64), np.zeros((len(items), w, 64), np.float32)
    label, mask = np.zeros((len(items), w), np.float32), np.zeros((len(items), w), bool)
    for i, (r, b, l) in enumerate(items):
        rows[i, :len(l)], bits[i, :len(l)], label[i, :len(l)], mask[i, :len(l)] = r, b, l, True
    return tuple(torch.from_numpy(a) for a in (rows, bits, label, mask))


@torch.no_grad()
def logits(net, blocks):
    net.eval()
    out = []
    for b in range(len(blocks.source)):
        rows, bits, label, mask = pad([blocks.block(b)])
        out.append(net(rows, bits, mask)[0].numpy())
    return out


def f1(blocks, scores, threshold, source):
    right = both = 0
    for b in np.flatnonzero(blocks.source == source):
        label = blocks.block(b)[2] > 0
        found = scores[b] > threshold
        found[0] = label[0] = True
        spans = []
        for begins in (label, found):
            starts = np.flatnonzero(begins).tolist() + [len(begins)]
            spans.append(set(zip(starts, starts[1:])))
        right += len(spans[0] & spans[1])
        both += len(spans[0]) + len(spans[1])
    return 200 * right / both


def figures_of(net, blocks):
    scores = logits(net, blocks)
    table = {t: (f1(blocks, scores, t, 0), f1(blocks, scores, t, 1)) for t in np.arange(-1.5, 1.6, 0.25)}
    best = max(table, key=lambda t: sum(table[t]))
    return float(best), table[best], table[0.0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--set", nargs="*", default=[])
    options = parser.parse_args()
    config = json.loads(options.config.read_text())
    config.update((s.split("=", 1)[0], json.loads(s.split("=", 1)[1])) for s in options.set)
    epochs = options.epochs or config["epochs"]
    torch.manual_seed(config["seed"])
    torch.set_num_threads(1)
    meta = corpus.load_meta(options.data)
    train, dev = Blocks(options.data / "train"), Blocks(options.data / "dev")
    vectors = torch.from_numpy(np.fromfile(options.data / "vectors.f32", "<f4").reshape(-1, 100))
    net = SentenceNet(config, meta, vectors)
    optimizer = torch.optim.AdamW(net.parameters(), lr=config["rate"], weight_decay=0.01)
    changes = Changes(config["seed"], find_bullets(options.data / "train", train))
    random = np.random.default_rng(config["seed"])
    average = [p.detach().clone() for p in net.parameters()]
    step, started = 0, time.time()
    for epoch in range(epochs):
        items = [changes(train, b) for b in range(len(train.source))]
        items.sort(key=lambda item: len(item[2]) * (1 + 0.2 * random.random()))
        plan, current, longest = [], [], 0
        for item in items:
            longest = max(longest, len(item[2]))
            if current and longest * (len(current) + 1) > config["batch_words"]:
                plan.append(current)
                current, longest = [], len(item[2])
            current.append(item)
        plan.append(current)
        random.shuffle(plan)
        net.train()
        total = 0.0
        for batch in plan:
            for group in optimizer.param_groups:
                group["lr"] = config["rate"] * nets.scale_of(step, epochs * len(plan), 100)
            rows, bits, label, mask = pad(batch)
            inner = mask.clone()
            inner[:, 0] = False
            loss = F.binary_cross_entropy_with_logits(net(rows, bits, mask)[inner], label[inner])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += float(loss.detach())
            with torch.no_grad():
                torch._foreach_lerp_(average, [p.detach() for p in net.parameters()], 1 - min(0.998, (step + 1) / (step + 10)))
        if epoch % 4 == 3 or epoch + 1 == epochs:
            kept = [p.detach().clone() for p in net.parameters()]
            with torch.no_grad():
                for p, a in zip(net.parameters(), average):
                    p.copy_(a)
            threshold, best, at_zero = figures_of(net, dev)
            print(f"epoch {epoch + 1} {time.time() - started:.0f} s loss {total / len(plan):.4f} dev EWT {best[0]:.2f} GUM {best[1]:.2f} at "
                  f"{threshold:.2f} (at 0: {at_zero[0]:.2f} {at_zero[1]:.2f})", flush=True)
            if epoch + 1 < epochs:
                with torch.no_grad():
                    for p, k in zip(net.parameters(), kept):
                        p.copy_(k)
    arrays = dump.encoder_arrays(net)
    arrays["heads.sentence.weight"], arrays["heads.sentence.bias"] = net.sentence.weight, net.sentence.bias
    dump.write_arrays(options.out, arrays, {
        "tier": "sentences", "surface": config["surface"], "blocks": config["blocks"], "heads": {}, "tags": [], "deprels": [],
        "types": [], "gazetteer_types": [], "threshold": threshold, "figures": {"ewt.sentences": best[0], "gum.sentences": best[1]}})
    scores = logits(net, dev)
    check = [{"block": int(b), "logits": [round(float(v), 5) for v in scores[b]]} for b in range(0, len(dev.source), 60)]
    (options.out / "check.json").write_text(json.dumps(check) + "\n")


if __name__ == "__main__":
    main()
