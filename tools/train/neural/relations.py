#!/usr/bin/env python3
"""Trains the relation model (src/nlp/relation_net.h) on pairs that `weft-train relations` wrote, and measures it on documents it has not seen.

    relations.py PAIRS --gold ../shared/gold/train/gold --score ../shared/gold/score.py --ontology schema/ontology.json --out DIR
                 [--encoder accurate.bin] [--again PAIRS] [--also PAIRS GOLD]... [--folds 5] [--measure PAIRS GOLD]...

A pair of entities of one sentence is right for a relation if the document's gold graph has that fact between what score.py takes them for. The graph
does not say which sentence states it, so a fact is likely if any sentence says so: the loss is that of a noisy-or over the sentences in which the
pair stands (Surdeanu et al. 2012), as the graph adds up evidence. Facts that are optional count less (those of --also nothing), other readings of a fact
not at all. The last passes are over PAIRS alone, whose annotators are those of the other gold graphs.

With --folds it trains that many models without a part of the documents each, prints precision, recall and F1 of all facts on the part left out for
each pair of limits, and chooses the limits from them; then it trains on all. --encoder: also trains a branch of that encoder and a head over its
states (branch.py), which add to the odds where the accurate tier reads. --again: texts as the fast tier reads them, trained on beside PAIRS without
those states, since one model serves both. --also: more documents to train on, in every fold.
--measure: documents that are only measured. A fixed seed and one thread: the same input gives the same bytes."""

import argparse
import collections
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import branch
import net as nets
from candidates import load_scorer

