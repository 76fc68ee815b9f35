"""What students get: complete, with links that lead somewhere, and nothing secret in it."""

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
import zipfile
from html import escape
from urllib.parse import unquote

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.authoring.glossary import read_words
from autograder.authoring.leaks import search
from autograder.authoring.release import generate
from autograder.authoring.to_notebook import dumps
from autograder.engine.report.addresses import lesson, misconception, slug
from autograder.grading.assignment import read_master
from autograder.grading.submission.repair import repair_cells
from autograder.handout.failed import HandoutFailed
from autograder.handout.folder import PACKAGES, make_handout, pack
from autograder.handout.links import broken_links
from autograder.handout.wheel import build_wheel
from autograder.units import CATALOGUE, EXERCISES

from .conftest import ROOT

RELEASES = sorted(ROOT.glob("release/*/*.ipynb"))
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
START = "START-HERE.ipynb"
TRIED = """
import json, sys
import nbformat
from nbclient import NotebookClient

def run(path, answers={}, last=None):
    nb = nbformat.read(path, as_version=4)
    if last:
        del nb.cells[[c.id for c in nb.cells].index(last) + 1:]
    for cell in nb.cells:
        cell.source = answers.get(cell.id, cell.source)
    where = {"metadata": {"path": path.rpartition("/")[0] or "."}}
    NotebookClient(nb, kernel_name="python3", resources=where).execute()
    return [o for c in nb.cells for o in c.get("outputs", [])]

start = run("START-HERE.ipynb")
wrong = "def bias_gradient(dZ):\\n    return dZ.sum(axis=1)"
right = "def bias_gradient(dZ):\\n    return dZ.sum(axis=1, keepdims=True)"
# both answers in one kernel: the cell above the one that checks is free
again = {"bias_gradient": wrong, "bias_gradient--2": "display(check(bias_gradient))\\n" + right
         + "\\ncheck(bias_gradient)"}
checked = run("assignments/00_shapes/shapes.ipynb", again, "bias_gradient--2")
lesson = run("lessons/00_shapes.ipynb")
print(json.dumps({
    "start": start[0].text,
    "checked": [o.data["text/plain"] for o in checked if "data" in o][-2:],
    "lesson": sum("image/png" in o.get("data", {}) for o in lesson),
}))
"""


def links(path):
    text = "".join("".join(c["source"]) for c in json.loads(path.read_text("utf-8"))["cells"])
    return re.findall(r"\]\(([^)\s]+\.ipynb)\)", text)


def test_everything_is_in_it_once(handed_out):
    found = {p.relative_to(handed_out).as_posix() for p in handed_out.rglob("*") if p.is_file()}
    wheels = {name for name in found if name.endswith(".whl")}
    assert len(wheels) == 1
    assert found - wheels == {
        START,
        "START-HERE.html",
        "GLOSSARY.ipynb",
        "GLOSSARY.html",
        "check_set_up.py",
        "requirements.txt",
        "LICENSE",
        "LICENSE-texts",
        "atlas/index.html",
        *(f"atlas/{id}.html" for id in CATALOGUE),
        *(f"lessons/{path.name}" for path in LESSONS),
        *(f"assignments/{path.relative_to(ROOT / 'release').as_posix()}" for path in RELEASES),
    }
    with zipfile.ZipFile(handed_out.with_suffix(".zip")) as archive:
        assert set(archive.namelist()) == {f"backpropagation/{name}" for name in found}


def test_notebooks_are_those_of_the_course_and_lead_on(handed_out):
    pairs = [(handed_out / "lessons" / path.name, path) for path in LESSONS]
    pairs += [
        (handed_out / "assignments" / path.relative_to(ROOT / "release"), path) for path in RELEASES
    ]
    for given, path in pairs:
        notebook = nbformat.read(given, as_version=4)
        assert notebook.cells.pop(1).id == "way-head"
        assert notebook.cells.pop().id == "way-foot"
        assert dumps(notebook).encode() == path.read_bytes()


def test_the_grader_takes_the_cells_that_lead_on_for_the_students_own(handed_out, tmp_path):
    shutil.copytree(ROOT / "source/00_shapes", tmp_path / "source/00_shapes")
    generate(tmp_path, "00_shapes", settings=ROOT)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        master = read_master(gradebook, "shapes", "00_shapes")
    given = nbformat.read(handed_out / "assignments/00_shapes/shapes.ipynb", as_version=4)
    assert repair_cells(given, master) == []
    assert {"way-head", "way-foot"} <= {cell.id for cell in given.cells}


