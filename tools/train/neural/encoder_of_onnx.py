#!/usr/bin/env python3
"""Takes the weights of a BERT out of an ONNX file (as PyTorch's exporter writes it), under the names that train.py --bert reads.

    encoder_of_onnx.py MODEL.onnx --tokenizer TOKENIZER.json --out DIR      # DIR/model.safetensors and DIR/vocab.txt

The exporter keeps the names of most arrays; the matrices of products lose theirs and are turned round, but the product still says
where it stands (`/encoder/layer.3/attention/self/query/MatMul`)."""

import argparse
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file


def tensors_of(model):
    arrays = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    for name, array in arrays.items():
        if array.dtype != np.float32 and name.startswith(("embeddings.word", "encoder.")):
            raise SystemExit(f"{name} is of {array.dtype}: take a file in full precision.")
    out = {name: array for name, array in arrays.items() if name.startswith(("embeddings.", "encoder.")) and array.dtype == np.float32}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.name.startswith("/encoder/") and node.input[1] in arrays:
            name = node.name.removesuffix("/MatMul").strip("/").replace("/", ".") + ".weight"
            out[name] = arrays[node.input[1]].T
    return {name: torch.from_numpy(array.copy()) for name, array in out.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--tokenizer", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tensors = tensors_of(onnx.load(options.model))
    save_file(tensors, options.out / "model.safetensors")
    vocabulary = json.loads(options.tokenizer.read_text("utf-8"))["model"]["vocab"]
    (options.out / "vocab.txt").write_text("".join(piece + "\n" for piece in sorted(vocabulary, key=vocabulary.get)), "utf-8")
    print(f"{len(tensors)} arrays, {len(vocabulary)} pieces")


if __name__ == "__main__":
    main()
