"""The graphs that the interop checks open, in every format: the golden one, the nasty ones of tests/exporters, and one that the
program builds from the sample articles."""
import atexit
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
PROGRAM = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
# What checks download lies beside the program, and is there for the next run.
DOWNLOADS = (PROGRAM.parent if PROGRAM else ROOT / "build") / "interop"


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def need(module):
    """The Python module, or the end of the check with the reason for skipping it."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        pass
    # Debian's packages are for Debian's Python, which may not be the first on the path.
    system = "/usr/bin/python3"
    if os.path.exists(system) and not os.environ.get("WEFT_SYSTEM_PYTHON"):
        os.execve(system, [system, *sys.argv], {**os.environ, "WEFT_SYSTEM_PYTHON": "1"})
    skip(f"the Python module {module} is not installed (tools/test installs it)")


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=300, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Exported:
    """One graph: `data` is its JSON, path() a file of it in any format, with names like those of the golden files."""

    def __init__(self, name, folder, stem, store=None):
        self.name, self.folder, self.stem, self.store = name, folder, stem, store
        self.data = json.loads(self.path("json").read_text(encoding="utf-8"))
        self.nodes = {n["id"]: n for n in self.data["nodes"]}
        self.edges = {e["id"]: e for e in self.data["edges"]}

    def path(self, form, dialect="", part=""):
        path = self.folder / ".".join(filter(None, [self.stem, dialect, form, part]))
        if self.store and not path.exists():
            options = ["--dialect", dialect] if dialect else []
            to = path.with_name(path.name.removesuffix("." + part) + ".csv") if part else path
            run(PROGRAM, "export", self.store, "--format", form, *options, "-o", to)
        return path

    @property
    def xml_safe(self):
        """True if XML can hold all names, so that they must come back as they are."""
        return self.name not in ("golden", "hostile")

    @property
    def facts(self):
        return sorted((e["source"], e["target"], e["relation"], max(e["weight"], 1)) for e in self.data["edges"])


def graphs():
    yield Exported("golden", ROOT / "tests" / "golden", "tiny")
    if not PROGRAM:
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="weft-interop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    unit_tests = PROGRAM.parent / "tests" / "weft_tests"
    if unit_tests.exists():
        run(unit_tests, "--test-case=every format writes every nasty graph*", env={**os.environ, "WEFT_WRITE_EXPORTS": str(folder)})
        names = sorted(f.name.removesuffix(".json") for f in folder.glob("*.json"))
        assert len(names) >= 7, names
        for name in names:
            yield Exported(name, folder, name)
    articles = ROOT / "tests" / "data" / "articles"
    os.chdir(ROOT)
    store = folder / "sample.weft"
    run(PROGRAM, "build", articles, "-o", store)
    yield Exported("articles", folder, "articles", store)
