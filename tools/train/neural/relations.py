#!/usr/bin/env python3
"""A head for relations between two mentions, on the accurate tier's word vectors (frozen); measured on every seventh document.

    relations.py ACCURATE.json NET.pt --data PREPARED --gold ../shared/gold/train --ontology schema/ontology.json --out DIR [--bert SAFETENSORS]

Mentions are the surface forms that the gold documents list, facts their graphs'. A pair of entities is a candidate where both are mentioned in one
sentence or in neighbouring ones (the nearest mentions of each count); it is told "none" where the document's graph has no fact of the two.
That graph does not say which sentence states a fact, so a pair that is named together again is marked again: recall is understated."""

import argparse
import json
import pathlib
import re

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import corpus
import net as nets
import train

TYPES = ("Person", "Organization", "Place", "Facility", "Position", "Initiative", "Theme", "Industry", "Event", "Work", "Product", "Group")
SYMMETRIC = ("met_with", "cooperates_with", "conflicts_with")
PLAIN = str.maketrans("‘’“”–—", "''\"\"--")


def dense(text):
    return re.sub(r"\s+", "", text.translate(PLAIN))


class GoldDocument:
    """Sentences (numbers in a part) with the mentions of each, and the facts."""

    def __init__(self, gold, sentences, words):
        self.types = {e["id"]: e["type"] for e in gold["entities"]}
        forms = sorted(((dense(form), e["id"]) for e in gold["entities"] for form in (e["name"], *e["aliases"]) if dense(form)),
                       key=lambda item: -len(item[0]))
        self.mentions = []  # (sentence place, begin, end, entity)
        self.sentences = sentences
        for place, s in enumerate(sentences):
            self._find(place, words[s], forms)
        self.facts = {}
        for fact in gold["facts"]:
            if fact.get("o"):
                self.facts.setdefault((fact["s"], fact["o"]), fact["r"])
                if fact["r"] in SYMMETRIC:
                    self.facts.setdefault((fact["o"], fact["s"]), fact["r"])

    def _find(self, place, words, forms):
        text, starts = "", {}
        for i, word in enumerate(words):
            starts[len(text)] = i
            text += dense(word)
        starts[len(text)] = len(words)
        taken = np.zeros(len(words), bool)
        for form, entity in forms:
            at = text.find(form)
            while at >= 0:
                begin, end = starts.get(at), starts.get(at + len(form))
                if begin is not None and end is not None and end > begin and not taken[begin:end].any():
                    taken[begin:end] = True
                    self.mentions.append((place, begin, end, entity))
                at = text.find(form, at + 1)

    def pairs(self):
        """(mention, mention, forward relation or None, backward relation or None), the first mention first in the text."""
        out, seen = [], set()
        ordered = sorted(self.mentions)
        for i, a in enumerate(ordered):
            for b in ordered[i + 1:]:
                if b[0] - a[0] > 1:
                    break
                if a[3] == b[3] or (a[0], b[0], a[3], b[3]) in seen:
                    continue
                if b[0] != a[0] and any(m[0] == a[0] and m[3] == b[3] or m[0] == b[0] and m[3] == a[3] for m in ordered):
                    continue  # they meet inside a sentence already
                seen.add((a[0], b[0], a[3], b[3]))
                out.append((a, b, self.facts.get((a[3], b[3])), self.facts.get((b[3], a[3]))))
        return out


def read_documents(options, part_name, held_out):
    part = corpus.Part(options.data / part_name)
    words = part.words()
    files = sorted((options.gold / "gold").iterdir())
    files = [f for k, f in enumerate(files) if (k % 7 == 3) == held_out]
    gold_sentences = np.flatnonzero(part.source == 4)
    starts = [k for k, s in enumerate(gold_sentences) if part.begins[s] & 1] + [len(gold_sentences)]
    assert len(starts) == len(files) + 1, (len(starts), len(files))
    return part, [GoldDocument(json.loads(f.read_text()), gold_sentences[a:b].tolist(), words)
                  for f, a, b in zip(files, starts, starts[1:])]


@torch.no_grad()
def vectors_of_sentences(net, part, sentences):
    out = {}
    for chosen in corpus.batches(part, sentences, 3000):
        batch = corpus.Batch(part, chosen)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = net.encode(batch).float()
        for i, (s, n) in enumerate(zip(chosen, batch.lengths.tolist())):
            out[s] = x[i, :n].clone()
    return out


