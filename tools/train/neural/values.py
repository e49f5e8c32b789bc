#!/usr/bin/env python3
"""Trains the weights by which weft finds of which entity a figure is (src/extract/figure_owners.cpp), on figures that `weft-train relations` wrote.

    values.py PAIRS --gold ../shared/gold/train/gold --score ../shared/gold/score.py --out schema/lexicons/figure_owners.json
              [--again PAIRS]... [--folds 5] [--only even|odd]

An entity owns a figure if the document's gold graph has a value of it with one of the figure's numbers. The model is a conditional logit over the
candidates of a figure and nobody; the likeliest candidate owns it, if it is likely enough. With --folds it trains that many models without a part of the
documents each and prints precision, recall and F1 of has_value on the part left out for each limit; then it trains on all.
--again: the same texts as the other tier reads them. --only: train on half of the documents, measure on the other half.
A fixed seed and one thread: the same input gives the same file."""

import argparse
import collections
import importlib.util
import json
import pathlib
import re

import numpy as np
import torch

LEAST, PENALTY, STEPS = 3, 6.0, 150  # a feature is known that so many candidates have; of squared weights; of L-BFGS
OPTIONAL, NOBODY = 0.6, 0.7  # weights of figures: whose value need not be found; that the graph does not have
MOST = 30  # as in figure_owners.cpp
LIMITS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
FORM = re.compile(r"[!-@\[-~]+( [!-@\[-~]+)*")  # of an entry of a lexicon
SMALL = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


