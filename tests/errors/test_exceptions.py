"""What is told of functions that raise: the facts, and that every one of them holds."""

import re
import warnings

import numpy as np
import pytest

from autograder import time_limit
from autograder.engine.report.text import sentences
from autograder.errors.words import near
from autograder.observe import StudentError, observe
from autograder.suite import check
from tests.helpers.raising_slips import SLIPS
from tests.helpers.solved import solved, with_cell

SHAPE = re.compile(r"`([^`…]+)` has shape (\([\d, ]*\))")
NOT_SAID = ("UNKNOWN", "None meets", "_Unknown", "  ", ". .", "do not fit;")
IDS = [f"{unit}-{function}-{number}" for number, (unit, function, *_) in enumerate(SLIPS)]


def told(unit, function, before, after):
    """What is said below the properties, the number of the changed line, and the notebook."""
    source = solved(unit)[1][function]
    assert before in source
    new = source.replace(before, after, 1)
    line = 1 + new[: new.index(after)].count("\n")
    names = with_cell(unit, new)
    if "math." in after:
        import math

        names["math"] = math
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = check(names[function])
    return report, "\n".join(sentences(report)), line


def test_there_are_enough_slips_in_every_unit():
    assert len(SLIPS) >= 60
    assert {unit for unit, *_ in SLIPS} == {"00", "01", "02", "03", "04", "05", "07", "08"}


@pytest.mark.parametrize(("unit", "function", "before", "after", "facts"), SLIPS, ids=IDS)
def test_the_facts_are_told(unit, function, before, after, facts, monkeypatch):
    raised = []
    watch(monkeypatch, raised)
    monkeypatch.setattr(time_limit, "CALL_SECONDS", 1.0)
    report, said, line = told(unit, function, before, after)
    for fact in facts:
        assert fact.replace("LINE", str(line)) in said, said
    assert not any(part in said for part in NOT_SAID), said
    assert len(said.split()) <= 190, said
    assert not report.passed
    for error in raised:
        assert_it_holds(error)


def watch(monkeypatch, raised):
    """Keep every error of a student's with the exception that it tells of."""
    import autograder.observe

    make = autograder.observe.student_error

    def keep(error, *args):
        made = make(error, *args)
        raised.append((error, made))
        return made

    monkeypatch.setattr(autograder.observe, "student_error", keep)


def assert_it_holds(error):
    """Each shape that is told is that of the expression, evaluated by Python in its frame."""
    exception, told = error
    frames, trace = [], exception.__traceback__
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    for paragraph in told.told:
        for expression, shape in SHAPE.findall(paragraph):
            assert shape in {shape_in(frame, expression) for frame in frames}, paragraph


def shape_in(frame, expression):
    try:
        return str(np.shape(eval(expression, frame.f_globals, dict(frame.f_locals))))
    except Exception:
        return "none"


def test_an_exception_is_not_judged_by_the_words_in_it():
    def f(x):
        raise KeyError("shape axis broadcast aligned dimension")

    with pytest.raises(StudentError) as caught:
        observe(f, (np.ones(2),))
    assert caught.value.told[0] == f"The `raise` in {line_of(f, 1)} stopped it."


def line_of(function, offset):
    number = function.__code__.co_firstlineno + offset
    return f"line {number} of `{function.__name__}`"


class Touchy:
    """Counts what is asked of it: an explanation asks for nothing."""

    asked = 0

    def __getattribute__(self, name):
        Touchy.asked += 1
        return object.__getattribute__(self, name)

    def _touched(self, *_):
        Touchy.asked += 1
        return 1

    __eq__ = __len__ = __getitem__ = __add__ = __radd__ = __hash__ = __bool__ = _touched

    def __repr__(self):
        Touchy.asked += 1
        return "touched"


@pytest.mark.parametrize(
    "body",
    [
        lambda x: missing + x[0],  # noqa: F821
        lambda x: np.zeros(3)[7] + x,
        lambda x: {"a": x}["b"],
        lambda x: np.ones((2, 3)) @ np.ones((2, 3)) + x,
    ],
)
def test_nothing_of_the_students_is_called_to_explain(body):
    thing = Touchy()
    with pytest.raises(StudentError) as caught:
        observe(body, (thing,))
    before = Touchy.asked
    from autograder.errors import account

    account(caught.value.__cause__, body.__globals__, (body, (thing,)))
    assert Touchy.asked == before


def test_a_raising_trial_gets_no_name_from_those_that_are_right():
    """tanh and sigmoid are right; that relu raises is no product of matrices."""
    source = solved("02")[1]["jac_pointwise"].replace(".astype(float)", ".astype(np.int)")
    report = check(with_cell("02", source)["jac_pointwise"])
    assert report.diagnosis == ()
    assert "`np.int` is no longer part of NumPy" in report.advice[0]


def test_a_function_below_that_raises_is_explained_too():
    names = with_cell("04", "def linear_forward(A, W, b):\n    return W @ A.T + b, (A, W, b)")
    report = check(names["linear_backward"])
    # with a right one in its place linear_backward is right: it is not told of the exception
    assert report.note.startswith("All of this holds with a right `linear_forward`")
    assert "`A.T` has shape" in check(names["linear_forward"]).advice[0]


@pytest.mark.parametrize(
    ("wanted", "known", "found"),
    [
        ("maximun", ["maximum", "minimum"], ["maximum"]),
        ("dz", ["dZ", "dA", "db"], ["dZ"]),
        ("tahn", ["tan", "tanh"], ["tanh"]),
        ("rnn_cel_backward", ["rnn_cell_backward", "rnn_backward"], ["rnn_cell_backward"]),
        ("x", ["X", "y", "z"], ["X"]),
        ("frobnicate", ["dW", "db"], []),
    ],
)
def test_names_near_by(wanted, known, found):
    assert near(wanted, known)[: len(found)] == found
    assert bool(near(wanted, known)) == bool(found)
