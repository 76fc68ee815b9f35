"""Submissions as they come: each in one line, and with the points that a person would give."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.grading.assignment import Master, read_master
from autograder.grading.notebook.grade import METADATA
from autograder.grading.submission import archive, salvage
from autograder.grading.submission.beside import data_files, left_aside, together
from autograder.grading.submission.load import load
from autograder.grading.submission.read import Unreadable, parse_notebook

from .both import Make, by_both
from .course import ASSIGNMENT, NOTEBOOK, submission

KIN = {"the notebook of assignment 'other'": frozenset(f"other-{n}" for n in range(8))}


@pytest.fixture(scope="session")
def master(blank: Path) -> Master:
    with Gradebook(f"sqlite:///{blank / 'gradebook.db'}") as gradebook:
        return read_master(gradebook, NOTEBOOK, ASSIGNMENT)


@pytest.fixture
def root(blank: Path, tmp_path: Path) -> Path:
    """A course without its gradebook, which nothing here opens."""
    shutil.copytree(blank / "release", tmp_path / "release")
    return tmp_path


def bytes_of(root: Path, answers: dict[str, str] | None = None) -> bytes:
    return json.dumps(submission(root, answers)).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return made.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as target:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return made.getvalue()


def untouched(root: Path) -> bytes:
    return (root / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_bytes()


def other(names: int) -> bytes:
    cells = [
        {
            "cell_type": "code",
            "source": "x = 1",
            "metadata": {"nbgrader": {"grade_id": f"other-{number}", "points": 2, "grade": True}},
        }
        for number in range(names)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()


Files = Callable[[Path], dict[str, bytes]]
# What is handed in; the path that is taken; words of the one line on it.
FOUND: dict[str, tuple[Files, str, str]] = {
    "a folder": (
        lambda r: {"ps1/work.ipynb": bytes_of(r)},
        "ps1/work.ipynb",
        "none in the submission's own folder",
    ),
    "a folder in a folder, renamed": (
        lambda r: {"hw/final/my work.ipynb": bytes_of(r)},
        "hw/final/my work.ipynb",
        "was taken for 'work.ipynb'",
    ),
    "a zip": (
        lambda r: {"hw.zip": zipped({"ps1/work.ipynb": bytes_of(r), "__MACOSX/._x": b"0"})},
        "hw.zip/ps1/work.ipynb",
        "'hw.zip/ps1/work.ipynb' was taken",
    ),
    "a tar.gz": (
        lambda r: {"hw.tar.gz": tarred({"./work.ipynb": bytes_of(r)})},
        "hw.tar.gz/work.ipynb",
        "was taken",
    ),
    "renamed beside an empty Untitled": (
        lambda r: {"a.ipynb": bytes_of(r), "Untitled.ipynb": b'{"cells": []}', "U.ipynb": b""},
        "a.ipynb",
        "'a.ipynb' was taken for 'work.ipynb'",
    ),
    "a copy with the answers beside the notebook as it was handed out": (
        lambda r: {"work.ipynb": untouched(r), "work-Copy1.ipynb": bytes_of(r)},
        "work-Copy1.ipynb",
        "which is as it was handed out",
    ),
    "a copy beside a notebook of zero bytes": (
        lambda r: {"work.ipynb": b"", "work (1).ipynb": bytes_of(r)},
        "work (1).ipynb",
        "which cannot be read: it is empty",
    ),
    "two that could be it": (
        lambda r: {
            "a.ipynb": bytes_of(r),
            "b.ipynb": bytes_of(r, {"square": "", "total": "", "layer": ""}),
            "c.ipynb": untouched(r),
        },
        "b.ipynb",
        "beside 'a.ipynb', 'c.ipynb'",
    ),
    "two downloads": (
        lambda r: {"work (2).ipynb": bytes_of(r), "work (10).ipynb": bytes_of(r)},
        "work (10).ipynb",
        "comes last by its name of 2, beside 'work (2).ipynb'",
    ),
    "a checkpoint only": (
        lambda r: {".ipynb_checkpoints/work-checkpoint.ipynb": bytes_of(r)},
        ".ipynb_checkpoints/work-checkpoint.ipynb",
        "a checkpoint that Jupyter saved",
    ),
    "an ending that a browser added": (
        lambda r: {"work.ipynb.txt": bytes_of(r)},
        "work.ipynb.txt",
        "was taken",
    ),
    "another program's JSON beside it": (
        lambda r: {"x.json": b'{"cells": []}', "my.ipynb": bytes_of(r)},
        "my.ipynb",
        "was taken",
    ),
    "another assignment's beside it": (
        lambda r: {"work.ipynb": other(8), "right.ipynb": bytes_of(r)},
        "right.ipynb",
        "which has none of its cells",
    ),
    "a merge that was not finished": (
        lambda r: {"work.ipynb": conflict(r)},
        "work.ipynb",
        "the one above '=======' was graded",
    ),
    "a file that breaks off": (
        lambda r: {"work.ipynb": bytes_of(r)[:-20]},
        "work.ipynb",
        "the file breaks off in the middle",
    ),
}


def conflict(root: Path) -> bytes:
    lines = json.dumps(submission(root), indent=1).splitlines()
    place = next(n for n, line in enumerate(lines) if "return x ** 2" in line)
    mine, theirs = lines[place], lines[place].replace("**", "+")
    marks = ["<<<<<<< HEAD", mine, "=======", theirs, ">>>>>>> 1a2b3c"]
    return "\n".join([*lines[:place], *marks, *lines[place + 1 :]]).encode()


def hand_over(root: Path, files: dict[str, bytes], student: str = "s") -> Path:
    folder = root / "submitted" / student / ASSIGNMENT
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def loaded(root: Path, master: Master, files: dict[str, bytes]) -> tuple[Any, dict[str, Any]]:
    nb = load(hand_over(root, files), root / "submitted", master, KIN)
    return nb, nb.metadata[METADATA]


@pytest.mark.parametrize("name", FOUND)
def test_a_notebook_is_found_and_told_in_a_line(root: Path, master: Master, name: str) -> None:
    make, path, words = FOUND[name]
    nb, about = loaded(root, master, make(root))
    assert about.get("path") == path, about
    assert [words in note for note in about["repairs"]] == [True], about["repairs"]
    answer = next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "square")
    if name != "two that could be it":
        assert "x ** 2" in answer.source


NOT_FOUND: dict[str, tuple[Files, str]] = {
    "nothing": (lambda r: {}, "the folder is empty"),
    "a time stamp only": (lambda r: {"timestamp.txt": b"2026"}, "the folder is empty"),
    "a pdf": (lambda r: {"work.pdf": b"%PDF"}, "'work.pdf' shows answers but cannot be graded"),
    "a page": (lambda r: {"a/w.html": b"<p>"}, "'a/w.html' shows answers but cannot be graded"),
    "a photograph": (lambda r: {"IMG.HEIC": b"x"}, "'IMG.HEIC' is a picture"),
    "a link to a cloud": (lambda r: {"w.webloc": b"x"}, "is a link to something elsewhere"),
    "a rar": (lambda r: {"hw.rar": b"Rar!"}, "is an archive that is not opened here"),
    "a broken zip": (lambda r: {"hw.zip": b"PK\3\4"}, "'hw.zip' could not be looked into"),
    "another assignment's": (
        lambda r: {"work.ipynb": other(8)},
        "it is the notebook of assignment 'other' (8 of its 8 cells), and has 0 of the 11 cells",
    ),
    "another assignment's, renamed": (
        lambda r: {"x.ipynb": other(5)},
        "'x.ipynb' is the notebook of assignment 'other' (5 of its 8 cells)",
    ),
    "something else": (lambda r: {"notes.csv": b"1"}, "the folder holds 'notes.csv'"),
    "zero bytes": (lambda r: {"work.ipynb": b""}, "it is empty"),
}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_is_there_instead_is_told(root: Path, master: Master, name: str) -> None:
    make, words = NOT_FOUND[name]
    _, about = loaded(root, master, make(root))
    assert about["repairs"] == []
    assert words in about["unreadable"]
    assert "path" not in about


def test_a_lone_notebook_of_another_making_is_still_graded(root: Path, master: Master) -> None:
    """Last year's, for example: what it defines may be right."""
    _, about = loaded(root, master, {"x.ipynb": other(3)})
    assert "'x.ipynb' was taken for 'work.ipynb'" in about["repairs"][0]
    assert len(about["repairs"]) == 2 + 3