HIDDEN, EPOCHS, LAST, RATE, DECAY, DROPOUT, KEY_DROPOUT, BATCH, MEMBERS = 48, 4, 2, 3e-3, 0.3, 0.3, 0.3, 400, 3
BRANCH_RATE, HEAD_RATE, WARM_UP, ROUNDED = 1e-4, 1e-3, 0.1, 0.2  # of the encoder's branch; shares of the steps: until the full rate, rounded at the end
LEAST = 3  # a key is known that was met so often, at most twice counted in a document
OPTIONAL, OPTIONAL_END = 0.6, 0.3  # weights: facts that need not be found; pairs that are not punished
LIMITS = (0.2, 0.35)  # of the shipped model; README.md says how they were chosen
KEEP, PROPOSE = (0.0, 0.1, 0.15, 0.2, 0.25), (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
CERTAIN = 0.97  # as in relation_net.cpp
SOFTER = 1.2  # by what log odds are divided in the file: learnt facts look surer than unread ones are (temperature scaling, Guo et al. 2017; README.md)


class Document:
    """Pairs of one document: keys of each, what the types allow, log odds of patterns, and what the gold graph says."""

    def __init__(self, line, pairs, keys, allowed, fired, names, gold_path, scorer, reference):
        self.pairs, self.line, self.sentences, self.reference = pairs, line, None, reference
        self.counts, self.keys = pairs[:, 4].astype(np.int64), keys
        self.allowed = (allowed[:, None] >> np.arange(len(names), dtype=np.uint64)) & np.uint64(1) > 0
        self.fired, self.odds = np.zeros(self.allowed.shape, bool), np.zeros(self.allowed.shape, np.float32)
        for pair, relation, confidence in fired:
            c = min(CERTAIN, max(1 - CERTAIN, confidence))
            self.fired[int(pair), int(relation)] = True
            self.odds[int(pair), int(relation)] = np.log(c / (1 - c))
        self.entities, self.gold = scorer.load_gold(gold_path)
        nodes = [{"id": i, "type": e["type"], "label": e["label"], "names": {scorer.norm(n) for n in [e["label"], *e["aliases"]]} - {""}}
                 for i, e in enumerate(line["entities"])]
        self.mapping, _ = scorer.match_entities(self.entities, nodes, False)
        self._label({n: k for k, n in enumerate(names)}, scorer.SYMMETRIC)

    def _label(self, places, symmetric):
        required, optional, other = 1, 2, 3
        said = collections.defaultdict(dict)
        for g in self.gold:
            if "o_text" in g:
                continue
            ends = [(g["s"], g["o"])] + ([(g["o"], g["s"])] if g["r"] in symmetric else [])
            for pair in ends:
                for relation, grade in [(g["r"], optional if g.get("optional") else required)] + [(r, other) for r in g.get("alt", [])]:
                    said[pair][relation] = min(grade, said[pair].get(relation, other))
        self.right = np.zeros(self.allowed.shape, np.float32)
        self.weight = self.allowed.astype(np.float32)
        bags = {}
        self.bag = np.array([bags.setdefault((s, o), len(bags)) for s, o in self.pairs[:, 2:4].tolist()], np.int64)
        self.bags = len(bags)
        for i, (s, o) in enumerate(self.pairs[:, 2:4].tolist()):
            s, o = self.mapping.get(s), self.mapping.get(o)
            if s is None or o is None:
                continue
            if self.entities[s].get("optional") or self.entities[o].get("optional"):
                self.weight[i] *= OPTIONAL_END
            for relation, grade in said.get((self.entities[s]["id"], self.entities[o]["id"]), {}).items():
                k = places.get(relation)
                if k is None or not self.allowed[i, k]:
                    continue
                self.right[i, k] = grade != other
                self.weight[i, k] = {required: 1, optional: OPTIONAL if self.reference else 0, other: 0}[grade]

    def index(self, known):
        """Rows of the known keys, and where each pair's begin."""
        place = np.searchsorted(known, self.keys)
        place[place == len(known)] = 0
        hit = known[place] == self.keys
        pair = np.repeat(np.arange(len(self.counts)), self.counts)[hit]
        self.rows = torch.from_numpy(place[hit])
        starts = np.zeros(len(self.counts), np.int64)
        starts[1:] = np.cumsum(np.bincount(pair, minlength=len(self.counts)))[:-1]
        self.starts = torch.from_numpy(starts)


def read_pairs(folder, gold, scorer, names, reference, encoder=None, types=None):
    pairs = np.fromfile(folder / "pairs.u32", np.uint32).reshape(-1, 5)
    keys, allowed = np.fromfile(folder / "keys.u64", np.uint64), np.fromfile(folder / "allowed.u64", np.uint64)
    fired = np.fromfile(folder / "fired.f32", np.float32).reshape(-1, 3)
    ends = np.concatenate([[0], np.cumsum(pairs[:, 4].astype(np.int64))])
    mentions = np.fromfile(folder / "ends.u32", np.uint32).reshape(-1, 5)
    out = []
    for number, text in enumerate((folder / "documents.jsonl").read_text().splitlines()):
        line = json.loads(text)
        path = gold / (pathlib.Path(line["id"]).name.removesuffix(".txt") + ".gold.json")
        mine = np.flatnonzero(pairs[:, 0] == number)
        if not path.exists() or not len(mine):
            continue
        a, b = mine[0], mine[-1] + 1
        of_mine = fired[(fired[:, 0] >= a) & (fired[:, 0] < b)] - np.array([a, 0, 0], np.float32)
        pieces = line.pop("pieces")
        out.append(Document(line, pairs[a:b], keys[ends[a]:ends[b]], allowed[a:b], of_mine, names, path, scorer, reference))
        if encoder:
            out[-1].sentences = branch.Sentences(out[-1], mentions[a:b], pieces, types, encoder)
    return out


def known_keys(documents):
    counts = collections.Counter()
    for d in documents:
        keys, times = np.unique(d.keys, return_counts=True)
        counts.update(dict(zip(keys.tolist(), np.minimum(times, 2).tolist())))
    return np.array(sorted(k for k, n in counts.items() if n >= LEAST), np.uint64)


class RelationNet(nn.Module):
    def __init__(self, keys, relations):
        super().__init__()
        self.straight = nn.EmbeddingBag(keys, relations, mode="sum")
        self.into = nn.EmbeddingBag(keys, HIDDEN, mode="sum")
        self.out = nn.Linear(HIDDEN, relations)
        self.hidden_bias = nn.Parameter(torch.zeros(HIDDEN))
        self.unfired = nn.Parameter(torch.full((relations,), -4.0))
        self.trust = nn.Parameter(torch.ones(1))
        nn.init.zeros_(self.straight.weight)
        nn.init.normal_(self.into.weight, std=0.05)

    def forward(self, rows, starts, fired, odds):
        kept = ((torch.rand(len(rows)) > KEY_DROPOUT) / (1 - KEY_DROPOUT)).float() if self.training else torch.ones(len(rows))
        hidden = F.relu(self.into(rows, starts, per_sample_weights=kept) + self.hidden_bias)
        answer = self.straight(rows, starts, per_sample_weights=kept) + self.out(F.dropout(hidden, DROPOUT, self.training))
        return answer + torch.where(fired, self.trust * odds, self.unfired)


def join(documents):
    rows, starts, bags, rows_before, bags_before = [], [], [], 0, 0
    for d in documents:
        rows.append(d.rows)
        starts.append(d.starts + rows_before)
        bags.append(torch.from_numpy(d.bag) + bags_before)
        rows_before += len(d.rows)
        bags_before += d.bags
    stack = lambda name: torch.from_numpy(np.concatenate([getattr(d, name) for d in documents]))
    return torch.cat(rows), torch.cat(starts), stack("fired"), stack("odds"), torch.cat(bags), bags_before, stack("right"), stack("weight")


def loss_of(answer, bag, bags, right, weight):
    """Cross-entropy of the noisy-or of each pair's sentences."""
    width = answer.shape[1]
    doubt = torch.zeros(bags, width).index_add_(0, bag, -F.softplus(answer) * (weight > 0))
    place = bag[:, None].expand(-1, width)
    right = torch.zeros(bags, width).scatter_reduce_(0, place, right, "amax")
    weight = torch.zeros(bags, width).scatter_reduce_(0, place, weight, "amax")
    found = -torch.log((1 - torch.exp(doubt)).clamp_min(1e-6))
    return (weight * torch.where(right > 0, found, -doubt)).sum() / bags


def batched(documents, order):
    """The documents in that order, in batches of about as many pairs: a passage weighs less than a report."""
    out, pairs = [[]], 0
    for k in order:
        if pairs >= BATCH:
            out.append([])
            pairs = 0
        out[-1].append(documents[k])
        pairs += len(documents[k].pairs)
    return out


class Model(nn.Module):
    """Nets of hashed features that learn beside each other, and the branch that all of them share."""

    def __init__(self, keys, relations, encoder, types):
        super().__init__()
        self.members = nn.ModuleList(RelationNet(keys, relations) for _ in range(MEMBERS))
        self.branch = branch.Branch(encoder, types, relations) if encoder else None

    def forward(self, documents, rows, starts, fired, odds):
        """A member's log odds of each relation, for each of them; behind the documents what join() makes of them."""
        said = self.said(documents, fired)
        return [member(rows, starts, fired, odds) + said for member in self.members]

    def said(self, documents, fired):
        told = [d for d in documents if d.sentences]
        if self.branch is None or not told:
            return torch.zeros(fired.shape)
        of = torch.from_numpy(np.repeat([d.sentences is not None for d in documents], [len(d.pairs) for d in documents]))
        return torch.zeros(fired.shape).masked_scatter(of[:, None].expand(fired.shape), self.branch(told))

    def groups(self):
        free = {"unfired", "trust", "hidden_bias", "out.bias"}
        out = []
        for held in (False, True):
            weights = [p for member in self.members for n, p in member.named_parameters() if (n in free) == held]
            out.append({"params": weights, "lr": RATE, "weight_decay": 0 if held else DECAY})
        if self.branch is not None:
            layers = list(self.branch.layers.parameters())
            own = {id(p) for p in layers}
            out.append({"params": layers, "lr": BRANCH_RATE, "weight_decay": 0.01})
            out.append({"params": [p for p in self.branch.parameters() if id(p) not in own], "lr": HEAD_RATE, "weight_decay": 0.05})
        return out


def train(documents, keys, relations, encoder=None, types=0, seed=1):
    torch.manual_seed(seed)
    nets.Dropout.random = np.random.Generator(np.random.SFC64(seed))
    order = np.random.default_rng(seed)
    model = Model(keys, relations, encoder, types)
    optimizer = torch.optim.AdamW(model.groups())
    held = {id(p) for p in model.members.parameters()}
    reference = [k for k, d in enumerate(documents) if d.reference]
    passes = [range(len(documents))] * EPOCHS + [reference] * LAST
    steps, step, started = sum(len(batched(documents, p)) for p in passes), 0, time.time()
    scale = [lambda step: max(0.02, 1 - step / steps)] * 2 + [lambda step: min(1, step / (WARM_UP * steps)) * max(0.02, 1 - step / steps)] * 2
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, scale[:len(optimizer.param_groups)])
    for number, part in enumerate(passes, 1):
        model.train()
        total, begun = 0, step
        for batch in batched(documents, order.permutation(part)):
            nets.Linear.rounded = step >= steps * (1 - ROUNDED)
            rows, starts, fired, odds, bag, bags, right, weight = join(batch)
            loss = sum(loss_of(answer, bag, bags, right, weight) for answer in model(batch, rows, starts, fired, odds))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([p for p in model.parameters() if id(p) not in held and p.grad is not None], 1.0)
            optimizer.step()
            schedule.step()
            step, total = step + 1, total + float(loss.detach()) / MEMBERS
        print(f"pass {number}: loss {total / (step - begun):.4f}, {time.time() - started:.0f} s", flush=True)
    nets.Linear.rounded = True  # as it will run
    return model.eval()


