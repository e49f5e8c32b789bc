"""The same labels on every processor: `weft annotate` over the test sets with each edition of the kernels (WEFT_CPU), word by word."""
import os, subprocess

EDITIONS = ("plain", "avx2", "avx512")
MOST = 1.0  # differing words in 10,000


def text_of_treebank(file):
    """The sentences of a CoNLL-U file as text, a blank line between paragraphs."""
    out = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith(("# newpar", "# newdoc")) and out and out[-1] != "\n\n":
            out.append("\n\n")
        elif line.startswith("# text = "):
            out.append(line[len("# text = "):] + " ")
    return "".join(out)


def text_of_names(file):
    """The sentences of a BIO file as text, a paragraph each."""
    paragraphs = file.read_text("utf-8").strip().split("\n\n")
    return "\n\n".join(" ".join(line.split()[0] for line in paragraph.splitlines()) for paragraph in paragraphs)


def texts_of(data):
    """Name -> text. The words of uner-ewt's test set are those of ud-ewt."""
    texts = {corpus: text_of_treebank(data / corpus / "test.conllu") for corpus in ("ud-ewt", "gum-open")}
    texts["crossner-politics"] = text_of_names(data / "crossner-politics" / "dev.bio")
    return texts


def annotate(weft, tier, edition, text):
    """The lines of words, or the reason why there are none."""
    run = subprocess.run([weft, "annotate", "--model", tier, "--input-format", "text", "-"], input=text, text=True, capture_output=True,
                         env={**os.environ, "WEFT_CPU": edition})
    if run.returncode:
        return None, run.stderr.strip()
    return [line for line in run.stdout.splitlines() if line[:1].isdigit()], None


def differing(one, other):
    """Words that don't have the same labels; all of the longer one if they were cut into other words."""
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other))


def compare(weft, data, tier):
    """Prints a line an edition; says whether all of them agree as far as they must."""
    good, wanted = True, {}
    texts = texts_of(data)
    for edition in EDITIONS:
        words = differences = 0
        for name, text in texts.items():
            lines, problem = annotate(weft, tier, edition, text)
            if lines is None:
                print(f"dispatch {tier} {edition}: left out: {problem}", flush=True)
                break
            wanted.setdefault(name, lines)
            words += len(lines)
            differences += differing(wanted[name], lines)
        else:
            rate = 10000 * differences / max(1, words)
            good = good and rate <= MOST
            print(f"dispatch {tier} {edition}: {words} words, {differences} differ from {EDITIONS[0]}: {rate:.2f} in 10,000", flush=True)
    return good
