"""What a wrong relative error is instead holds for every pair of arrays that was tried."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.solved import with_cell

RATIO = """
def relative_error(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    above, below = ABOVE, BELOW
    return 0.0 if below == 0 else float(above / below)
"""
GAP, SCALE = "np.abs(a - b).max()", "max(np.abs(a).max(), np.abs(b).max())"
TOLD = {
    ("abs(np.max(a - b))", "max(abs(a.max()), abs(b.max()))"): (
        "|max (a - b)| / max(|max a|, |max b|)"
    ),
    (GAP, "(np.abs(a).max() + np.abs(b).max()) / 2"): "max |a - b| / ((max |a| + max |b|) / 2)",
    (GAP, "np.abs(a + b).max()"): "max |a - b| / max |a + b|",
    ("((a - b) ** 2).max()", SCALE): "max (a - b)² / max(max |a|, max |b|)",
    ("abs(a.max() - b.max())", SCALE): "|max a - max b| / max(max |a|, max |b|)",
    (GAP, "np.maximum(np.abs(a), np.abs(b)).min()"): "the smallest of all max(|a|, |b|)",
    (GAP, "np.abs(a).max()"): "relative to the first array only",
    (GAP, "np.abs(b).max()"): "relative to the second array only",
    (GAP, "max(a.max(), b.max())"): "relative to the largest a or b with its sign",
    (GAP, "np.abs(a).max() + np.abs(b).max()"): "max |a - b| / (max |a| + max |b|), relative to",
    (GAP, "(np.abs(a) + np.abs(b)).max()"): "max |a - b| / max (|a| + |b|)",
    (GAP, "max(1, np.abs(a).max(), np.abs(b).max())"): "max(1, max(max |a|, max |b|))",
    ("100 * " + GAP, SCALE): "100 times max |a - b| / max(max |a|, max |b|), in percent",
    ("np.abs(a - b).mean()", SCALE): "the mean of |a - b| / max(max |a|, max |b|)",
    ("(a - b).max()", SCALE): "the largest of a - b with its sign",
    ("np.linalg.norm(a - b)", "np.linalg.norm(a) + np.linalg.norm(b)"): "a ratio of norms",
    ("np.linalg.norm(a - b)", "np.linalg.norm(a) + np.linalg.norm(b) + 1e-9"): (
        "‖a - b‖ / ((‖a‖ + ‖b‖) + 1e-09)"
    ),
    (
        "(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))).max()",
        "1",
    ): "the largest of |a - b| / (|a| + |b|), relative entry by entry",
}


@pytest.mark.parametrize("parts", TOLD)
def test_the_ratio_is_told(parts):
    source = RATIO.replace("ABOVE", parts[0]).replace("BELOW", parts[1])
    names = with_cell("05", source)
    report = str(evaluate(EXERCISES["relative_error"], Student(names), 3))
    assert TOLD[parts] in report


def test_the_right_one_passes():
    names = with_cell("05", RATIO.replace("ABOVE", GAP).replace("BELOW", SCALE))
    report = str(evaluate(EXERCISES["relative_error"], Student(names), 3))
    assert "✗ is the largest gap" not in report


def test_the_input_on_which_it_fails_is_small_and_whole():
    source = RATIO.replace("ABOVE", GAP).replace("BELOW", "max(a.max(), b.max())")
    report = str(evaluate(EXERCISES["relative_error"], Student(with_cell("05", source)), 3))
    assert "for a = [-1] and b = [-2] it is -1; right is 0.5. It is max |a - b| / max(" in report


NAN = RATIO.replace("above, below", "a, b = AS; above, below").replace("ABOVE", "TOP")
LET_THROUGH = {
    ("np.nan_to_num(a), np.nan_to_num(b)", GAP, SCALE): "the error with 0 in the place of nan",
    ("a, b", "np.nanmax(np.abs(a - b))", "np.nanmax(np.abs([a, b]))"): "is left out: np.nanmax",
    ("a, b", "max(abs(a - b).ravel())", "max(abs(np.array([a, b])).ravel())"): "Python's max()",
}


@pytest.mark.parametrize("parts", LET_THROUGH)
def test_how_nan_slips_through_is_told(parts):
    source = NAN.replace("AS", parts[0]).replace("TOP", parts[1]).replace("BELOW", parts[2])
    names = with_cell("05", source)
    report = str(evaluate(EXERCISES["relative_error"], Student(names), 3))
    assert "nan" in report
    assert LET_THROUGH[parts] in report


def test_a_scale_of_one_place_alone_is_wrong():
    """Where both arrays have their largest entry in the same place it would be right."""
    scale = "max(np.abs(a).max(), abs(b.ravel()[np.abs(a).argmax()]))"
    names = with_cell("05", RATIO.replace("ABOVE", GAP).replace("BELOW", scale))
    report = str(evaluate(EXERCISES["relative_error"], Student(names), 3))
    assert "✗ is the largest gap" in report


def test_an_array_without_axes_lets_no_nan_through():
    scale = "np.nanmax(np.abs([a, b]))"
    source = RATIO.replace("float(above / below)", "np.asarray(above / below)")
    source = source.replace("ABOVE", "np.nanmax(np.abs(a - b))").replace("BELOW", scale)
    report = str(evaluate(EXERCISES["relative_error"], Student(with_cell("05", source)), 3))
    assert "✗ does not let nan pass" in report
