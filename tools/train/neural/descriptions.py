#!/usr/bin/env python3
"""Trains the weights by which weft tells descriptions from other words beside a name (src/extract/descriptions/descriptions.cpp), on candidates that
`weft-train relations` wrote.

    descriptions.py PAIRS --gold ../shared/gold/train/gold --score ../shared/gold/score.py --out schema/lexicons/description_weights.json
                    [--again PAIRS]... [--also PAIRS GOLD]... [--measure PAIRS GOLD]... [--folds 5] [--only even|odd]

A candidate is right if the document's gold graph has a serves_as of its entity that shares half of its words with it. The model is a logistic regression.
With --folds it trains that many models without a part of the documents each and prints precision, recall and F1 of serves_as on the part left out for
each limit; then it trains on all.
--again: the same texts as the other tier reads them. --also: more documents to train on, in every fold. --measure: documents that are only measured.
--only: train on half of the documents, measure on the other half.
A fixed seed and one thread: the same input gives the same file."""

import collections

import numpy as np
import torch

import candidates
from candidates import FORM, MOST

LEAST, PENALTY, STEPS = 4, 6.0, 150  # a feature is known that so many candidates have; of squared weights; of L-BFGS
OPTIONAL = 0.5  # weight of a candidate that need not be found
LIMITS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


class Document(candidates.Document):
    def __init__(self, line, found, gold_path, scorer):
        super().__init__(line, gold_path, scorer, lambda g: g["r"] == "serves_as" or "serves_as" in g.get("alt", []) and "o_text" in g)
        self.candidates = [(e, value, features, *self.label(e, value, scorer)) for e, value, features in found]

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


def facts(document, pick, limit):
    said = {(c[0], c[1]): {"s": c[0], "r": "serves_as", "o_text": c[1]} for p, c in zip(pick, document.candidates) if p >= limit}
    return list(said.values())


def summary(documents):
    return f"{sum(len(d.candidates) for d in documents)} candidates, {sum(c[3] for d in documents for c in d.candidates)} of them right"


if __name__ == "__main__":
    candidates.main(__doc__, candidates.Task(
        relation="serves_as", file="descriptions.jsonl", document=Document, train=train, pick=likely, facts=facts, summary=summary,
        limits=LIMITS, limit=0.4, limit_help="least likelihood of a description", list_name="description_weights",
        about="Weights of what speaks for and against words as a description of an entity: a logistic regression, read by src/extract/descriptions/descriptions.cpp.",
        source="trained by tools/train/descriptions",
        list_about="Feature of a candidate and its weight; 'any' is the constant, 'least likely' the likelihood below which nothing is said.",
        said="a description is said"))
