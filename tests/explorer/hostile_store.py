"""A store whose documents and names try to become markup or script. Arguments: weft, the store to make."""
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

weft, store = sys.argv[1:]
SCRIPT = "</script><script>window.hacked = 1</script>"
IMAGE = "<img src=x onerror='window.hacked = 2'>"
documents = [
    {"id": SCRIPT, "title": SCRIPT + "<!--", "url": "javascript:window.hacked=3", "source": IMAGE, "date": "2024-05-06",
     "text": "Anna Berg visited Oslo on 3 May 2024. Anna Berg met Carl Lund in Oslo. <script>window.hacked = 4</script> Carl Lund visited Bergen."},
    {"id": "data", "title": "\u2028\u2029\u202e" + IMAGE, "url": "data:text/html,<script>window.hacked=5</script>", "source": "]]>", "date": "2024-05-07",
     "text": "Carl Lund visited Oslo. Anna Berg will visit Bergen next week. <img src=x onerror=window.hacked=6> Anna Berg met Carl Lund."},
    {"id": "web", "title": "An honest title", "url": "https://example.org/a?b=<c>&d='\"", "source": "The Example", "date": "2024-05-08",
     "text": "Anna Berg visited Bergen. Carl Lund did not visit Oslo."},
]
with tempfile.TemporaryDirectory() as folder:
    lines = pathlib.Path(folder) / "documents.jsonl"
    lines.write_text("\n".join(json.dumps(d) for d in documents), encoding="utf-8")
    subprocess.run([weft, "build", "--any-language", lines, "-o", store], check=True)

# Names that no text would give: straight into the tables.
names = [SCRIPT, IMAGE, "javascript:window.hacked=7", "<!--<script>", "\u202eright to left\u2028next line", "__proto__", "\U0001f600 & \"quoted\" 'name'"]
with sqlite3.connect(store) as database:
    rows = [number for (number,) in database.execute("SELECT number FROM entities ORDER BY number")]
    assert len(rows) >= 3, f"only {len(rows)} entities"
    for row, name in zip(rows, names):
        database.execute("UPDATE entities SET label = ?, kind = ? WHERE number = ?", (name, name, row))
    for row, alias in enumerate(list(database.execute("SELECT entity, position FROM aliases ORDER BY entity, position"))):
        database.execute("UPDATE aliases SET form = ? WHERE entity = ? AND position = ?", (names[row % len(names)] + str(row), *alias))
    database.execute("UPDATE edges SET time = ?, speaker = ?", (IMAGE, SCRIPT))
    database.execute("UPDATE evidence SET rule = ?", (IMAGE,))
    database.execute("DELETE FROM maybe_same")
    database.execute("INSERT INTO maybe_same VALUES (1, ?, ?, ?)", (rows[0], rows[1], "<img src=x onerror='window.hacked = 8'>"))
database.close()
