"""The graphs that the interop checks open, in every format: the golden one, the nasty ones of tests/exporters, and one that the
program builds from the sample articles."""
import atexit
import fcntl
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
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **{"timeout": 600, **more})
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def strict_id(node):
    """The id of a node in GraphML's dialect "strict", whose schema knows no '/' in ids."""
    return node.replace("/", ":")


def maven(*arguments, what, folder):
    """Runs Maven in the folder; the check is skipped if it, or its registry, can't be had."""
    if not shutil.which("mvn"):
        skip("mvn is not installed (package maven; tools/test installs it)")
    folder.mkdir(parents=True, exist_ok=True)
    with open(DOWNLOADS / "maven.lock", "w") as lock:  # checks that run side by side share Maven's own store, which can't bear it
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["mvn", "-B", "-q", *arguments], capture_output=True, text=True, cwd=folder, timeout=900)
    if done.returncode != 0:
        skip(f"Maven could not fetch {what}: {(done.stdout or done.stderr).strip().splitlines()[:1]}")


def maven_file(artifact):
    """The file of an artifact ("group:name:version:jar[:classifier]"), downloaded once."""
    _, name, version, packaging, *classifier = artifact.split(":")
    file = DOWNLOADS / f"{'-'.join([name, version, *classifier])}.{packaging}"
    if not file.exists():
        maven("dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={DOWNLOADS}", what=artifact, folder=DOWNLOADS)
    return file


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

    def doubts_of(self, node):
        """What the flat formats say in `maybe_same`: pairs that may be one thing stand at both their nodes."""
        pairs = [(p[a], p[b], p["reason"]) for p in self.data["graph"]["maybe_same"] for a, b in (("a", "b"), ("b", "a"))]
        return "|".join(f"{self.nodes[other]['label']} ({other}): {reason}".replace("|", "/") for n, other, reason in sorted(pairs) if n == node)

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
