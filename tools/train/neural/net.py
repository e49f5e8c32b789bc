"""The nets of src/nlp/net*.cpp in PyTorch: surface embedding, blocks, MiniLM, heads. Names of parameters are those of the dumped arrays."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

TABLES = ("lower", "prefix3", "suffix3", "suffix2", "shape")


class Dropout(nn.Module):
    """nn.Dropout with bytes of numpy's generator: on a CPU ten times as fast as torch's Bernoulli draws, which were 15 % of the training."""

    random = np.random.Generator(np.random.SFC64(7))

    def __init__(self, rate):
        super().__init__()
        self.rate = round(rate * 256)

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        draws = torch.frombuffer(bytearray(self.random.bytes(x.numel())), dtype=torch.uint8).view(x.shape)
        return x * (draws >= self.rate).to(x.dtype).mul_(256 / (256 - self.rate))


class Round(torch.autograd.Function):
    """Rows rounded as the program rounds them: to 1/127 of the largest magnitude. The gradient passes as if nothing were rounded
    (Bengio et al. 2013), so a net that sees this in training learns weights that bear it (Jacob et al. 2018)."""

    @staticmethod
    def forward(context, x):
        scale = x.detach().float().abs().amax(-1, keepdim=True).clamp_min(1e-30) / 127
        return (x / scale).round_().mul_(scale).to(x.dtype)

    @staticmethod
    def backward(context, gradient):
        return gradient


class Linear(nn.Linear):
    """A layer whose weights and inputs the program rounds to bytes; `rounded` makes the float net do so too."""

    rounded = False

    def forward(self, x):
        if not Linear.rounded:
            return super().forward(x)
        return F.linear(Round.apply(x), Round.apply(self.weight), self.bias)


class Surface(nn.Module):
    def __init__(self, vectors, table_rows, width, drop=0.0):
        super().__init__()
        self.register_buffer("vectors", vectors, persistent=False)
        for name, rows in zip(TABLES, table_rows[1:]):
            table = nn.Embedding(rows, width)
            nn.init.normal_(table.weight, std=0.1)
            setattr(self, name, table)
        self.bits = nn.Parameter(torch.randn(64, width) * 0.1)
        self.project = nn.Linear(vectors.shape[1], width)
        self.norm = nn.LayerNorm(width)
        self.drop = drop

    def forward(self, rows, bits):
        x = self.project(self.vectors[rows[..., 0]]) + bits @ self.bits
        for k, name in enumerate(TABLES):
            part = getattr(self, name)(rows[..., k + 1])
            if self.training and self.drop > 0:
                # Rare words are known by their ends and vectors: the row of the word itself is left out more often.
                rate = self.drop * (1.5 if name == "lower" else 0.5)
                part = part * (torch.rand(part.shape[:-1], device=part.device) >= rate).unsqueeze(-1)
            x = x + part
        return self.norm(x)


def attend(q, k, v, bias):
    """Plain products: for sentences of some 30 words on a CPU they are three times as fast as F.scaled_dot_product_attention (backward)."""
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    return torch.softmax(scores + bias.to(scores.dtype), -1, dtype=scores.dtype) @ v


class ConvBlock(nn.Module):
    def __init__(self, width, dilation, hidden, drop):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        setattr(self, "in", Linear(3 * width, hidden))
        self.out = Linear(hidden, width)
        self.dilation, self.drop = dilation, Dropout(drop)

    def forward(self, x, mask):
        u = self.norm(x) * mask.unsqueeze(-1)
        d = self.dilation
        padded = F.pad(u, (0, 0, d, d))
        w = torch.cat([padded[:, :-2 * d], u, padded[:, 2 * d:]], -1)
        return x + self.drop(self.out(F.relu(getattr(self, "in")(w))))


class AttentionBlock(nn.Module):
    def __init__(self, width, heads, drop):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.qkv, self.out = Linear(width, 3 * width), Linear(width, width)
        self.position = nn.Parameter(torch.zeros(heads, 33))
        self.heads, self.drop = heads, Dropout(drop)

    def forward(self, x, mask):
        b, n, width = x.shape
        q, k, v = self.qkv(self.norm(x)).view(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        distance = (torch.arange(n)[None, :] - torch.arange(n)[:, None]).clamp(-16, 16) + 16
        bias = self.position[:, distance][None].masked_fill(~mask[:, None, None, :], -1e4)
        mixed = attend(q, k, v, bias)
        return x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, width)))


class BertLayer(nn.Module):
    def __init__(self, width, heads, hidden, drop):
        super().__init__()
        self.qkv, self.attended = Linear(width, 3 * width), Linear(width, width)
        setattr(self, "in", Linear(width, hidden))
        self.out = Linear(hidden, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.heads, self.drop = heads, Dropout(drop)

    def forward(self, x, at, bias):
        """`x` holds the pieces of all sentences without padding; at[i] is the place of row i in the padded batch."""
        (b, _, _, n), width = bias.shape, x.shape[1]
        qkv = self.qkv(x)
        q, k, v = qkv.new_zeros(b * n, 3 * width).index_copy(0, at, qkv).view(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = attend(q, k, v, bias).transpose(1, 2).reshape(b * n, width)
        x = self.norm1(x + self.attended(mixed.index_select(0, at)))
        return self.norm2(x + self.drop(self.out(F.gelu(getattr(self, "in")(x)))))


class Bert(nn.Module):
    """MiniLM and its like, from the tensors of a safetensors file: the lowest `layers` layers, or all."""

    def __init__(self, tensors, layers=None, heads=12, window=256, drop=0.1):
        super().__init__()
        words = tensors["embeddings.word_embeddings.weight"]
        width = words.shape[1]
        self.words = nn.Embedding.from_pretrained(Round.apply(words.float()), freeze=True)
        positions = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        self.positions = nn.Parameter(positions[:window].float().clone())
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self._copy(self.norm, tensors, "embeddings.LayerNorm")
        count = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
        count = min(count, layers or count)
        hidden = tensors["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.layers = nn.ModuleList(BertLayer(width, heads, hidden, drop) for _ in range(count))
        self.drop = Dropout(drop)
        for k, layer in enumerate(self.layers):
            at = f"encoder.layer.{k}."
            with torch.no_grad():
                for kind in ("weight", "bias"):
                    parts = [tensors[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
            self._copy(layer.attended, tensors, at + "attention.output.dense")
            self._copy(layer.norm1, tensors, at + "attention.output.LayerNorm")
            self._copy(getattr(layer, "in"), tensors, at + "intermediate.dense")
            self._copy(layer.out, tensors, at + "output.dense")
            self._copy(layer.norm2, tensors, at + "output.LayerNorm")

    @staticmethod
    def _copy(module, tensors, name):
        with torch.no_grad():
            module.weight.copy_(tensors[name + ".weight"])
            module.bias.copy_(tensors[name + ".bias"])

    def forward(self, pieces, mask):
        """States of the pieces under the mask, one after the other."""
        at = mask.flatten().nonzero().squeeze(1)
        x = self.words(pieces.flatten()[at]) + self.positions[at % pieces.shape[1]]
        x = self.drop(self.norm(x))
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, at, bias)
        return x


class TwoLayers(nn.Module):
    def __init__(self, width, hidden, out, drop):
        super().__init__()
        setattr(self, "in", Linear(width, hidden))
        self.out, self.drop = Linear(hidden, out), Dropout(drop)

    def forward(self, x):
        return self.out(self.drop(F.relu(getattr(self, "in")(x))))


class Arcs(nn.Module):
    def __init__(self, width, hidden, drop):
        super().__init__()
        self.dependent, self.head = Linear(width, hidden), Linear(width, hidden)
        self.matrix = nn.Parameter(torch.randn(hidden, hidden) / hidden)
        self.bias, self.root = nn.Parameter(torch.zeros(hidden)), nn.Parameter(torch.randn(hidden) * 0.1)
        self.drop = Dropout(drop)

    def forward(self, x):
        """Scores [B, dependent, head]; the last head is the root."""
        d, g = self.drop(F.relu(self.dependent(x))), self.drop(F.relu(self.head(x)))
        g = torch.cat([g, self.root.to(g.dtype).expand(g.shape[0], 1, -1)], 1)
        nodes = F.linear(Round.apply(g), Round.apply(self.matrix)) if Linear.rounded else F.linear(g, self.matrix)
        return d @ nodes.transpose(1, 2) + (g @ self.bias.to(g.dtype))[:, None, :]


class Labels(nn.Module):
    def __init__(self, width, hidden, relations, drop):
        super().__init__()
        self.dependent, self.head = Linear(width, hidden, bias=False), Linear(width, hidden, bias=False)
        self.bias, self.out = nn.Parameter(torch.zeros(hidden)), Linear(hidden, relations)
        self.drop = Dropout(drop)

    def forward(self, x, heads):
        """Scores [B, W, relations] of the arcs to `heads` (a root points to itself)."""
        at = heads.unsqueeze(-1)
        other = self.head(x)
        other = other.gather(1, at.expand(-1, -1, other.shape[-1]))
        return self.out(self.drop(F.relu(self.dependent(x) + other + self.bias)))


class Net(nn.Module):
    def __init__(self, config, meta, vectors, bert_tensors=None):
        super().__init__()
        self.config, self.meta = config, meta
        drop = config["dropout"]
        width = config["surface"]
        self.surface = Surface(vectors, meta["table_rows"], width, config.get("row_dropout", 0.0))
        self.bert = Bert(bert_tensors, config.get("layers")) if bert_tensors is not None else None
        if self.bert is not None:
            width += self.bert.positions.shape[1]
        self.drop = Dropout(drop)
        self.blocks = nn.ModuleList(
            ConvBlock(width, b["dilation"], b["hidden"], config["block_dropout"]) if b["kind"] == "conv"
            else AttentionBlock(width, b["heads"], config["block_dropout"]) for b in config["blocks"])
        self.norm = nn.LayerNorm(width) if self.blocks else None
        heads = config["heads"]
        self.tags = TwoLayers(width, heads["tags"], len(meta["tags"]), drop)
        self.arcs = Arcs(width, heads["arcs"], drop)
        self.labels = Labels(width, heads["labels"], len(meta["deprels"]), drop)
        self.names = TwoLayers(width, heads["names"], 1 + 2 * len(meta["types"]), drop)

    def encode(self, batch):
        x = self.surface(batch.rows, batch.bits)
        if self.bert is not None:
            b, w, _ = x.shape
            states = self.bert(batch.pieces, batch.piece_mask).float()
            of = batch.word_of[batch.piece_mask]
            inside = of >= 0
            words = torch.zeros(b * w, states.shape[1]).index_add_(0, of[inside], states[inside])
            words = (words / batch.piece_counts.clamp(min=1).unsqueeze(1)).view(b, w, -1)
            x = torch.cat([words, x], -1)
        else:
            x = self.drop(x)
        if self.blocks:
            x = x * batch.mask.unsqueeze(-1)
            for block in self.blocks:
                x = block(x, batch.mask)
            x = self.norm(x)
        return self.drop(x)

    def losses(self, batch, smoothing=0.0):
        """Sums over words and their numbers, by head."""
        x = self.encode(batch)
        out = {}
        known = batch.tag >= 0
        if known.any():
            scores = self.tags(x[known]).float()
            out["tags"] = F.cross_entropy(scores, batch.tag[known], reduction="sum", label_smoothing=smoothing), known.sum()
            trees = known.any(1)
            out.update(self.tree_losses(x[trees], batch, trees))
        everything = (1 << (1 + 2 * len(self.meta["types"]))) - 1
        told = batch.mask & (batch.names != everything)
        if self.config.get("sequences", False):
            chosen = told.any(1)
            if chosen.any():
                out["names"] = self.sequence_loss(self.names(x[chosen]).float(), batch.names[chosen], batch.mask[chosen]), told.sum()
        elif told.any():
            log_p = F.log_softmax(self.names(x[told]).float(), -1)
            allowed = (batch.names[told].unsqueeze(-1) >> torch.arange(log_p.shape[-1])) & 1
            fit = log_p.masked_fill(allowed == 0, -1e9).logsumexp(-1)
            out["names"] = -fit.sum(), told.sum()
        return out

    @staticmethod
    def sequence_loss(scores, names, mask):
        """-log of the share that the allowed sequences have of all in which an inside follows its begin or itself (no learned steps)."""
        b, n, labels = scores.shape
        allowed = ((names.unsqueeze(-1) >> torch.arange(labels)) & 1) == 0
        both = torch.cat([scores, scores.masked_fill(allowed, -1e4)])  # all sequences, then the allowed ones
        inside = torch.arange(2, labels, 2)
        first = both[:, 0].clone()
        first[:, inside] = -1e4
        alpha, twice = first, torch.cat([mask, mask])
        outside = torch.arange(labels) % 2 == 1
        outside[0] = True
        for i in range(1, n):
            total = alpha.logsumexp(1, keepdim=True).expand(-1, labels)
            begins = torch.roll(alpha, 1, 1)
            step = torch.where(outside, total, torch.logaddexp(begins, alpha)) + both[:, i]
            alpha = torch.where(twice[:, i:i + 1], step, alpha)
        share = alpha.logsumexp(1)
        loss = share[:b] - share[b:]
        return loss[loss < 1e3].sum()  # a source may contradict itself (an inside without its begin)

    def tree_losses(self, x, batch, trees):
        mask, head, deprel = batch.mask[trees], batch.head[trees], batch.deprel[trees]
        b, n = mask.shape
        scores = self.arcs(x).float()
        scores = scores.masked_fill(~F.pad(mask, (0, 1), value=True)[:, None, :], -1e9)
        gold = torch.where(head < 0, torch.full_like(head, n), head)
        arcs = F.cross_entropy(scores[mask], gold[mask], reduction="sum")
        own = torch.arange(n).expand(b, n)
        labels = self.labels(x, torch.where(head < 0, own, head).clamp(max=n - 1)).float()
        inner = mask & (head >= 0)
        return {"arcs": (arcs, mask.sum()),
                "labels": (F.cross_entropy(labels[inner], deprel[inner], reduction="sum"), inner.sum())}

    def group_rates(self):
        """(parameters, factor of the learning rate) with lower rates towards the bottom of the encoder."""
        if self.bert is None:
            return [(list(self.parameters()), 1.0, "all")]
        inner = set()
        groups = []
        layers = len(self.bert.layers)
        decay = self.config.get("layer_decay", 0.9)
        for k, layer in enumerate(self.bert.layers):
            groups.append((list(layer.parameters()), self.config["bert_rate"] * decay ** (layers - 1 - k), f"bert.{k}"))
        bottom = [self.bert.positions, *self.bert.norm.parameters()]
        groups.append((bottom, self.config["bert_rate"] * decay ** layers, "bert.embeddings"))
        for parameters, _, _ in groups:
            inner.update(id(p) for p in parameters)
        rest = [p for p in self.parameters() if id(p) not in inner and p.requires_grad]
        return [(rest, 1.0, "heads"), *groups]


def scale_of(step, steps, warm_up, cool_down=None):
    """Linear warm-up, then a cosine to 2 %; with `cool_down`, a constant and in so many last steps a line to 2 %."""
    if step < warm_up:
        return (step + 1) / warm_up
    if cool_down is not None:
        return max(0.02, min(1.0, (steps - step) / cool_down))
    done = (step - warm_up) / max(1, steps - warm_up)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
