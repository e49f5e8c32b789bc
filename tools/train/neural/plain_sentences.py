#!/usr/bin/env python3
"""Writes plain sentences of what the patterns' verbs say, for the training of the relation model, and the graphs of what they say.

    plain_sentences.py texts DIR --schema schema --trees CONLLU...   DIR/docs: sentences; DIR/plan.json: what each of them says
    plain_sentences.py graphs DIR --pairs PAIRS                      DIR/gold: graphs, after `weft-train relations DIR/docs -o PAIRS`

The documents of gold/train show few types with most verbs ("welcomed" never with an act, "criticized" seldom with a country), so that a model of
them alone doubts what any reader takes for granted. Each verb of a pattern whose subject is the agent and whose object is the patient or stands
behind a preposition gives active and passive sentences with names of several of the types that the relation allows, as many for each relation; two
clauses about other things stand in one sentence, so that what has nothing to do with each other is seen too. The patterns' own examples are written
as well. Names are from weft's gazetteers or invented. Patterns that are unsure or need more words give none, and so do prepositions that the trees
hardly show with the verb. The graph of a sentence takes the types that weft gave its names. A fixed seed: the same input gives the same bytes."""

import argparse
import collections
import json
import pathlib
import random

import numpy as np
from lemminflect import getInflection

EACH = 60  # clauses of each relation
SURE = 0.7  # confidence of a pattern that is trusted to say what it says
USUAL = 0.08  # of a verb's uses that have the preposition
SENTENCES = 7  # of a document
GIVEN = "Maria Juan Amina Kofi Anna Tomasz Fatima David Priya Ahmed Elena Pierre Yuki Carlos Ingrid Peter Grace Samuel Laura Michael Sarah Wei Ivan Olga Hans Nadia Jorge"
FAMILY = "Lopez Perez Diallo Mensah Berg Nowak Hassan Cohen Sharma Khan Popescu Dubois Tanaka Mendoza Larsen Novak Wanjiru Okafor Rossi Brown Cooper Zhang Petrov Ivanova Weber Karimova Silva"
NAMES = {
    "Person": [f"{g} {f}" for g, f in zip(GIVEN.split(), FAMILY.split())],
    "Organization": ["the Green Party", "the Labour Party", "the Civic Union", "Norsol AG", "the Orla Bank", "Kestrel Energy", "Harbour Foods Ltd.", "Lindholm Group",
                     "the Teachers' Union", "the National Farmers' Federation", "the Chamber of Commerce", "the University of Leeds", "the Central Bank of Kenya",
                     "the Ministry of Health", "the Supreme Court", "the Constitutional Court", "the Electoral Commission", "the Riverside Council",
                     "the Coastal Development Authority", "the Institute for Public Policy"],
    "Facility": ["the Kisumu Bridge", "the Harbour Tunnel", "Lakeside Airport", "Northfield Hospital", "the Tana Dam", "the Ostrava Steel Mill", "the Jena Battery Plant",
                 "Mombasa Port"],
    "Work": ["the Digital Services Act", "the Pension Bill", "the Coastal Protection Act", "the Water Treaty", "the Accra Agreement", "the Budget Report", "the Media Law",
             "the Trade Agreement", "the Climate Report", "the Land Reform Bill", "the Oslo Declaration", "the Defence White Paper"],
    "Event": ["the World Water Forum", "the Accra Summit", "the Nordic Energy Conference", "the Lake Festival", "the Pacific Games", "the Trade Fair", "the Climate Summit",
              "the Peace Conference", "the Lisbon Book Fair", "the Oslo Marathon", "the Baltic Security Forum", "the Budget Hearing", "the Lake Victoria Regatta",
              "the World Economic Forum", "the Nairobi Film Festival"],
    "Initiative": ["the Green Wall Initiative", "the National Housing Programme", "the Coastal Recovery Plan", "the Digital Skills Strategy", "the Blue Economy Programme",
                   "the School Meals Programme"],
    "Theme": ["food security", "climate change", "rural development", "gender equality", "energy security", "free trade"],
    "Industry": ["tourism", "agriculture", "mining", "the fishing industry", "the textile industry", "the car industry"],
    "Product": ["electric cars", "wind turbines", "solar panels", "batteries", "fertiliser", "vaccines"],
    "Place": [],
}
FRONT = ["", "", "", "On Monday, ", "On Tuesday ", "Last week, ", "In March, ", "Late on Friday, ", "Despite protests, ", "After a long debate, "]
BACK = ["", "", " on Monday", " on Thursday", " last week", " in June", " after a long debate", " for the first time", " despite the rain", " as expected", " two weeks ago",
        " amid growing concern", ", officials said", ", a spokesman said"]
