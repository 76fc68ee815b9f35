"""A mutant that is a change says exactly where it changes what, or the bank does not load."""

import inspect

import pytest

from .change import NotOnce, changed, changes_of, compiled, source_of
from .columns import linear_backward
from .registry import MUTANTS

RIGHT = "def f(x):\n    y = x + 1\n    return y + x\n"


def test_every_place_is_changed_as_it_stood_before():
    edits = (("x + 1", "y + 2"), ("return y", "return x + 1"))
    assert changed(RIGHT, edits, "f") == "def f(x):\n    y = y + 2\n    return x + 1 + x\n"


def test_what_stands_nowhere_is_refused_and_the_nearest_line_told():
    with pytest.raises(NotOnce, match=r"g/slip: 'y = x - 1' stands nowhere .* 'y = x \+ 1'"):
        changed(RIGHT, (("y = x - 1", "y = x"),), "g/slip")


def test_what_stands_twice_is_refused_and_its_lines_told():
    with pytest.raises(NotOnce, match=r"stands 2 times .*'y = x \+ 1', 'return y \+ x'"):
        changed(RIGHT, ((" + ", " - "),), "f")


@pytest.mark.parametrize("edits", [(("x + 1", "x + 1"),), (("x + 1", "1"), ("+ 1", "+ 2"))])
def test_a_change_of_nothing_and_overlapping_changes_are_refused(edits):
    with pytest.raises(AssertionError):
        changed(RIGHT, edits, "f")


def test_a_changed_function_has_its_source_for_notebooks_and_tracebacks():
    source = changed(RIGHT, (("y + x", "y * x"),), "f")
    function = compiled(source, "<test: f/slip>")
    assert function(2) == 6
    assert inspect.getsource(function) == source


def test_the_source_of_a_method_begins_at_the_margin():
    class Value:
        def double(self):
            return 2 * self

    assert source_of(Value.double) == "def double(self):\n    return 2 * self\n"


def test_a_change_has_the_name_of_the_function_whose_place_it_takes():
    mutant = MUTANTS["columns:L_model_backward/Y_minus_AL"]  # a change of an unusual right function
    assert mutant.function == "L_model_backward"
    assert "dZ = Y - AL" in inspect.getsource(mutant.replace["L_model_backward"])


def test_a_name_is_given_once():
    change = changes_of("columns", linear_backward)
    with pytest.raises(AssertionError, match="twice"):
        change("db_over_axis_0", None, ("axis=1", "axis=0"))
