"""The page "A new exercise", followed to the letter in a copy of the repository."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "new-exercise.md").read_text("utf-8")
FILES = dict(re.findall(r"File `([^`]+)`:\n\n```python\n(.*?)```", PAGE, re.S))
ADDED = dict(re.findall(r"Add to `([^`]+)`:\n\n```python\n(.*?)```", PAGE, re.S))
ENTRIES = re.findall(r"^Enter it in `([^`]+)`, ([^:]+): `([^`]+)`$", PAGE, re.M)
#: Where a line is entered: before what stands there.
PLACES = {
    "below the imports of the other units": "\n__all__",
    "at the end of `MISTAKES`": ")\n\nCATALOGUE",
}
SLIPS = re.findall(r"^\| `(\w+) = ([^`]+)` \| ([^|]+) \|$", PAGE, re.M)

GRADE = """
import json, sys
sys.path.insert(0, ".")
import autograder
from autograder.suite import check
namespace = {"__name__": "student"}
exec(sys.stdin.read(), namespace)
report = check(namespace["scale_shift_backward"])
print(json.dumps({**report.json(), "text": str(report), "from": autograder.__file__}))
"""


def run(folder: Path, *command: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, input=given, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A scratch copy in which every step of the page was taken."""
    folder = tmp_path_factory.mktemp("repository")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=ignored)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), f"{name} would overwrite a file"
        path.write_text(content, "utf-8")
    for name, content in ADDED.items():
        path = folder / name
        path.write_text(path.read_text("utf-8") + "\n" + content, "utf-8")
    for name, place, line in ENTRIES:
        path, before = folder / name, PLACES[place]
        text, indent = path.read_text("utf-8"), "    " * before.startswith(")")
        assert text.count(before) == 1, f"{name} has another form"
        path.write_text(text.replace(before, f"{indent}{line}\n{before}"), "utf-8")
    run(folder, "-m", "autograder.authoring", "build", "90_scale_shift")
    return folder


def solution(folder: Path) -> str:
    notebook = json.loads((folder / "source/90_scale_shift/scale_shift.ipynb").read_text("utf-8"))
    cells = (c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    return "\n\n".join("".join(cell["source"]) for cell in cells)


def test_the_page_names_its_files_and_lists():
    assert list(FILES) == [
        "autograder/networks/scale_shift.py",
        "autograder/units/u90_scale_shift/__init__.py",
        "autograder/units/u90_scale_shift/exercises.py",
        "autograder/units/u90_scale_shift/mistakes.py",
        "authoring/assignments/90_scale_shift.py",
    ]
    assert len(ENTRIES) == 3
    assert len(ADDED) == 1
    assert len(SLIPS) == 3


def test_the_exercise_keeps_the_rules_and_leaks_nothing(copy):
    run(copy, "-m", "autograder.authoring", "check", "90_scale_shift")


def test_the_solution_passes(copy):
    report = json.loads(run(copy, "-c", GRADE, given=solution(copy)))
    assert report["from"].startswith(str(copy))
    assert report["passed"], report["text"]
    assert len(report["verdicts"]) == 6


@pytest.mark.parametrize(("name", "wrong", "said"), SLIPS)
def test_each_slip_is_refused_and_told(copy, name, wrong, said):
    right = {"dX": "return gamma * dY, ", "dgamma": "(dY * X).sum(axis=1, keepdims=True)"}
    right["dbeta"] = "dY.sum(axis=1, keepdims=True)"
    source = solution(copy)
    assert right[name] in source
    mended = f"return {wrong}, " if name == "dX" else wrong
    report = json.loads(run(copy, "-c", GRADE, given=source.replace(right[name], mended)))
    assert not report["passed"]
    named = [words["id"] for words in report["diagnosis"]]
    if "misconception" in said:
        assert named == ["scale-shift-no-input-gradient"]
    elif "second axis" in said:
        assert named == ["db-no-keepdims"] or "expected (" in report["text"]
    else:
        assert f"✗ {name}" in report["text"]
