"""Unit 05: the instrument itself: what is right passes, each known mistake fails and is named."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.figures import kill_picture, u_curve_picture
from autograder.networks.functions import function
from autograder.units import EXERCISES

TEXT = Path(__file__).parents[2] / "authoring" / "assignments" / "05_gradient_check.py"
WRAPPERS = ["one_sided", "numerical_gradient", "complex_step", "u_curve", "grad_check"]
SOLVED = [*WRAPPERS, "relative_error", "accepts", "make_test"]


@pytest.fixture
def notebook():
    """The functions of the solved assignment, in a namespace of their own."""
    tree = ast.parse(TEXT.read_text("utf-8"))
    kept = {*SOLVED, *(f"{name}_of" for name in WRAPPERS)}
    body = [node for node in tree.body if getattr(node, "name", "") in kept]
    names = {"np": np, "function": function}
    exec(compile(ast.Module(body, []), str(TEXT), "exec"), names)
    return names


def put(names, source):
    """Replace functions of the notebook by others, written in its namespace."""
    exec(source, names)
    return names


def report(names, exercise, seed=5):
    return evaluate(EXERCISES[exercise], Student(names), seed)


def ids(found):
    return [words.id for words in found.diagnosis]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("exercise", SOLVED)
def test_the_solution_passes(notebook, exercise, seed):
    found = report(notebook, exercise, seed)
    assert found.passed, str(found)


DIFFERENCE = """
def numerical_gradient(f, theta, h=1e-5):
    theta = np.array(theta{cast})
    out = np.zeros(theta.shape)
    for k in np.ndindex(theta.shape):
        p, q = theta.copy(), theta.copy()
        p[k] += h
        q[k] -= h
        a, b, c = f(p), f(q), f(theta)
        out[k] = {formula}
    return out
"""


@pytest.mark.parametrize(
    ("formula", "id"),
    [
        ("(a - c) / h", "gradcheck-one-sided"),
        ("(c - b) / h", "gradcheck-one-sided"),
        ("a - b / 2 * h", "gradcheck-operator-precedence"),
        ("a - b / (2 * h)", "gradcheck-operator-precedence"),
        ("(a - b) / 2 * h", "gradcheck-operator-precedence"),
        ("(a - b) / h", None),
        ("a - b", None),
        ("(b - a) / (2 * h)", "sign-flip"),
    ],
)
def test_wrong_differences_are_named(notebook, formula, id):
    source = DIFFERENCE.format(formula=formula, cast=", dtype=float")
    found = report(put(notebook, source), "numerical_gradient")
    assert not found.passed
    assert ids(found)[:1] == ([id] if id else [])


def test_an_array_of_integers_or_float32_is_noticed(notebook):
    source = DIFFERENCE.format(formula="(a - b) / (2 * h)", cast="")
    source = source.replace("p[k] += h", "p[k] = p[k] + h").replace("q[k] -= h", "q[k] = q[k] - h")
    found = report(put(notebook, source), "numerical_gradient")
    assert ids(found) == ["gradcheck-integer-dtype"]
    source = source.replace("theta)", "theta * 1.0)")
    assert ids(report(put(notebook, source), "numerical_gradient")) == ["gradcheck-float32"]


def test_another_step_than_the_given_one_is_noticed(notebook):
    source = DIFFERENCE.format(formula="(a - b) / (2 * h)", cast=", dtype=float")
    source = source.replace("theta = ", "h = 1e-6; theta = ")
    assert "another step" in str(report(put(notebook, source), "numerical_gradient"))


def test_bits_that_are_not_restored_are_noticed(notebook):
    source = """
def numerical_gradient(f, theta, h=1e-5):
    out = np.zeros(theta.shape)
    if theta.dtype != float: theta = theta.astype(float)
    for k in np.ndindex(theta.shape):
        theta[k] += h
        a = f(theta)
        theta[k] -= 2 * h
        b = f(theta)
        theta[k] += h
        out[k] = (a - b) / (2 * h)
    return out
"""
    failed = [
        v.check
        for v in report(put(notebook, source), "numerical_gradient").verdicts
        if v.status == "failed"
    ]
    assert failed == ["numerical_gradient__leaves_theta_unchanged"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("np.abs(a - b).max()", "absolute error"),
        ("np.abs(a - b).max() / (np.abs(a).max() + np.abs(b).max())", "|a| + |b|"),
        ("np.abs(a - b).max() / np.abs(a).max()", "first array"),
        ("(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))).max()", "entry by entry"),
        ("np.linalg.norm(a-b) / (np.linalg.norm(a) + np.linalg.norm(b))", "ratio of norms"),
    ],
)
def test_other_measures_are_told_apart(notebook, body, told):
    source = f"def relative_error(a, b): return float({body})"
    found = report(put(notebook, source), "relative_error")
    assert told in str(found)
    assert not found.passed


def test_nan_and_broadcasts_do_not_slip_through(notebook):
    source = """
def relative_error(a, b):
    worst = 0.0
    for x in np.abs(a - b).ravel():
        worst = max(worst, float(x))
    scale = max(np.nanmax(np.abs(a)), np.nanmax(np.abs(b)))
    return worst / scale if scale else 0.0