BLAME = [" over the delay", " for the delay", " over the deaths of 12 people", " for raising taxes", " over its handling of the crisis"]
DEMANDS = [" to do more", " to release the report", " to end the strike", " to lower prices", " to protect jobs", " to start talks", " to publish the figures"]
JOINTS = [", while ", ", and ", "; ", ", but "]
BLAMED = {"criticized", "endorsed", "conflicts_with"}  # relations whose verbs often have a reason behind them
JOINED = 0.35  # of sentences that have a second clause

Clause = collections.namedtuple("Clause", "relation verb word subjects objects infinitive")  # word: the preposition, "" or "and"


def listed(value):
    return [value] if isinstance(value, str) else value


def patterns(schema):
    for file in sorted((schema / "relations").glob("*.json")):
        data = json.loads(file.read_text())
        for number, pattern in enumerate(data["patterns"]):
            yield data["relation"], number, pattern


def names_of(schema):
    """Type -> names: the invented ones, and those of the gazetteers that most readers know."""

    def rows(file):
        return [line.rstrip("\n").split("\t") for line in (schema / "gazetteers" / f"{file}.tsv").open() if line[0] != "#" and "\t" in line]

    def large(row, least):
        return len(row) > 6 and "population=" in row[6] and int(row[6].split("population=")[1].split("|")[0]) > least

    places = [r[3] for r in rows("countries") if large(r, 4e6)] + [r[3] for r in rows("cities") if large(r, 3e6)]
    bodies = [r[3] for r in rows("organizations")][:200:2]
    return {**NAMES, "Place": places, "Organization": NAMES["Organization"] + bodies}


def clauses(schema):
    ontology = {r["name"]: r for r in json.loads((schema / "ontology.json").read_text())["relations"]}
    for relation, _, p in patterns(schema):
        sure = p.get("confidence", 1) >= SURE and p.get("polarity") != "negative"
        if "verb" not in p or "needs" in p or not sure or "agent" not in listed(p["subject"]) or not ("object" in p or p.get("mutual")):
            continue
        ends = [p.get("subject_types", ontology[relation]["domain"]), p.get("object_types", ontology[relation]["range"])]
        if not all(set(types) & set(NAMES) for types in ends):
            continue
        for verb in listed(p["verb"]):
            if verb == "*" or verb.startswith("@"):
                continue
            if p.get("mutual"):
                yield Clause(relation, verb, "and", *ends, False)
            for spec in listed(p.get("object", [])):
                if spec == "patient" or spec.startswith("prep:"):
                    yield Clause(relation, verb, spec.removeprefix("patient").removeprefix("prep:"), *ends, p.get("infinitive", False))


def usual(trees):
    """Says whether a clause's verb takes its object or preposition in trees of the files."""
    counts, verbs = collections.Counter(), collections.Counter()
    for file in trees:
        for block in file.read_text().split("\n\n"):
            rows = {r[0]: r for r in (line.split("\t") for line in block.splitlines() if line and line[0] != "#") if r[0].isdigit()}
            cases = {r[6]: r[2].lower() for r in rows.values() if r[7] == "case"}
            for r in rows.values():
                verbs[r[2].lower()] += r[3] == "VERB"
                head = rows.get(r[6])
                if head and head[3] == "VERB" and r[7] in ("obj", "obl"):
                    counts[head[2].lower(), "" if r[7] == "obj" else cases.get(r[0], "")] += 1

    def answer(clause):
        verb, *particles = clause.verb.split()
        if clause.word == "and" or clause.word in particles:
            return True
        return counts[verb, clause.word] >= USUAL * (verbs[verb] + 1) or (not clause.word and not verbs[verb])

    return answer


def inflected(verb, tag):
    first, *rest = verb.split()
    forms = getInflection(first, tag=tag)
    return " ".join([forms[0] if forms else first, *rest])


def finite(rng, verb, plural):
    """The verb as news has it: told, has told, tells, will tell."""
    tense = rng.random()
    if tense < 0.6:
        return inflected(verb, "VBD")
    if tense < 0.75:
        return ("have " if plural else "has ") + inflected(verb, "VBN")
    if tense < 0.9:
        return verb if plural else inflected(verb, "VBZ")
    return "will " + verb


def said(rng, clause, names, taken):
    """The clause's words, and (subject, relation, object); nothing if all names are taken."""
    ends = []
    for types in (clause.subjects, clause.objects):
        free = {t: [n for n in names[t] if n not in taken] for t in types if t in names}
        free = {t: n for t, n in free.items() if n}
        if not free:
            return None
        ends.append(rng.choice(free[rng.choice(list(free))]))
        taken.add(ends[-1])
    subject, target = ends
    tail = rng.choice(DEMANDS) if clause.infinitive else rng.choice(BLAME) if clause.relation in BLAMED and rng.random() < 0.4 else ""
    if clause.word == "and":
        text = f"{subject} and {target} {finite(rng, clause.verb, True)}{tail}"
    elif not clause.word and not clause.infinitive and rng.random() < 0.2:
        text = f"{target} was {inflected(clause.verb, 'VBN')} by {subject}{tail}"
    else:
        word = "" if clause.word in ("", *clause.verb.split()) else clause.word + " "
        text = f"{subject} {finite(rng, clause.verb, False)} {word}{target}{tail}"
    return text, (subject.removeprefix("the "), clause.relation, target.removeprefix("the "))


