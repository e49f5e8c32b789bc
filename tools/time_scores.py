"""Scores of time expressions on GUM's dates (../shared/data/gum-open/timex), by `weft extract --times`.

Documents are put together again from the treebank's sentences and read with their date. A span is found exactly if its words are
the gold's, and relaxed if it shares a word with it; values are judged where a span is found (relaxed). A value is right if it
stands for the same days as the gold's ("1800/1899" is "from 1800-01-01 to 1899-12-31"), and compatible if both ends agree as far
as both are written ("2020-02" and "2020-02-29"). GUM also marks names of periods ("World War II", "the Crusades"), clock times and
open intervals, which weft doesn't read as dates: they count as missed.
"""
import calendar, collections, json, pathlib, re, subprocess, tempfile

KINDS = ("day", "month", "year", "period", "season", "relative", "clock")
SEASONS = {"spring", "summer", "autumn", "fall", "winter"}


def read_treebank(file):
    """Document -> (text, {sentence number -> [(form, begin, end)]}), in characters of the text."""
    documents, text, sentences, words, name = {}, "", {}, None, None
    for line in open(file, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            name, text, sentences = line[14:], "", {}
        elif line.startswith("# newpar") and text and not text.endswith("\n"):
            text = text.rstrip() + "\n\n"
        elif line.startswith("# sent_id = "):
            words = sentences[int(line.rsplit("-", 1)[1])] = []
        elif line and line[0].isdigit():
            fields = line.split("\t")
            if "." in fields[0]:
                continue
            if "-" in fields[0]:  # a word of several tokens is written once
                last, joined = int(fields[0].split("-")[1]), fields
                words.append((fields[1], len(text), len(text) + len(fields[1]), last))
                text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
                continue
            covered = next((w for w in words[::-1] if len(w) == 4 and int(fields[0]) <= w[3]), None)
            if covered:
                words.append((fields[1], covered[1], covered[2]))
                continue
            words.append((fields[1], len(text), len(text) + len(fields[1])))
            text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
        if name:
            documents[name] = (text, sentences)
    return documents


def find_span(words, span, taken):
    """Characters of the first place where the words of `span` stand and no other gold span does."""
    words = [w for w in words if len(w) == 3]
    wanted = span.split()
    for i in range(len(words) - len(wanted) + 1):
        if [w[0] for w in words[i:i + len(wanted)]] == wanted and i not in taken:
            taken.update(range(i, i + len(wanted)))
            return words[i][1], words[i + len(wanted) - 1][2]
    return None


def read_gold(folder, part):
    documents = read_treebank(folder / f"{part}.conllu")
    gold, dates, taken = collections.defaultdict(list), {}, collections.defaultdict(set)
    lines = open(folder / "timex" / f"{part}.tsv", encoding="utf-8").read().splitlines()[1:]
    for line in lines:
        name, sentence, date, tag, attributes, span, _ = line.split("\t")
        dates[name] = date
        where = find_span(documents[name][1].get(int(sentence), []), span, taken[name, sentence])
        if where:
            gold[name].append((where, dict(re.findall(r'(\w+)="([^"]*)"', attributes)), tag, span))
    return {n: (documents[n][0], dates[n], gold[n]) for n in dates}


def kind_of(value, tag, span):
    words = set(span.lower().split())
    if tag == "time":
        return "clock"
    if words & SEASONS:
        return "season"
    if not any(c.isdigit() for c in span) and not re.search(r"(?i)\b(%s)" % "|".join(calendar.month_name[1:]), span):
        return "relative"
    when = value.get("when", "").split("T")[0].lstrip("-")
    if not when or "ago" in words:
        return "period" if not when else "relative"
    return ("year", "month", "day")[min(when.count("-"), 2)]


def ends(begin, end):
    """Two ISO dates as the first and last day that they cover, as texts that can be compared; None if unknown."""
    def one(iso, last):
        iso = (iso or "").split("T")[0]
        parts = re.fullmatch(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso)
        if not parts:
            return None
        year, month = int(parts[1]), int(parts[2] or (12 if last else 1))
        days = calendar.monthrange(max(abs(year), 1), month)[1] if 1 <= month <= 12 else 31
        return year, month, int(parts[3] or (days if last else 1))
    return one(begin, False), one(end, True)


def written(value):
    """(begin, end) of gold attributes or of one of our values, as written."""
    if isinstance(value, str):
        begin, _, end = value.partition("/")
        return begin, end or begin
    if "when" in value:
        return value["when"], value["when"]
    return value.get("from", value.get("notBefore", "")), value.get("to", value.get("notAfter", ""))


def same(gold, ours):
    (a, b), (c, d) = written(gold), written(ours)
    return bool(ours) and None not in ends(a, b) and ends(a, b) == ends(c, d)


def compatible(gold, ours):
    def agree(x, y):
        x, y = x.split("T")[0], y.split("T")[0]
        return bool(x) and bool(y) and (x.startswith(y) or y.startswith(x))
    (a, b), (c, d) = written(gold), written(ours)
    return bool(ours) and (same(gold, ours) or (agree(a, c) and agree(b, d)))


def extract(weft, documents):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "documents.jsonl"
        file.write_text("".join(json.dumps({"id": n, "text": t, "date": d}) + "\n" for n, (t, d, _) in documents.items()))
        run = subprocess.run([weft, "extract", "--times", file, "--model", "fast"], check=True, capture_output=True, text=True)
    found = collections.defaultdict(list)
    for line in run.stdout.splitlines():
        t = json.loads(line)
        data = documents[t["document"]][0].encode()
        begin = len(data[:t["begin"]].decode())
        found[t["document"]].append((begin, begin + len(t["text"]), t["value"] or "", t["text"]))
    return found


def score(documents, found):
    """Counts by kind; `errors` are sentences of words for reading."""
    counts, errors = collections.Counter(), []
    for name, (text, date, gold) in documents.items():
        ours, used = found[name], set()
        for (begin, end), value, tag, span in gold:
            kind = kind_of(value, tag, span)
            counts["gold", kind] += 1
            hits = [i for i, (b, e, _, _) in enumerate(ours) if b < end and begin < e]
            if not hits:
                errors.append(("missed", name, date, span, value, "", text[max(0, begin - 40):end + 40]))
                continue
            # Articles and the like at the edges are no difference.
            bare = lambda s: re.sub(r"\W", "", re.sub(r"^(the|in|of)\s", "", s.lower()))
            i = next((k for k in hits if bare(ours[k][3]) == bare(span)), hits[0])
            used.add(i)
            said = ours[i][2]
            # GUM marks both ends of "1704 - 1787" where weft reads one interval.
            covered = [g for g in gold if ours[i][0] < g[0][1] and g[0][0] < ours[i][1]]
            if len(covered) == 2 and said.count("/") == 1:
                said = said.split("/")[covered[1][0] == (begin, end)]
            counts["exact", kind] += bare(ours[i][3]) == bare(span)
            counts["relaxed", kind] += 1
            counts["right", kind] += same(value, said)
            counts["compatible", kind] += compatible(value, said)
            if not same(value, said):
                errors.append(("value", name, date, span, value, said, text[max(0, begin - 40):end + 40]))
        for i, (b, e, value, said) in enumerate(ours):
            hit = any(b < end and begin < e for (begin, end), *_ in gold)
            counts["spurious"] += not hit and i not in used
            if not hit:
                errors.append(("spurious", name, date, said, {}, value, text[max(0, b - 40):e + 40]))
        counts["ours"] += len(ours)
    return counts, errors


def rows(part, counts):
    gold = sum(counts["gold", k] for k in KINDS)
    total = lambda what: sum(counts[what, k] for k in KINDS)
    found = counts["ours"]
    f1 = lambda hits: 2 * hits / (gold + found) if gold + found else 0.0
    share = lambda a, b: f"{a / b:.3f}" if b else "-"
    yield (f"| {part} | {gold} | {share(total('relaxed'), gold)} | {share(found - counts['spurious'], found)} | {f1(total('exact')):.3f} | "
           f"{f1(total('relaxed')):.3f} | {share(total('right'), total('relaxed'))} | {share(total('compatible'), total('relaxed'))} | "
           f"{f1(total('right')):.3f} |")
    for k in KINDS:
        if counts["gold", k]:
            yield (f"| {part}: {k} | {counts['gold', k]} | {share(counts['relaxed', k], counts['gold', k])} | | | | "
                   f"{share(counts['right', k], counts['relaxed', k])} | {share(counts['compatible', k], counts['relaxed', k])} | |")


def measure(weft, folder, parts, errors):
    print("| GUM | times | recall | precision | span F1 exact | relaxed | value right | compatible | F1 of spans with their value |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    said = []
    for part in parts:
        documents = read_gold(folder, part)
        counts, wrong = score(documents, extract(weft, documents))
        print("\n".join(rows(part, counts)), flush=True)
        said += wrong if part != "test" else []  # the test part is only measured
    for sort, name, date, span, value, ours, around in said[:errors]:
        print(f"{sort}: {name} ({date}) \"{span}\" {value or ''} ours: {ours or '-'} … {' '.join(around.split())}")
