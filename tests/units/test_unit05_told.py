"""Unit 05: of wrong differences without a name both numbers are told, and how they relate."""

from __future__ import annotations

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.solved import with_cell

#: By what is told: the exercise, and the code that replaces its solution.
TOLD = {
    "That is the running sum of the right one over its entries": (
        "numerical_gradient",
        """
def numerical_gradient(f, theta, h=1e-5):
    up, down = (np.array(theta, dtype=float) for _ in range(2))
    out = np.zeros(up.shape)
    for k in np.ndindex(up.shape):
        up[k] += h
        down[k] -= h
        out[k] = (f(up) - f(down)) / (2 * h)
    return out
""",
    ),
    "moved by h (1 + |θ|), in the place of h, and the difference is divided by 2 h all the same": (
        "numerical_gradient",
        """
def numerical_gradient(f, theta, h=1e-5):
    theta = np.array(theta, dtype=float)
    out = np.zeros(theta.shape)
    for k in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[k] = h * (1 + abs(theta[k]))
        out[k] = (f(theta + step) - f(theta - step)) / (2 * h)
    return out
""",
    ),
    "moved by h max(1, |θ|), in the place of h)": (
        "one_sided",
        """
def one_sided(f, theta, h):
    theta = np.array(theta, dtype=float)
    out = np.zeros(theta.shape)
    for k in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[k] = h * max(1, abs(theta[k]))
        out[k] = (f(theta + step) - f(theta)) / step[k]
    return out
""",
    ),
    "That is the sum of all slopes, in every entry: one entry is to move at a time": (
        "complex_step",
        """
def complex_step(f, theta, h=1e-20):
    theta = np.array(theta, dtype=complex)
    return np.full(theta.shape, np.imag(f(theta + 1j * h)) / h)
""",
    ),
    "at every h: does h reach the method?": (
        "u_curve",
        """
def u_curve(f, theta, true, hs):
    errors = {"one-sided": [], "centred": [], "complex step": []}
    for h in hs:
        errors["one-sided"].append(relative_error(one_sided(f, theta, h), true))
        errors["centred"].append(relative_error(numerical_gradient(f, theta), true))
        errors["complex step"].append(relative_error(complex_step(f, theta, h), true))
    return {name: np.array(e) for name, e in errors.items()}
""",
    ),
    "as where a whole row is moved at once": (
        "numerical_gradient",
        """
def numerical_gradient(f, theta, h=1e-5):
    slopes = np.zeros(theta.shape)
    for k in range(len(theta)):
        up, down = (np.array(theta, dtype=float) for _ in range(2))
        up[k] += h
        down[k] -= h
        slopes[k] = (f(up) - f(down)) / (2 * h)
    return slopes
""",
    ),
    "it changes theta in place": (
        "one_sided",
        """
def one_sided(f, theta, h):
    theta = np.asarray(theta, dtype=float)
    out, base = np.zeros(theta.shape), f(theta)
    for k in np.ndindex(theta.shape):
        theta[k] += h
        out[k] = (f(theta) - base) / h
        theta[k] -= h
    return out
""",
    ),
}
CHECK = """
def grad_check(f, parameters, grads, h=1e-5):
    if f(parameters) != f(parameters):
        raise ValueError("random")
    errors, kinks, gaps = {}, [], {}
    for name in parameters:
        g = lambda x: f({**parameters, name: x})
        right, left = one_sided(g, parameters[name], h), one_sided(g, parameters[name], -h)
        jump = np.maximum(1, np.maximum(np.abs(right), np.abs(left)))
        kink = np.abs(right - left) > 1e-3 * jump
        numeric = np.where(kink, grads[name], (right + left) / 2)
        kinks += [(name, tuple(map(int, k))) for k in np.argwhere(kink)]
        errors[name] = relative_error(numeric, grads[name])
        gaps[name] = numeric - grads[name]
    WORST
    return errors, (name, np.unravel_index(gaps[name].argmax(), gaps[name].shape)), kinks
"""
RIGHT = "gaps = {n: abs(g) for n, g in gaps.items()}\n    name = max(errors, key=errors.get)"
WORST = {
    "the largest numeric minus analytic": "name = max(errors, key=errors.get)",
    "an entry that is not off at all": (
        "gaps = {n: -abs(g) for n, g in gaps.items()}\n    name = max(errors, key=errors.get)"
    ),
    "the largest analytic minus numeric": (
        "gaps = {n: -g for n, g in gaps.items()}\n    name = max(errors, key=errors.get)"
    ),
    "in the array with the largest mean difference": (
        "gaps = {n: abs(g) for n, g in gaps.items()}\n"
        "    name = max(gaps, key=lambda n: gaps[n].mean())"
    ),
    "of all arrays together. Choose the array first": (
        "gaps = {n: abs(g) for n, g in gaps.items()}\n"
        "    name = max(gaps, key=lambda n: gaps[n].max())"
    ),
    "the largest difference of all arrays": (
        "gaps = {n: abs(g) for n, g in gaps.items()}\n"
        "    name = max(gaps, key=lambda n: gaps[n].max())"
    ),
}


