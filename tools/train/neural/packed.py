"""Reads a packed net (src/nlp/model_file.cpp, net_tensors.cpp): its arrays as the floats that the program computes with."""

import pathlib
import struct

import numpy as np

ALIGN, LANES = 64, 16


def aligned(size):
    return (size + ALIGN - 1) // ALIGN * ALIGN


class Packed:
    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        self.sections = {}
        for k in range(struct.unpack_from("<I", data, 12)[0]):
            name, offset, size = struct.unpack_from("<16sQQ", data, 64 + 32 * k)
            self.sections[name.rstrip(b"\0").decode()] = data[offset:offset + size]
        self.index = {}
        for line in self.lines("index"):
            name, kind, rows, width, offset = line.split()
            self.index[name] = kind, int(rows), int(width), int(offset)

    def lines(self, name):
        return self.sections[name].decode().splitlines()

    def _take(self, kind, count, at):
        return np.frombuffer(self.sections["data"], kind, count, at)

    def floats(self, name):
        _, rows, width, at = self.index[name]
        return self._take("<f4", rows * width, at).copy()

    def rows(self, name):
        _, rows, width, at = self.index[name]
        return self._take("i1", rows * width, at).reshape(rows, width) * self._take("<f4", rows, at + aligned(rows * width))[:, None]

    def linear(self, name):
        """Weights [outputs, inputs] and bias."""
        _, rows, width, at = self.index[name]
        out = (rows + LANES - 1) // LANES * LANES
        bytes_ = self._take("i1", out * width, at).reshape(out // LANES, width // 4, LANES, 4).transpose(0, 2, 1, 3).reshape(out, width)
        at += aligned(out * width)
        scale, bias = self._take("<f4", out, at), self._take("<f4", out, at + 2 * aligned(4 * out))
        return (bytes_ * scale[:, None])[:rows], bias[:rows].copy()