# ------------------------------------------------------------------------------------ secrets


def test_nothing_in_it_is_secret(handed_out, cells):
    # the folder, the zip beside it, and the wheel in both
    assert list(search(handed_out.parent, cells)) == []


def test_the_masters_and_the_sample_class_are_not_in_the_wheel(handed_out):
    with zipfile.ZipFile(next(handed_out.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    assert "autograder/suite.py" in names
    assert not [name for name in names if name.endswith(".ipynb") or "demo" in name]
    tops = {name.partition("/")[0].partition("-")[0] for name in names}
    assert tops == {"autograder", "backpropagation_autograder"}


def test_a_secret_in_a_text_a_zip_or_a_wheel_is_found(tmp_path, cells):
    line = "dW = dZ @ A_prev.T / m"
    module = f"def linear_backward(dZ, A_prev, m):\n    {line}\n    return dW\n"
    (tmp_path / "notes.md").write_text(f"Hint: `{line}`")
    with zipfile.ZipFile(tmp_path / "inner.whl", "w") as archive:
        archive.writestr("autograder/right.py", module)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(tmp_path / "inner.whl", "folder/inner.whl")
    (tmp_path / "inner.whl").unlink()
    key = "\n".join(cell.source for cell in cells if (cell.grade or "").startswith("answers_00"))
    (tmp_path / "key.txt").write_text(key)
    found = "\n".join(search(tmp_path, cells))
    assert f"notes.md, as it is: holds the secret line '{line}'" in found
    assert "outer.zip/folder/inner.whl/autograder/right.py, as it is: holds the secret " in found
    assert 'key.txt, as it is: holds the secret line \'grade("answers_00__names_case_A"' in found


# -------------------------------------------------------------------------------------- links


def test_every_link_leads_somewhere_and_every_notebook_is_reached(handed_out):
    assert list(broken_links(handed_out)) == []
    reached, new = set(), [handed_out / START]
    while new:
        path = new.pop()
        reached.add(path)
        new += {(path.parent / link).resolve() for link in links(path)} - reached
    assert reached == set(handed_out.rglob("*.ipynb"))


def test_every_link_of_a_report_leads_somewhere_in_the_hand_out(handed_out, monkeypatch):
    monkeypatch.chdir(handed_out / "assignments/00_shapes")
    units = sorted({exercise.unit for exercise in EXERCISES.values()})
    for entry in CATALOGUE.values():
        assert misconception(entry.id)[0], entry.id
        for section in {s for u in units for s in CATALOGUE.lessons.sections(u, entry.section)}:
            address = CATALOGUE.lessons.link(section)
            here, site = lesson(address)
            if not address:  # it stands in an assignment
                continue
            path, _, anchor = unquote(here).partition("#")
            notebook = nbformat.read(path, as_version=4)
            titles = re.findall(r"^#+ (.*)$", "\n".join(c.source for c in notebook.cells), re.M)
            assert anchor in {title.replace("`", "").replace(" ", "-") for title in titles}
            assert site.partition("#")[2] in map(slug, titles)


def test_the_pages_of_misconceptions_open_in_a_browser_without_a_network(handed_out):
    pages = list((handed_out / "atlas").glob("*.html"))
    assert len(pages) == len(CATALOGUE) + 1
    assert sum(path.stat().st_size for path in pages) < 800_000
    assert all("http" not in path.read_text("utf-8") for path in pages)
    entry = CATALOGUE["db-no-keepdims"]
    page = (handed_out / "atlas/db-no-keepdims.html").read_text("utf-8")
    assert escape(entry.title) in page
    assert escape(entry.ask) in page


def test_each_unit_is_in_the_map_with_its_hours(handed_out):
    text = (ROOT / "authoring" / "START-HERE.md").read_text("utf-8")
    rows = re.findall(
        r"^\| (\d\d[a-z]?) \|(.*\]\(.*\).*) \| ([\d½]+(?: to [\d½]+)?) \|$", text, re.M
    )
    linked = [path for _, row, _ in rows for path in re.findall(r"\]\((.*?)\)", row)]
    assert sorted(linked) == sorted(
        p.relative_to(handed_out).as_posix() for p in handed_out.rglob("*/*.ipynb")
    )
    for number, row, _ in rows:
        assert all(f"/{number}_" in path for path in re.findall(r"\]\((.*?)\)", row))


def test_a_lesson_leads_to_its_assignment_and_back_and_to_the_next(handed_out):
    lesson = handed_out / "lessons/00_shapes.ipynb"
    graded = handed_out / "assignments/00_shapes/shapes.ipynb"
    assert links(lesson) == [
        "../START-HERE.ipynb",
        "../GLOSSARY.ipynb",
        *["../assignments/00_shapes/shapes.ipynb"] * 2,
    ]
    start, words, first, again, after = links(graded)
    assert (start, words, first, again) == (
        "../../START-HERE.ipynb",
        "../../GLOSSARY.ipynb",
        "../../lessons/00_shapes.ipynb",
        start,
    )
    assert after == "../../lessons/01_graphs.ipynb"


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("[a](gone.ipynb)", "a.md links to gone.ipynb, which is not there"),
        ("![a](gone.png)", "a.md links to gone.png, which is not there"),
        ('<img src="gone.png">', "a.md links to gone.png, which is not there"),
        ("[a](../b.md)", "a.md links to ../b.md, which lies outside of the folder"),
        ("[a](/etc/hosts)", "a.md links to /etc/hosts, which lies outside of the folder"),
        ("[a](a.md) [b](https://example.org/x) [c](#here) `[d](gone)`", None),
    ],
)
def test_a_broken_link_is_found(tmp_path, link, why):
    folder = tmp_path / "given"
    folder.mkdir()
    (tmp_path / "b.md").touch()
    (folder / "a.md").write_text(link)
    assert list(broken_links(folder)) == ([why] if why else [])


