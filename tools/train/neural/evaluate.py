#!/usr/bin/env python3
"""Figures of a trained net on gold tokens: tags, trees, names by source.

    evaluate.py NET.pt --data PREPARED [--part test] [--bert SAFETENSORS] [--program WEFT_TRAIN --corpora DIR [--models DIR]]

With --program, also what rounding costs: the figures of the same net in DIR/TIER.bin on the same gold tokens (`weft-train evaluate
--gold-tokens 1`), and the differences. The program's figures from raw text are those of `weft-train evaluate`."""

import argparse
import pathlib
import re
import subprocess

import torch

import corpus
import measure
import net as nets
import train


def of_program(options, tier):
    """Figures of `weft-train evaluate` under the names of measure.py."""
    run = subprocess.run([options.program, "evaluate", "--model", tier, "--data", options.corpora, "--models", options.models,
                          "--gold-tokens", "1"], check=True, capture_output=True, text=True)
    out = {}
    for corpus_name, part, rest in re.findall(r"^(?:trees|names) +(\w+)-(\w+) +(.*)$", run.stdout, re.M):
        if part == options.part:
            source = {"uner": "ewt"}.get(corpus_name, corpus_name)
            for kind, value in re.findall(r"(upos|uas|las|F1) ([\d.]+)", rest):
                out[f"{source}.{kind.replace('F1', 'names')}"] = float(value)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--bert", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path)
    parser.add_argument("--corpora", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--models", type=pathlib.Path, default="schema/models/en")
    options = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.weights, weights_only=False)
    net = nets.Net(state["config"], corpus.load_meta(options.data), train.vectors_of(options.data), train.load_bert(options.bert))
    net.load_state_dict(state["net"])
    figures = measure.measure(net, corpus.Part(options.data / options.part))
    print(measure.text(figures))
    if options.program:
        rounded = of_program(options, state["config"]["tier"])
        print("rounded:", measure.text(rounded))
        print("rounding costs:", measure.text({name: figures[name] - value for name, value in rounded.items() if name in figures}))


if __name__ == "__main__":
    main()