@torch.no_grad()
def likely_facts(model, document, symmetric):
    """(subject, relation, object) -> [probability, found by a pattern]."""
    answers = model([document], document.rows, document.starts, torch.from_numpy(document.fired), torch.from_numpy(document.odds))
    p = torch.sigmoid(sum(answers) / len(answers)).numpy()
    others = np.where(document.allowed & ~document.fired, p, 0)  # one statement gives one fact: the likeliest counts
    others[others < others.max(1, keepdims=True)] = 0
    p = np.where(document.fired, p, others)
    best = {}
    for i, r in zip(*np.nonzero(document.allowed & (document.fired | (p >= 0.1)))):
        _, sentence, s, o, _ = document.pairs[i].tolist()
        if symmetric[r] and o < s:
            s, o = o, s
        fact = best.setdefault((s, int(r), o), [{}, False])
        fact[0][sentence] = max(fact[0].get(sentence, 0), float(p[i, r]))
        fact[1] = fact[1] or bool(document.fired[i, r])
    return {k: (1 - float(np.prod([1 - x for x in sentences.values()])), found) for k, (sentences, found) in best.items()}


def figures(documents, likely, names, scorer, keep, propose):
    tp = fp = fn = 0
    for d, facts in zip(documents, likely):
        said = [{"s": s, "r": r, "o_text": value} for s, r, o, value in d.line["facts"] if o is None]
        chosen = sorted(((p, k) for k, (p, found) in facts.items() if p >= (keep if found else propose)), reverse=True)
        said += [{"s": s, "r": names[r], "o": o} for _, (s, r, o) in chosen]
        a, b, c, _ = scorer.score_facts(d.gold, d.entities, said, d.mapping, True)
        tp, fp, fn = tp + a, fp + b, fn + c
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def report(title, documents, likely, names, scorer):
    print(f"{title}: precision / recall / F1 of all facts; rows: facts of patterns are kept from, columns: others are proposed from")
    table = {}
    for keep in KEEP:
        for propose in (*PROPOSE, 2.0):
            table[keep, propose] = figures(documents, likely, names, scorer, keep, propose)
        print(f"  {keep:.2f}  " + "  ".join(f"{'none' if c > 1 else c}: " + "/".join(f"{100 * x:.1f}" for x in table[keep, c]) for c in (*PROPOSE, 2.0)))
    return table


