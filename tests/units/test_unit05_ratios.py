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