"""
    told = str(report(put(notebook, source), "relative_error"))
    assert "nan slip through" in told
    assert "raise ValueError" in told


def test_complex_step_mistakes(notebook):
    real = "def complex_step(f, theta, h=1e-20):\n    return one_sided(f, theta, h)"
    assert "imaginary" in str(report(put(notebook, real), "complex_step"))
    assert not report(put(notebook, real.replace(", h)", ", 1e-7)")), "complex_step").passed


CHECKER = """
def grad_check(f, parameters, grads, h=1e-5):
    errors, places, numeric = {}, {}, {}
    for name, value in parameters.items():
        numeric[name] = numerical_gradient(lambda x: f({**parameters, name: x}), value, h)
        gap = np.abs(numeric[name] - grads[name])
        errors[name] = relative_error(numeric[name], grads[name])
        places[name] = np.unravel_index(gap.argmax(), gap.shape)
    EXTRA
    worst = max(errors, key=errors.get)
    return errors, (worst, places[worst]), []
"""
GLOBAL = """norm = lambda arrays: sum(np.sum(x**2) for x in arrays) ** 0.5
    gap = norm(numeric[n] - grads[n] for n in grads)
    errors = dict.fromkeys(errors, gap / (norm(grads.values()) + norm(numeric.values())))
"""


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("pass", ["gradcheck-kink", "gradcheck-random-forward"]),
        (GLOBAL, ["gradcheck-global-norm-hides", "gradcheck-kink", "gradcheck-random-forward"]),
        (
            "errors = {n: relative_error(grads[n], grads[n]) for n in grads}",
            ["gradcheck-self-compare", "gradcheck-kink", "gradcheck-random-forward"],
        ),
    ],
)
def test_weak_checkers_are_named(notebook, extra, expected):
    found = report(put(notebook, CHECKER.replace("EXTRA", extra)), "grad_check")
    assert ids(found) == expected, str(found)


@pytest.mark.parametrize(
    ("h", "id"), [(1e-2, "large"), (1e-3, "large"), (1e-9, "small"), (1e-12, "small"), (3e-6, "")]
)
def test_the_chosen_step(h, id):
    found = report({"best_h": h}, "best_h")
    assert ids(found) == ([f"gradcheck-epsilon-too-{id}"] if id else [])
    assert found.passed == (not id)


def test_a_curve_under_the_wrong_name_is_noticed(notebook):
    source = """
right = u_curve
def u_curve(f, theta, true, hs):
    curves = right(f, theta, true, hs)
    return {**curves, "centred": curves["one-sided"], "one-sided": curves["centred"]}
"""
    assert "holds the errors of" in str(report(put(notebook, source), "u_curve"))


RIGHT_ANSWERS = """
def accepts(case, output):
    dZ, m = case["dZ"], case["dZ"].shape[1]
    right = {
        "dA_prev": case["W"].T @ dZ,
        "dW": dZ @ case["A_prev"].T / m,
        "db": dZ.sum(axis=1, keepdims=True) / m,
    }
    return all(np.allclose(output[n], right[n], 1e-9, 1e-12) for n in right)
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("keepdims=True) / m", "keepdims=True)", "accepted instead is one with db multiplied by m"),
        ("dZ @", "-dZ @", "accepted instead is one with dW of the opposite sign"),
        (
            "1e-9, 1e-12)",
            "0, 1e-16)",
            "differ by rounding, up to 1e-13 of the largest",
        ),
        ("return all(", "return False and all(", "differ by rounding, up to 1e-13 of the largest"),
    ],
)
def test_a_test_that_rejects_right_answers_is_told_what_it_takes_for_right(
    notebook, old, new, told
):
    assert old in RIGHT_ANSWERS
    found = report(put(notebook, RIGHT_ANSWERS.replace(old, new)), "accepts")
    assert told in str(found)


def test_pictures_say_what_is_to_be_seen():
    picture = kill_picture(np.array([[True, False], [False, False]]), ["a", "b"], ["1", "2"])
    assert "1 of 2 killed. Survivors: b." in picture.alt
    assert "1e-08" in u_curve_picture([1e-5, 1e-3], {"centred": [1e-8, 1e-4]}, mine=1e-5).alt


@pytest.mark.parametrize(("left", "sign"), [("- 2 * h", "-"), ("", "")])
def test_an_entry_that_stays_moved_is_told(notebook, left, sign):
    """On a sum of functions of one entry each it cancels, so f must join the entries."""
    source = f"""
def numerical_gradient(f, theta, h=1e-5):
    at, slopes = np.array(theta, dtype=float), np.zeros(np.shape(theta))
    for k in np.ndindex(at.shape):
        start = at[k]
        at[k] = start - h
        minus = f(at)
        at[k] = start + h
        slopes[k] = (f(at) - minus) / (2 * h)
        at[k] = at[k] {left}
    return slopes
"""
    found = str(report(put(notebook, source), "numerical_gradient"))
    assert f"stay moved, by {sign}h: put each back" in found
