"""Changes of a function that says True or False, and what a search for none may cost."""

from __future__ import annotations

import time
from contextlib import nullcontext

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import Wanting
from autograder.engine.repair.asked import ALONE_SECONDS
from autograder.engine.repair.unseen import unseen
from autograder.engine.student import Student
from autograder.observe import StudentError
from autograder.units import EXERCISES
from tests.helpers.solved import with_cell

ACCEPTS = """
def accepts(case, output):
    dZ, A, W, b = (case[k] for k in ("dZ", "A_prev", "W", "b"))
    m, ok = dZ.shape[1], True
    right = {"dA_prev": W.T @ dZ, "dW": dZ @ A.T / m, "db": dZ.sum(axis=1, keepdims=True) / m}
    if any(np.shape(output[n]) != right[n].shape for n in right):
        return False
    for n in right:
        ok = JUDGED
    return bool(ok)
"""


def report(function: str, source: str) -> str:
    return str(evaluate(EXERCISES[function], Student(with_cell("05", source)), 2024))


@pytest.mark.parametrize(
    "judged",
    [
        "relative_error(output[n], right[n]) < 1e-7",
        "np.allclose(output[n], right[n], 1e-9, 1e-12)",
        "not np.any(~(abs(output[n] - right[n]) <= 1e-9 * abs(right[n]).max()))",
    ],
)
def test_a_verdict_that_each_round_writes_over_is_kept(judged: str) -> None:
    told = report("accepts", ACCEPTS.replace("JUDGED", judged))
    assert "`&=` for `=`, so that what `ok` held before is kept" in told


def test_two_changes_of_what_properties_ask_share_one_time() -> None:
    """The first one mends one of two properties, and for the other none is found."""
    source = """
def relative_error(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("shapes")
    scale = max(np.abs(a).max(), np.abs(b).max())
    return float(np.abs(a - b).max() / scale) if scale > 1e-5 else 0.0
"""
    report("relative_error", source)  # what is imported and kept is there
    began = time.process_time()
    report("relative_error", source)
    assert time.process_time() - began < ALONE_SECONDS + 1.0


def test_of_what_is_tried_no_exception_is_explained() -> None:
    names = with_cell("05", "def relative_error(a, b):\n    return a + [b]")
    for quiet in (False, True):
        with unseen() if quiet else nullcontext(), pytest.raises(StudentError) as raised:
            Student(names).call("relative_error", "a", "b")
        error = raised.value
        assert (error.kind, error.function) == ("TypeError", "relative_error")
        assert "line 2" in error.where
        assert bool(error.told) is not quiet


def test_the_words_of_a_property_are_made_when_they_are_asked_for() -> None:
    made: list[str] = []
    error = Wanting(lambda: made.append("asked") or "told", "id")
    assert not made
    assert [str(error), str(error), error.id] == ["told", "told", "id"]
    assert made == ["asked"]
