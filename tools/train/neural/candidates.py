"""What the trainings of weights that are kept as a lexicon share (values.py, descriptions.py, qualifiers.py): reading the candidates that `weft-train relations` wrote
beside the gold graphs, folds and halves of the documents, precision and recall from each limit on, and writing the lexicon."""

import argparse
import collections
import dataclasses
import importlib.util
import json
import pathlib
import re
from typing import Any, Callable

import torch

MOST = 30  # log odds, as in src/extract/figures/owners.cpp and descriptions/descriptions.cpp
FORM = re.compile(r"[!-@\[-~]+( [!-@\[-~]+)*")  # of an entry of a lexicon


class Document:
    """A document's entities beside those of its gold graph; `wanted` says which gold facts are looked for."""

    def __init__(self, line, gold_path, scorer, wanted):
        self.name = name_of(line)
        self.entities, gold = scorer.load_gold(gold_path)
        self.gold = [g for g in gold if wanted(g)]
        nodes = [{"id": i, "type": e["type"], "label": e["label"], "names": {scorer.norm(n) for n in [e["label"], *e["aliases"]]} - {""}}
                 for i, e in enumerate(line["entities"])]
        self.mapping, _ = scorer.match_entities(self.entities, nodes, False)


def known_features(sets, least):
    """The features that at least `least` of the sets have, with their numbers."""
    counts = collections.Counter()
    for features in sets:
        counts.update(features)
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least and FORM.fullmatch(f)))}