def balanced(rng, all_clauses):
    """As many clauses of each relation, each verb in its turn."""
    by_relation = collections.defaultdict(list)
    for c in all_clauses:
        by_relation[c.relation].append(c)
    work = []
    for relation in sorted(by_relation):
        rng.shuffle(by_relation[relation])
        work += [by_relation[relation][k % len(by_relation[relation])] for k in range(EACH)]
    rng.shuffle(work)
    return work


def write_texts(folder, schema, trees, seed):
    rng, fits, names = random.Random(seed), usual(trees), names_of(schema)
    work = balanced(rng, [c for c in clauses(schema) if fits(c)])
    documents = {}
    while work:
        sentences, facts, taken = [], [], set()
        while work and len(sentences) < SENTENCES:
            made = [said(rng, work.pop(), names, taken)]
            if work and rng.random() < JOINED:
                made.append(said(rng, work.pop(), names, taken))
            made = [m for m in made if m]
            if not made:
                break
            facts += [fact for _, fact in made]
            text = rng.choice(FRONT) + rng.choice(JOINTS).join(words for words, _ in made) + rng.choice(BACK) + "."
            sentences.append(text[0].upper() + text[1:])
        if sentences:
            documents[f"plain{len(documents):04}"] = "\n\n".join(sentences), facts
    plain = len(documents)
    for relation, number, pattern in patterns(schema):
        for n, example in enumerate(e for e in pattern["examples"] if e["facts"]):
            documents[f"example-{relation}-{number}-{n}"] = example["text"], [f[:3] for f in example["facts"]]
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    for name, (text, _) in documents.items():
        (folder / "docs" / f"{name}.txt").write_text(text + "\n")
    (folder / "plan.json").write_text(json.dumps({name: facts for name, (_, facts) in documents.items()}))
    print(f"{plain} documents of plain sentences, {len(documents) - plain} examples")


def write_graphs(folder, pairs):
    plan = json.loads((folder / "plan.json").read_text())
    names = (pairs / "relations.txt").read_text().split()
    ends = np.fromfile(pairs / "pairs.u32", np.uint32).reshape(-1, 5)
    fired = collections.defaultdict(set)  # document -> what patterns found in it
    for pair, relation, _ in np.fromfile(pairs / "fired.f32", np.float32).reshape(-1, 3):
        document, _, s, o, _ = ends[int(pair)].tolist()
        fired[document].add((f"e{s}", names[int(relation)], f"e{o}"))
    (folder / "gold").mkdir(exist_ok=True)
    found = asked = 0
    plainly = {"modality": "asserted", "polarity": "positive", "time": None, "speaker": None, "optional": False}
    for number, text in enumerate((pairs / "documents.jsonl").read_text().splitlines()):
        line = json.loads(text)
        name = pathlib.Path(line["id"]).name.removesuffix(".txt")
        ids, entities = {}, []
        for i, e in enumerate(line["entities"]):
            entities.append({"id": f"e{i}", "type": e["type"], "name": e["label"], "aliases": e["aliases"], "kind": None, "alt": [], "optional": False})
            for form in (e["label"], *e["aliases"]):
                ids.setdefault(form, f"e{i}")
        right = {(ids[s], r, ids[o]) for s, r, o in plan[name] if s in ids and o in ids and ids[s] != ids[o]}
        asked, found = asked + len(plan[name]), found + len(right)
        facts = [{"s": s, "r": r, "o": o, "alt": [], **plainly} for s, r, o in sorted(right)]
        # What else patterns find of the same two, or in an example, is neither right nor wrong.
        together = {frozenset((s, o)) for s, _, o in right}
        facts += [{"s": s, "r": "", "o": o, "alt": [r], **plainly} for s, r, o in sorted(fired[number] - right)
                  if name.startswith("example") or frozenset((s, o)) in together]
        (folder / "gold" / f"{name}.gold.json").write_text(json.dumps({"doc": f"{name}.txt", "date": None, "entities": entities, "facts": facts}))
    print(f"both names of {found} of {asked} facts were found")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("texts", "graphs"))
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--schema", type=pathlib.Path, default=pathlib.Path("schema"))
    parser.add_argument("--trees", type=pathlib.Path, nargs="+", default=[])
    parser.add_argument("--pairs", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == "texts":
        write_texts(options.folder, options.schema, options.trees, options.seed)
    else:
        write_graphs(options.folder, options.pairs)


if __name__ == "__main__":
    main()