def save(model, keys, names, types, encoder, limits, out):
    """The mean of the members' answers is one net with their hidden layers side by side."""
    out.mkdir(parents=True, exist_ok=True)
    members = model.members
    n = len(members)
    mean = lambda part: np.mean([part(net).detach().numpy() for net in members], 0)
    arrays = {"rows": np.concatenate([mean(lambda net: net.straight.weight), *(net.into.weight.detach().numpy() for net in members)], 1),
              "hidden.bias": np.concatenate([net.hidden_bias.detach().numpy() for net in members]),
              "out": np.concatenate([net.out.weight.detach().numpy() / n for net in members], 1),
              "bias": mean(lambda net: net.out.bias), "unfired": mean(lambda net: net.unfired),
              "limits": np.array([mean(lambda net: net.trust)[0] / SOFTER, *(1 / (1 + (1 / x - 1) ** (1 / SOFTER)) for x in limits)])}
    for name in ("out", "bias", "unfired"):
        arrays[name] = arrays[name] / SOFTER
    arrays["rows"][:, :len(names)] /= SOFTER
    if model.branch:
        arrays.update({name: value.detach().numpy() for name, value in model.branch.arrays(SOFTER).items()})
        sizes = (branch.FROM, branch.LAYERS, branch.STATE, branch.HIDDEN, encoder.width, encoder.hidden)
        (out / "branch.txt").write_text(" ".join(map(str, sizes)) + "\n")
        (out / "types.txt").write_text("".join(f"{name}\n" for name in types))
    for name, array in arrays.items():
        array.astype(np.float32).tofile(out / f"{name}.f32")
    keys.tofile(out / "keys.u64")
    (out / "relations.txt").write_text("".join(f"{name}\n" for name in names))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=pathlib.Path)
    for name in ("--gold", "--score", "--ontology", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--encoder", type=pathlib.Path)
    parser.add_argument("--again", type=pathlib.Path, nargs=2, action="append", default=[])
    parser.add_argument("--also", type=pathlib.Path, nargs=2, action="append", default=[])
    parser.add_argument("--measure", type=pathlib.Path, nargs=2, action="append", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--limits", type=float, nargs=2, help="keep from, propose from (default: chosen on the folds, else those of the shipped model)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    scorer = load_scorer(options.score)
    names = (options.pairs / "relations.txt").read_text().split()
    ontology = json.loads(options.ontology.read_text())
    symmetric = [bool(r.get("symmetric")) for r in ontology["relations"]]
    types = {t["name"]: k for k, t in enumerate(ontology["types"], 1)}
    encoder = branch.Encoder(options.encoder) if options.encoder else None
    def read(pairs, gold, reference=False, states=True):
        return read_pairs(pathlib.Path(pairs), pathlib.Path(gold), scorer, names, reference, encoder if states else None, types)

    documents = read(options.pairs, options.gold, True)
    also = [d for pairs, gold in options.also for d in read(pairs, gold)]
    again = [d for pairs, gold in options.again for d in read(pairs, gold, True, False)]
    print(f"{len(documents)} documents and {len(also)} more; {sum(len(d.pairs) for d in documents + also)} pairs, "
          f"{int(sum((d.right > 0).sum() for d in documents + also))} facts in them")

    def learn(seen, keys_of):
        known = known_keys(keys_of)
        for d in documents + again + also:
            d.index(known)
        return known, train(seen, len(known), len(names), encoder, len(types))

    limits = options.limits
    if options.folds:
        likely = [None] * len(documents)
        for fold in range(options.folds):
            ids = {d.line["id"] for d in documents[fold::options.folds]}
            seen = [d for d in documents if d.line["id"] not in ids] + also
            _, model = learn(seen + [d for d in again if d.line["id"] not in ids], seen)
            for k in range(fold, len(documents), options.folds):
                likely[k] = likely_facts(model, documents[k], symmetric)
        table = report(f"{options.folds} folds", documents, likely, names, scorer)
        limits = limits or max((key for key in table), key=lambda key: table[key][2])
    known, model = learn(documents + also + again, documents + also)
    save(model, known, names, types, encoder, limits or LIMITS, options.out)
    print(f"{len(known)} keys; kept from {(limits or LIMITS)[0]}, proposed from {(limits or LIMITS)[1]}")
    for pairs, gold in options.measure:
        measured = read(pairs, gold)
        for d in measured:
            d.index(known)
        report(str(pairs), measured, [likely_facts(model, d, symmetric) for d in measured], names, scorer)


if __name__ == "__main__":
    main()