def report(exercise: str, source: str) -> str:
    return str(evaluate(EXERCISES[exercise], Student(with_cell("05", source)), 5))


@pytest.mark.parametrize("told", TOLD)
def test_what_came_back_is_told_beside_what_is_right(told: str) -> None:
    exercise, source = TOLD[told]
    assert told in report(exercise, source)


@pytest.mark.parametrize("told", WORST)
def test_the_rule_that_chose_another_entry_is_told(told: str) -> None:
    assert told in report("grad_check", CHECK.replace("WORST", WORST[told]))


def test_the_entry_that_is_furthest_off_is_right() -> None:
    assert "4 of 4 properties hold" in report("grad_check", CHECK.replace("WORST", RIGHT))


def test_flags_where_there_is_no_kink_are_counted() -> None:
    flags = CHECK.replace("WORST", RIGHT).replace("kink = np", "left = -left; kink = np")
    told = report("grad_check", flags)
    assert "entries are flagged as kinks" in told
    assert "both sides share code" not in told


def test_a_flag_where_there_is_no_kink_comes_with_its_slopes() -> None:
    size = "np.maximum(np.abs(right), np.abs(left))"
    assert size in CHECK
    unsigned = CHECK.replace("WORST", RIGHT).replace(size, "np.maximum(right, left)")
    told = report("grad_check", unsigned)
    assert ": its slopes are r = -" in told
    assert "1e-3 * max(1, |r|, |l|) is" in told


STILL = """
def numerical_gradient(f, theta, h=1e-5):
    x, found = np.array(theta, dtype=float), np.zeros(theta.shape)
    for k in np.ndindex(theta.shape):
        MOVED
        found[k] = (f(x) - f(x)) / (2 * h)
    return found
"""


@pytest.mark.parametrize(
    ("moved", "seen"), [("x.copy()[k] += h", False), ("x[k] = theta[k] + h", True)]
)
def test_a_step_that_f_never_sees_is_told_as_that(moved, seen):
    text = report("numerical_gradient", STILL.replace("MOVED", moved))
    assert ("f is handed the very same numbers at each call" in text) is not seen


ONE_SIDED = """
def one_sided(f, theta, h):
    found = np.zeros(theta.shape)
    for k in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[k] = STEP
        found[k] = SLOPE
    return found
"""
SIDES = {
    ("h", "(f(theta) - f(theta - step)) / h"): "for a positive h it is the slope to the left",
    ("abs(h)", "(f(theta + step) - f(theta)) / abs(h)"): "does not depend on the sign of h",
    ("abs(h)", "(f(theta + step) - f(theta)) / h"): "for a negative h it is the slope to the right",
}


@pytest.mark.parametrize("parts", SIDES)
def test_the_side_of_a_slope_is_told_as_it_is(parts):
    source = ONE_SIDED.replace("STEP", parts[0]).replace("SLOPE", parts[1])
    text = report("one_sided", source)
    assert [told for told in SIDES.values() if told in text] == [SIDES[parts]]


CASES = """
def make_test(seed):
    gen = np.random.default_rng(seed)
    draw = lambda rows, cols: gen.normal(size=(rows, cols))
    return [
        {"dZ": draw(n, m), "A_prev": ACTIVATIONS, "W": draw(n, n_prev), "b": draw(n, 1)}
        for n_prev, n, m in SIZES
    ]
"""
LACKING = {
    "in each of them m is 1": ("draw(n_prev, m)", "[(4, 3, 1), (3, 3, 1)]"),
    "in none of them is n equal to n_prev": ("draw(n_prev, m)", "[(4, 3, 5), (1, 1, 3)]"),
    "in each of them n_prev equals m": ("draw(n_prev, m)", "[(4, 4, 4), (3, 2, 3)]"),
    "no entry of A_prev is negative": ("abs(draw(n_prev, m))", "[(4, 3, 5), (3, 3, 4)]"),
}


@pytest.mark.parametrize("told", LACKING)
def test_what_all_cases_have_in_common_is_told(told):
    activations, sizes = LACKING[told]
    text = report("make_test", CASES.replace("ACTIVATIONS", activations).replace("SIZES", sizes))
    assert [other for other in LACKING if other in text] == [told]
