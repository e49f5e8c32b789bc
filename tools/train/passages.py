#!/usr/bin/env python3
"""Reads the annotated passages of tools/train/passages and writes them as documents and gold graphs, or says what is wrong in them.

    passages.py check FILE...                       errors with file and line; exit code 1 if there are any
    passages.py write DIR FILE... [--part test]     DIR/docs/STEM-0001.txt and DIR/gold/STEM-0001.gold.json, as in ../shared/gold

tools/train/passages/README.md says how a passage is written. The same input gives the same bytes."""

import argparse
import collections
import json
import pathlib
import re
import sys

MODALITIES = ("asserted", "planned", "directive", "possible")
TEST = 4  # each fourth passage of a file is kept to measure
TOKEN = re.compile(r'"[^"]*"|[^\s"]+')
Passage = collections.namedtuple("Passage", "text entities facts")


class Wrong(Exception):
    pass


def ontology():
    data = json.loads((pathlib.Path(__file__).resolve().parents[2] / "schema" / "ontology.json").read_text())
    return {t["name"] for t in data["types"]}, {r["name"]: r for r in data["relations"]}


def read_text(marked, types):
    """The text without its marks, and number -> [type, other types, optional, names as met]."""
    out, entities, open_marks, at = [], {}, [], 0
    while at < len(marked):
        if marked[at] == "{":
            head = re.match(r"\{(\d+) (?:([A-Z][A-Za-z/]*)(\??) )?", marked[at:])
            if not head:
                raise Wrong(f"a mark is {{NUMBER TYPE name}} or {{NUMBER name}}, not '{marked[at:at + 30]}'")
            number, kinds, optional = int(head[1]), head[2], bool(head[3])
            kinds = kinds.split("/") if kinds else []
            if kinds and any(k not in types for k in kinds):  # a name may begin with one capital word, too
                if number in entities and not optional:
                    kinds, head = [], re.match(r"\{\d+ ", marked[at:])
                else:
                    raise Wrong(f"'{'/'.join(kinds)}' is no type")
            if number not in entities:
                if not kinds:
                    raise Wrong(f"the first mark of {number} has no type")
                entities[number] = [kinds[0], kinds[1:], optional, []]
            open_marks.append((number, sum(map(len, out))))
            at += head.end()
        elif marked[at] == "}":
            if not open_marks:
                raise Wrong("a '}' closes nothing")
            number, start = open_marks.pop()
            name = "".join(out)[start:].strip()
            if not name:
                raise Wrong(f"{number} has an empty name")
            if name not in entities[number][3]:
                entities[number][3].append(name)
            at += 1
        else:
            out.append(marked[at])
            at += 1
    if open_marks:
        raise Wrong(f"the mark of {open_marks[-1][0]} is not closed")
    return "".join(out), entities


def read_fact(words, entities, relations):
    if len(words) < 3:
        raise Wrong(f"a fact is SUBJECT relation OBJECT, not '{' '.join(words)}'")
    subject, relation, target, *marks = words
    names = relation.split("/")
    for name in names:
        if name not in relations:
            raise Wrong(f"'{name}' is no relation")
    fact = {"r": names[0], "alt": names[1:], "modality": "asserted", "polarity": "positive", "time": None, "speaker": None, "optional": False}
    rule = relations[names[0]]

    def entity(word, allowed, what):
        if not word.isdigit() or int(word) not in entities:
            raise Wrong(f"'{word}' in '{' '.join(words)}' is no entity of this passage")
        kinds = [entities[int(word)][0], *entities[int(word)][1]]
        if allowed and not set(kinds) & set(allowed):
            raise Wrong(f"a {kinds[0]} can't be the {what} of {names[0]} in '{' '.join(words)}'")
        return f"e{word}"

    fact["s"] = entity(subject, rule["domain"], "subject")
    if names[0] in ("serves_as", "has_value"):
        if not target.startswith('"'):
            raise Wrong(f"the object of {names[0]} is a text in quotes, not '{target}'")
        fact["o_text"] = target.strip('"')
    else:
        fact["o"] = entity(target, rule["range"], "object")
    for mark in marks:
        if mark in MODALITIES:
            fact["modality"] = mark
        elif mark == "not":
            fact["polarity"] = "negative"
        elif mark == "?":
            fact["optional"] = True
        elif mark.startswith("time="):
            fact["time"] = mark[5:]
            if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", fact["time"]):
                raise Wrong(f"'{mark}' is no date, month, year or interval of ISO 8601")
        elif mark.startswith("by="):
            fact["speaker"] = entity(mark[3:], None, "speaker")
        else:
            raise Wrong(f"'{mark}' is no qualifier")
    return fact


def read_passage(lines, types, relations):
    text, entities = read_text("\n".join(line for line in lines if not line.startswith("=")), types)
    if not text.strip():
        raise Wrong("a passage has no text")
    facts = []
    for line in lines:
        if line.startswith("="):
            facts += [read_fact(TOKEN.findall(part), entities, relations) for part in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', line[1:]) if part.strip()]
    listed = [{"id": f"e{n}", "type": kind, "name": max(names, key=len), "aliases": [x for x in names if x != max(names, key=len)], "kind": None, "alt": alt, "optional": optional}
              for n, (kind, alt, optional, names) in entities.items()]
    return Passage(text.strip() + "\n", listed, facts)


def passages(file):
    """(line, Passage or Wrong) of each passage."""
    types, relations = ontology()
    block, begin = [], 1
    for number, line in enumerate([*file.read_text().splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            if not block:
                begin = number
            block.append(line.rstrip())
        elif block:
            try:
                yield begin, read_passage(block, types, relations)
            except Wrong as wrong:
                yield begin, wrong
            block = []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("check", "write"))
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    parser.add_argument("--part", choices=("train", "test"), help="three of four passages of each file, or the fourth")
    options = parser.parse_args()
    files = options.paths if options.what == "check" else options.paths[1:]
    wrong, counts, relations = 0, collections.Counter(), collections.Counter()
    for file in files:
        for place, (line, passage) in enumerate(passages(file), 1):
            if isinstance(passage, Wrong):
                print(f"{file}:{line}: {passage}.", file=sys.stderr)
                wrong += 1
                continue
            counts.update(passages=1, entities=len(passage.entities), facts=len(passage.facts))
            relations.update(f["r"] for f in passage.facts)
            if options.what == "check" or options.part and (options.part == "test") != (place % TEST == 0):
                continue
            stem = f"{file.stem}-{place:04}"
            for folder in ("docs", "gold"):
                (options.paths[0] / folder).mkdir(parents=True, exist_ok=True)
            (options.paths[0] / "docs" / f"{stem}.txt").write_text(passage.text)
            graph = {"doc": f"{stem}.txt", "date": None, "entities": passage.entities, "facts": passage.facts}
            (options.paths[0] / "gold" / f"{stem}.gold.json").write_text(json.dumps(graph, ensure_ascii=False, indent=1) + "\n")
    if options.what == "check":
        print(", ".join(f"{n} {what}" for what, n in counts.items()), "|", ", ".join(f"{r} {n}" for r, n in relations.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
