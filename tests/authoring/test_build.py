"""What a build writes, that it writes the same each time, and what it refuses."""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.authoring.cells import Cell
from autograder.authoring.hidden_tests import seed_of, standard_body, standard_sentence
from autograder.authoring.ids import cell_ids


def test_a_rebuild_is_byte_identical(course):
    before = course.files()
    for path in (course.notebook, course.source, course.release):
        (course.root / path).unlink()
    assert course.run("build")[0] == 0
    assert course.files() == before


def test_a_build_leaves_no_gradebook_and_nothing_else(course):
    assert sorted(path.name for path in course.root.iterdir()) == [
        "authoring",
        "notebooks",
        "release",
        "source",
    ]


def test_only_the_named_unit_is_built(course):
    shutil.copyfile(course.root / course.lesson, course.root / "authoring/lessons/02_other.py")
    assert course.run("build", "02_other")[0] == 0
    assert (course.root / "notebooks/02_other.ipynb").exists()
    assert len(json.loads(course.read("authoring/built.json"))) == 3


def test_the_lesson_keeps_its_outputs_and_nothing_of_the_machine(course):
    notebook = nbformat.read(course.root / course.notebook, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2, 3]
    assert code[1].outputs[0].data["text/plain"] == "array([0, 2, 4])"
    assert "image/png" in code[2].outputs[0].data
    assert all(cell.metadata == {} for cell in notebook.cells)
    assert "version" not in notebook.metadata.language_info


def test_the_master_is_complete_and_not_executed(course, cells):
    notebook = nbformat.read(course.root / course.source, as_version=4)
    MetadataValidator().validate_nb(notebook)
    assert all(not c.get("outputs") and c.get("execution_count") is None for c in notebook.cells)
    assert cells["double__is_twice"]["metadata"]["nbgrader"] == {
        "grade": True,
        "grade_id": "double__is_twice",
        "locked": True,
        "points": 3,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert cells["double"]["metadata"]["nbgrader"]["solution"]
    assert not cells["double"]["metadata"]["nbgrader"]["locked"]
    assert cells["section-doubling"]["metadata"]["nbgrader"]["locked"]
    assert cells["double--2"]["metadata"] == {}


def test_the_standard_hidden_test(course, cells):
    assert "".join(cells["double__is_twice"]["source"]) == (
        "# double: the result is twice the argument (3 points)\n"
        "### BEGIN HIDDEN TESTS\n"
        "from autograder import grade\n"
        f'grade("double__is_twice", globals(), seed={seed_of("double__is_twice")})\n'
        "### END HIDDEN TESTS"
    )


def test_seeds_are_fixed_by_the_name():
    assert seed_of("double__is_twice") == seed_of("double__own"), "one run serves both"
    assert seed_of("double__is_twice") != seed_of("triple__is_thrice")


def test_a_standard_body_is_known_whatever_its_points():
    body = standard_body("f__p", 1, "f: it holds")
    assert "(1 point)\n" in body
    assert standard_sentence(body, "f__p") == "f: it holds"
    assert standard_sentence(body.replace("1 point", "2.5 points"), "f__p") == "f: it holds"
    assert standard_sentence(body.replace("seed=", "seed=1"), "f__p") is None
    assert standard_sentence(body, "f__q") is None


def test_the_release_shows_the_sentence_and_the_stub_only(course):
    notebook = nbformat.read(course.root / course.release, as_version=4)
    sources = {cell.id: cell.source for cell in notebook.cells}
    assert sources["double__is_twice"] == "# double: the result is twice the argument (3 points)"
    assert sources["double"].endswith("# YOUR CODE HERE\n    raise NotImplementedError()")
    assert not notebook.cells[0].metadata.editable


def test_no_notebook_is_paired_with_a_text(course):
    for path in (course.notebook, course.source, course.release):
        assert "jupytext" not in course.read(path)


def test_nbgraders_own_command_gives_the_same_release(course):
    released = course.read(course.release)
    shutil.rmtree(course.root / "release")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "01_small"]
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    subprocess.run(command, cwd=course.root, env=os.environ | {"PATH": path}, check=True)
    assert course.read(course.release) == released


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import sys\nprint('oh', file=sys.stderr)", "writes to stderr: oh"),
        ("import warnings\nwarnings.warn('careful')", "UserWarning: careful"),
        ("object()", "shows a memory address (at 0x"),
    ],
)
def test_a_lesson_that_should_not_be_published(course, code, message):
    course.replace(course.lesson, "x + x\n", f"{code}\n")
    before = course.files()
    status, _, err = course.run("build")
    assert status == 1
    assert course.lesson in err
    assert message in err
    assert "\x1b[" not in err
    assert course.files() == before


def test_an_edited_notebook_is_not_overwritten(course):
    course.edit(course.source, lambda cells, _: cells["section-doubling"].update(source="# Other"))
    before = course.files()
    status, _, err = course.run("build")
    assert status == 1
    assert f"{course.source} was edited since it was built. `make absorb` brings" in err
    assert course.files() == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('grade="double__is_twice"', 'grade="double__is_half"', "no check 'double__is_half'"),
        ("# That is all.", "# ## Write it", "two cells are called 'section-write-it'"),
        ("# %% free=true", "# %%  free=true", "line 25: '# %%  free=true' is spelled"),
    ],
)
def test_a_text_that_cannot_be_built(course, old, new, message):
    course.replace(course.assignment, old, new)
    status, _, err = course.run("build")
    assert status == 1
    assert course.assignment in err
    assert message in err


@pytest.mark.parametrize(
    ("path", "cure"),
    [("source", "delete it and run `make build`"), ("ledger", "delete it and run `make build`")],
)
def test_marks_left_by_a_merge(course, path, cure):
    name = getattr(course, path)
    (course.root / name).write_text("<<<<<<< ours\n" + course.read(name), "utf-8")
    for command in ("build", "absorb", "check"):
        status, _, err = course.run(command)
        assert status == 1
        assert f"{name} is" in err
        assert "not JSON" in err
        assert cure in err
    (course.root / name).unlink()
    assert course.run("build")[0] == 0


def test_options_are_refused_in_a_lesson(course):
    course.replace(course.lesson, "# %%\nx =", "# %% free=true\nx =")
    assert "a lesson's cells have no options" in course.run("build")[2]


def test_commands_outside_a_course(course):
    assert "no text is called '09_none'; there are: 01_small" in course.run("build", "09_none")[2]
    shutil.rmtree(course.root / "authoring")
    assert "run this in the course's root" in course.run("check")[2]


def test_a_text_with_another_kind_of_name(course):
    (course.root / "authoring/lessons/Four.py").write_text("# %% [markdown]\n# # Four\n")
    assert "Four.py: a text is called NN_name.py" in course.run("build")[2]


def test_a_new_cell_moves_no_other_name():
    cells = [
        Cell("markdown", "# One"),
        Cell("code", "x"),
        Cell("markdown", "## Two: $x^2$"),
        Cell("code", "f", solution="f"),
        Cell("code", "y"),
        Cell("code", "", grade="f__" + "p" * 80, points=1),
    ]
    names = cell_ids(cells)
    assert names[:5] == ["section-one", "section-one--2", "section-two-x-2", "f", "f--2"]
    assert len(names[5]) == 64
    assert cell_ids([*cells[:1], Cell("code", "new"), *cells[1:]])[3:] == names[2:]
