#!/usr/bin/env python3
"""Figures of a trained net on gold tokens: tags, trees, names by source.

    evaluate.py NET.pt --data PREPARED [--part test] [--bert SAFETENSORS]

The program's own figures, from raw text and with rounded weights, are those of `weft-train evaluate`."""

import argparse
import pathlib

import torch

import corpus
import measure
import net as nets
import train


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--bert", type=pathlib.Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.weights, weights_only=False)
    net = nets.Net(state["config"], corpus.load_meta(options.data), train.vectors_of(options.data), train.load_bert(options.bert))
    net.load_state_dict(state["net"])
    print(measure.text(measure.measure(net, corpus.Part(options.data / options.part))))


if __name__ == "__main__":
    main()
