"""Unit 00: what is right passes, each known mistake fails and is named."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.figures import broadcast_picture, shape_board
from autograder.units import EXERCISES
from autograder.units.u00_shapes.products_that_fit import fitting

TEXT = Path(__file__).parents[2] / "authoring" / "assignments" / "00_shapes.py"
SOLVED = [
    "shape_ledger",
    "to_rows",
    "to_row_product",
    "broadcast_shape",
    "bias_gradient",
    "products_that_fit",
]


@pytest.fixture
def notebook():
    """The functions and data of the solved assignment."""
    names = {"np": np}
    for node in ast.parse(TEXT.read_text("utf-8")).body:
        target = getattr(node, "targets", [None])[0]
        if getattr(node, "name", "") in SOLVED or getattr(target, "id", "") in (
            "dZ",
            "A",
            "posted",
        ):
            exec(compile(ast.Module([node], []), str(TEXT), "exec"), names)
    return names


def report(names, exercise, function=None, seed=5):
    if function is not None:
        names = {**names, exercise: function}
    return evaluate(EXERCISES[exercise], Student(names), seed)


def ids(found):
    return [words.id for words in found.diagnosis]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("exercise", SOLVED)
def test_the_solution_passes(notebook, exercise, seed):
    found = report(notebook, exercise, seed=seed)
    assert found.passed, str(found)


def changed(ledger, **rules):
    """A ledger in which the shapes of some letters are changed by functions."""
    out = {}
    for name, shape in ledger.items():
        rule = rules.get(name.rstrip("0123456789"), lambda s: s)
        out[name] = rule(shape)
    return out


@pytest.mark.parametrize(
    ("rules", "id"),
    [
        ({"W": lambda s: s[::-1]}, "dw-transposed"),
        ({"dW": lambda s: s[::-1]}, "dw-transposed"),
        ({"b": lambda s: s[:1]}, "db-no-keepdims"),
        ({"db": lambda s: s[:1]}, "db-no-keepdims"),
        ({"b": lambda s: (s[0], 51)}, None),
        ({"dA": lambda s: s[::-1]}, None),
        (dict.fromkeys(("A", "Z", "W"), lambda s: s[::-1]), "row-vs-column-layout"),
        (dict.fromkeys(("dA", "dZ", "dW"), lambda s: s[::-1]), "row-vs-column-layout"),
        ({"Z": list}, None),
    ],
)
def test_wrong_ledgers(notebook, rules, id):
    right = notebook["shape_ledger"]
    found = report(notebook, "shape_ledger", lambda sizes, m: changed(right(sizes, m), **rules))
    if rules.get("Z") is list:
        assert "a list; expected a tuple" in str(found)
    else:
        assert not found.passed
        assert ids(found) == ([id] if id else []), str(found)


def test_ledgers_with_too_few_or_too_many_names(notebook):
    right = notebook["shape_ledger"]

    def few(sizes, m):
        return {n: s for n, s in right(sizes, m).items() if n != "dA0"}

    def many(sizes, m):
        return right(sizes, m) | {"dA9": (1, 1)}

    assert "there is no dA0" in str(report(notebook, "shape_ledger", few))
    assert "dA9 is no array" in str(report(notebook, "shape_ledger", many))


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (lambda ledger: dict(ledger), "still the shapes of the column layout"),
        (lambda ledger: {n: s[::-1] for n, s in ledger.items()}, "(1, "),
        (lambda ledger: ledger.clear(), "changes the ledger"),
    ],
)
def test_wrong_translations_of_a_ledger(notebook, function, told):
    found = report(notebook, "to_rows", function)
    assert not found.passed
    assert told in str(found)


def toggled(factor):
    return factor.removesuffix(".T") if factor.endswith(".T") else factor + ".T"


@pytest.mark.parametrize(
    ("function", "failing"),
    [
        (lambda factors: list(factors), 2),
        (lambda factors: [toggled(f) for f in factors], 2),
        (lambda factors: [toggled(f) for f in reversed(factors)], 2),
        (lambda factors: [*factors[1:], factors[0]], 2),
    ],
)
def test_wrong_translations_of_a_product(notebook, function, failing):
    found = report(notebook, "to_row_product", function)
    assert sum(v.status == "failed" for v in found.verdicts) == failing
    assert ids(found) == ["row-vs-column-layout"]


def from_the_left(s1, s2):
    return tuple(reversed(np.broadcast_shapes(tuple(s1)[::-1], tuple(s2)[::-1])))


def larger_of_each(s1, s2):
    n = max(len(s1), len(s2))
    return tuple(np.maximum((1,) * (n - len(s1)) + s1, (1,) * (n - len(s2)) + s2).tolist())


def test_wrong_broadcasts(notebook):
    assert not report(notebook, "broadcast_shape", from_the_left).passed
    failed = [
        v.check.partition("__")[2]
        for v in report(notebook, "broadcast_shape", larger_of_each).verdicts
        if not v.earned
    ]
    assert failed == ["refuses_what_does_not_fit"]

    def column(a, b):
        return a if len(a) > len(b) else b

    assert "dba-broadcast-square" in ids(report(notebook, "broadcast_shape", column))


SLIPS = [
    ("bias_gradient", lambda dZ: dZ.sum(axis=1), "db-no-keepdims"),
    ("bias_gradient", lambda dZ: np.zeros((len(dZ), 1)) + dZ.sum(axis=1), "dba-broadcast-square"),
    ("bias_gradient", lambda dZ: dZ.sum(axis=0, keepdims=True), "db-wrong-axis"),
    ("bias_gradient", lambda dZ: dZ.sum(axis=0), "db-wrong-axis"),
    ("bias_gradient", lambda dZ: dZ.copy(), "db-no-sum"),
    ("bias_gradient", lambda dZ: dZ.sum(), "db-sum-all"),
    ("bias_gradient", lambda dZ: dZ.mean(axis=1, keepdims=True), "db-mean-and-one-over-m"),
]


@pytest.mark.parametrize(("exercise", "function", "id"), SLIPS)
def test_wrong_bias_gradients_are_named(notebook, exercise, function, id):
    found = report(notebook, exercise, function)
    assert not found.passed
    assert ids(found) == [id], str(found)


def test_an_unusual_bias_gradient_is_right(notebook):
    assert report(notebook, "bias_gradient", lambda dZ: dZ @ np.ones((dZ.shape[1], 1))).passed


def test_lists_of_products(notebook):
    right = notebook["products_that_fit"]
    assert set(right((4, 4), (4, 4), (4, 4))) == fitting((4, 4), (4, 4), (4, 4))
    assert len(fitting((4, 4), (4, 4), (4, 4))) == 8
    assert fitting((3, 7), (5, 7), (3, 5)) == {"P @ Q.T"}
    found = report(notebook, "products_that_fit", lambda p, q, t: right(p, q, t)[:1])
    assert ids(found) == ["shape-check-is-proof"]

    def close(p, q, t):
        return [item.replace(" ", "") for item in right(p, q, t)]

    assert report(notebook, "products_that_fit", close).passed
    assert "twice" in str(report(notebook, "products_that_fit", lambda p, q, t: right(p, q, t) * 2))


def test_pictures_say_what_is_to_be_seen():
    board = shape_board([((3, 7), (5, 7), (3, 5), ["P @ Q.T"])])
    assert "P (3, 7), Q (5, 7), wanted (3, 5): P @ Q.T" in board.alt
    assert "(5, 5)" in broadcast_picture(np.ones((5, 1)), np.ones(5)).alt


def test_what_came_back_is_told_without_an_address(notebook):
    for value, told in ((reversed, "a reversed"), (tuple, "('A', 'W'), a tuple")):
        found = str(report(notebook, "to_row_product", lambda f, v=value: v(["W", "A"][::-1])))
        assert told in found or "iterator" in found
        assert " at 0x" not in found
    found = str(report(notebook, "to_rows", lambda ledger: dict.fromkeys(ledger, 35)))
    assert "35, an int; expected a tuple" in found


BIAS_SLIPS = [
    lambda dZ: dZ.sum(axis=1),
    lambda dZ: dZ.sum(axis=0, keepdims=True),
    lambda dZ: dZ.copy(),
    lambda dZ: dZ.sum(),
    lambda dZ: dZ.mean(axis=1, keepdims=True),
    lambda dZ: np.zeros((len(dZ), 1)) + dZ.sum(axis=1),
]


@pytest.mark.parametrize("slip", BIAS_SLIPS)
def test_no_line_of_a_bias_slip_has_a_factor_that_the_contract_forbids(notebook, slip):
    (words,) = report(notebook, "bias_gradient", slip).diagnosis
    assert "no factor 1/m" in words.formula or "1/m" not in words.formula
    assert "(1/m)" not in words.formula
    assert "learning_rate" in words.ask or "1/m" not in words.ask
    assert words.section.startswith("00, ")


def test_a_ledger_is_told_of_shapes_and_reads_its_own_lesson(notebook):
    right = notebook["shape_ledger"]
    for rules in ({"W": lambda s: s[::-1]}, {"dW": lambda s: s[::-1]}, {"db": lambda s: s[:1]}):
        found = report(notebook, "shape_ledger", lambda s, m, r=rules: changed(right(s, m), **r))
        for words in found.diagnosis:
            assert words.section.startswith("00, ")
            assert "sum" not in words.computed
            assert "1/m" not in words.formula
