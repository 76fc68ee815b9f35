"""Cheats gain nothing, no secret leaves, no one else is touched, nothing is left behind."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.run import Graded, grade_many

from .conftest import QUICK
from .course import ANSWERS, FULL, graded, hand_in, scores, submission
from .hostile import CASES
from .hostile.case import EARNED, WRONG, Case
from .hostile.displaying import FORGED_SCORE

SECRETS = ("SECRET-WORDS", "np.array_equal(square(x), x * x)", "gradebook.db", "BEGIN HIDDEN")
HONEST = ("a-good", "m-good", "z-good", "good")


def student(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def fill(root: Path, name: str, case: Case) -> None:
    """Hand in one case."""
    data = submission(root, (ANSWERS if case.right else WRONG) | case.answers)
    for place, source in ((0, case.first), (len(data["cells"]) + 1, case.last)):
        if source:
            cell = {"cell_type": "code", "id": f"trick{place}", "metadata": {}}
            data["cells"].insert(place, cell | {"source": source, "outputs": []})
            data["cells"][min(place, len(data["cells"]) - 1)]["execution_count"] = None
    if case.edit:
        case.edit(data)
    folder = hand_in(root, student(name), data)
    if case.folder:
        case.folder(folder)


def snapshot(root: Path) -> dict[str, Any]:
    """Return what nobody may change: files outside the graded folders, with their sizes."""
    kept = ("source", "release", "submitted")
    files = [path for name in kept for path in (root / name).rglob("*")]
    return {str(p): (p.lstat().st_size, p.lstat().st_mtime_ns) for p in files if not p.is_dir()}


@dataclass
class Class:
    """The graded class."""

    root: Path
    rows: dict[str, Graded]
    untouched: bool
    leftover: list[str]


@pytest.fixture(scope="module")
def hostile(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Grade every hostile submission, with honest ones between them."""
    root = tmp_path_factory.mktemp("hostile") / "course"
    shutil.copytree(blank, root)
    for name in HONEST:
        hand_in(root, name, submission(root))
    for name, case in CASES.items():
        fill(root, name, case)
    before = snapshot(root)
    rows = grade_many(root, "tiny", workers=2, progress=False, limits=QUICK)
    return Class(root, {r.student: r for r in rows}, snapshot(root) == before, leftovers())


def leftovers() -> list[str]:
    """List the processes in sandboxes whose folder is gone: those of this run have ended."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended, or is another user's
            mounts = [line.split() for line in (process / "mountinfo").read_text().splitlines()]
            side = [fields[3] for fields in mounts if fields[4] == "/side"]
            if side and (side[0].endswith("//deleted") or not Path(side[0]).exists()):
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("name", HONEST)
def test_honest_students_are_not_touched(hostile: Class, name: str) -> None:
    assert scores(hostile.root, name) == FULL | {"words": 0.0}
    assert hostile.rows[name].status == "graded"


def test_the_course_is_not_touched(hostile: Class) -> None:
    assert hostile.untouched
    assert "left-behind" not in {path.name for path in hostile.root.rglob("*")}


def test_no_process_is_left_behind(hostile: Class) -> None:
    assert hostile.leftover == []


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_gained(hostile: Class, name: str) -> None:
    case = CASES[name]
    expected: dict[str, float | None] = dict(FULL if case.right else EARNED)
    expected |= case.points
    found = scores(hostile.root, student(name))
    found.pop("words")
    base = FULL if case.right else EARNED
    for test, points in found.items():
        assert points is not None, f"{test} has no points"
        if expected[test] is None:
            assert points <= base[test]
        else:
            assert points == expected[test], test


@pytest.mark.parametrize("name", CASES)
def test_what_happened_is_told(hostile: Class, name: str) -> None:
    nb = graded(hostile.root, student(name))
    told = json.dumps([[c.get("outputs"), c.metadata] for c in nb.cells]) + json.dumps(nb.metadata)
    for words in CASES[name].shows:
        assert words in told
    assert hostile.rows[student(name)].status in ("graded", "repaired", "zero")


@pytest.mark.parametrize("name", CASES)
def test_no_secret_leaves(hostile: Class, name: str) -> None:
    nb = graded(hostile.root, student(name))
    shown = json.dumps([cell.get("outputs") for cell in nb.cells])
    page = feedback(hostile.root, name)
    for secret in SECRETS:
        # a traceback may quote the line that asked for a file, which the student wrote
        assert secret not in shown.replace(CASES[name].first, "")
        assert secret not in page
    for words in ("WROTE /", "CONNECTED", "RAISED", "ROOT", "READ", "RAN AS 0"):
        assert words not in shown.replace(json.dumps(CASES[name].first)[1:-1], "")


class Scripts(HTMLParser):
    """Collects whatever in a page could run the corpus's JavaScript."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag in ("script", "style")
        for key, value in attrs:
            text = "".join((value or "").split()).lower()
            if "31337" in text and (key.startswith("on") or "script:" in text or "data:" in text):
                self.found.append(f"{tag} {key}={value}")
        if tag in ("iframe", "object", "embed", "form"):
            self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and "31337" in data:
            self.found.append(data)


def feedback(root: Path, name: str) -> str:
    path = root / "feedback" / student(name) / "tiny" / "work.html"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("pages")])
def test_no_script_reaches_a_page(hostile: Class, name: str) -> None:
    parser = Scripts()
    parser.feed(feedback(hostile.root, name))
    assert parser.found == []


class Framed(HTMLParser):
    """Counts a text inside and outside of frames that say whose word it is, but not in code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside = self.outside = 0
        self._text, self._open = text, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self._open.append(dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._text in data and "input_area" not in self._open:
            if "from-submission" in self._open:
                self.inside += 1
            else:
                self.outside += 1


def test_what_is_not_the_graders_word_stands_in_a_frame(hostile: Class) -> None:
    name = "displaying: a score printed, shown, raised and written"
    parser = Framed(FORGED_SCORE)
    parser.feed(feedback(hostile.root, name))
    assert parser.outside == 0
    assert parser.inside >= 5  # printed, two headings, the error, the text cell
