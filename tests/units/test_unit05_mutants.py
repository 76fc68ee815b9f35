"""Unit 05: the student's test is tested, and the testers of tests are, too."""

from __future__ import annotations

import numpy as np
import pytest
from test_unit05 import ids, notebook, put, report

from autograder.units.u05_gradient_check.student_test import good_cases
from autograder.units.u05_gradient_check.wrong_versions import IMPOSTORS, layer_problem, rights

__all__ = ["notebook"]


def linear_backward(case):
    dZ, A, W, m = case["dZ"], case["A_prev"], case["W"], case["dZ"].shape[1]
    return {"dA_prev": W.T @ dZ, "dW": dZ @ A.T / m, "db": dZ.sum(axis=1, keepdims=True) / m}


def test_the_right_answers_are_right():
    for case in good_cases(np.random.default_rng(0)):
        for output in rights(case, np.random.default_rng(1)):
            for name, array in linear_backward(case).items():
                assert output[name].shape == array.shape
                np.testing.assert_allclose(output[name], array, rtol=1e-11, atol=1e-11)


def by_hand(name, case):
    """The wrong function itself, written out, for those that are easily written."""
    dZ, A, W, m = case["dZ"], case["A_prev"], case["W"], case["dZ"].shape[1]
    right = linear_backward(case)
    wrong = {
        "missing_one_over_m": {"dW": dZ @ A.T, "db": dZ.sum(axis=1, keepdims=True)},
        "m_from_rows": {
            "dW": dZ @ A.T / A.shape[0],
            "db": dZ.sum(axis=1, keepdims=True) / A.shape[0],
        },
        "positive_inputs": {"dW": dZ @ np.maximum(A, 0).T / m},
        "positive_upstream": {"dA_prev": W.T @ np.maximum(dZ, 0)},
        "last_example": {
            "dW": dZ[:, :-1] @ A[:, :-1].T / m,
            "db": dZ[:, :-1].sum(axis=1, keepdims=True) / m,
        },
        "weight_decay": {"dW": right["dW"] + 1e-3 * W},
        "shared_bias": {"db": np.full_like(right["db"], dZ.sum() / m)},
        "sign_of_dA": {"dA_prev": -right["dA_prev"]},
    }
    return right | wrong[name] if name in wrong else None


@pytest.mark.parametrize("impostor", IMPOSTORS, ids=lambda i: i.name)
def test_each_impostor_is_the_wrong_function_it_names(impostor):
    cases = good_cases(np.random.default_rng(3))
    differs = False
    for case in cases:
        found, right = impostor.outputs(case), layer_problem(case).truth()
        written = by_hand(impostor.name, case)
        for name, array in found.items():
            same = array.shape == right[name].shape and np.allclose(array, right[name], rtol=1e-6)
            differs |= not same
            if written is not None:
                np.testing.assert_allclose(array, written[name], rtol=1e-10, atol=1e-12)
    assert differs


ONE_EXAMPLE = """
solved = make_test
def make_test(seed):
    cut = lambda key, array: array[:, :1] if key in ("dZ", "A_prev") else array
    return [{key: cut(key, array) for key, array in case.items()} for case in solved(seed)]
"""
POSITIVE = """
solved = make_test
def make_test(seed):
    return [{k: np.abs(v) for k, v in case.items()} for case in solved(seed)]
"""
NO_SQUARE = """
solved = make_test
def make_test(seed):
    return solved(seed)[:1]
"""


def survivors(found):
    return {v.check.removeprefix("make_test__kills_") for v in found.verdicts if not v.earned}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (NO_SQUARE, {"no_transpose", "dW_transposed"}),
        (POSITIVE, {"positive_inputs", "positive_upstream"}),
        (
            ONE_EXAMPLE,
            {"missing_one_over_m", "one_over_m_twice", "db_not_averaged", "one_over_m_in_dA"},
        ),
    ],
)
def test_thoughtless_inputs_let_their_mutants_live(notebook, source, expected):
    found = report(put(notebook, source), "make_test")
    assert survivors(found) == expected, str(found)
    assert ids(found) == ["gradcheck-degenerate-point"]


def test_a_global_norm_lets_the_one_percent_live(notebook):
    source = """
def accepts(case, output):
    dZ, A, W, m = case["dZ"], case["A_prev"], case["W"], case["dZ"].shape[1]
    right = {"dA_prev": W.T @ dZ, "dW": dZ @ A.T / m, "db": dZ.sum(axis=1, keepdims=True) / m}
    if any(output[n].shape != right[n].shape for n in right):
        return False
    flat = [np.concatenate([d[n].ravel() for n in right]) for d in (output, right)]
    return bool(np.linalg.norm(flat[0] - flat[1]) / sum(map(np.linalg.norm, flat)) < 1e-3)
"""
    names = put(notebook, source)
    assert "gradcheck-global-norm-hides" in ids(report(names, "accepts"))
    assert "`accepts`" in report(names, "make_test").note


@pytest.mark.parametrize("answer", ["False", "True"])
def test_a_test_that_answers_always_alike_earns_nothing(notebook, answer):
    """What it makes of the cases is its own mistake: the cases are judged with a right one."""
    names = put(notebook, f"def accepts(case, output): return {answer}")
    assert not any(verdict.earned for verdict in report(names, "accepts").verdicts)
    cases = report(names, "make_test")
    assert survivors(cases) == set()
    assert "`accepts`" in cases.note


MISSES = """
solved_accepts = accepts
def accepts(case, output):
    known = {k: v for k, v in output.items() if k != "dA_prev"}
    right = case["W"].T @ case["dZ"]
    n, n_prev = case["W"].shape
    return solved_accepts(case, {**known, "dA_prev": right} if MISSED else output)
"""


def test_a_test_that_misses_an_array_is_told_which_one(notebook):
    found = report(put(notebook, MISSES.replace("MISSED", "True")), "accepts")
    assert "no wrong number in dA_prev is refused" in str(found)
    assert "dW and db alone are judged" in str(found)


def test_a_test_that_misses_an_array_lets_its_impostors_live(notebook):
    """Of square layers alone it stands before its own checks: here it shows."""
    names = put(notebook, MISSES.replace("MISSED", "n == n_prev"))
    assert report(names, "accepts").passed
    found = report(names, "make_test")
    assert "no_transpose" in survivors(found)
    assert "`accepts` saw it, and said True" in str(found)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def make_test(seed): return []", "expected a list of cases"),
        ("def make_test(seed): return [{'dZ': 1}]", "no dict with the keys"),
        ("solved = make_test\ndef make_test(seed): return solved(seed) * 20", "at most 12"),
        ("solved = make_test\ndef make_test(seed): return solved(1)", "another seed"),
        ("solved = make_test\ndef make_test(seed): return solved(None)", "same seed"),
    ],
)
def test_what_cannot_be_used_is_said(notebook, source, told):
    assert told in str(report(put(notebook, source), "make_test"))


def test_an_answer_that_is_no_truth_value_is_said(notebook):
    names = put(notebook, "def accepts(case, output): return 1.0")
    assert "expected True or False" in str(report(names, "accepts"))
