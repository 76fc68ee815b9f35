"""One mistake costs points in one function: all pairs (a slip in f, points lost elsewhere)."""

from __future__ import annotations

from types import FunctionType

import numpy as np
import pytest
from cheats.units import functions, report, worth

from autograder.engine.exercise import exercise_of
from autograder.engine.given_callee import before
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

UNITS = ("01", "03", "03b", "04", "05", "06b", "07", "07b", "08", "09")
TWICE = """
def _twice(value):
    if isinstance(value, dict):
        return {key: _twice(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_twice(item) for item in value)
    return 2 * value if isinstance(value, (float, np.ndarray)) else value

_own_{f} = {f}
def {f}(*args, **more):
    return _twice(_own_{f}(*args, **more))
"""
RAISES = "def {f}(*args, **more):\n    return Waa.T @ args[0]\n"


def callers(unit, function, names):
    """Those whose judgement could suffer."""
    others = [name for name in functions(unit) if not name.startswith("answers")]
    found = [(name, exercise_of(name, names)) for name in others if callable(names.get(name))]
    return [n for n, exercise in found if function in before(exercise, Student(names))]


def pairs():
    for unit in UNITS:
        names, _ = solved(unit)
        for function in functions(unit):
            if isinstance(names.get(function), FunctionType) and callers(unit, function, names):
                yield unit, function


PAIRS = list(pairs())


@pytest.fixture(autouse=True)
def answered_alone(monkeypatch):
    """A stand-in calls none of the student's functions while it answers: where these run in a
    process of their own, that one waits for the answer, and can do nothing else."""
    answering, calls = [], []
    begin, observe = Student.__init__, Student.observe

    def watched(right):
        def answer(*args, **more):
            answering.append(right)
            try:
                return right(*args, **more)
            finally:
                answering.pop()

        return answer

    def beginning(self, namespace, watch=(), given=None):
        begin(self, namespace, watch, {name: watched(f) for name, f in (given or {}).items()})

    def observing(self, name, *args, **more):
        calls.extend([name] if answering else [])
        return observe(self, name, *args, **more)

    monkeypatch.setattr(Student, "__init__", beginning)
    monkeypatch.setattr(Student, "observe", observing)
    yield
    assert calls == []


def lost(unit, names, function):
    """Points that the hidden tests of a function take off."""
    found = report(names, function)
    return sum(worth(unit).get(v.check, 0) for v in found.verdicts if not v.earned), found


def test_there_are_enough():
    assert len(PAIRS) >= 25
    assert {unit for unit, _ in PAIRS} == set(UNITS)


@pytest.mark.parametrize(("unit", "function"), PAIRS)
def test_a_function_that_raises_costs_its_callers_nothing(unit, function):
    names = with_cell(unit, RAISES.format(f=function))
    assert lost(unit, names, function)[0]
    for caller in callers(unit, function, names):
        points, found = lost(unit, names, caller)
        assert not points, str(found)


SLIPS = {
    "05 numerical_gradient": """
def numerical_gradient(f, theta, h=1e-5):
    start = np.asarray(theta, dtype=float)
    slopes = np.zeros(start.shape)
    for index in np.ndindex(start.shape):
        step = np.zeros(start.shape)
        step[index] = h
        slopes[index] = (f(start + step) - f(start - step)) / 2 * h
    return slopes
""",
    "04 linear_backward": """
def linear_backward(dZ, cache):
    A, W, b = cache
    return W.T * dZ, dZ @ A.T / dZ.shape[1], dZ.sum(axis=1, keepdims=True) / dZ.shape[1]
""",
    "07 rnn_cell_backward": TWICE.replace("{f}", "rnn_cell_backward"),
    "08 state_gradients": TWICE.replace("{f}", "state_gradients"),
    "08 truncated_bptt": TWICE.replace("{f}", "truncated_bptt"),
    "03 softmax_loss": TWICE.replace("{f}", "softmax_loss"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_nor_does_one_with_a_slip(slip):
    unit, function = slip.split()
    names = with_cell(unit, SLIPS[slip])
    assert lost(unit, names, function)[0]
    for caller in callers(unit, function, names):
        points, found = lost(unit, names, caller)
        assert not points, str(found)
        if found.note:
            assert f"`{function}`" in found.note
            assert not found.diagnosis


def test_two_mistakes_are_told_as_two():
    wrong = (
        SLIPS["04 linear_backward"]
        + """
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    return linear_backward(dA, linear_cache)  # the slope is forgotten
"""
    )
    names = with_cell("04", wrong)
    assert lost("04", names, "linear_backward")[0]
    points, found = lost("04", names, "linear_activation_backward")
    assert points
    assert "missing-activation-derivative" in [words.id for words in found.diagnosis]
    assert not lost("04", names, "L_model_backward_J")[0]


def test_beside_one_that_raises_the_other_is_told():
    wrong = (
        RAISES.format(f="linear_backward")
        + """
def linear_activation_backward(dA, cache, activation):
    return linear_backward(dA, cache[0])  # the slope is forgotten
"""
    )
    points, found = lost("04", with_cell("04", wrong), "linear_activation_backward")
    assert points
    assert found.note == (
        "Mend `linear_backward` too: what is said here holds with a right one in its place."
    )
    assert [words.id for words in found.diagnosis] == ["missing-activation-derivative"]


@pytest.mark.parametrize("body", ["return {}", "raise NotImplementedError", "return 0 * da, {}"])
def test_a_caller_that_is_empty_earns_nothing_by_an_empty_callee(body):
    names = with_cell("07", RAISES.format(f="rnn_cell_backward"))
    names = {**names, "rnn_backward": None}
    space = {"np": np}
    exec(f"def rnn_backward(da, caches):\n    {body}\n", space)
    names["rnn_backward"] = space["rnn_backward"]
    assert not any(v.earned for v in report(names, "rnn_backward").verdicts)


def test_what_is_not_written_yet_is_no_mistake():
    names = with_cell("04", "def linear_backward(dZ, cache):\n    raise NotImplementedError\n")
    found = report(names, "linear_activation_backward")
    assert "`linear_backward` is not written yet" in str(found)
    assert not any(v.earned for v in found.verdicts)
