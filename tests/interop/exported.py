"""The files that the interop checks open: the golden ones, and a graph built from the sample articles by the program."""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


def need(module):
    """The Python module, or the end of the check with the reason for skipping it."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        print(f"skipped: the Python module {module} is not installed (tools/test installs it)")
        sys.exit(SKIPPED)


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def pairs():
    """(name, JSON file, [GraphML files]) of each graph."""
    golden = ROOT / "tests" / "golden"
    yield "golden", golden / "tiny.json", [golden / "tiny.gephi.graphml", golden / "tiny.strict.graphml"]
    if len(sys.argv) < 2:
        return
    weft = sys.argv[1]
    version = subprocess.run([weft, "--version"], capture_output=True, text=True).stdout
    articles = ROOT / "tests" / "data" / "articles"
    if not version.strip() or not articles.is_dir():
        print("only the golden files: this weft can't build yet")
        return
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        store = folder / "sample.weft"
        os.chdir(ROOT)
        run(weft, "build", articles, "-o", store)
        files = {}
        for name, options in [("json", []), ("graphml", []), ("graphml", ["--dialect", "strict"])]:
            file = folder / f"sample{len(files)}.{name}"
            run(weft, "export", store, "--format", name, *options, "-o", file)
            files[file] = name
        yield "sample articles", next(f for f, n in files.items() if n == "json"), [f for f, n in files.items() if n == "graphml"]
