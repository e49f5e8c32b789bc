#!/usr/bin/env python3
"""The mean of the weights of two runs, one of which began where the other ended (Wortsman et al. 2022, "Model soups"), and its dump.

    average.py FIRST/final.pt SECOND/final.pt --data PREPARED --out DIR [--bert SAFETENSORS]"""

import argparse
import pathlib

import torch

import corpus
import dump
import net as nets
import train


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path, nargs=2)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--bert", type=pathlib.Path)
    options = parser.parse_args()
    first, second = (torch.load(path, weights_only=False) for path in options.weights)
    weights = {name: (value + second["net"][name]) / 2 for name, value in first["net"].items()}
    net = nets.Net(first["config"], corpus.load_meta(options.data), train.vectors_of(options.data), train.load_bert(options.bert))
    net.load_state_dict(weights)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"net": weights, "config": first["config"]}, options.out / "final.pt")
    dump.dump(net, options.out / "dump", corpus.Part(options.data / "dev"))


if __name__ == "__main__":
    main()
