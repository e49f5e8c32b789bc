"""Figures on the development part: tags, trees (gold tokens) and names, by source."""

import collections

import numpy as np
import torch

import corpus
import decode

# What a source annotates, as classes; a span of another class says nothing. Types are numbers of meta["types"].
PERSON, ORGANIZATION, PLACE, FACILITY, INITIATIVE, EVENT = range(6)
CLASSES = {
    "ewt": {PERSON: "PER", ORGANIZATION: "ORG", PLACE: "LOC", FACILITY: "LOC"},
    "gum": {PERSON: "PER", ORGANIZATION: "ORG", PLACE: "LOC", FACILITY: "LOC", EVENT: "EVENT"},
    "wikigold": {PERSON: "PER", ORGANIZATION: "ORG", PLACE: "LOC", FACILITY: "LOC"},
    "crossner": {PERSON: "PER", ORGANIZATION: "ORG", PLACE: "LOC", FACILITY: "LOC", EVENT: "EVENT"},
    "gold": {t: str(t) for t in range(9)},
}


def spans(path, classes):
    out, current = set(), None
    for i, label in enumerate(list(path) + [0]):
        if current is not None and (label == 0 or label % 2 == 1):
            if (label_class := classes.get(current[1])) is not None:
                out.add((current[0], i, label_class))
            current = None
        if label > 0 and label % 2 == 1:
            current = (i, (label - 1) // 2)
    return out


def gold_path(masks):
    """The first allowed label of each word."""
    return [(int(m) & -int(m)).bit_length() - 1 for m in masks]


@torch.no_grad()
def predict(net, batch):
    """Lists of (tags, heads, deprels, name labels) by sentence of the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=net.config.get("half", True)):
        x = net.encode(batch)
        tags, arcs, names = net.tags(x).float(), net.arcs(x).float(), net.names(x).float()
    w = batch.mask.shape[1]
    heads = torch.zeros(batch.mask.shape, dtype=torch.long)
    for i, n in enumerate(batch.lengths.tolist()):
        keep = np.r_[0:n, w]
        heads[i, :n] = torch.from_numpy(decode.tree(arcs[i, :n].numpy()[:, keep].astype(float)))
    own = torch.arange(w).expand_as(heads)
    labels = net.labels(x.float(), torch.where(heads < 0, own, heads)).float()
    root = net.meta["deprels"].index("root")
    labels[..., root] = -1e9
    deprels = torch.where(heads < 0, torch.full_like(heads, root), labels.argmax(-1))
    out = []
    for i, n in enumerate(batch.lengths.tolist()):
        out.append((tags[i, :n].argmax(-1).tolist(), heads[i, :n].tolist(), deprels[i, :n].tolist(),
                    decode.names(names[i, :n].numpy())))
    return out


def measure(net, part, words=4000, most=None):
    """{"ewt.las": …}"""
    net.eval()
    upos = [tag.split(" ")[0] for tag in net.meta["tags"]] + ["?"]
    counts = collections.Counter()
    sentences = np.arange(len(part))
    if most is not None:
        sentences = sentences[np.random.default_rng(5).permutation(len(sentences))[:most]]
    for chosen in corpus.batches(part, sentences, words):
        batch = corpus.Batch(part, chosen, with_pieces=net.bert is not None)
        for s, (tags, heads, deprels, names) in zip(chosen, predict(net, batch)):
            source = net.meta["sources"][part.source[s]]
            first, end = part.begin[s], part.begin[s + 1]
            gold_tag, gold_head, gold_rel = part.tag[first:end], part.head[first:end], part.deprel[first:end]
            if part.source[s] in corpus.TREEBANKS:
                right = np.array(heads) == gold_head
                counts[source, "n"] += end - first
                counts[source, "upos"] += sum(upos[a] == upos[b] for a, b in zip(tags, gold_tag))
                counts[source, "tag"] += sum(a == b for a, b in zip(tags, gold_tag))
                counts[source, "uas"] += int(right.sum())
                counts[source, "las"] += int((right & (np.array(deprels) == gold_rel)).sum())
            wanted = spans(gold_path(part.names[first:end]), CLASSES[source])
            found = spans(names, CLASSES[source])
            counts[source, "right"] += len(wanted & found)
            counts[source, "both"] += len(wanted) + len(found)
    out = {}
    for source in sorted({source for source, _ in counts}):
        n = counts[source, "n"]
        for kind in ("upos", "tag", "uas", "las") if n else ():
            out[f"{source}.{kind}"] = 100 * counts[source, kind] / n
        out[f"{source}.names"] = 200 * counts[source, "right"] / max(1, counts[source, "both"])
    return out


@torch.no_grad()
def temperature(net, part, most=2000):
    """What the scores of names must be divided by for their probabilities to be right (Guo et al. 2017): the value under which the
    annotated sequences are likeliest."""
    net.eval()
    everything = (1 << (1 + 2 * len(net.meta["types"]))) - 1
    chosen = np.random.default_rng(5).permutation(len(part))[:most]
    kept = []
    for sentences in corpus.batches(part, chosen, 4000, pieces=net.bert is not None):
        batch = corpus.Batch(part, sentences, with_pieces=net.bert is not None)
        told = (batch.mask & (batch.names != everything)).any(1)
        if told.any():
            kept.append((net.names(net.encode(batch)[told]).float(), batch.names[told], batch.mask[told]))
    loss = {t: sum(float(net.sequence_loss(scores / t, names, mask)) for scores, names, mask in kept) for t in np.arange(0.8, 3.01, 0.1)}
    return float(round(min(loss, key=loss.get), 2))


def text(figures):
    return " ".join(f"{name} {value:.2f}" for name, value in figures.items())
