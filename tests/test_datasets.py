"""The river: two classes, one curve between them, no straight line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.datasets import colour_names, photograph, river, river_course


@given(st.integers(2, 60), st.integers(0, 10_000))
def test_points_lie_on_the_bank_of_their_label(m, seed):
    X, Y = river(m, np.random.default_rng(seed), gap=0.2)
    assert X.shape == (2, m)
    assert Y.shape == (1, m)
    assert abs(2 * Y.sum() - m) <= 1
    above = X[1] - river_course(X[0])
    assert np.array_equal(above > 0, Y[0] == 1)
    assert np.abs(above).min() >= 0.2 - 1e-12


def test_no_straight_line_separates_them():
    X, Y = river(300, np.random.default_rng(0))
    angle = np.linspace(0, np.pi, 181)
    sides = np.stack([np.cos(angle), np.sin(angle)]).T @ X
    best = 0.0
    for line in sides:
        ranked = Y[0, np.argsort(line)]
        ones_before = np.concatenate([[0], np.cumsum(ranked)])
        zeros_after = (1 - ranked).sum() - np.concatenate([[0], np.cumsum(1 - ranked)])
        share = (ones_before + zeros_after) / Y.size  # right, with the cut at each place in turn
        best = max(best, share.max(), 1 - share.min())
    assert 0.7 < best < 0.95


def test_the_generator_decides_everything():
    first, again = (river(20, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first[0], again[0])
    assert not np.array_equal(first[0], river(20, np.random.default_rng(4))[0])


@pytest.mark.parametrize(
    ("m", "gap", "message"), [(1, 0.1, "m = 1"), (5, 2.0, "gap = 2.0"), (5, -1.0, "gap = -1.0")]
)
def test_bad_input_is_named(m, gap, message):
    with pytest.raises(ValueError, match=message):
        river(m, np.random.default_rng(0), gap=gap)


def test_the_photograph_is_grey_and_of_the_size_that_is_asked_for():
    found = photograph(size=10, pixels=12)
    assert found.shape == (10, 10)
    assert abs(found.mean()) < 1e-12
    assert found.std() == pytest.approx(1)
    assert photograph(size=2, pixels=256).shape == (2, 2)


def test_a_photograph_that_is_too_large_is_refused():
    with pytest.raises(ValueError, match="512 columns; got 60 times 12"):
        photograph(size=60)


def test_names_of_colours_are_letters_and_spaces():
    names = colour_names()
    assert len(names) == len(set(names)) == 932
    assert set("".join(names)) == set("abcdefghijklmnopqrstuvwxyz ")
    assert {"moss green", "robins egg blue", "blue green"} <= set(names)
    assert names == sorted(names)
    assert all(name == " ".join(name.split()) for name in names)
