"""The encoder's part of the relation model (src/nlp/encoder_branch.h, relation_head.h) in PyTorch: layers of their own on top of a lower layer of the
accurate tier's encoder, which stays as it is, and a head over the states of a pair's words."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import net as nets
import packed

FROM, LAYERS, STATE, HIDDEN = 6, 2, 128, 192
TYPES, DISTANCES = 32, 16  # widths of both tables
STEPS = np.array([0, 1, 2, 3, 4, 6, 9, 13, 19, 30])  # of distances, as in relation_head.cpp
BEHIND = len(STEPS) + 1
MOST_WORDS = 100
WINDOW = 254  # pieces of a sentence that are read: far more than sentences have
NONE = 0xffffffff
DROPOUT, STATE_DROPOUT = 0.1, 0.2


class Encoder:
    """The lowest layers of a packed encoder, rounded as it runs."""

    def __init__(self, path):
        file = packed.Packed(path)
        numbers = next(line for line in file.lines("spec") if line.startswith("bert ")).split()
        self.all_layers, self.width, self.heads, self.hidden = map(int, numbers[1:5])
        vocabulary = file.lines("vocab")
        self.begin, self.end = vocabulary.index("[CLS]"), vocabulary.index("[SEP]")
        self.words = torch.from_numpy(file.rows("bert.words"))
        self.positions = torch.from_numpy(file.floats("bert.positions").reshape(-1, self.width))
        self.norm = nn.LayerNorm(self.width, eps=1e-12)
        self.norm.load_state_dict({k: torch.from_numpy(file.floats(f"bert.norm.{k}")) for k in ("weight", "bias")})
        self.layers = [self._layer(file, k) for k in range(self.all_layers)]

    def layer(self):
        return nets.BertLayer(self.width, self.heads, self.hidden, DROPOUT)

    def _layer(self, file, k):
        state = {}
        for name in ("qkv", "attended", "in", "out"):
            state[f"{name}.weight"], state[f"{name}.bias"] = map(torch.from_numpy, file.linear(f"bert.{k}.{name}"))
        for name in ("norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"):
            state[name] = torch.from_numpy(file.floats(f"bert.{k}.{name}"))
        layer = self.layer().eval()
        layer.load_state_dict(state)
        return layer

    @torch.no_grad()
    def states(self, sentences):
        """Of each sentence (words, each a list of pieces): states behind layer FROM (float16, marks around them), the word of each piece, number of words."""
        rounded, nets.Linear.rounded = nets.Linear.rounded, True
        laid = [self._lay_out(words) for words in sentences]
        order = sorted(range(len(laid)), key=lambda k: len(laid[k][0]))
        out = [None] * len(laid)
        for first in range(0, len(order), 32):
            part = order[first:first + 32]
            at, bias = places([len(laid[k][0]) for k in part])
            x = self.norm(self.words[torch.cat([laid[k][0] for k in part])] + self.positions[at % bias.shape[-1]])
            for layer in self.layers[:FROM]:
                x = layer(x, at, bias)
            for k, states in zip(part, x.half().split([len(laid[k][0]) for k in part])):
                out[k] = (states.clone(), laid[k][1], len(sentences[k]))
        nets.Linear.rounded = rounded
        return out

    def _lay_out(self, words):
        pieces, of = [self.begin], [-1]
        for w, word in enumerate(words):
            if len(pieces) + len(word) <= WINDOW:
                pieces += word
                of += [w] * len(word)
        return torch.tensor([*pieces, self.end]), torch.tensor([*of, -1])


def places(lengths):
    """Where the rows of stretches side by side stand in the padded batch, and the bias that hides the padding."""
    n = max(lengths)
    mask = torch.arange(n)[None] < torch.tensor(lengths)[:, None]
    return mask.flatten().nonzero().squeeze(1), torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]


class Sentences:
    """The sentences of a document that have pairs, and where each pair's mentions stand in them."""

    def __init__(self, document, ends, pieces, types, encoder):
        """`ends`: of each pair first and last token (excluded) of both mentions and the word above, in the document."""
        starts = np.concatenate([[0], np.cumsum([len(words) for words in pieces])])
        used, place = np.unique(document.pairs[:, 1], return_inverse=True)
        self.windows = encoder.states([pieces[s] for s in used])
        first = starts[document.pairs[:, 1]]
        s, o, link = ends[:, 0:2].astype(np.int64), ends[:, 2:4].astype(np.int64), ends[:, 4].astype(np.int64)
        has_s, has_o, has_link = s[:, 1] > s[:, 0], o[:, 1] > o[:, 0], link != NONE
        s, o, link = (s - first[:, None]) * has_s[:, None], (o - first[:, None]) * has_o[:, None], np.where(has_link, link - first, 0)
        step = np.searchsorted(STEPS, np.abs(s[:, 0] - o[:, 0])) + BEHIND * (s[:, 0] < o[:, 0])
        distance = np.where(has_s & has_o, step, 2 * BEHIND + has_s)
        self.spans = np.column_stack([place, s, o, link, has_link, distance])
        self.types = np.array([types.get(e["type"], 0) for e in document.line["entities"]])[document.pairs[:, 2:4].astype(np.int64)]