def test_files_beside_a_notebook_in_a_folder_or_archive_are_where_it_looks_for_them(
    root: Path,
) -> None:
    packed = zipped({"hw/mine.py": b"k = 2", "hw/data/x.csv": b"1", "hw/work.ipynb": b"{}"})
    folder = hand_over(root, {"hw.zip": packed, "ps1/mine.py": b"k = 3", "top.txt": b"t"})
    submitted = root / "submitted"
    assert data_files(folder, submitted, ["ps1"])["mine.py"] == b"k = 3"
    found = data_files(folder, submitted, ["hw.zip/hw"])
    assert found["mine.py"], found["data/x.csv"] == (b"k = 2", b"1")
    assert {"top.txt", "ps1/mine.py"} <= set(found)
    assert "mine.py" not in data_files(folder, submitted, [""])


def test_a_file_and_a_folder_of_one_name_do_not_meet() -> None:
    assert together({"a/b": b"1", "c": b"2", "d": b"3"}, {"a": b"4", "c/e": b"5"}) == {
        "a": b"4",
        "c/e": b"5",
        "d": b"3",
    }


def test_what_was_graded_is_not_said_to_be_left_aside(root: Path) -> None:
    folder = hand_over(root, {"ps1/work.ipynb": b"{}", "old.ipynb": b"{}", "Thumbs.db": b""})
    (line,) = left_aside(folder, root / "submitted", ["ps1/work.ipynb"])
    assert "'Thumbs.db', 'old.ipynb'" in line
    assert "ps1/work.ipynb" not in line


