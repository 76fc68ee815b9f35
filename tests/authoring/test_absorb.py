"""An edit made in a built notebook comes back into its text, or nothing is written."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell


def absorbed(course, path=None):
    """Absorb, and show that the rebuilt course is consistent; return the new text."""
    status, out, err = course.run("absorb")
    assert status == 0, err
    assert "run `make build` now" in out
    assert course.run("build")[0] == 0
    assert course.run("absorb")[1].count("no notebook was edited") == 1
    return course.read(path or course.assignment)


def test_a_fresh_build_has_nothing_to_absorb(course):
    before = course.files()
    status, out, _ = course.run("absorb")
    assert status == 0
    assert "no notebook was edited since it was built" in out
    assert course.files() == before


def test_saving_without_an_edit_is_no_edit(course):
    course.edit(course.source, lambda cells, notebook: None)
    assert "no notebook was edited" in course.run("absorb")[1]


def test_outputs_and_jupyters_own_metadata_are_no_edit(course):
    def run_it(cells, notebook):
        cells["section-doubling--2"].execution_count = 7
        cells["double--2"].metadata["collapsed"] = True
        notebook.metadata.language_info["version"] = "3.14.1"

    course.edit(course.source, run_it)
    assert "no notebook was edited" in course.run("absorb")[1]


@pytest.mark.parametrize(
    ("cell", "old", "new", "line"),
    [
        ("section-write-it", "Write it", "Write the function", "# ## Write the function"),
        ("double", "np.add(x, x)", "2 * x", "    twice = 2 * x"),
        ("double__own", "double(21) == 42", "double(1) == 2", "assert double(1) == 2"),
        ("section-doubling--3", "My", "Our", "# *Our prediction:*"),
        ("section-doubling--2", "%matplotlib inline", "%precision 3", "# %precision 3"),
    ],
)
def test_an_edited_cell_comes_back(course, cell, old, new, line):
    before = course.read(course.assignment).splitlines()

    def edit(cells, _):
        assert old in cells[cell].source
        cells[cell].source = cells[cell].source.replace(old, new)

    course.edit(course.source, edit)
    after = absorbed(course).splitlines()
    assert [line for a, line in zip(before, after, strict=True) if a != line] == [line]


def test_points_come_back_and_the_standard_body_stays_out(course):
    def edit(cells, _):
        cells["double__is_twice"].metadata.nbgrader["points"] = 5

    course.edit(course.source, edit)
    text = absorbed(course)
    assert '# %% grade="double__is_twice" points=5\n\n# %% grade' in text
    assert "(5 points)" in course.read(course.release)


def test_a_changed_standard_body_comes_back_as_it_is(course):
    def edit(cells, _):
        cells["double__is_twice"].source += "\nassert True"

    course.edit(course.source, edit)
    text = absorbed(course)
    assert "points=3\n# double: the result is twice the argument (3 points)\n### BEGIN" in text
    assert "### END HIDDEN TESTS\nassert True\n" in text


def test_the_sentence_of_a_hidden_test_is_its_checks_own(course):
    def edit(cells, _):
        cell = cells["double__is_twice"]
        cell.source = cell.source.replace("the result is", "one gets")

    course.edit(course.source, edit)
    out = course.run("absorb")[1]
    assert "the sentence of double__is_twice is the first line of its check's docstring" in out
    assert "'double: one gets twice the argument'" in out


def test_added_and_removed_cells_come_back(course):
    def edit(cells, notebook):
        notebook.cells.remove(cells["double__own"])
        notebook.cells.insert(1, new_markdown_cell("A new text."))
        notebook.cells.append(new_code_cell("double(4)"))

    course.edit(course.source, edit)
    out = course.run("absorb")[1]
    assert "2 new or changed cells are free, students can edit them (first 'A new text.')" in out
    assert "no longer graded: double__own" in out
    text = course.read(course.assignment)
    assert "# %% [markdown] free=true\n# A new text.\n" in text
    assert text.endswith("# %% free=true\ndouble(4)\n")
    assert "double__own" not in text
    assert course.run("build")[0] == 0


def test_nbgraders_read_only_and_answer_marks_come_back(course):
    def edit(cells, _):
        cells["double--2"].source = "x = 3"
        cells["double--2"].metadata["nbgrader"] = {
            "grade": False,
            "grade_id": "cell-1f2e3d",
            "locked": True,
            "schema_version": 3,
            "solution": False,
            "task": False,
        }

    course.edit(course.source, edit)
    assert "# %%\nx = 3\n" in absorbed(course)


def test_a_lesson_is_absorbed_too(course):
    course.edit(course.notebook, lambda cells, _: cells["section-a-picture"].update(source="## B"))
    assert "# ## B\n" in absorbed(course, course.lesson)


def test_two_edits_are_one_too_many(course):
    course.replace(course.assignment, "# That is all.", "# That is it.")
    course.edit(course.source, lambda cells, _: cells["section-write-it"].update(source="## Do it"))
    before = course.files()
    status, _, err = course.run("absorb")
    assert status == 1
    assert "were both edited since the last build, first in cell '## Write it'" in err
    assert "Nothing was written" in err
    assert course.files() == before


def test_the_same_edit_twice_is_no_conflict(course):
    course.replace(course.assignment, "# That is all.", "# That is it.")
    course.edit(course.source, lambda cells, _: cells["double--3"].update(source="That is it."))
    assert "no notebook was edited" in course.run("absorb")[1]


def test_an_edit_of_the_text_alone_is_not_touched(course):
    course.replace(course.assignment, "# That is all.", "# That is it.")
    assert "no notebook was edited" in course.run("absorb")[1]
    assert "That is it." in course.read(course.assignment)


def both_grade_and_solution(cells, _):
    cells["double"].metadata.nbgrader.update(grade=True, points=1)


def pasted_picture(cells, _):
    cells["section-doubling"]["attachments"] = {"a.png": {"image/png": "AAAA"}}


def two_headings_alike(cells, _):
    cells["section-doubling--3"].source = "## Write it"


def a_cell_inside_a_cell(cells, _):
    cells["double--2"].source = "x = 1\n# %%\ny = 1"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (both_grade_and_solution, "cells that are graded by hand are not supported"),
        (pasted_picture, "a pasted picture cannot be written as text"),
        (two_headings_alike, "two cells are called 'section-write-it'"),
        (a_cell_inside_a_cell, "cannot be written as text"),
        (lambda _, nb: nb.cells.append(new_raw_cell("x")), "raw cells cannot be written as text"),
    ],
)
def test_what_a_text_cannot_say_is_refused(course, edit, message):
    course.edit(course.notebook, lambda cells, _: cells["section-a-picture"].update(source="## B"))
    course.edit(course.source, edit)
    before = course.files()
    status, _, err = course.run("absorb")
    assert status == 1
    assert message in err
    assert course.source in err
    assert course.files() == before
