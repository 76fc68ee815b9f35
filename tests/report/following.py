"""Follow a page of the documentation to the letter, in a copy of the repository."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Where a line is entered: before what stands there.
PLACES = {
    "below the imports of the other units": "\n__all__",
    "at the end of `MISTAKES`": ")\n\nCATALOGUE",
}
GRADE = """
import json, sys
sys.path.insert(0, ".")
import autograder
from autograder.suite import check
namespace = {"__name__": "student"}
exec(sys.stdin.read(), namespace)
report = check(namespace[sys.argv[1]])
print(json.dumps({**report.json(), "text": str(report), "from": autograder.__file__}))
"""


class Page:
    """A page: the files it writes, what it adds to others, the lines it enters."""

    def __init__(self, name: str) -> None:
        self.text = (ROOT / "docs" / name).read_text("utf-8")
        self.files = dict(re.findall(r"File `([^`]+)`:\n\n```python\n(.*?)```", self.text, re.S))
        added = r"Add to `([^`]+)`:\n\n```python\n(.*?)```"
        self.added = dict(re.findall(added, self.text, re.S))
        entered = r"^Enter it in `([^`]+)`, ([^:]+): `([^`]+)`$"
        self.entries = re.findall(entered, self.text, re.M)

    def follow(self, folder: Path, unit: str) -> None:
        """Take every step of the page, and build the unit."""
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=ignored)
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            assert not path.exists(), f"{name} would overwrite a file"
            path.write_text(content, "utf-8")
        for name, content in self.added.items():
            path = folder / name
            path.write_text(path.read_text("utf-8") + "\n" + content, "utf-8")
        for name, place, line in self.entries:
            path, before = folder / name, PLACES[place]
            text, indent = path.read_text("utf-8"), "    " * before.startswith(")")
            assert text.count(before) == 1, f"{name} has another form"
            path.write_text(text.replace(before, f"{indent}{line}\n{before}"), "utf-8")
        run(folder, "-m", "autograder.authoring", "build", unit)


def run(folder: Path, *command: str, given: str = "") -> str:
    """Run Python in the copy; return what it printed. A lesson's kernel has to find it as well."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def checked(folder: Path, code: str, function: str) -> dict:
    """Return what `check` says of a function of this code."""
    report = json.loads(run(folder, "-c", GRADE, function, given=code))
    assert report["from"].startswith(str(folder))
    return report


def solution(folder: Path, notebook: str, given: bool = False) -> str:
    """Return the solutions of a built master, with the given cells if wanted."""
    cells = json.loads((folder / notebook).read_text("utf-8"))["cells"]
    kept = []
    for cell in cells:
        meta = cell["metadata"].get("nbgrader", {})
        wanted = meta.get("solution") or (given and not meta.get("grade") and meta.get("locked"))
        if cell["cell_type"] == "code" and wanted:
            kept.append("".join(cell["source"]))
    return "\n\n".join(kept)