class Branch(nn.Module):
    def __init__(self, encoder, types, relations):
        super().__init__()
        self.layers = nn.ModuleList(encoder.layer() for _ in range(LAYERS))
        for k, layer in enumerate(self.layers):
            layer.load_state_dict(encoder.layers[FROM + k].state_dict())
        self.project = nets.Linear(encoder.width, STATE)
        self.types, self.distances = nn.Embedding(types + 1, TYPES), nn.Embedding(2 * BEHIND + 2, DISTANCES)
        self.into, self.out = nets.Linear(6 * STATE + 2 * TYPES + DISTANCES, HIDDEN), nets.Linear(HIDDEN, relations)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.drop = nn.Dropout(STATE_DROPOUT)

    def states(self, windows):
        """A row for each word of each sentence, and the first row of each sentence."""
        order = sorted(range(len(windows)), key=lambda k: len(windows[k][0]))
        parts, begin, rows = [], np.zeros(len(windows), np.int64), 0
        for first in range(0, len(order), 24):
            part = order[first:first + 24]
            at, bias = places([len(windows[k][0]) for k in part])
            x = torch.cat([windows[k][0] for k in part]).float()
            for layer in self.layers:
                x = layer(x, at, bias)
            words, of = 0, []
            for k in part:
                of.append(torch.where(windows[k][1] >= 0, windows[k][1] + words, -1))
                begin[k] = rows + words
                words += windows[k][2]
            of = torch.cat(of)
            inside = of >= 0
            sums = x.new_zeros(words, x.shape[1]).index_add_(0, of[inside], x[inside])
            states = self.project(sums / torch.bincount(of[inside], minlength=words).clamp_min(1)[:, None])
            parts.append(nets.Round.apply(states) if nets.Linear.rounded else states)
            rows += words
        return torch.cat(parts), begin

    def forward(self, documents):
        """Log odds to be added, for the pairs of documents that have Sentences."""
        windows = [w for d in documents for w in d.sentences.windows]
        x, begin = self.states(windows)
        words = np.array([w[2] for w in windows])
        spans, before = [], 0
        for d in documents:
            s = d.sentences.spans
            of = s[:, 0] + before
            first = begin[of]
            spans.append(np.column_stack([s[:, 1:6] + first[:, None], s[:, 6:], first, first + words[of]]))
            before += len(d.sentences.windows)
        s = torch.from_numpy(np.concatenate(spans))
        types = torch.from_numpy(np.concatenate([d.sentences.types for d in documents]))
        sums = torch.cat([x.new_zeros(1, x.shape[1]), x.cumsum(0)])

        def mean(first, end):
            end = torch.maximum(first, torch.minimum(end, first + MOST_WORDS))
            return (sums[end] - sums[first]) / (end - first).clamp_min(1)[:, None]

        subject, target = mean(s[:, 0], s[:, 1]), mean(s[:, 2], s[:, 3])
        both = (s[:, 1] > s[:, 0]) & (s[:, 3] > s[:, 2])
        between = mean(torch.minimum(s[:, 1], s[:, 3]), torch.maximum(s[:, 0], s[:, 2])) * both[:, None]
        seen = torch.cat([subject, target, subject * target, between, x[s[:, 4]] * s[:, 5:6], mean(s[:, 7], s[:, 8]),
                          self.types(types[:, 0]), self.types(types[:, 1]), self.distances(s[:, 6])], 1)
        return self.out(self.drop(F.relu(self.into(self.drop(seen)))))

    def arrays(self, softer):
        """As `weft-train pack-relations` asks for them."""
        out = {f"branch.{k}.{name}": value for k, layer in enumerate(self.layers) for name, value in layer.state_dict().items()}
        for name, part in (("branch.project", self.project), ("head.in", self.into), ("head.out", self.out)):
            scale = softer if part is self.out else 1
            out[f"{name}.weight"], out[f"{name}.bias"] = part.weight / scale, part.bias / scale
        out["head.types"], out["head.distances"] = self.types.weight, self.distances.weight
        return out