# ------------------------------------------------------------------------------- start page


def test_the_page_for_the_browser_needs_nothing_else(handed_out):
    page = (handed_out / "START-HERE.html").read_text("utf-8")
    assert 'name="viewport"' in page
    assert "<script" not in page
    assert re.findall(r'(?:href|src)="([^#"][^"]*)', page) == [
        "GLOSSARY.html",
        "atlas/index.html",
    ]
    for said in ("py -m venv .venv", "python3 -m venv .venv", "pip install -r requirements.txt"):
        assert said in page


def test_the_words_of_the_course_are_a_page_beside_it(handed_out):
    page = (handed_out / "GLOSSARY.html").read_text("utf-8")
    assert re.findall(r'(?:href|src)="([^#"][^"]*)', page) == ["START-HERE.html"]
    for word in read_words(ROOT):
        assert f"<strong>{word.word}</strong>" in page.replace("<code>", "`").replace(
            "</code>", "`"
        )


def test_students_install_what_was_tried(handed_out):
    pinned = (ROOT / "requirements.txt").read_text("utf-8")
    lines = (handed_out / "requirements.txt").read_text("utf-8").split("\n")
    *pins, wheel = [line for line in lines if line and not line.startswith("#")]
    assert [pin.partition("==")[0] for pin in pins] == list(PACKAGES)
    assert all(f"\n{pin}" in pinned for pin in pins)
    assert (handed_out / wheel).is_file()


# ------------------------------------------------------------------------- the same, or refused


def test_the_same_files_give_the_same_zip(handed_out, tmp_path):
    copy = tmp_path / "backpropagation"
    shutil.copytree(handed_out, copy, copy_function=shutil.copyfile)
    for path in copy.rglob("*"):
        os.utime(path, (1e9, 1e9))
    pack(copy, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == handed_out.with_suffix(".zip").read_bytes()


def test_the_same_package_gives_the_same_wheel(handed_out, tmp_path):
    again = build_wheel(ROOT, tmp_path)
    (wheel,) = handed_out.glob("*.whl")
    assert again.name == wheel.name
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (again, wheel)]
    assert digests[0] == digests[1]


