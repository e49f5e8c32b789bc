"""Writes a net as float32 arrays and net.json for `weft-train pack`, and check.json with its answers on some development sentences."""

import json
import pathlib

import numpy as np
import torch

import corpus
import measure


def head_arrays(net):
    out = {}
    for name in ("tags", "names"):
        two = getattr(net, name)
        for layer in ("in", "out"):
            out[f"heads.{name}.{layer}.weight"] = getattr(two, layer).weight
            out[f"heads.{name}.{layer}.bias"] = getattr(two, layer).bias
    arcs = net.arcs
    for layer in ("dependent", "head"):
        out[f"heads.arcs.{layer}.weight"] = getattr(arcs, layer).weight
        out[f"heads.arcs.{layer}.bias"] = getattr(arcs, layer).bias
    matrix = torch.cat([arcs.matrix, arcs.bias[None]])
    out["heads.arcs.matrix.weight"], out["heads.arcs.matrix.bias"] = matrix, torch.zeros(len(matrix))
    out["heads.arcs.root"] = matrix @ arcs.root
    labels = net.labels
    for layer in ("dependent", "head"):
        weight = getattr(labels, layer).weight
        out[f"heads.labels.{layer}.weight"], out[f"heads.labels.{layer}.bias"] = weight, torch.zeros(len(weight))
    out["heads.labels.bias"] = labels.bias
    out["heads.labels.out.weight"], out["heads.labels.out.bias"] = labels.out.weight, labels.out.bias
    return out


def encoder_arrays(net):
    out = {}
    for name, value in net.state_dict().items():
        if name.startswith(("tags.", "arcs.", "labels.", "names.", "sentence.")):
            continue
        if name.startswith("surface.") and name.split(".")[1] in ("lower", "prefix3", "suffix3", "suffix2", "shape"):
            name = name.removesuffix(".weight")
        name = name.replace("bert.layers.", "bert.").replace("bert.words.weight", "bert.words")
        out["encoder." + name if name.startswith("norm.") else name] = value
    return out


def write_arrays(folder, arrays, net_json):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.f32"):
        old.unlink()
    for name, value in arrays.items():
        value.detach().float().contiguous().numpy().astype("<f4").tofile(folder / f"{name}.f32")
    net_json["arrays"] = {name: list(value.shape) for name, value in arrays.items()}
    (folder / "net.json").write_text(json.dumps(net_json, indent=1) + "\n")


def dump(net, folder, dev=None, figures=None, temperature=1.0):
    """The scores of names are divided by `temperature`: that changes no label, only how sure the program is of it."""
    config, meta = net.config, net.meta
    about = {"tier": config["tier"], "surface": config["surface"], "blocks": config["blocks"], "heads": config["heads"],
             "tags": meta["tags"], "deprels": meta["deprels"], "types": meta["types"],
             "gazetteer_types": meta["gazetteer_types"], "temperature": temperature, "figures": figures or {}}
    if net.bert is not None:
        layer = net.bert.layers[0]
        about["bert"] = {"layers": len(net.bert.layers), "width": net.bert.positions.shape[1], "heads": layer.heads,
                         "hidden": getattr(layer, "in").weight.shape[0], "window": net.bert.positions.shape[0], "overlap": 64}
    arrays = {**encoder_arrays(net), **head_arrays(net)}
    for name in ("heads.names.out.weight", "heads.names.out.bias"):
        arrays[name] = arrays[name] / temperature
    write_arrays(folder, arrays, about)
    if dev is not None:
        write_check(net, folder, dev)


def write_check(net, folder, dev):
    """Answers in full precision; sentences of all sources, short and long."""
    net.eval()
    half, net.config["half"] = net.config.get("half", True), False
    words = dev.words()
    chosen = []
    for source in sorted(set(dev.source.tolist())):
        of_source = np.flatnonzero(dev.source == source)
        chosen += of_source[:: max(1, len(of_source) // 5)][:5].tolist()
    out = []
    for s in chosen:
        batch = corpus.Batch(dev, [s], with_pieces=net.bert is not None)
        tags, heads, deprels, names = measure.predict(net, batch)[0]
        gap_bits = dev.bits[dev.begin[s]:dev.begin[s + 1], corpus.GAP_BITS].argmax(1).tolist()
        labels = ["O"] + [f"{kind}-{t}" for t in net.meta["types"] for kind in "BI"]
        out.append({"words": words[s], "gaps": gap_bits, "tags": [net.meta["tags"][t] for t in tags], "heads": heads,
                    "deprels": [net.meta["deprels"][d] for d in deprels], "names": [labels[k] for k in names]})
    net.config["half"] = half
    (pathlib.Path(folder) / "check.json").write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n")
