"""Scores of open triples on CaRB (Bhardwaj et al. 2019), by the rules of its own scorer's default match.

A prediction and a gold tuple match by words, counted with repetition: relation against relation, subject against
subject, and all other arguments together against all others. Tuples whose relations share no word don't match at all
("be" stands for each of its forms), nor do those with fewer than two arguments. Of each gold tuple the best recall
counts; of the predictions each is paired with at most one gold tuple, best precision first, and those that find no partner
count as wrong. The reported point is the best F1 over all thresholds of the confidence; AUC is the area below the curve of
precision over recall, to which the point (0, 1) is added.
"""
import collections, json, re, subprocess, tempfile, pathlib

BE = ("be", "is", "am", "are", "was", "were", "been", "being")
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
SAID = ("said", "told", "added", "adds", "says")


def plain(text):
    """With brackets instead of the Penn Treebank's names for them: the words stay as many and as equal as they were."""
    return " ".join(BRACKETS.get(w, w) for w in text.split())


def read_gold(folder):
    """Sentence -> list of (relation, [arguments]), in the order of dev.txt."""
    gold = collections.OrderedDict()
    for line in open(folder / "gold" / "dev.tsv", encoding="utf-8"):
        sentence, relation, *arguments = [f.strip() for f in line.rstrip("\n").split("\t")]
        gold.setdefault(sentence, []).append((relation, [a for a in arguments if "C: " not in a]))
    order = {line.strip(): i for i, line in enumerate(open(folder / "dev.txt", encoding="utf-8"))}
    # The two files write a few sentences with other blanks.
    loose = {re.sub(r"\W", "", s): i for s, i in order.items()}
    number = lambda s: order.get(s, loose.get(re.sub(r"\W", "", s)))
    return [(number(s), plain(s), [(plain(r), [plain(a) for a in rest]) for r, rest in tuples]) for s, tuples in gold.items()]


def shared(gold, predicted):
    """How many words of `gold` are in `predicted`, and what is left of the latter."""
    left, count = list(predicted), 0
    for word in gold:
        if word in left:
            left.remove(word)
            count += 1
    return count, left


def match_words(gold, predicted):
    relation, arguments = gold
    words, (said, parts) = relation.split(), predicted
    said = said.split()
    same, left = shared(words, said)
    if "be" in left and any(form in words for form in BE):
        same += 1
    if same == 0:
        return 0.0, 0.0
    found, of_gold, of_predicted = same, len(words), len(said)
    for i, argument in enumerate(arguments):
        words = argument.split()
        of_gold += len(words)
        if i >= len(parts):
            if i < 2:
                return 0.0, 0.0
            continue
        said = parts[i].split()
        of_predicted += len(said)
        found += shared(words, said)[0]
    return (found / of_predicted if of_predicted else 0.0), (found / of_gold if of_gold else 0.0)


def match(gold, predicted):
    """(precision, recall) of the words of a prediction against a gold tuple."""
    def two(arguments):
        return [arguments[0], " ".join(arguments[1:])] if len(arguments) >= 2 else arguments
    straight = match_words((gold[0], two(gold[1])), (predicted[0], two(predicted[1])))
    if not any(verb in gold[0] for verb in SAID) or len(predicted[1]) < 2:
        return straight
    turned = [" ".join(predicted[1][1:]), predicted[1][0]]
    return max(straight, match_words((gold[0], two(gold[1])), (predicted[0], turned)))


def paired_precision(scores, columns):
    """Sum of precisions of a pairing, best first; ties go to the first gold tuple and then the first prediction."""
    cells = sorted(((-scores[i][j][0], i, n) for i in range(len(scores)) for n, j in enumerate(columns)))
    rows, used, total = set(), set(), 0.0
    for negative, i, n in cells:
        if i not in rows and n not in used:
            rows.add(i)
            used.add(n)
            total -= negative
    return total