def conditional_logit(groups, known, penalty, steps):
    """The weight of each known feature. `groups`: (the features of each candidate, which of them are right, weight); where none is, nothing is the right
    choice (McFadden 1974; L-BFGS on minus the log of the right ones' share, with `penalty` on squared weights)."""
    rows, starts, group, right, weight, none = [], [], [], [], [], []
    for candidates, chosen, w in groups:
        for features, of_this in zip(candidates, chosen):
            starts.append(len(rows))
            rows += [known[f] for f in features if f in known]
            group.append(len(weight))
            right.append(of_this)
        none.append(not any(chosen))
        weight.append(w)
    rows, starts, group, right = (torch.tensor(x) for x in (rows, starts, group, right))
    weight, none = torch.tensor(weight), torch.tensor(none, dtype=torch.float)
    weights = torch.zeros(len(known), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=steps, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        odds = torch.exp(torch.nn.functional.embedding_bag(rows, weights[:, None], starts, mode="sum")[:, 0].clamp(-MOST, MOST))
        every = torch.zeros(len(weight)).index_add_(0, group, odds) + 1
        owners = torch.zeros(len(weight)).index_add_(0, group, odds * right) + none
        value = (weight * (torch.log(every) - torch.log(owners))).sum() + 0.5 * penalty * (weights ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    values = weights.detach().numpy()
    return {f: float(values[i]) for f, i in known.items()}


@dataclasses.dataclass
class Task:
    """What is trained, of which relation, and how its lexicon calls itself."""
    relation: str
    file: str                              # of candidates, one a line; an empty line ends a document
    document: Callable[..., Document]      # of (line, its candidates, path of its gold graph, scorer)
    train: Callable[[list], dict]          # documents -> weight of each feature
    pick: Callable[[Any, dict], Any]       # document, weights -> what facts() takes
    facts: Callable[[Any, Any, float], list]  # document, what was picked, limit -> facts as score.py has them
    summary: Callable[[list], str]
    limits: tuple
    limit: float
    limit_help: str
    list_name: str
    about: str
    source: str
    list_about: str
    said: str  # what the limit means, after the number of weights
    report: Callable = None                # (title, documents, their picks, scorer, task) -> prints figures; None: report() below


def name_of(line):
    return pathlib.Path(line["id"]).name.removesuffix(".txt")


def load_scorer(path):
    spec = importlib.util.spec_from_file_location("score", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def read(folder, gold, scorer, task):
    parts, part = [], []
    for text in (folder / task.file).read_text().splitlines():
        if text:
            part.append(json.loads(text))
        else:
            parts.append(part)
            part = []
    lines = [json.loads(t) for t in (folder / "documents.jsonl").read_text().splitlines()]
    out = []
    for line, candidates in zip(lines, parts, strict=True):
        path = gold / (name_of(line) + ".gold.json")
        if path.exists():
            out.append(task.document(line, candidates, path, scorer))
    return out


def figures_at(documents, picks, limit, scorer, task):
    tp = fp = fn = 0
    for d, pick in zip(documents, picks):
        a, b, c, _ = scorer.score_facts(d.gold, d.entities, task.facts(d, pick, limit), d.mapping, True)
        tp, fp, fn = tp + a, fp + b, fn + c
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), tp, fp, fn


def report(title, documents, picks, scorer, task):
    print(f"{title}: precision / recall / F1 of {task.relation} from each limit on")
    for limit in task.limits:
        figures = figures_at(documents, picks, limit, scorer, task)
        print(f"  {limit:.2f}: " + " / ".join(f"{100 * x:.1f}" for x in figures[:3]) + "  " + " ".join(map(str, figures[3:])))


def write(path, weights, limit, task):
    entries = [("least likely", limit)] + sorted((f, w) for f, w in weights.items() if abs(w) >= 0.02)
    rows = ",\n".join(f'      {{"form": {json.dumps(f, ensure_ascii=False)}, "value": "{w:.2f}"}}' for f, w in entries)
    path.write_text(f"""{{
  "about": {json.dumps(task.about)},
  "source": {json.dumps(task.source)},
  "licence": "Apache-2.0",
  "lists": {{
    "{task.list_name}": {{"about": {json.dumps(task.list_about)}, "entries": [
{rows}
    ]}}
  }}
}}
""", encoding="utf-8")
    print(f"{len(entries) - 1} weights; {task.said} from {limit} on")


def main(doc, *tasks):
    """Of several tasks the first argument names one by its relation."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    if len(tasks) > 1:
        parser.add_argument("task", choices=[t.relation for t in tasks])
    parser.add_argument("pairs", type=pathlib.Path)
    for name in ("--gold", "--score", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--again", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--also", type=pathlib.Path, nargs=2, action="append", default=[])
    parser.add_argument("--measure", type=pathlib.Path, nargs=2, action="append", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", choices=("even", "odd"))
    defaults = ", ".join(f"{t.limit} for {t.relation}" for t in tasks)
    parser.add_argument("--limit", type=float, help=f"{tasks[0].limit_help} (default: {defaults})")
    options = parser.parse_args()
    task = next(t for t in tasks if len(tasks) == 1 or t.relation == options.task)
    show = task.report or report
    torch.set_num_threads(1)
    scorer = load_scorer(options.score)
    documents = read(options.pairs, options.gold, scorer, task)
    again = [d for folder in options.again for d in read(folder, options.gold, scorer, task)]
    also = [d for pairs, gold in options.also for d in read(pairs, gold, scorer, task)]
    print(f"{len(documents)} documents and {len(also)} more, {task.summary(documents + also)}")
    half = lambda d: int(d.name.rpartition("-")[2]) % 2
    if options.folds:
        picks = [None] * len(documents)
        for fold in range(options.folds):
            names = {d.name for d in documents[fold::options.folds]}
            weights = task.train([d for d in documents + again if d.name not in names] + also)
            for k in range(fold, len(documents), options.folds):
                picks[k] = task.pick(documents[k], weights)
        show(f"{options.folds} folds", documents, picks, scorer, task)
    if options.only:
        rest = int(options.only == "odd")
        weights = task.train([d for d in documents + again if half(d) == rest] + also)
        for name, part in (("trained on", [d for d in documents if half(d) == rest]), ("unseen", [d for d in documents if half(d) != rest])):
            show(name, part, [task.pick(d, weights) for d in part], scorer, task)
    else:
        weights = task.train(documents + again + also)
    for pairs, gold in options.measure:
        measured = read(pairs, gold, scorer, task)
        show(str(pairs), measured, [task.pick(d, weights) for d in measured], scorer, task)
    write(options.out, weights, task.limit if options.limit is None else options.limit, task)