def odd_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in (
            "../up.ipynb",
            "/abs.ipynb",
            "a/../../b.ipynb",
            "..\\win.ipynb",
            "C:\\c.ipynb",
        ):
            target.writestr(name, b"{}")
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
        target.writestr("good.ipynb", b"{}")
    return made.getvalue()


def test_paths_out_of_an_archive_and_links_are_not_followed(tmp_path: Path) -> None:
    data = odd_zip()
    found = archive.members("x.zip", io.BytesIO(data), len(data))
    assert [m.name for m in found if not m.odd] == ["good.ipynb"]
    assert len(found) == 7
    with pytest.raises(Unreadable, match="leads out of the archive"):
        found[0].read()
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as target:
        for name, kind in (
            ("../a", tarfile.REGTYPE),
            ("l", tarfile.SYMTYPE),
            ("d", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            target.addfile(info)
    made.seek(0)
    assert all(m.odd for m in archive.members("x.tar", made, len(made.getvalue())))


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1 << 20)
    data = tarred({"x": bytes(2 << 20)})
    with pytest.raises(Unreadable, match="more than 1 MB"):
        archive.members("x.tar.gz", io.BytesIO(data), len(data))
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    data = zipped({f"{n}": b"" for n in range(9)})
    with pytest.raises(Unreadable, match="more than 3 files"):
        archive.members("x.zip", io.BytesIO(data), len(data))


def test_a_member_that_is_larger_than_the_archive_says_is_not_read_to_its_end() -> None:
    data = zipped({"x": bytes(50_000)})
    lie = data.replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (member,) = archive.members("x.zip", io.BytesIO(lie), len(lie))
    with pytest.raises(Unreadable):
        member.read()


def test_names_that_macos_packed_are_read_as_they_were() -> None:
    data = zipped({"Übung.csv": b"1"})
    flagged = bytearray(data)
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = data.index(mark) + place
        flagged[at : at + 2] = b"\0\0"  # as macOS: UTF-8, and no word of it
    found = archive.members("x.zip", io.BytesIO(bytes(flagged)), len(flagged))
    assert [m.name for m in found] == ["Übung.csv"]


def test_cells_that_lost_everything_are_recognised(root: Path, master: Master) -> None:
    data = submission(root)
    for cell in data["cells"]:
        cell["metadata"] = {}
        if "YOUR ANSWER HERE" in cell["source"]:
            cell["source"] = "My own words"
    nb, about = loaded(root, master, {"work.ipynb": json.dumps(data).encode()})
    assert about["repairs"] == [
        "the notebook has lost what nbgrader notes in its cells; 11 of 11 were recognised by "
        "their text or place"
    ]
    kept = {c.metadata.nbgrader.grade_id: c for c in nb.cells if "nbgrader" in c.metadata}
    assert list(kept) == list(master.cells)
    assert kept["words"].source == "My own words"


def test_what_befell_many_cells_is_told_once(root: Path, master: Master) -> None:
    data = submission(root)
    tests = [
        c for c in data["cells"] if "__" in c["metadata"].get("nbgrader", {}).get("grade_id", "")
    ]
    for cell in tests:
        data["cells"].remove(cell)
    _, about = loaded(root, master, {"work.ipynb": json.dumps(data).encode()})
    (line,) = about["repairs"]
    assert line.startswith("5 cells were missing and have been put back: 'square__value', ")
    assert line.endswith(" and 2 more")


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_a_test_of_another_type_says_nothing_of_points(
    root: Path, master: Master, kind: str
) -> None:
    data = submission(root)
    cell = next(c for c in data["cells"] if "square__value" in str(c["metadata"]))
    cell["cell_type"] = kind
    cell.pop("outputs")
    _, about = loaded(root, master, {"work.ipynb": json.dumps(data).encode()})
    assert about["repairs"] == [f"cell 'square__value' had become {kind}"]


def test_large_outputs_are_cut_out_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "LARGE", 10)
    told = 'print("outputs", [1], "]") # "outputs": ['
    outputs = [{"text": ['a "]" b', "\\"], "data": [[1, [2]], "]["]}]
    cells = [{"cell_type": "code", "source": told, "metadata": {}, "outputs": outputs}] * 3
    nb, notes = parse_notebook(json.dumps({"cells": cells}).encode())
    assert [cell.source for cell in nb.cells] == [told] * 3
    assert notes == []
    assert "text" not in salvage.without_outputs(json.dumps({"cells": cells}))


