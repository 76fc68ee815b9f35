"""Texts are read and written without loss, in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.authoring.cells import AuthoringError, Cell, make_cell
from autograder.authoring.text import check_spelling, read_cells, write_text

LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
TRICKY = st.sampled_from(
    ["# %%", "# %% [markdown]", "%timeit x", "# + x", "'''", '"""', "#", "---"]
)
SOURCES = st.lists(LINES | TRICKY, max_size=5).map("\n".join)


@given(
    st.lists(st.tuples(st.sampled_from(["markdown", "code"]), SOURCES, st.booleans()), max_size=4)
)
def test_what_is_written_is_read_again_or_refused(parts):
    cells = [
        make_cell(kind, source, {"free": True} if free else {}) for kind, source, free in parts
    ]
    try:
        text = write_text(cells)
    except AuthoringError:
        return
    assert read_cells(text) == cells
    check_spelling(text, read_cells(text))


def test_every_option_survives():
    cells = [
        Cell("markdown", "# Title"),
        Cell("code", "f = 1", solution="f"),
        Cell("code", "", grade="f__p", points=2),
        Cell("code", "", grade="f__q", points=0.5),
        Cell("markdown", "", free=True),
    ]
    text = write_text(cells)
    assert '# %% grade="f__p" points=2\n' in text
    assert read_cells(text) == cells


def test_magics_are_comments_in_the_text():
    [cell] = read_cells("# %%\n# %matplotlib inline\nx = 1\n")
    assert cell.source == "%matplotlib inline\nx = 1"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("# %%\nx = 1\n\n\n# %%\ny = 1\n", "line 4: '' is spelled '# %%'"),
        ('# %% [markdown]\n"""\ntext\n"""\n', "line 2"),
        ("x = 1\n", "line 1: 'x = 1' is spelled '# %%'"),
        ("# %% points=1 grade='f__p'\n", "line 1"),
        ("# %%\nx = 1", "the last line has no line end"),
    ],
)
def test_another_spelling_is_refused_at_its_line(text, where):
    with pytest.raises(AuthoringError) as caught:
        check_spelling(text, read_cells(text))
    assert where in str(caught.value)


def test_a_cell_that_the_format_cannot_hold_is_named():
    with pytest.raises(AuthoringError, match="cannot be written as text"):
        write_text([Cell("code", "x = 1\n# %%\ny = 2")])


@pytest.mark.parametrize(
    ("marker", "fault"),
    [
        ('# %% solutoin="f"', "unknown option 'solutoin'; the options are solution, grade"),
        ('# %% solution="f" free=true', "only one of solution, grade and free"),
        ('# %% grade="f__p"', "grade and points go together"),
        ("# %% points=3", "grade and points go together"),
        ('# %% grade="f__p" points=0', "points must be a positive number, not 0"),
        ('# %% grade="f__p" points=-1', "points must be a positive number, not -1"),
        ('# %% grade="f__p" points="3"', "points must be a positive number, not '3'"),
        ('# %% grade="f__p" points=true', "points must be a positive number, not True"),
        ("# %% grade=3 points=1", "names in double quotes"),
        ("# %% free=false", "free is either free=true or left out"),
        ('# %% [markdown] solution="f"', "belong to code cells"),
        ("# %% [raw]", "a raw cell"),
    ],
)
def test_options_that_cannot_be(marker, fault):
    with pytest.raises(AuthoringError) as caught:
        read_cells(f"{marker}\n# x\n")
    assert fault in str(caught.value)
