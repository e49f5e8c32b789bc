#!/usr/bin/env python3
"""Trains the weights by which weft chooses each fact's time or speaker (src/extract/facts/time_choice.cpp, speaker_choice.cpp), on candidates that
`weft-train qualifiers` wrote.

    qualifiers.py time PAIRS --gold ../shared/gold/train/gold --score ../shared/gold/score.py --out schema/lexicons/time_weights.json
                  [--again PAIRS]... [--also PAIRS GOLD]... [--measure PAIRS GOLD]... [--folds 5] [--only even|odd] [--limit P]

A fact that the document's gold graph has is an example: its time (or speaker) there is right, or none if the graph gives none; facts that it doesn't have
teach nothing. The model is a conditional logit over the candidates of a piece of evidence and none of them. With --folds it trains that many models
without a part of the documents each and prints, for each limit on the probability, how many of the facts that have a time in the gold graph got it (what
score.py counts) and how many of those that have none there got none; then it trains on all. --again: the same texts as the other tier reads them. --also:
more documents to train on, in every fold. --measure: documents that are only measured. --only: train on half of the documents, measure on the other half.
A fixed seed and one thread: the same input gives the same file."""

import collections
import functools

import numpy as np

import candidates
from candidates import MOST

LEAST, PENALTY, STEPS = 3, 4.0, 120  # a feature is known that so many pieces of evidence have; of squared weights; of L-BFGS
OPTIONAL = 0.6  # weight of a fact that need not be found
LIMIT = {"time": 0.15, "speaker": 0.1}  # of the shipped weights; README.md says how they were chosen
LIMITS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


class Document(candidates.Document):
    """`facts`: [(number of the gold fact, its time or speaker, whether it is optional, [(time or speaker, features)])], one a piece of evidence."""

    def __init__(self, line, found, gold_path, scorer, qualifier):
        super().__init__(line, gold_path, scorer, lambda g: True)
        ids = [e["id"] for e in self.entities]
        # A speaker is the number of an entity; one that the gold graph doesn't have is nobody in it.
        value = {"time": lambda v: v, "speaker": lambda v: ids[self.mapping[int(v)]] if int(v) in self.mapping else int(v)}[qualifier]
        self.facts = []
        for subject, relation, obj, text, choices in found:
            fact = {"s": subject, "r": relation}
            fact.update({"o_text": text} if obj is None else {"o": obj})
            hits = [i for i, g in enumerate(self.gold) if scorer.fact_matches(g, ids, fact, self.mapping, True)]
            hits.sort(key=lambda i: bool(self.gold[i].get("optional")))
            if hits:
                g = self.gold[hits[0]]
                self.facts.append((hits[0], g.get(qualifier), bool(g.get("optional")), [(value(v), features) for v, features in choices]))


def examples(documents):
    """Evidence with what is right for it, None for nothing; where what is right is none of the candidates, there is nothing to learn."""
    for d in documents:
        for _, gold, optional, choices in d.facts:
            if gold is None or any(value == gold for value, _ in choices):
                yield choices, gold, OPTIONAL if optional else 1.0


def train(documents):
    known = candidates.known_features(({f for _, features in choices for f in features} for choices, _, _ in examples(documents)), LEAST)
    groups = (([f for _, f in choices], [value == gold for value, _ in choices], w) for choices, gold, w in examples(documents))
    return candidates.conditional_logit(groups, known, PENALTY, STEPS)


def pick(document, weights):
    """Of each gold fact that was found: what it has in the gold graph, and the likeliest choice of each piece of its evidence with its probability."""
    right, out = {}, collections.defaultdict(list)
    for key, gold, _, choices in document.facts:
        odds = np.exp(np.clip([sum(weights.get(f, 0) for f in features) for _, features in choices], -MOST, MOST))
        best = int(odds.argmax())
        right[key] = gold
        out[key].append((float(odds[best] / (1 + odds.sum())), choices[best][0]))
    return [(right[key], found) for key, found in out.items()]


def report(title, documents, picks, scorer, task):
    print(f"{title}: right of those that have one, none of those that have none")
    for limit in LIMITS:
        counts = collections.Counter()
        for document in picks:
            for gold, found in document:
                chosen = collections.Counter(value for p, value in found if p >= limit)
                most = max(chosen.values(), default=0)  # as graphs sum up their evidence
                best = min((value for value, n in chosen.items() if n == most), key=str, default=None)
                counts[gold is not None, best == gold] += 1
        share = lambda k: counts[k, True] / max(1, counts[k, True] + counts[k, False])
        print(f"  {limit:.2f}: {100 * share(True):.1f} of {counts[True, True] + counts[True, False]}, "
              f"{100 * share(False):.1f} of {counts[False, True] + counts[False, False]}")


def task(of):
    return candidates.Task(
        relation=of, file=f"{of}s.jsonl", document=functools.partial(Document, qualifier=of), train=train, pick=pick, facts=None,
        summary=lambda documents: f"{sum(1 for _ in examples(documents))} examples", limits=LIMITS, limit=LIMIT[of], limit_help="least probability of a choice",
        list_name=f"fact_{of}_weights", source="trained by tools/train/qualifiers", said=f"a fact has a {of}", report=report,
        about=f"Weights of what speaks for and against a {of} as that of a fact: a conditional logit, read by src/extract/facts/{of}_choice.cpp.",
        list_about=f"Feature of a candidate and its weight; 'least likely' is the probability below which a fact has no {of}.")


if __name__ == "__main__":
    candidates.main(__doc__, task("time"), task("speaker"))
