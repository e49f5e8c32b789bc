"""Coreference scores (MUC, B3, CEAF-e and their mean, the CoNLL score) of what weft resolves, against OntoGUM's chains.

The text of each document is written from GUM's tokens, `weft build` reads it, and the mentions of each entity with their bytes (pronouns
too) are read out of the records in the store. Measures as in Pradhan et al. 2014, sums over all documents; a chain has two mentions or more.

Three rows a set, because weft builds chains only for entities of its ontology (people, bodies, places ...), and marks names as they stand
("Jiangxi"), not whole noun phrases ("the province of Jiangxi, which ..."):
  spans   a mention counts where its first and last token are those of the gold
  heads   a mention counts where its head is that of the gold mention, by the gold tree (as CorefUD does; of gold mentions with one head,
          such as "A" in "A and B", the shortest counts)
  named   heads, and of the gold only chains that have a name; what weft puts on other chains of the gold is left out
"""
import collections, json, re, sqlite3, subprocess

ROWS = ("spans", "heads", "named")
Token = collections.namedtuple("Token", "form space head tag paragraph")


def read_conllu(path):
    """Document name -> its Tokens; `head` is an index into them, -1 for a root."""
    documents, tokens, first, paragraph, glued = {}, None, 0, False, set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id"):
            tokens = documents.setdefault(line.split("=", 1)[1].strip(), [])
        elif line.startswith("# newpar") and "block" not in line:
            paragraph = True
        elif line.startswith("# sent_id"):
            first, glued = len(tokens), set()
        elif line and line[0].isdigit():
            column = line.split("\t")
            no_space = "SpaceAfter=No" in column[9]
            if "-" in column[0]:  # "country's": its words follow
                begin, end = map(int, column[0].split("-"))
                glued.update(range(begin, end + no_space))
            elif column[0].isdigit():
                number, head = int(column[0]), int(column[6])
                tokens.append(Token(column[1], not (no_space or number in glued), first + head - 1 if head else -1, column[3], paragraph))
                paragraph = False
    return documents


def read_chains(path):
    """Chain name -> set of (first token, one after the last)."""
    chains, opened = collections.defaultdict(set), collections.defaultdict(list)
    rows = [l.split("\t") for l in path.read_text(encoding="utf-8").splitlines() if l and l[0].isdigit()]
    for t, (_, _, brackets) in enumerate(rows):
        for before, name, after in re.findall(r"(\(?)(\d+)(\)?)", brackets):
            if before:
                opened[name].append(t)
            if after:
                chains[name].add((opened[name].pop(), t + 1))
    return dict(chains), [form for _, form, _ in rows]


def write_text(tokens, path):
    """Returns the bytes at which each token begins."""
    out, begins = bytearray(), []
    for token in tokens:
        if token.paragraph and out:
            out += b"\n\n"
        begins.append(len(out))
        out += token.form.encode() + (b" " if token.space else b"")
    path.write_bytes(out + b"\n")
    return begins


def head_of(tokens, span):
    """The token whose head lies outside the span; of several the one nearest to the root."""
    def depth(t):
        steps = 0
        while tokens[t].head >= 0:
            t, steps = tokens[t].head, steps + 1
        return steps
    return min(range(*span), key=lambda t: (depth(t), t))


def weft_chains(record, begins, tokens):
    chains = []
    for entity in record["entities"]:
        spans = [m for m in entity["mentions"]] + [j[0] for j in entity.get("joined", []) if j[1] == "pronoun"]
        chain = set()
        for begin, end in spans:
            inside = [t for t, b in enumerate(begins) if b < end and b + len(tokens[t].form.encode()) > begin]
            if inside:
                chain.add((inside[0], inside[-1] + 1))
        chains.append(chain)
    return chains


def to_heads(chains, tokens):
    """Each mention by its head alone; where several share it, the shortest keeps it."""
    owner = {}
    for number, chain in enumerate(chains):
        for span in chain:
            head = head_of(tokens, span)
            if head not in owner or span[1] - span[0] < owner[head][0]:
                owner[head] = (span[1] - span[0], number)
    out = [set() for _ in chains]
    for head, (_, number) in owner.items():
        out[number].add(head)
    return out


def best_assignment(weights):
    """The greatest sum of weights with one column a row (Hungarian method, O(n^3))."""
    rows, columns = len(weights), max((len(w) for w in weights), default=0)
    size = max(rows, columns)
    cost = [[-weights[i][j] if i < rows and j < columns else 0.0 for j in range(size)] for i in range(size)]
    u, v, row_of, way = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for i in range(1, size + 1):
        row_of[0], column, least, used = i, 0, [float("inf")] * (size + 1), [False] * (size + 1)
        while row_of[column]:
            used[column], row, delta, following = True, row_of[column], float("inf"), 0
            for j in range(1, size + 1):
                if not used[j]:
                    reduced = cost[row - 1][j - 1] - u[row] - v[j]
                    if reduced < least[j]:
                        least[j], way[j] = reduced, column
                    if least[j] < delta:
                        delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            row_of[column], column = row_of[way[column]], way[column]
    return -sum(cost[row_of[j] - 1][j - 1] for j in range(1, size + 1))