def test_where_a_notebook_lies_makes_no_difference_to_either_command(make: Make) -> None:
    course = make()
    for student in ("folder", "zip", "copy"):
        course.hand_in(student, "return mine.k * x", "import mine")
    place = course.path("submitted", "folder")
    (place / "hw").mkdir()
    (place / "work.ipynb").rename(place / "hw" / "work.ipynb")
    (place / "hw" / "mine.py").write_text("k = 2")
    place = course.path("submitted", "zip")
    content = (place / "work.ipynb").read_bytes()
    (place / "a.zip").write_bytes(zipped({"x/w.ipynb": content, "x/mine.py": b"k = 2"}))
    (place / "work.ipynb").unlink()
    place = course.path("submitted", "copy")
    (place / "work.ipynb").rename(place / "work (1).ipynb")
    shutil.copy(course.path("release", ".") / "work.ipynb", place / "work.ipynb")
    (place / "mine.py").write_text("k = 2")
    found = by_both(course)
    assert {student: cells["test"] for student, (_, _, cells) in found.items()} == dict.fromkeys(
        ("copy", "folder", "zip"), (10.0, False)
    )


def test_a_file_that_was_replaced_is_graded_again_by_both(make: Make) -> None:
    """nbgrader #1409: without a new time stamp nothing tells it but the content."""
    course = make()
    stamp = "2026-01-10 11:00:00 UTC"
    for student in ("same", "replaced"):
        course.hand_in(student, "return 0", stamp=stamp)
    assert {row.score for row in course.ours(feedback=False).values()} == {0}
    shutil.rmtree(course.path("submitted", "replaced"))
    course.hand_in("replaced", stamp=stamp)
    rows = by_both(course)
    assert {student: cells["test"][0] for student, (_, _, cells) in rows.items()} == {
        "same": 0.0,
        "replaced": 10.0,
    }
    told = course.ours(feedback=False)
    assert {row.status for row in told.values()} == {"graded before"}
    path = course.path("submitted", "replaced") / "mine.py"
    path.write_text("k = 3")
    told = course.ours(feedback=False)
    assert told["same"].status == "graded before"
    assert told["replaced"].notes == (
        "its files have changed since it was graded, without a new time stamp: graded again",
    )


def test_another_assignments_notebook_is_named_by_both(make: Make) -> None:
    course = make()
    other_course = course.path("source", ".").parent / "ps0"
    other_course.mkdir()
    (other_course / "zero.ipynb").write_bytes(other(8))
    path = course.hand_in("a") / "work.ipynb"
    path.write_bytes(other(8))
    assert by_both(course)["a"][2]["test"] == (0.0, False)
    row = course.ours(force=True)["a"]
    assert row.status == "zero"
    assert len(row.notes) == 1
    assert "it is the notebook of assignment 'ps0' (8 of its 8 cells)" in row.notes[0]