def curve(gold, predicted):
    """gold: sentence -> tuples; predicted: sentence -> [(confidence, relation, arguments)].
    Returns the points (confidence, precision, recall), by rising confidence."""
    levels = sorted({c for s in gold for c, _, _ in predicted.get(s, [])})
    position = {c: i for i, c in enumerate(levels)}
    p, pl, r, rl = ([0.0] * len(levels) for _ in range(4))
    for sentence, tuples in gold.items():
        mine = predicted.get(sentence, [])
        scores = [[match(g, (relation, arguments)) for _, relation, arguments in mine] for g in tuples]
        before = 0
        for confidence in sorted(c for c, _, _ in mine):
            at = position[confidence]
            if at < before:
                continue
            columns = [j for j, m in enumerate(mine) if m[0] >= confidence]
            precision = paired_precision(scores, columns)
            recall = sum(max(row[j][1] for j in columns) for row in scores)
            for k in range(before, at + 1):
                p[k] += precision
                pl[k] += len(columns)
                r[k] += recall
                rl[k] += len(tuples)
            before = at + 1
        for k in range(before, len(levels)):
            rl[k] += len(tuples)
    return [(c, p[i] / pl[i] if pl[i] else 1.0, r[i] / rl[i] if rl[i] else 0.0) for i, c in enumerate(levels)]


def summary(points):
    f1 = lambda p, r: 2 * p * r / (p + r) if p + r else 0.0
    if not points:
        return {"f1": 0.0, "p": 0.0, "r": 0.0, "confidence": 0.0, "auc": 0.0, "all": 0.0}
    best = max(points, key=lambda x: f1(x[1], x[2]))
    line = [(r, p) for _, p, r in points] + [(0.0, 1.0)]
    area = sum((a[0] - b[0]) * (a[1] + b[1]) / 2 for a, b in zip(line, line[1:]))
    return {"f1": f1(best[1], best[2]), "p": best[1], "r": best[2], "confidence": best[0], "auc": abs(area),
            "all": f1(points[0][1], points[0][2])}


def extract(weft, sentences, model=None):
    """Runs `weft extract --open` on the sentences; sentence -> [(confidence, relation, arguments, rule)]."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "sentences.jsonl"
        file.write_text("".join(json.dumps({"id": str(i), "text": s}) + "\n" for i, s in enumerate(sentences)))
        command = [weft, "extract", "--open", file] + (["--model", model] if model else [])
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    found = {}
    for line in lines:
        t = json.loads(line)
        arguments = [t["subject"]["text"]] + [a["text"] for a in t["arguments"]]
        found.setdefault(sentences[int(t["document"])], []).append(
            (t["evidence"]["confidence"], t["relation"]["text"], arguments, t["evidence"]["rule"]))
    return found


def by_rule(gold, found, part):
    """(rule, triples, mean precision after the scorer's pairing), most frequent first."""
    shares = collections.defaultdict(list)
    for number, sentence, tuples in gold:
        if number % 2 != part:
            continue
        mine = found.get(sentence, [])
        cells = sorted((-match(t, m[1:3])[0], i, j) for i, t in enumerate(tuples) for j, m in enumerate(mine))
        rows, paired = set(), {}
        for negative, i, j in cells:
            if i not in rows and j not in paired:
                rows.add(i)
                paired[j] = -negative
        for j, m in enumerate(mine):
            shares[m[3]].append(paired.get(j, 0.0))
    return sorted(((r, len(x), sum(x) / len(x)) for r, x in shares.items()), key=lambda row: (-row[1], row[0]))


def measure(weft, folder, model=None):
    """The lines of the table: even sentences (development), odd ones, all."""
    gold = read_gold(folder)
    found = extract(weft, [s for _, s, _ in gold], model)
    rows = []
    for name, part in (("even (development)", 0), ("odd (held out)", 1), ("all", None)):
        tuples = {s: t for n, s, t in gold if part is None or n % 2 == part}
        mine = {s: [x[:3] for x in found.get(s, [])] for s in tuples}
        rows.append((name, len(tuples), sum(map(len, mine.values())), summary(curve(tuples, mine))))
    return rows, gold, found


def print_rows(rows):
    print("| CaRB dev sentences | number | triples | best P | R | F1 | at confidence | AUC | F1 of all triples |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, count, triples, s in rows:
        print(f"| {name} | {count} | {triples} | {s['p']:.3f} | {s['r']:.3f} | **{s['f1']:.3f}** | {s['confidence']:.2f} | "
              f"{s['auc']:.3f} | {s['all']:.3f} |")
