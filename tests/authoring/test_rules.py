"""Each rule for cells, broken once."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.rules import broken_rules, unsolved_exercises
from autograder.authoring.text import read_cells

GOOD = """\
# %% [markdown]
# # Title

# %% solution="f"
def f(x):
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION

# %% free=true

# %% grade="f__is_x" points=1
"""


def rules(text):
    return list(broken_rules(read_cells(text), ["f__is_x", "g__is_x"]))


def test_the_good_text_breaks_no_rule():
    assert rules(GOOD) == []


LONG = "\n".join(f"    x{i} = {i}" for i in range(30))
OWN = "points=1\n### BEGIN HIDDEN TESTS\nassert f(1) == 1\n### END HIDDEN TESTS"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# # Title", "# Title", "the first cell is a text cell that begins with the title"),
        ("# # Title\n", "# # Title\n\n# %%\n", "cell 'empty': is empty"),
        ("# %% free=true\n", "# %% free=true\n" + "x = 1\n" * 13, "13 lines of code, more than 12"),
        ("    return x", f"{LONG}\n    return x", "has 32 lines of code, more than 30"),
        ("    return x", f"    return {'x' * 99}", "a line of 110 characters, more than 100"),
        ("# # Title", "# # Title $\\newcommand{\\a}{b}$", "\\newcommand, which GitHub"),
        ("# # Title", "# # Title $\\operatorname{tr}$", "\\operatorname, which GitHub"),
        ("# # Title", "# # Title\n# ```mermaid\n# ```", "a mermaid diagram"),
        ("# # Title", "# # Title\n# ![x](https://a.b/c.png)", "a picture from the network"),
        ("# # Title", "# # Title\n# ![x](//a.b/c.png)", "a picture from the network"),
        ("# # Title", "# # Title\n# <img alt='' src='http://a.b/c'>", "a picture from the network"),
        ("f__is_x", "f__is_y", "cell 'f__is_y': no check has this name"),
        ("f__is_x", "g__is_x", "cell 'g__is_x': does not follow the solution of its function"),
        ("f__is_x", "g__is_x", "cell 'f': no grade cell named f__... follows it"),
        ("    ### END SOLUTION\n", "", "not pairs of ### BEGIN SOLUTION and ### END SOLUTION"),
        ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "its marks are not pairs"),
        ("    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n", "    return x\n",
         "has no ### BEGIN SOLUTION: all of it would be handed out"),
        ("points=1", "points=1\nassert f(1) == 1", "has no ### BEGIN HIDDEN TESTS"),
        ('solution="f"', "free=true", "holds BEGIN SOLUTION but is neither a solution nor"),
        ("# # Title", "# # Title\n# BEGIN SOLUTION", "holds BEGIN SOLUTION but is neither"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named(old, new, fault):
    assert GOOD.count(old) == 1
    found = rules(GOOD.replace(old, new))
    assert any(fault in sentence for sentence in found), found


def test_a_hidden_test_of_its_own_is_allowed():
    assert rules(GOOD.replace("points=1", OWN)) == []


def test_pictures_that_come_with_the_notebook_are_allowed():
    assert rules(GOOD.replace("# # Title", "# # Title\n# ![x](data:image/png;base64,AA)")) == []


def test_the_check_applies_the_rules(course):
    course.replace(course.assignment, "That is all.", r"That is $\operatorname{all}$.")
    err = course.run("check")[2]
    assert rf"{course.assignment}: cell 'That is $\\operatorname{{all}}$.': holds" in err


def released(source):
    metadata = {"nbgrader": {"solution": True}}
    return new_notebook(cells=[new_code_cell(source, id="f", metadata=metadata)])


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("def f(x):\n    '''Doc.'''\n    raise NotImplementedError()", []),
        ("raise NotImplementedError", []),
        ("def f(x):\n    return x", ["f does not raise"]),
        ("def f(x):\n    if x:\n        raise NotImplementedError()", ["f does not raise"]),
        ("def f(x):\n    raise NotImplementedError()\n\ndef g(x):\n    pass", ["g does not"]),
        ("answers = {}", ["it does not raise NotImplementedError"]),
        ("def f(x:\n    pass", ["is no Python"]),
    ],
)
def test_an_exercise_raises_until_it_is_solved(source, faults):
    found = list(unsolved_exercises(released(source)))
    assert len(found) == len(faults)
    assert all(fault in sentence for fault, sentence in zip(faults, found, strict=True))


def test_the_check_looks_at_released_exercises(course):
    course.replace(
        course.assignment, "def double(x):", "def helper(x):\n    return x\n\ndef double(x):"
    )
    assert "'double': helper does not raise NotImplementedError" in course.run("check")[2]
    assert nbformat.read(course.root / course.release, 4).cells  # the course itself is as it was
