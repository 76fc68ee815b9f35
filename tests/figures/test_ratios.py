"""Ratios are one number or none, and are told as a student would write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.figures import Table, as_fraction, ratio, ratio_picture

TRUE = np.random.default_rng(0).normal(size=(3, 4))


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from([-1, 1]))
def test_a_rational_factor_is_found_and_told(p, q, sign):
    told = as_fraction(ratio(sign * TRUE * p / q, TRUE))
    number, _, denominator = told.partition("/")
    assert int(number) * q == sign * p * int(denominator or 1)


def test_one_entry_off_is_not_one_number():
    other = 2 * TRUE
    other[1, 2] *= 1 + 1e-6
    assert as_fraction(ratio(other, TRUE)) == "not one number"


def test_zero_and_nan_are_not_taken_for_a_ratio():
    assert ratio(0 * TRUE, TRUE) == 0
    assert np.isnan(ratio(TRUE, 0 * TRUE))
    assert np.isnan(ratio(np.full((3, 4), np.nan), TRUE))


def test_a_factor_that_is_no_fraction_is_told_as_a_decimal():
    assert as_fraction(float(np.sqrt(2))) == "1.414"


def test_the_picture_tells_its_ratios():
    picture = ratio_picture({"twice": [0.2, 0.2], "at every layer": [0.04, 0.2]}, m=5)
    assert "twice: 1/5, 1/5; at every layer: 1/25, 1/5" in picture.alt


def test_a_table_reads_well_as_text_and_is_safe_as_html():
    table = Table(["layer", "dW"], [["1", "a < b"], ["10", "1"]], caption="Bug A")
    assert str(table).splitlines() == ["Bug A", "layer  dW", "1      a < b", "10     1"]
    assert "a &lt; b" in table._repr_html_()
    assert '<th scope="row"' in table._repr_html_()


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="1 cells under 2 headings"):
        Table(["layer", "dW"], [["1"]])
