"""Every kind of gap between what came back and what was wanted, with its exact message."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine.compare import compare, fingerprint

WANTED = np.array([[1.0, -2.0, 0.5], [0.25, 4.0, -0.125]])
FRACTIONS = "integers cannot hold fractions: make the array with np.zeros(shape), of dtype float"

MESSAGES = [
    (None, "missing", "dW is None: a `return` is missing, or nothing was set"),
    (WANTED.tolist(), "type", "dW is a list, expected a NumPy array of shape (2, 3)"),
    ((1.0, 2.0), "type", "dW is a tuple, expected a NumPy array of shape (2, 3)"),
    ({"dW": WANTED}, "type", "dW is a dict, expected a NumPy array of shape (2, 3)"),
    ("dW", "type", "dW is a str, expected a NumPy array of shape (2, 3)"),
    (True, "type", "dW is a bool, expected a NumPy array of shape (2, 3)"),
    (3.0, "shape", "dW has shape (), expected (2, 3)"),
    (WANTED.T, "shape", "dW has shape (3, 2), expected (2, 3)"),
    (WANTED[None], "shape", "dW has shape (1, 2, 3), expected (2, 3)"),
    (WANTED.ravel(), "shape", "dW has shape (6,), expected (2, 3)"),
    (np.empty((0, 3)), "shape", "dW has shape (0, 3), expected (2, 3)"),
    (
        WANTED.astype(int),
        "type",
        f"dW has dtype int64, expected float64; {FRACTIONS}",
    ),
    (
        np.ones((2, 3), np.uint8),
        "type",
        f"dW has dtype uint8, expected float64; {FRACTIONS}",
    ),
    (
        WANTED > 0,
        "type",
        "dW has dtype bool, expected float64; a mask of True and False is a factor of the "
        "gradient, not the gradient",
    ),
    (
        WANTED + 0j,
        "type",
        "dW has dtype complex128, expected float64; complex numbers should not appear in a "
        "gradient",
    ),
    (
        np.array([[1.0, None, 2.0]] * 2),
        "type",
        "dW has dtype object, expected float64; dtype object means that the array holds lists or "
        "None instead of numbers",
    ),
    (
        WANTED.astype(np.float16),
        "type",
        "dW has dtype float16, expected float64; its three digits are too few",
    ),
    (np.full((2, 3), "0.5"), "type", "dW has dtype <U3, expected float64; these are not numbers"),
    (np.where(WANTED == 4, np.nan, WANTED), "not finite", "dW holds nan at index [1, 1]"),
    (np.where(WANTED < 0, -np.inf, WANTED), "not finite", "dW holds -inf at index [0, 1]"),
    (-WANTED, "values", "dW has the right shape, but other values than expected"),
]


@pytest.mark.parametrize(("found", "kind", "message"), MESSAGES)
def test_a_gap_says_what_was_found_and_what_was_expected(found, kind, message):
    gap = compare("dW", found, WANTED)
    assert (gap.kind, gap.message, gap.wrong) == (kind, message, True)


def test_the_same_array_has_no_gap():
    assert compare("dW", WANTED.copy(), WANTED) is None
    assert compare("dW", np.asfortranarray(WANTED), WANTED) is None
    assert compare("dW", WANTED.astype(np.longdouble), WANTED) is None


@pytest.mark.parametrize("found", [2.5, np.float64(2.5), np.array(2.5)])
def test_a_number_may_come_as_a_number_or_as_an_array_without_axes(found):
    assert compare("J", found, np.array(2.5)) is None
    assert compare("J", -found, np.array(2.5)).worst == ()


@pytest.mark.parametrize("found", [np.array([2.5]), np.array([[2.5]])])
def test_an_array_with_axes_is_no_number(found):
    gap = compare("J", found, np.array(2.5))
    assert (gap.kind, gap.wrong) == ("shape", True)
    told = f"J has shape {found.shape}, expected a number; .item() takes it out of the array"
    assert gap.message == told
    assert compare("J", np.ones(3), np.array(2.5)).message == "J has shape (3,), expected a number"


def test_an_integer_is_no_cost_and_a_nan_cost_has_no_index():
    assert (
        compare("J", 2, np.array(2.5)).message
        == f"J has dtype int64, expected float64; {FRACTIONS}"
    )
    assert compare("J", [2.5], np.array(2.5)).message == "J is a list, expected a number"
    assert compare("J", float("nan"), np.array(2.5)).message == "J holds nan"


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e9])
def test_the_bound_is_a_millionth_of_the_largest_entry(scale):
    wanted = WANTED * scale
    for index in np.ndindex(wanted.shape):
        below, above = wanted.copy(), wanted.copy()
        below[index] += 4 * scale * 0.999e-6
        above[index] -= 4 * scale * 1.001e-6
        assert compare("dW", below, wanted) is None
        gap = compare("dW", above, wanted)
        assert (gap.kind, gap.worst) == ("values", index)
        assert gap.error == pytest.approx(1.001e-6, rel=1e-6)


def test_a_zero_truth_is_measured_in_absolute_terms():
    zero = np.zeros((2, 2))
    assert compare("dW", zero + 0.999e-6, zero) is None
    assert compare("dW", zero + 1.001e-6, zero).kind == "values"
    assert compare("dW", -zero, zero) is None


def test_another_tolerance():
    assert compare("dW", WANTED * (1 + 5e-5), WANTED, 1e-4) is None
    assert compare("dW", WANTED * (1 + 2e-4), WANTED, 1e-4).kind == "values"


def test_float32_is_right_with_a_remark_and_wrong_where_it_is_wrong():
    gap = compare("dW", (WANTED / 3).astype(np.float32), WANTED / 3)
    assert (gap.kind, gap.wrong) == ("float32", False)
    assert gap.message == "dW is float32: right, but compute in float64"
    assert compare("dW", (WANTED * (1 + 4.9e-5)).astype(np.float32), WANTED).kind == "float32"
    assert compare("dW", (WANTED * (1 + 5.1e-5)).astype(np.float32), WANTED).kind == "values"


@given(st.integers(0, 5), st.sampled_from([np.nan, np.inf, -np.inf]), st.floats(1e-9, 1e9))
def test_nan_and_inf_never_pass(place, value, tolerance):
    found = WANTED.copy()
    found.flat[place] = value
    assert compare("dW", found, WANTED, tolerance).kind == "not finite"
    assert compare("dW", found.astype(np.float32), WANTED, tolerance).kind == "not finite"
    assert compare("dW", WANTED, found, tolerance).wrong  # nor where the truth itself is one


def test_worst_entry_and_both_arrays_are_kept():
    found = WANTED.copy()
    found[0, 2], found[1, 0] = 0.6, 9.0
    gap = compare("dW", found, WANTED)
    assert gap.worst == (1, 0)
    assert gap.error == pytest.approx(8.75 / 4)
    assert gap.found[gap.worst] == 9.0
    assert gap.wanted[gap.worst] == 0.25


def test_fingerprints_are_equal_for_equal_wrong_arrays_and_tell_nothing():
    wrong, other = -WANTED, 2 * WANTED
    rounded = wrong * (1 + 1e-13)  # the order of a sum
    one, same, third = (fingerprint([compare("dW", a, WANTED)]) for a in (wrong, rounded, other))
    assert one == same != third
    assert len(one) == 12
    assert fingerprint([None, compare("dW", None, WANTED)]) == ""
