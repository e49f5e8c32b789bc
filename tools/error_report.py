"""The error report of tools/evaluate: what was missed, what is spurious, and why, for development documents.

Lists every item with its sentence and a class of error that says what to mend first:

  missed entity    unfound | other type (found as another type) | boundary (words shared with a spurious node)
  spurious entity  the same classes, seen from the graph
  missed fact      subject unfound, object unfound, ends unfound (an end is no node) | other relation, reversed (the pair has
                   an edge) | no edge, one sentence | no edge, apart (both ends found, no sentence names both) | value
  spurious fact    end not in gold | other relation, reversed | pair not in gold | value

Tables: figures by type and by relation, the classes by number, precision of each rule, reliability of the confidence, and
what time, speaker and modality were mistaken for. Optional gold items count neither way, as in score.py.
"""
import collections, json, re

BY_MODEL = ("model.", "has_value.", "serves_as.")  # rules whose evidence carries the probability that a model gave it
BINS = [0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01]


class Count:
    """Right, spurious and missed items of each key."""

    def __init__(self):
        self.rows = collections.defaultdict(lambda: [0, 0, 0])

    def add(self, key, column):
        self.rows[key][column] += 1

    def table(self, head):
        out = [f"| {head} | right | spurious | missed | P | R | F1 |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for key, (tp, fp, fn) in sorted(self.rows.items(), key=lambda r: -(r[1][1] + r[1][2])):
            p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
            out.append(f"| {key} | {tp} | {fp} | {fn} | {p:.2f} | {r:.2f} | {2 * p * r / (p + r) if p + r else 0:.2f} |")
        return "\n".join(out)


def sentences_of(text):
    """Byte-free, rough sentences: the report only needs something to read."""
    return [s.strip() for s in re.split(r"(?<=[.!?\u201d\"])\s+(?=[A-Z\u201c\"])|\n+", text) if s.strip()]


def holds(sentence, names):
    low = sentence.casefold().replace("\u2019", "'")
    return any(re.search(r"(?<!\w)" + re.escape(n) + r"(?!\w)", low) for n in names)


class Report:
    def __init__(self, score):
        self.score = score
        self.types, self.relations, self.rules = Count(), Count(), Count()
        self.classes = {k: collections.Counter() for k in ("missed entity", "spurious entity", "missed fact", "spurious fact")}
        self.by_relation = collections.Counter()
        self.bins = collections.defaultdict(lambda: [0, 0])
        self.qualifiers = {k: collections.Counter() for k in ("modality", "time", "speaker")}
        self.items = []

    def document(self, gold_path, text, graph_path):
        s = self.score
        ents, gold_facts = s.load_gold(gold_path)
        nodes, _ = s.load_graph(graph_path)
        doc = Document(self, gold_path.name[: -len(".gold.json")], ents, gold_facts, nodes, text)
        doc.entities()
        doc.facts(json.loads(graph_path.read_text(encoding="utf-8")))

    def print(self, limit):
        print("## Entities by type\n\n" + self.types.table("type"))
        print("\n## Facts by relation\n\n" + self.relations.table("relation"))
        print("\n## Rules\n\n" + self.rules.table("rule (best evidence)"))
        print("\n## Reliability of the confidence\n\n| confidence | edges | right |\n| --- | ---: | ---: |")
        for low, high in zip(BINS, BINS[1:]):
            n, right = self.bins[low]
            print(f"| {low:.1f} to {min(high, 1):.1f} | {n} | {right / n if n else 0:.2f} |")
        for kind, counts in self.classes.items():
            print(f"\n## {kind}: classes\n")
            for key, n in counts.most_common(40):
                print(f"- {n} {key}")
        print("\n## Missed facts by relation and class\n")
        for key, n in self.by_relation.most_common(40):
            print(f"- {n} {key}")
        for kind, counts in self.qualifiers.items():
            print(f"\n## {kind}: gold -> found\n")
            for key, n in counts.most_common(12):
                print(f"- {n} {key}")
        shown = collections.Counter()
        print("\n## Items\n")
        for name, kind, why, what, sentence in self.items:
            if shown[name, kind] < limit:
                shown[name, kind] += 1
                print(f"{name}\t{kind}\t{why}\t{what}\t{sentence}")


def write_confidence(reports, path):
    """Writes how often each rule was right, smoothed towards even odds, as a lexicon that the fact stage reads."""
    counts = collections.defaultdict(lambda: [0, 0])
    for report in reports:
        for rule, (right, spurious, _) in report.rules.rows.items():
            counts[rule][0] += right
            counts[rule][1] += spurious
    rows = [(rule, (right + 1.5) / (right + spurious + 3)) for rule, (right, spurious) in sorted(counts.items())
            if right + spurious >= 3 and not rule.startswith(BY_MODEL)]
    entries = ",\n".join(f'      {{"form": "{rule}", "value": "{share:.2f}"}}' for rule, share in rows)
    path.write_text("""{
  "about": "How often each rule of the fact stage was right on the development gold (seeds, train, half of the articles): smoothed shares. Evidence carries them as its confidence; a rule that is not here keeps its pattern's own.",
  "source": "measured by tools/evaluate --calibrate",
  "licence": "Apache-2.0",
  "lists": {
    "rule_confidence": {"about": "Rule and share of right facts.", "entries": [
""" + entries + """]}
  }
}
""")


class Document:
    """Compares one graph with its gold and notes the outcome in the report."""

    def __init__(self, report, name, ents, gold_facts, nodes, text):
        self.r, self.name, self.ents, self.gold_facts, self.nodes = report, name, ents, gold_facts, nodes
        self.sentences = sentences_of(text)
        self.typed, _ = report.score.match_entities(ents, nodes, True)
        self.loose, _ = report.score.match_entities(ents, nodes, False)
        self.by_id = {e["id"]: e for e in ents}
        self.label = {n["id"]: n["label"] for n in nodes}
        self.gold_of = {n: ents[g]["id"] for n, g in self.loose.items()}

    def sentence_with(self, *name_sets):
        return next((x for x in self.sentences if all(holds(x, names) for names in name_sets)), "")

    def item(self, kind, why, what, sentence):
        self.r.classes[kind][why] += 1
        self.r.items.append((self.name, kind, why, what, " ".join(sentence.split())))

    def entities(self):
        spurious = [n for n in self.nodes if n["id"] not in self.typed]
        found = set(self.typed.values())
        missed = [(i, e) for i, e in enumerate(self.ents) if i not in found and not e.get("optional")]
        for i in found:
            if not self.ents[i].get("optional"):
                self.r.types.add(self.ents[i]["type"], 0)
        shares = lambda a, b: any(set(x.split()) & set(y.split()) - {"of", "the", "and", "in"} for x in a for y in b)
        for i, e in missed:
            self.r.types.add(e["type"], 2)
            other = [n for n in self.nodes if e["names"] & n["names"]]
            near = [n for n in spurious if shares(e["names"], n["names"])]
            why = "other type" if other else "boundary" if near else "unfound"
            seen = f" (found {other[0]['type']})" if other else f" (found {near[0]['label']})" if near else ""
            self.item("missed entity", f"{why} {e['type']}", f"{e['type']}: {e['name']}{seen}", self.sentence_with(e["names"]))
        for n in spurious:
            self.r.types.add(n["type"], 1)
            same = [e for e in self.ents if e["names"] & n["names"]]
            near = [e for _, e in missed if shares(e["names"], n["names"])]
            why = ("other type or split" if same else "boundary" if near else "not in gold")
            self.item("spurious entity", f"{why} {n['type']}", f"{n['type']}: {n['label']}", self.sentence_with(n["names"]))

    def facts(self, graph):
        found = list(self.graph_facts(graph))
        ids = [e["id"] for e in self.ents]
        optional = {e["id"] for e in self.ents if e.get("optional")}
        taken = {}
        for fact in found:
            hits = [i for i, g in enumerate(self.gold_facts) if self.r.score.fact_matches(g, ids, fact, self.loose, True)]
            fresh = sorted((i for i in hits if i not in taken), key=lambda i: (
                self.gold_facts[i].get("optional", False), self.gold_facts[i].get("modality") != fact["modality"]))
            if fresh:
                taken[fresh[0]] = fact
                self.right(fact, self.gold_facts[fresh[0]])
            elif not hits and not optional & {self.gold_of.get(fact["s"]), self.gold_of.get(fact.get("o"))}:
                self.spurious(fact)
        for i, g in enumerate(self.gold_facts):
            if i not in taken and not g.get("optional") and g["s"] not in optional and g.get("o") not in optional:
                self.missed(g, found)

    def graph_facts(self, graph):
        for e in graph["edges"]:
            rules = [v["rule"] for v in e["evidence"]]
            yield dict(e, s=e["source"], r=e["relation"], o=e["target"], rule=rules[0], sentence=e["evidence"][0]["text"])
        for n in graph["nodes"]:
            for a in n["attributes"]:
                rules = [v["rule"] for v in a["evidence"]]
                yield dict(a, s=n["id"], r=a["relation"], o_text=a["value"], rule=rules[0], sentence=a["evidence"][0]["text"])

    def bin(self, fact, right):
        low = max(b for b in BINS if b <= fact["confidence"])
        self.r.bins[low][0] += 1
        self.r.bins[low][1] += right

    def right(self, fact, gold):
        self.bin(fact, 1)
        self.r.rules.add(fact["rule"], 0)
        if not gold.get("optional"):
            self.r.relations.add(gold["r"], 0)
        what = f"{self.label[fact['s']]} | {fact['r']} | {fact.get('o_text') or self.label[fact['o']]}"
        speaker_id = self.gold_of.get(fact["speaker"])
        self.note("modality", gold.get("modality") or "asserted", fact["modality"] or "asserted", what, fact)
        if gold.get("time") or fact["time"]:
            self.note("time", gold.get("time"), fact["time"], what, fact)
        if gold.get("speaker") or fact["speaker"]:
            self.note("speaker", gold.get("speaker"), speaker_id if speaker_id or not fact["speaker"] else "?", what, fact)

    def note(self, kind, gold, got, what, fact):
        if gold == got:
            self.r.qualifiers[kind]["right"] += 1
            return
        name = lambda x: self.by_id[x]["name"] if x in self.by_id else x
        shape = f"{gold} -> {got}" if kind == "modality" else (
            "missing" if not got else "not in gold" if not gold else "another")
        self.r.qualifiers[kind][shape] += 1
        self.r.items.append((self.name, kind, shape, f"{what} [{name(gold)} -> {name(got)}] {fact['rule']}", " ".join(fact["sentence"].split())))

    def spurious(self, fact):
        self.bin(fact, 0)
        self.r.rules.add(fact["rule"], 1)
        self.r.relations.add(fact["r"], 1)
        ends = (self.gold_of.get(fact["s"]), self.gold_of.get(fact.get("o")))
        if "o_text" in fact:
            why = "value" if ends[0] else "end not in gold"
        elif None in ends:
            why = "end not in gold"
        else:
            same = [g["r"] for g in self.gold_facts if (g["s"], g.get("o")) == ends]
            back = [g["r"] for g in self.gold_facts if (g.get("o"), g["s"]) == ends]
            why = f"other relation (gold {same[0]})" if same else "reversed" if back else "pair not in gold"
        what = f"{self.label[fact['s']]} | {fact['r']} | {fact.get('o_text') or self.label[fact['o']]} ({fact['rule']} {fact['confidence']:.2f})"
        self.r.classes["spurious fact"][why.split(" (")[0] + " " + fact["r"]] += 1
        self.r.items.append((self.name, "spurious fact", why, what, " ".join(fact["sentence"].split())))

    def missed(self, gold, found):
        self.r.relations.add(gold["r"], 2)
        known = set(self.gold_of.values())
        s, o = self.by_id[gold["s"]], self.by_id.get(gold.get("o"))
        names = [s["names"]] + ([o["names"]] if o else [])
        sentence = self.sentence_with(*names)
        pairs = {(self.gold_of.get(f["s"]), self.gold_of.get(f.get("o"))): f["r"] for f in found}
        if o is None:
            why = "value" if gold["s"] in known else "subject unfound"
        elif gold["s"] not in known or gold["o"] not in known:
            why = "object unfound" if gold["s"] in known else "subject unfound" if gold["o"] in known else "ends unfound"
        elif (gold["s"], gold["o"]) in pairs:
            why = f"other relation"
        elif (gold["o"], gold["s"]) in pairs:
            why = "reversed"
        else:
            why = "no edge, one sentence" if sentence else "no edge, apart"
        what = f"{s['name']} | {gold['r']} | {gold.get('o_text') or o['name']}"
        if not sentence:
            sentence = "... " + self.sentence_with(names[-1])
        self.r.by_relation[f"{gold['r']}: {why}"] += 1
        self.item("missed fact", why, f"{what} [{gold.get('modality')}]", sentence)