def test_a_folder_of_other_things_is_not_touched(tmp_path):
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(HandoutFailed, match="holds other things than a hand-out"):
        make_handout(ROOT, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "precious"


def test_it_is_made_from_the_repository_alone(tmp_path):
    with pytest.raises(HandoutFailed, match=r"there is no authoring/ in it"):
        make_handout(tmp_path, tmp_path / "out")
    (tmp_path / "authoring/lessons").mkdir(parents=True)
    (tmp_path / "authoring/lessons/00_small.py").write_text("# %% [markdown]\n# # Small\n")
    with pytest.raises(
        HandoutFailed, match=r"00_small.ipynb is not what .* gives: run `make build`"
    ):
        make_handout(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


# ------------------------------------------------------------------------- the set-up is checked


@pytest.fixture
def set_up(handed_out, tmp_path, monkeypatch):
    """The check of the set-up as a module, and a folder in which it finds what a student has."""
    path = tmp_path / "check_set_up.py"
    shutil.copy(handed_out / path.name, path)
    shutil.copy(handed_out / "requirements.txt", tmp_path)
    (tmp_path / next(handed_out.glob("*.whl")).name).touch()
    spec = importlib.util.spec_from_file_location("check_set_up", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    fitting = next(handed_out.glob("*.whl")).name.split("-")[1]
    installed = dict(module.pins()) | {module.PACKAGE: fitting}

    def version(name):
        if name not in installed:
            raise module.PackageNotFoundError(name)
        return installed[name]

    monkeypatch.setattr(module, "version", version)
    module.installed = installed
    return module


def test_a_complete_set_up_is_well(set_up, capsys):
    assert set_up.main() == 0
    out = capsys.readouterr().out
    assert out.count("ok: ") == 3 + len(PACKAGES)
    assert "Everything is there" in out


def test_an_old_python_is_told_in_words_that_it_can_read(set_up, monkeypatch):
    text = (set_up.HERE / "check_set_up.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    (told,) = set_up.findings()
    assert told.startswith("Python 3.9.2 is too old, 3.11 or newer is needed")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.installed.pop("numpy"), "numpy is not installed. In this folder: "),
        (lambda m: m.installed.update(numpy="2.0.1"), "ok: numpy 2.0.1 (2."),
        (lambda m: m.installed.pop(m.PACKAGE), "the course's package autograder is not installed"),
        (lambda m: m.installed.update({m.PACKAGE: "0.1.0"}), "autograder 0.1.0 does not fit these"),
        (lambda m: (m.HERE / "backpropagation_autograder-9-.whl").touch(), "2 wheels of the"),
        (lambda m: (m.HERE / "requirements.txt").unlink(), "there is no requirements.txt"),
    ],
)
def test_what_is_missing_is_told_with_what_to_do(set_up, change, told):
    change(set_up)
    (line,) = [line for line in set_up.findings() if told in line]
    assert line.startswith("ok: ") or "pip install -r requirements.txt" in line or "anew" in line


def test_a_file_of_the_students_in_the_place_of_the_package_is_named(set_up, tmp_path, monkeypatch):
    (tmp_path / "autograder.py").write_text("print('mine')")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        monkeypatch.delitem(sys.modules, name)
    told = set_up.look_at_autograder()
    sys.modules.pop("autograder", None)
    assert "A file of yours is in its place: rename" in told
    assert str(tmp_path / "autograder.py") in told


# ------------------------------------------------------------- as a student, without the repository


@pytest.fixture
def unpacked(handed_out, tmp_path):
    with zipfile.ZipFile(handed_out.with_suffix(".zip")) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "backpropagation"


def test_a_student_begins_with_nothing_but_the_zip(elsewhere, unpacked):
    python = str(elsewhere.python)
    said = elsewhere.run(python, "check_set_up.py", folder=unpacked, student=True)
    assert "Everything is there" in said
    out = elsewhere.run(python, "-c", TRIED, folder=unpacked, student=True)
    tried = json.loads(out[out.index("{") : out.rindex("}") + 1])
    assert f"this notebook's kernel is {elsewhere.python}" in tried["start"]
    assert "Everything is there" in tried["start"]
    wrong, right = tried["checked"]
    assert "bias_gradient: 1 of 3 properties hold" in wrong
    assert "Read: lesson 00" in wrong
    assert "bias_gradient: 3 of 3 properties hold" in right
    assert tried["lesson"] >= 1


def test_a_student_asks_what_the_points_stand_at(elsewhere, unpacked):
    path = unpacked / "assignments/00_shapes/shapes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.id == "bias_gradient":
            cell.source = "def bias_gradient(dZ):\n    return dZ.sum(axis=1, keepdims=True)"
    nbformat.write(notebook, path)
    said = elsewhere.run(
        *(str(elsewhere.python), "-m", "autograder", "check", "assignments/00_shapes/shapes.ipynb"),
        folder=unpacked,
        student=True,
        status=1,
    )
    assert "1 of 6 functions pass their visible checks" in said
    assert "so far 14 of 90 points, by the visible checks; 10 more are decided when" in said
    grade = (str(elsewhere.python), "-m", "autograder", "grade", "00_shapes")
    told = elsewhere.run(*grade, folder=unpacked, student=True, status=2)
    assert "not installed; it comes with the package's extra for instructors" in told
