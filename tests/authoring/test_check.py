"""`make check` finds what is stale, what is secret and what is against the rules."""

import base64
import io
import json

import matplotlib.image
import numpy as np
import pytest
from nbformat.v4 import new_output

from autograder.authoring.course import find_units
from autograder.authoring.hidden_tests import seed_of
from autograder.authoring.leaks import leaks
from autograder.authoring.stale import same_file, stale, strangers


def problems(course, *units):
    """Run the check; return what it refuses."""
    status, _, err = course.run("check", *units)
    assert status == (1 if err else 0)
    return err


def differences(course, built):
    """Return what differs between a course whose texts are untouched and a fresh build."""
    return "\n".join(stale(course.root, built.root, find_units(course.root)))


def leaked(course):
    """Return what release/ gives away."""
    cells = [cell for unit in find_units(course.root) for cell in unit.read(course.root)]
    return "\n".join(leaks(course.root, cells))


def test_a_fresh_build_passes(course):
    status, out, err = course.run("check")
    assert (status, err) == (0, "")
    assert "2 notebooks checked, 0 problems" in out


# ------------------------------------------------------------------------------------- stale


@pytest.mark.parametrize("path", ["notebook", "source", "release"])
def test_a_missing_notebook_is_found(course, built, path):
    name = getattr(course, path)
    (course.root / name).unlink()
    assert differences(course, built) == f"{name} is missing: run `make build`"


def test_an_edited_text_asks_for_a_build(course):
    course.replace(course.assignment, "That is all.", "That is it.")
    err = problems(course)
    for name in (course.source, course.release):
        assert f"{name} is not what {course.assignment} gives (first in cell 'double--3')" in err
    assert err.count("run `make build`") == 3  # the third is the ledger's
    assert course.notebook not in err


def test_an_edited_master_asks_for_absorb(course, built):
    course.edit(course.source, lambda cells, _: cells["double--3"].update(source="Done."))
    assert "was edited: run `make absorb`, then `make build`" in differences(course, built)


def test_two_edits_ask_for_a_hand(course):
    course.replace(course.assignment, "That is all.", "That is it.")
    course.edit(course.source, lambda cells, _: cells["double--3"].update(source="Done."))
    assert "and its text were both edited: carry one edit over by hand" in problems(course)


@pytest.mark.parametrize(
    ("path", "old", "new", "where"),
    [
        ("notebook", "array([0, 2, 4])", "array([0, 2, 5])", "cell 'section-doubling--3'"),
        ("notebook", '"execution_count": 2', '"execution_count": 9', "cell 'section-doubling"),
        ("release", "YOUR CODE HERE", "YOUR CODE", "cell 'double'"),
        ("source", "Python 3 (ipykernel)", "Python 3", "its metadata"),
    ],
)
def test_one_changed_word_is_found(course, built, path, old, new, where):
    name = getattr(course, path)
    text = course.read(name)
    assert old in text
    (course.root / name).write_text(text.replace(old, new), "utf-8")
    assert f"{name} is not what" in (err := differences(course, built))
    assert where in err


def test_a_changed_sentence_makes_the_notebooks_stale(course, monkeypatch):
    monkeypatch.setattr("autograder.suite.describe", lambda name: "another sentence")
    assert f"{course.source} is not what {course.assignment} gives" in problems(course)


def test_a_forgotten_ledger_is_found(course, built):
    (course.root / "authoring/built.json").unlink()
    assert "built.json does not describe the last build" in differences(course, built)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("notebooks/09_gone.ipynb", "comes from no text in authoring/: remove it"),
        ("source/01_small/small.py", "nbgrader hands out what lies beside a notebook"),
        ("release/01_small/notes.txt", "nbgrader hands out what lies beside a notebook"),
    ],
)
def test_a_file_that_no_text_gives_is_found(course, name, why):
    (course.root / name).write_text("x = 1\n")
    [stranger] = strangers(course.root)
    assert stranger.startswith(name)
    assert why in stranger


# ---------------------------------------------------------------------------------- pictures


def picture(course, change):
    """Change the pixels of the lesson's picture, and pack it again."""
    path = course.root / course.notebook
    notebook = json.loads(path.read_text("utf-8"))
    data = notebook["cells"][-1]["outputs"][0]["data"]
    pixels = matplotlib.image.imread(io.BytesIO(base64.b64decode(data["image/png"]))).copy()
    change(pixels)
    packed = io.BytesIO()
    matplotlib.image.imsave(packed, pixels)
    data["image/png"] = base64.b64encode(packed.getvalue()).decode() + "\n"
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def test_another_encoding_of_the_same_picture_is_the_same(course, built):
    def last_bits(pixels):
        pixels[..., :3] = np.clip(pixels[..., :3] + 0.004, 0, 1)
        pixels[0, :5, :3] = 0

    path = picture(course, last_bits)
    assert path.read_bytes() != (built.root / built.notebook).read_bytes()
    assert same_file(path, built.root / built.notebook)


def test_another_picture_is_another_picture(course, built):
    def a_stroke(pixels):
        pixels[100:103, 50:300, :3] = 0

    assert not same_file(picture(course, a_stroke), built.root / built.notebook)
    assert not same_file(picture(course, lambda pixels: None), built.root / built.source)


# ------------------------------------------------------------------------------------- leaks


def into_a_text_cell(cells, notebook):
    cells["double--3"].source += "\nHint: `twice = np.add(x, x)`"


def into_metadata(cells, notebook):
    notebook.metadata["memory"] = {"deep": ["a", "twice = np.add(x, x)"]}


def into_cell_metadata(cells, notebook):
    cells["double"].metadata["old"] = "    return twice"


def into_an_output(cells, notebook):
    cells["double--2"].outputs = [new_output("stream", text="assert double(21) == 42\n")]


def the_seed(cells, notebook):
    cells["double--3"].source += f"\nseed {seed_of('double__is_twice')}"


def the_call(cells, notebook):
    cells[
        "double__is_twice"
    ].source += f'\ngrade("double__is_twice", globals(), seed={seed_of("double__is_twice")})'


def the_mark(cells, notebook):
    cells["double"].source += "\n    ### BEGIN SOLUTION"


@pytest.mark.parametrize(
    ("plant", "line"),
    [
        (into_a_text_cell, "twice = np.add(x, x)"),
        (into_metadata, "twice = np.add(x, x)"),
        (into_cell_metadata, "return twice"),
        (into_an_output, "assert double(21) == 42"),
        (the_seed, str(seed_of("double__is_twice"))),
        (the_call, 'grade("double__is_twice", globals(), seed='),
        (the_mark, "### BEGIN SOLUTION"),
    ],
)
def test_a_planted_secret_is_found(course, plant, line):
    course.edit(course.release, plant)
    err = leaked(course)
    assert f"{course.release}, " in err
    assert f"holds the secret line {line!r}"[:-1] in err


def test_a_text_beside_the_release_is_searched_too(course):
    (course.root / "release/01_small/small.md").write_text("```\n    return twice\n```\n")
    assert "small.md, as it is: holds the secret line 'return twice'" in leaked(course)
    assert "small.md comes from no text" in problems(course)


def test_a_line_that_is_handed_out_anyway_is_no_secret(course):
    course.replace(course.assignment, "# That is all.", "# That is all:\n#\n#     return twice")
    assert course.run("build")[0] == 0
    assert "return twice" in course.read(course.release)
    assert leaked(course) == ""
