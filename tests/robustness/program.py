"""Runs the built weft from outside, in a bounded time and memory, and notes what was expected of it."""
import hashlib, json, pathlib, resource, signal, subprocess, sys, tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
ARTICLES = TOP / "tests" / "data" / "articles"
GIGABYTE = 1 << 30


class Run:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def said(self, *words):
        """Whether a sentence on standard error has all these words."""
        return any(all(w.lower() in line.lower() for w in words) and (". " in line or line.rstrip().endswith(".")) for line in self.err.splitlines())


class Program:
    def __init__(self, path):
        self.path = pathlib.Path(path).resolve()
        program = self.path.read_bytes()
        self.sanitized = b"__asan_init" in program or b"__tsan_init" in program
        self.slow = 30 if b"__tsan_init" in program else 6 if self.sanitized else 1  # times as much time as a plain build

    def run(self, *arguments, stdin=b"", timeout=60, memory=4 * GIGABYTE, file_size=None, stdout=None, prefix=()):
        """`file_size` makes every write beyond it fail, as on a full disk. A run that takes too long has the code None."""
        def limits():
            if not self.sanitized:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if file_size is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
        timeout *= self.slow
        try:
            done = subprocess.run([*prefix, self.path, *arguments], input=stdin, timeout=timeout,
                                  stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limits, restore_signals=False)
        except subprocess.TimeoutExpired:
            return Run(None, "", f"no end after {timeout} s")
        return Run(done.returncode, (done.stdout or b"").decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


class Report:
    """Collects what held and what did not; ends the script with the code that ctest understands."""
    def __init__(self):
        self.failed, self.passed, self.skipped = [], 0, []

    def check(self, holds, what, run=None):
        if holds:
            self.passed += 1
        else:
            self.failed.append(what)
            print(f"FAILED  {what}")
            if run is not None:
                print(f"        exit code {run.code}; standard error: {run.err.strip()[-600:] or '(nothing)'}")
        return holds

    def skip(self, what):
        self.skipped.append(what)
        print(f"left out: {what}")

    def finish(self):
        print(f"{self.passed} checks held, {len(self.failed)} failed, {len(self.skipped)} left out")
        sys.exit(1 if self.failed else 0)


def start(usage):
    """The program named as argument 1, a Report and a scratch folder."""
    if len(sys.argv) < 2:
        sys.exit(usage)
    program = Program(sys.argv[1])
    return program, Report(), tempfile.TemporaryDirectory(prefix="weft-check-")


def export_json(program, store, folder, **more):
    """The JSON export of a store as an object, or None."""
    out = pathlib.Path(folder) / "export.json"
    run = program.run("export", store, "--format", "json", "-o", out, **more)
    if run.code != 0 or not out.exists():
        return None
    graph = json.loads(out.read_bytes().decode("utf-8"))
    out.unlink()
    return graph


def fingerprint(folder):
    """Every file below a folder with the hash of its bytes."""
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "" for p in sorted(pathlib.Path(folder).rglob("*"))}
