#!/usr/bin/env python3
"""Trains the weights by which weft tells descriptions from other words beside a name (src/extract/descriptions.cpp), on candidates that
`weft-train relations` wrote.

    descriptions.py PAIRS --gold ../shared/gold/train/gold --score ../shared/gold/score.py --out schema/lexicons/description_weights.json
                    [--again PAIRS]... [--folds 5] [--only even|odd]

A candidate is right if the document's gold graph has a serves_as of its entity that shares half of its words with it. The model is a logistic regression.
With --folds it trains that many models without a part of the documents each and prints precision, recall and F1 of serves_as on the part left out for
each limit; then it trains on all.
--again: the same texts as the other tier reads them. --only: train on half of the documents, measure on the other half.
A fixed seed and one thread: the same input gives the same file."""

import argparse
import collections
import json
import pathlib
import re

import numpy as np
import torch

from values import MOST, load_scorer

LEAST, PENALTY, STEPS = 4, 6.0, 150  # a feature is known that so many candidates have; of squared weights; of L-BFGS
OPTIONAL = 0.5  # weight of a candidate that need not be found
LIMITS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
FORM = re.compile(r"[!-@\[-~]+( [!-@\[-~]+)*")  # of an entry of a lexicon


class Document:
    def __init__(self, line, candidates, gold_path, scorer):
        self.name = pathlib.Path(line["id"]).name.removesuffix(".txt")
        self.entities, gold = scorer.load_gold(gold_path)
        self.gold = [g for g in gold if g["r"] == "serves_as" or "serves_as" in g.get("alt", []) and "o_text" in g]
        nodes = [{"id": i, "type": e["type"], "label": e["label"], "names": {scorer.norm(n) for n in [e["label"], *e["aliases"]]} - {""}}
                 for i, e in enumerate(line["entities"])]
        self.mapping, _ = scorer.match_entities(self.entities, nodes, False)
        self.candidates = [(e, value, features, *self.label(e, value, scorer)) for e, value, features in candidates]

    def label(self, entity, value, scorer):
        """Whether it is right, and what that weighs."""
        place = self.mapping.get(entity)
        if place is None:
            return False, 0.5
        weights = [OPTIONAL if g.get("optional") else 1.0 for g in self.gold
                   if g["s"] == self.entities[place]["id"] and scorer.overlap(g["o_text"], value) >= 0.5]
        if weights:
            return True, max(weights)
        return False, 0.3 if self.entities[place].get("optional") else 1.0


def read(folder, gold, scorer):
    parts, part = [], []
    for text in (folder / "descriptions.jsonl").read_text().splitlines():
        if text:
            part.append(json.loads(text))
        else:
            parts.append(part)
            part = []
    lines = [json.loads(t) for t in (folder / "documents.jsonl").read_text().splitlines()]
    out = []
    for line, candidates in zip(lines, parts, strict=True):
        path = gold / (pathlib.Path(line["id"]).name.removesuffix(".txt") + ".gold.json")
        if path.exists():
            out.append(Document(line, candidates, path, scorer))
    return out


def train(documents):
    counts = collections.Counter()
    for d in documents:
        counts.update({f for c in d.candidates for f in c[2]})
    known = {f: i + 1 for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST and FORM.fullmatch(f)))}
    rows, starts, right, weight = [], [], [], []
    for _, _, features, is_right, share in (c for d in documents for c in d.candidates):
        starts.append(len(rows))
        rows += [0] + [known[f] for f in features if f in known]
        right.append(float(is_right))
        weight.append(share)
    rows, starts, right, weight = (torch.tensor(x) for x in (rows, starts, right, weight))
    weights = torch.zeros(len(known) + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        sums = torch.nn.functional.embedding_bag(rows, weights[:, None], starts, mode="sum")[:, 0]
        value = torch.nn.functional.binary_cross_entropy_with_logits(sums, right, weight, reduction="sum") + 0.5 * PENALTY * (weights[1:] ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    values = weights.detach().numpy()
    return {"any": float(values[0]), **{f: float(values[i]) for f, i in known.items()}}


def likely(document, weights):
    return [float(1 / (1 + np.exp(-np.clip(weights["any"] + sum(weights.get(f, 0) for f in c[2]), -MOST, MOST)))) for c in document.candidates]


def figures_at(documents, picks, limit, scorer):
    tp = fp = fn = 0
    for d, pick in zip(documents, picks):
        said = {(c[0], c[1]): {"s": c[0], "r": "serves_as", "o_text": c[1]} for p, c in zip(pick, d.candidates) if p >= limit}
        a, b, c, _ = scorer.score_facts(d.gold, d.entities, list(said.values()), d.mapping, True)
        tp, fp, fn = tp + a, fp + b, fn + c
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), tp, fp, fn


def report(title, documents, picks, scorer):
    print(f"{title}: precision / recall / F1 of serves_as from each limit on")
    for limit in LIMITS:
        figures = figures_at(documents, picks, limit, scorer)
        print(f"  {limit:.2f}: " + " / ".join(f"{100 * x:.1f}" for x in figures[:3]) + "  " + " ".join(map(str, figures[3:])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=pathlib.Path)
    for name in ("--gold", "--score", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--again", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", choices=("even", "odd"))
    parser.add_argument("--limit", type=float, default=0.35, help="least likelihood of a description (default: %(default)s)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    scorer = load_scorer(options.score)
    documents = read(options.pairs, options.gold, scorer)
    again = [d for folder in options.again for d in read(folder, options.gold, scorer)]
    print(f"{len(documents)} documents, {sum(len(d.candidates) for d in documents)} candidates, "
          f"{sum(c[3] for d in documents for c in d.candidates)} of them right")
    report("all candidates", documents, [[1.0] * len(d.candidates) for d in documents], scorer) if options.folds else None
    half = lambda d: int(d.name.rpartition("-")[2]) % 2
    if options.only:
        rest = int(options.only == "odd")
        weights = train([d for d in documents + again if half(d) == rest])
        for name, part in (("trained on", [d for d in documents if half(d) == rest]), ("unseen", [d for d in documents if half(d) != rest])):
            report(name, part, [likely(d, weights) for d in part], scorer)
    if options.folds:
        picks = [None] * len(documents)
        for fold in range(options.folds):
            names = {d.name for d in documents[fold::options.folds]}
            fold_weights = train([d for d in documents + again if d.name not in names])
            for k in range(fold, len(documents), options.folds):
                picks[k] = likely(documents[k], fold_weights)
        report(f"{options.folds} folds", documents, picks, scorer)
    if not options.only:
        weights = train(documents + again)
    entries = [("least likely", options.limit)] + sorted((f, w) for f, w in weights.items() if abs(w) >= 0.02)
    rows = ",\n".join(f'      {{"form": {json.dumps(f, ensure_ascii=False)}, "value": "{w:.2f}"}}' for f, w in entries)
    options.out.write_text("""{
  "about": "Weights of what speaks for and against words as a description of an entity: a logistic regression, read by src/extract/descriptions.cpp.",
  "source": "trained by tools/train/descriptions",
  "licence": "Apache-2.0",
  "lists": {
    "description_weights": {"about": "Feature of a candidate and its weight; 'any' is the constant, 'least likely' the likelihood below which nothing is said.", "entries": [
""" + rows + """
    ]}
  }
}
""", encoding="utf-8")
    print(f"{len(entries) - 1} weights; a description is said from {options.limit} on")


if __name__ == "__main__":
    main()
