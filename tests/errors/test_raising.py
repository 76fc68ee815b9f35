"""Functions that raise, are not there, or follow another template: each costs its own exercise."""

import sys

import pytest

from autograder.suite import check
from tests.helpers.notebooks import Older, Template, details, notebook, passed, report, statuses

SHAPES = "returns_the_right_shapes"
BEHAVIOUR = {"leaves_its_inputs_unchanged", "same_answer_twice"}


def raising(error):
    def linear_backward(dZ, cache):
        raise error

    return linear_backward


def endless(dZ, cache):
    return endless(dZ, cache)


def leaving(dZ, cache):
    sys.exit(3)


def narrow(dZ):
    return dZ


RAISING = [
    (raising(ValueError("nothing fits")), "ValueError: nothing fits (line "),
    (raising(KeyError("W")), "KeyError: 'W' (line "),
    (raising(ZeroDivisionError()), "ZeroDivisionError (line "),
    (endless, "RecursionError: maximum recursion depth exceeded"),
    (leaving, "SystemExit: 3 (line "),
    (narrow, "TypeError: narrow() takes 1 positional argument but 2 were given"),
]


@pytest.mark.parametrize(("function", "told"), RAISING)
def test_an_exception_is_told_with_the_sizes_and_the_line(function, told):
    namespace = {**notebook(), "linear_backward": function}
    found = report(namespace, "linear_backward")
    status, detail = details(found)[SHAPES]
    assert status == "failed"
    assert detail.startswith(f"with 5 inputs, 3 units, m = 7 it raised {told}")
    assert set(statuses(found).values()) == {"failed", "not checked"}
    assert len(found.advice) == 3  # what happened, what to try, what to ask oneself
    assert report(namespace, "linear_forward").passed  # the others keep their points


def test_the_line_is_that_of_the_students_code():
    where = details(report({**notebook(), "linear_backward": leaving}, "linear_backward"))[SHAPES]
    assert where[1].endswith("in leaving: sys.exit(3))")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (3.0, "`linear_backward` is a float, expected a function: was it overwritten?"),
        (None, "there is no function called `linear_backward`: run its cell first"),
        (raising(NotImplementedError()), "`linear_backward` is not written yet"),
        (raising(NotImplementedError("todo")), "`linear_backward` is not written yet"),
    ],
)
def test_a_function_that_is_not_there(value, message):
    found = report({**notebook(), "linear_backward": value}, "linear_backward")
    assert found.note == message
    assert set(details(found).values()) == {("not checked", message)}
    assert found.advice == ()


def test_an_unwritten_function_below_is_the_one_that_is_named():
    def linear_backward(dZ, cache):
        raise NotImplementedError

    namespace = notebook(linear_backward)
    below = report(namespace, "linear_activation_backward")
    assert below.note == "`linear_backward` is not written yet"
    for name in ("L_model_backward", "L_layer_model"):
        assert not any(v.status == "failed" for v in report(namespace, name).verdicts)
    assert report(namespace, "L_model_backward_J").passed  # the bank's does not call it


def test_a_forward_that_does_not_run_is_named_where_it_is_needed():
    def linear_forward(A, W, b):
        return W @ A + b

    namespace = notebook(linear_forward)
    note = report(namespace, "linear_backward").note
    assert (
        note
        == "All of this holds with a right `linear_forward` in the place of yours: mend that first."
    )


def test_the_template_of_the_specialisation_is_graded_as_it_is():
    """It returns no dZ: that is said once, and everything else is earned."""
    found = report(notebook(Template.L_model_backward), "L_model_backward")
    assert details(found)[SHAPES] == (
        "failed",
        "there is no dZ4, dZ3, dZ2 or dZ1; returned are dA0, dA1, dA2, dA3, dW1, dW2, dW3, dW4, "
        "db1, db2, db3 and db4",
    )
    assert statuses(found)["dZ_matches_numeric_gradient"] == "not checked"
    names = {f"{name}_matches_numeric_gradient" for name in ("dA", "dW", "db")}
    assert passed(found) == {*names, *BEHAVIOUR, "certified_on_a_large_network"}
    assert found.diagnosis == ()


def test_the_keys_of_older_solutions_are_recognised():
    found = report(notebook(Older.L_model_backward), "L_model_backward")
    assert [words.id for words in found.diagnosis] == ["da-key-shifted"]
    assert not found.diagnosis[0].mistake
    names = {f"{name}_matches_numeric_gradient" for name in ("dW", "db")}
    assert passed(found) == {*names, *BEHAVIOUR, "certified_on_a_large_network"}


def test_check_says_which_exercises_there_are():
    with pytest.raises(ValueError, match="there is no exercise called 'narrow'; the exercises are"):
        check(narrow)