def links(chains, others):
    """MUC: links kept of the links there are."""
    of = {m: n for n, chain in enumerate(others) for m in chain}
    kept = sum(len(c) - len({of.get(m, ("alone", m)) for m in c}) for c in chains)
    return kept, sum(len(c) - 1 for c in chains)


def members(chains, others):
    """B3: of each mention, the share of its chain that the other side has with it."""
    of = {m: c for c in others for m in c}
    return sum(len(c & of[m]) / len(c) for c in chains for m in c if m in of), sum(map(len, chains))


def aligned(gold, found):
    """CEAF-e: the best one-to-one assignment of chains."""
    gold_left, found_left = ([c for c in a if any(c & d for d in b)] for a, b in ((gold, found), (found, gold)))
    return best_assignment([[2 * len(g & f) / (len(g) + len(f)) for f in found_left] for g in gold_left]) if gold_left else 0.0


class Scores:
    """Sums over documents of [numerator, denominator] of recall and precision, for each measure."""
    MEASURES = ("MUC", "B3", "CEAF-e")

    def __init__(self):
        self.sums = {m: [0.0] * 4 for m in self.MEASURES}

    def add(self, gold, found):
        gold, found = ([c for c in chains if len(c) > 1] for chains in (gold, found))
        shared = aligned(gold, found)
        for measure, four in (("MUC", (*links(gold, found), *links(found, gold))), ("B3", (*members(gold, found), *members(found, gold))),
                              ("CEAF-e", (shared, len(gold), shared, len(found)))):
            self.sums[measure] = [a + b for a, b in zip(self.sums[measure], four)]

    def figures(self):
        """For each measure (precision, recall, F1), then the mean of the F1."""
        out = {}
        for m in self.MEASURES:
            a, b, c, d = self.sums[m]
            r, p = a / b if b else 0.0, c / d if d else 0.0
            out[m] = (p, r, 2 * p * r / (p + r) if p + r else 0.0)
        return out, sum(f for _, _, f in out.values()) / len(out)


def measure_set(conllu, folder, weft, work):
    """Row -> Scores of one part (dev or test)."""
    texts = work / "texts"
    texts.mkdir(parents=True)
    documents, begins = read_conllu(conllu), {}
    names = sorted(p.stem for p in folder.glob("*.conll"))
    for name in names:
        begins[name] = write_text(documents[name], texts / f"{name}.txt")
    subprocess.run([weft, "build", texts, "-o", work / "g.weft", "--quiet"], check=True)
    store = sqlite3.connect(work / "g.weft")
    records = {i.removesuffix(".txt"): json.loads(j)
               for i, j in store.execute("SELECT d.id, r.json FROM documents d JOIN records r ON r.document = d.number WHERE d.id IS NOT NULL")}
    scores = {row: Scores() for row in ROWS}
    for name in names:
        tokens = documents[name]
        chains, forms = read_chains(folder / f"{name}.conll")
        if len(forms) != len(tokens) or any(form not in (token.form, "") for form, token in zip(forms, tokens)):
            raise SystemExit(f"evaluate: the tokens of {name} differ between {conllu.name} and {folder}.")
        gold = list(chains.values())
        found = weft_chains(records[name], begins[name], tokens) if name in records else []
        scores["spans"].add(gold, found)
        gold, found = to_heads(gold, tokens), to_heads(found, tokens)
        scores["heads"].add(gold, found)
        named = [c for c in gold if any(tokens[h].tag == "PROPN" for h in c)]
        other = {h for c in gold if c not in named for h in c}
        scores["named"].add(named, [c - other for c in found])
    return scores


def measure(shared, weft, work):
    gum = shared / "data" / "gum-open"
    print("| OntoGUM | mentions | MUC P | R | F1 | B3 P | R | F1 | CEAF-e P | R | F1 | CoNLL |")
    print("| --- | --- |" + " ---: |" * 10)
    for part in ("dev", "test"):
        scores = measure_set(gum / f"{part}.conllu", gum / "ontogum-conll" / part, weft, work / part)
        for row in ROWS:
            figures, mean = scores[row].figures()
            print(f"| {part} | {row} | " + " | ".join(f"{x:.3f}" for m in Scores.MEASURES for x in figures[m]) + f" | **{mean:.3f}** |")
