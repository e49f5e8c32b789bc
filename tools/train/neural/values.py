#!/usr/bin/env python3
"""Trains the weights by which weft finds of which entity a figure is (src/extract/figures/owners.cpp), on figures that `weft-train relations` wrote.

    values.py PAIRS --gold ../shared/gold/train/gold --score ../shared/gold/score.py --out schema/lexicons/figure_owners.json
              [--again PAIRS]... [--also PAIRS GOLD]... [--measure PAIRS GOLD]... [--folds 5] [--only even|odd]

An entity owns a figure if the document's gold graph has a value of it with one of the figure's numbers. The model is a conditional logit over the
candidates of a figure and nobody; the likeliest candidate owns it, if it is likely enough. With --folds it trains that many models without a part of the
documents each and prints precision, recall and F1 of has_value on the part left out for each limit; then it trains on all.
--again: the same texts as the other tier reads them. --also: more documents to train on, in every fold. --measure: documents that are only measured.
--only: train on half of the documents, measure on the other half.
A fixed seed and one thread: the same input gives the same file."""

import re

import numpy as np

import candidates
from candidates import MOST

LEAST, PENALTY, STEPS = 3, 6.0, 150  # a feature is known that so many documents have; of squared weights; of L-BFGS
OPTIONAL, NOBODY = 0.6, 0.7  # weights of figures: whose value need not be found; that the graph does not have
LIMITS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
SMALL = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


def numbers(text):
    found = {n.rstrip(".,").replace(",", "") for n in re.findall(r"\d[\d.,]*", text)}
    return found | {SMALL[w] for w in re.findall(r"[a-z]+", text.lower()) if w in SMALL}


class Document(candidates.Document):
    def __init__(self, line, figures, gold_path, scorer):
        super().__init__(line, gold_path, scorer, lambda g: g["r"] == "has_value")
        self.figures = [[(e, value, features, *self.label(e, value, scorer)) for e, value, features in figure] for figure in figures]

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


def train(documents):
    known = candidates.known_features(({f for figure in d.figures for c in figure for f in c[2]} for d in documents), LEAST)
    figures = (figure for d in documents for figure in d.figures if figure)
    groups = (([c[2] for c in figure], [c[3] for c in figure], max(c[4] for c in figure) or NOBODY) for figure in figures)
    return candidates.conditional_logit(groups, known, PENALTY, STEPS)


def chosen(document, weights):
    """Of each figure its likeliest candidate, with its probability."""
    out = []
    for figure in filter(None, document.figures):
        odds = np.exp(np.clip([sum(weights.get(f, 0) for f in c[2]) for c in figure], -MOST, MOST))
        best = int(odds.argmax())
        out.append((float(odds[best] / (1 + odds.sum())), figure[best]))
    return out


def facts(document, pick, limit):
    return [{"s": c[0], "r": "has_value", "o_text": c[1]} for p, c in pick if p >= limit]


def summary(documents):
    owned = sum(any(c[3] for c in figure) for d in documents for figure in d.figures)
    return f"{sum(len(d.figures) for d in documents)} figures, {owned} of them with an owner among the candidates"


if __name__ == "__main__":
    candidates.main(__doc__, candidates.Task(
        relation="has_value", file="figures.jsonl", document=Document, train=train, pick=chosen, facts=facts, summary=summary,
        limits=LIMITS, limit=0.35, limit_help="least probability of an owner", list_name="figure_owner_weights",
        about="Weights of what speaks for and against an entity as the owner of a figure: a conditional logit, read by src/extract/figures/owners.cpp.",
        source="trained by tools/train/values",
        list_about="Feature of a candidate and its weight; 'least likely' is the probability below which a figure is nobody's.",
        said="a figure has an owner"))