def load_scorer(path):
    spec = importlib.util.spec_from_file_location("score", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def numbers(text):
    found = {n.rstrip(".,").replace(",", "") for n in re.findall(r"\d[\d.,]*", text)}
    return found | {SMALL[w] for w in re.findall(r"[a-z]+", text.lower()) if w in SMALL}


class Document:
    def __init__(self, line, figures, gold_path, scorer):
        self.line, self.name = line, pathlib.Path(line["id"]).name.removesuffix(".txt")
        self.entities, gold = scorer.load_gold(gold_path)
        self.gold = [g for g in gold if g["r"] == "has_value"]
        nodes = [{"id": i, "type": e["type"], "label": e["label"], "names": {scorer.norm(n) for n in [e["label"], *e["aliases"]]} - {""}}
                 for i, e in enumerate(line["entities"])]
        self.mapping, _ = scorer.match_entities(self.entities, nodes, False)
        self.figures = [[(e, value, features, *self.label(e, value, scorer)) for e, value, features in candidates] for candidates in figures]

    def label(self, entity, value, scorer):
        """Whether the candidate owns the figure, and what that weighs."""
        place = self.mapping.get(entity)
        if place is None:
            return False, 0.0
        said, weights = numbers(value), [0.0]
        for g in self.gold:
            if g["s"] == self.entities[place]["id"] and (numbers(g["o_text"]) & said or scorer.overlap(g["o_text"], value) >= 0.5):
                weights.append(OPTIONAL if g.get("optional") else 1.0)
        return len(weights) > 1, max(weights)


def read(folder, gold, scorer):
    parts, part = [], []
    for text in (folder / "figures.jsonl").read_text().splitlines():
        if text:
            part.append(json.loads(text))
        else:
            parts.append(part)
            part = []
    lines = [json.loads(t) for t in (folder / "documents.jsonl").read_text().splitlines()]
    out = []
    for line, figures in zip(lines, parts, strict=True):
        path = gold / (pathlib.Path(line["id"]).name.removesuffix(".txt") + ".gold.json")
        if path.exists():
            out.append(Document(line, figures, path, scorer))
    return out


def train(documents):
    counts = collections.Counter()
    for d in documents:
        counts.update({f for figure in d.figures for c in figure for f in c[2]})
    known = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST and FORM.fullmatch(f)))}
    rows, starts, group, right, weight, nobody = [], [], [], [], [], []
    for figure in (figure for d in documents for figure in d.figures if figure):
        for _, _, features, owns, _ in figure:
            starts.append(len(rows))
            rows += [known[f] for f in features if f in known]
            group.append(len(weight))
            right.append(owns)
        nobody.append(not any(c[3] for c in figure))
        weight.append(max(c[4] for c in figure) or NOBODY)
    rows, starts, group, right = (torch.tensor(x) for x in (rows, starts, group, right))
    weight, nobody = torch.tensor(weight), torch.tensor(nobody, dtype=torch.float)
    weights = torch.zeros(len(known), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        odds = torch.exp(torch.nn.functional.embedding_bag(rows, weights[:, None], starts, mode="sum")[:, 0].clamp(-MOST, MOST))
        every = torch.zeros(len(weight)).index_add_(0, group, odds) + 1
        owners = torch.zeros(len(weight)).index_add_(0, group, odds * right) + nobody
        value = (weight * (torch.log(every) - torch.log(owners))).sum() + 0.5 * PENALTY * (weights ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    values = weights.detach().numpy()
    return {f: float(values[i]) for f, i in known.items()}


def chosen(document, weights):
    """Of each figure its likeliest candidate, with its probability."""
    out = []
    for figure in filter(None, document.figures):
        odds = np.exp(np.clip([sum(weights.get(f, 0) for f in c[2]) for c in figure], -MOST, MOST))
        best = int(odds.argmax())
        out.append((float(odds[best] / (1 + odds.sum())), figure[best]))
    return out


def figures_at(documents, picks, limit, scorer):
    tp = fp = fn = 0
    for d, pick in zip(documents, picks):
        said = [{"s": c[0], "r": "has_value", "o_text": c[1]} for p, c in pick if p >= limit]
        a, b, c, _ = scorer.score_facts(d.gold, d.entities, said, d.mapping, True)
        tp, fp, fn = tp + a, fp + b, fn + c
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), tp, fp, fn


def report(title, documents, picks, scorer):
    print(f"{title}: precision / recall / F1 of has_value from each limit on")
    table = {}
    for limit in LIMITS:
        table[limit] = figures_at(documents, picks, limit, scorer)
        print(f"  {limit:.2f}: " + " / ".join(f"{100 * x:.1f}" for x in table[limit][:3]) + "  " + " ".join(map(str, table[limit][3:])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=pathlib.Path)
    for name in ("--gold", "--score", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--again", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", choices=("even", "odd"))
    parser.add_argument("--limit", type=float, default=0.45, help="least probability of an owner (default: %(default)s)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    scorer = load_scorer(options.score)
    documents = read(options.pairs, options.gold, scorer)
    again = [d for folder in options.again for d in read(folder, options.gold, scorer)]
    figures = sum(len(d.figures) for d in documents)
    owned = sum(any(c[3] for c in figure) for d in documents for figure in d.figures)
    print(f"{len(documents)} documents, {figures} figures, {owned} of them with an owner among the candidates")
    half = lambda d: int(d.name.rpartition("-")[2]) % 2
    if options.only:
        rest = int(options.only == "odd")
        weights = train([d for d in documents + again if half(d) == rest])
        for name, part in (("trained on", [d for d in documents if half(d) == rest]), ("unseen", [d for d in documents if half(d) != rest])):
            report(name, part, [chosen(d, weights) for d in part], scorer)
    if options.folds:
        picks = [None] * len(documents)
        for fold in range(options.folds):
            names = {d.name for d in documents[fold::options.folds]}
            weights = train([d for d in documents + again if d.name not in names])
            for k in range(fold, len(documents), options.folds):
                picks[k] = chosen(documents[k], weights)
        report(f"{options.folds} folds", documents, picks, scorer)
    if not options.only:
        weights = train(documents + again)
    entries = [("least likely", options.limit)] + sorted((f, w) for f, w in weights.items() if abs(w) >= 0.02)
    rows = ",\n".join(f'      {{"form": {json.dumps(f, ensure_ascii=False)}, "value": "{w:.2f}"}}' for f, w in entries)
    options.out.write_text("""{
  "about": "Weights of what speaks for and against an entity as the owner of a figure: a conditional logit, read by src/extract/figure_owners.cpp.",
  "source": "trained by tools/train/values",
  "licence": "Apache-2.0",
  "lists": {
    "figure_owner_weights": {"about": "Feature of a candidate and its weight; 'least likely' is the probability below which a figure is nobody's.", "entries": [
""" + rows + """
    ]}
  }
}
""", encoding="utf-8")
    print(f"{len(entries) - 1} weights; a figure has an owner from {options.limit} on")


if __name__ == "__main__":
    main()
