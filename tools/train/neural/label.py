#!/usr/bin/env python3
"""Lets a trained net label text, as training data for a smaller one (a teacher's hard labels: Kim and Rush 2016 show why that works).

    label.py CONFIG.json NET.pt --data PREPARED --part FOLDER [--bert SAFETENSORS]

FOLDER is a part of `weft-train prepare --raw`, whose tag, head, deprel and names are overwritten, or `train` of PREPARED: there only the
sentences without trees get tags and trees, and their names stay; these go to the new folder --out."""

import argparse
import pathlib
import shutil

import numpy as np
import torch

import corpus
import decode
import net as nets
import train


@torch.no_grad()
def label(net, part, sentences, log_every=50):
    net.eval()
    root = net.meta["deprels"].index("root")
    tag, head, deprel = part.tag.copy(), part.head.copy(), part.deprel.copy()
    names = part.names.copy()
    plan = corpus.batches(part, sentences, 4000)
    for k, chosen in enumerate(plan):
        batch = corpus.Batch(part, chosen, with_pieces=net.bert is not None)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=net.config.get("half", True)):
            x = net.encode(batch)
            tags, arcs, name_scores = net.tags(x).argmax(-1), net.arcs(x).float(), net.names(x).float()
            w = batch.mask.shape[1]
            arcs[:, :, :w].masked_fill_(~batch.mask[:, None, :], -1e9)
            heads = arcs.argmax(-1)  # not always a tree: the losses look at each word alone
            is_root = heads == w
            own = torch.arange(w).expand_as(heads)
            scores = net.labels(x, torch.where(is_root, own, heads).clamp(max=w - 1)).float()
        scores[..., root] = -1e9
        relations = torch.where(is_root, torch.full_like(heads, root), scores.argmax(-1))
        heads = torch.where(is_root, torch.full_like(heads, -1), heads)
        for i, (s, n) in enumerate(zip(chosen, batch.lengths.tolist())):
            span = slice(part.begin[s], part.begin[s + 1])
            tag[span], head[span], deprel[span] = tags[i, :n], heads[i, :n], relations[i, :n]
            names[span] = 1 << np.array(decode.names(name_scores[i, :n].numpy()))
        if k % log_every == 0:
            print(f"{k} of {len(plan)} batches", flush=True)
    return tag, head, deprel, names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--part", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--bert", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    state = torch.load(options.weights, weights_only=False)
    net = nets.Net(state["config"], corpus.load_meta(options.data), train.vectors_of(options.data), train.load_bert(options.bert))
    net.load_state_dict(state["net"])
    part = corpus.Part(options.part)
    lengths = part.begin[1:] - part.begin[:-1]
    raw = (part.source == len(net.meta["sources"]) - 1).all()
    without = np.array([part.tag[part.begin[s]] < 0 for s in range(len(part))]) if not raw else np.ones(len(part), bool)
    tag, head, deprel, names = label(net, part, np.flatnonzero(without & (lengths <= 160)))
    out = options.part
    if not raw:
        out = options.out
        shutil.copytree(options.part, out, dirs_exist_ok=True)
    else:
        names.astype("<u4").tofile(out / "names.u32")
    tag.astype("<i2").tofile(out / "tag.i16")
    head.astype("<i4").tofile(out / "head.i32")
    deprel.astype("<i2").tofile(out / "deprel.i16")
    print("labelled", int(lengths[without].sum()), "words")


if __name__ == "__main__":
    main()
