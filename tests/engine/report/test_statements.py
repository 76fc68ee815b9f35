"""Sentences with predicates, lines of formula in a function's own symbols, lessons of its unit."""

import re
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring.course import find_units
from autograder.engine.confirm import confirmed, still_gives
from autograder.engine.diagnosis import Explanation
from autograder.engine.diagnosis.hypothesis import Cause
from autograder.engine.exercise import Relative
from autograder.engine.report.statement import Statement, said
from autograder.engine.report.symbols import _SYMBOLS, foreign, symbols_of
from autograder.engine.student import Student
from autograder.suite import check
from autograder.units import CATALOGUE, EXERCISES
from tests.helpers.solved import with_cell

ROOT = Path(__file__).resolve().parents[3]


def test_only_what_holds_is_said():
    one = Statement("it is one", lambda: True)
    assert said([one, Statement("it is two", lambda: False), one]) == ("it is one",)
    assert said([Statement("it divides", lambda: 1 / 0 > 0)]) == ()


TEXTS = {
    unit.name.partition("_")[0]: "\n".join(cell.source for cell in unit.read(ROOT))
    for unit in find_units(ROOT)
    if unit.graded
}


#: The unit of a family, where three units have functions of one name.
UNITS = {"rnn-rows": "07b"}


@pytest.mark.parametrize("name", _SYMBOLS)
def test_every_symbol_stands_in_the_units_text(name):
    """Symbols are those of the assignment and its lesson; ``W_{aa}`` is ``Waa`` in code."""
    own = [e.unit for e in EXERCISES.values() if e.name == name.partition(" ")[0]]
    unit = UNITS.get(name.rpartition(" ")[2], max(own)) if "beside" in name else min(own)
    lesson = next(p for p in (ROOT / "authoring" / "lessons").glob(f"{unit}_*.py"))
    text = re.sub(r"_\{(\w+)\}", r"\1", TEXTS[unit] + lesson.read_text("utf-8"))
    text = text.replace("\\hat y", "yhat").replace("\\mathcal{L}", "L")
    words = set(re.findall(r"[A-Za-z]\w*", text))
    words |= {word.rstrip("0123456789") for word in words} | {w.partition("_")[0] for w in words}
    words |= {word.replace("_", "") for word in words}
    assert {s for s in _SYMBOLS[name] if not {s, s.rpartition("_")[0]} & words} == set()


@pytest.mark.parametrize(
    ("line", "function", "strange"),
    [
        ("dZ^[L] = A^[L] - Y", "linear_backward", {"A", "L", "Y"}),
        ("dW = (1/m) dZ A_prevᵀ and db = (1/m) Σ_i dZ^(i)", "linear_backward", set()),
        ("dZ = dA * g′(Z)", "backward", {"dZ", "dA", "g", "Z"}),
        ("layer l lives in caches[l-1]", "linear_backward", {"l"}),
        ("dz_t = da_t * (1 - a_t²), a_t being tanh(z_t)", "rnn_cell_backward", {"da_t", "a_t"}),
        ("(f(θ + h) - f(θ - h)) / (2 h)", "numerical_gradient", set()),
        ("keeps a copy of its own", "linear_backward", set()),
    ],
)
def test_symbols_of_another_function_are_foreign(line, function, strange):
    assert foreign(line, symbols_of(function)) == strange


def test_every_heading_of_a_lesson_is_known_and_every_topic_is_a_section():
    for path in (ROOT / "authoring" / "lessons").glob("*.py"):
        found = re.findall(r"^# ## (\d+\. .*)$", path.read_text("utf-8"), re.M)
        assert list(CATALOGUE.lessons.headings[path.stem]) == found
    for unit, topics in CATALOGUE.lessons.topics.items():
        for section, own in topics.items():
            assert CATALOGUE.lessons.heading(section)[0], section
            assert CATALOGUE.lessons.heading(own)[0].startswith(unit), own


def test_this_units_lesson_is_read_first_and_an_earlier_one_after_it():
    sections = CATALOGUE.lessons.sections
    slopes = "03, Slopes: sigmoid, tanh, ReLU"
    assert sections("04", slopes) == ("04, A chain of layers", slopes)
    assert sections("01", slopes) == ("01, Slopes on the wires",)
    assert sections("03", slopes) == (slopes,)


SLIPS = {
    "one number for all but the last layer": (
        "04",
        "L_model_backward",
        "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n"
        "    return W.T @ dZ, dZ @ A.T / m, np.squeeze(dZ.sum(axis=1, keepdims=True)) / m",
    ),
    "dx.size": (
        "03",
        "softmax_loss",
        "_right = softmax_loss\ndef softmax_loss(x, y):\n    loss, dx = _right(x, y)\n"
        "    return loss, dx / dx.shape[1]",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_has_no_two_names(slip):
    unit, function, cell = SLIPS[slip]
    assert len(check(with_cell(unit, cell)[function]).diagnosis) <= 1


def _linear(edit):
    return with_cell("04", f"def linear_backward(dZ, cache):\n    A, W, b = cache\n{edit}")


WIDTH = "    n = A.shape[1] if A.shape[0] != 5 else 1\n    return "
RETURNED = "W.T @ dZ, dZ @ A.T / {0}, dZ.sum(axis=1, keepdims=True) / {0}"


def test_a_name_is_taken_back_where_other_instances_do_not_confirm_it():
    exercise = EXERCISES["linear_backward"]
    form = next(f for f in CATALOGUE.of("missing-one-over-m") if f.detail == "in dW and db")
    named = Explanation((Cause(form, "every layer"),))
    missing = Student(_linear("    return " + RETURNED.format("1")))
    right = Student(_linear("    return " + RETURNED.format("A.shape[1]")))
    twice = Student(_linear("    return " + RETURNED.format("A.shape[1]**2")))
    assert confirmed(exercise, missing, 1, named)
    assert not confirmed(exercise, right, 1, named)
    assert not confirmed(exercise, twice, 1, named)


def test_values_of_a_known_mistake_have_to_come_back_on_other_instances():
    exercise = EXERCISES["softmax_loss"]
    student = Student(with_cell("03", ""))
    assert not still_gives(exercise, student, 1, Relative("no-such", {"loss": np.array(1.0)}))


def test_a_number_has_no_axes_to_ask_for():
    """No word on the shape of J, nor on its units and examples, where J is a number."""
    cell = "def compute_cost(AL, Y):\n    return np.array([[0.5]])"
    told = " ".join(check(with_cell("04", cell)["compute_cost"]).advice)
    assert "has the shape of" not in told
    assert "units or examples" not in told


def test_an_experiment_names_an_example_on_which_it_fails():
    cell = (
        "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n"
        "    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) * np.cos(m - 1)"
    )
    told = " ".join(check(with_cell("04", cell)["linear_backward"]).advice)
    assert "m = 1." not in told
    assert "the smallest case" not in told