def examples(net, part, documents, labels):
    states = vectors_of_sentences(net, part, [s for d in documents for s in d.sentences])
    rows, kinds, targets = [], [], []
    for d in documents:
        for a, b, forward, backward in d.pairs():
            x, y = states[d.sentences[a[0]]], states[d.sentences[b[0]]]
            same = a[0] == b[0]
            between = x[a[2]:b[1]] if same else torch.cat([x[a[2]:], y[:b[1]]])
            middle = between.mean(0) if len(between) else torch.zeros(x.shape[1])
            around = torch.cat([x[max(0, a[1] - 3):a[1]], y[b[2]:b[2] + 3]])
            around = around.mean(0) if len(around) else torch.zeros(x.shape[1])
            rows.append(torch.cat([x[a[1]:a[2]].mean(0), y[b[1]:b[2]].mean(0), middle, around]))
            distance = min(9, int(np.log2(1 + len(between)) * 1.6))
            kinds.append([TYPES.index(d.types[a[3]]), TYPES.index(d.types[b[3]]), distance, int(not same)])
            label = forward if forward else ("~" + backward if backward else "none")
            targets.append(labels.setdefault(label, len(labels)) if "_closed" not in labels else
                           labels.get(label, 0))
    return torch.stack(rows), torch.tensor(kinds), torch.tensor(targets)


def possible(kinds, names, ontology):
    """A row of 0 and -30 a pair: what the ontology allows between its types."""
    relations = {r["name"]: r for r in json.loads(ontology.read_text())["relations"]}
    table = torch.zeros(12, 12, len(names))
    for k, name in enumerate(names):
        relation = relations.get(name.removeprefix("~"))
        if relation is None:
            continue
        for a, first in enumerate(TYPES):
            for b, second in enumerate(TYPES):
                s, o = (second, first) if name.startswith("~") else (first, second)
                if s not in relation["domain"] or o not in relation["range"]:
                    table[a, b, k] = -30
    return table[kinds[:, 0], kinds[:, 1]]


class RelationHead(nn.Module):
    def __init__(self, width, labels, hidden=192):
        super().__init__()
        self.types, self.distance, self.same = nn.Embedding(12, 24), nn.Embedding(10, 12), nn.Embedding(2, 8)
        self.into, self.out = nn.Linear(4 * width + 48 + 20, hidden), nn.Linear(hidden, labels)
        self.drop = nn.Dropout(0.35)

    def forward(self, rows, kinds):
        x = torch.cat([rows, self.types(kinds[:, 0]), self.types(kinds[:, 1]), self.distance(kinds[:, 2]), self.same(kinds[:, 3])], 1)
        return self.out(self.drop(F.relu(self.into(self.drop(x)))))


def report(p, targets, names):
    best = p[:, 1:].max(1)
    right_label = best.indices + 1
    total = int((targets != 0).sum())
    lines = []
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        said = best.values > threshold
        right = int((said & (right_label == targets)).sum())
        said = int(said.sum())
        lines.append(f"threshold {threshold:.1f}: precision {100 * right / max(1, said):.1f} recall {100 * right / total:.1f} ({said} of {total})")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("weights", type=pathlib.Path)
    for name in ("--data", "--gold", "--ontology", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--bert", type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=15)
    options = parser.parse_args()
    torch.manual_seed(7)
    torch.set_num_threads(1)
    state = torch.load(options.weights, weights_only=False)
    net = nets.Net(state["config"], corpus.load_meta(options.data), train.vectors_of(options.data), train.load_bert(options.bert))
    net.load_state_dict(state["net"])
    net.eval()
    labels = {"none": 0}
    part, documents = read_documents(options, "train", False)
    rows, kinds, targets = examples(net, part, documents, labels)
    names = list(labels)
    labels["_closed"] = -1
    dev_part, dev_documents = read_documents(options, "dev", True)
    dev_rows, dev_kinds, dev_targets = examples(net, dev_part, dev_documents, labels)
    print(f"{len(rows)} pairs, {int((targets > 0).sum())} with a relation of {len(names) - 1}; held out {len(dev_rows)}, {int((dev_targets > 0).sum())}")
    head = RelationHead(rows.shape[1] // 4, len(names))
    mask, dev_mask = possible(kinds, names, options.ontology), possible(dev_kinds, names, options.ontology)
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    for epoch in range(options.epochs):
        head.train()
        order = torch.randperm(len(rows))
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * (1 - epoch / options.epochs)
        for chosen in order.split(128):
            loss = F.cross_entropy(head(rows[chosen], kinds[chosen]) + mask[chosen], targets[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    head.eval()
    with torch.no_grad():
        p = F.softmax(head(dev_rows, dev_kinds) + dev_mask, -1)
    print(report(p, dev_targets, names))
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"head": head.state_dict(), "labels": names}, options.out / "relations.pt")


if __name__ == "__main__":
    main()
