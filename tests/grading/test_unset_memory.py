"""What a function leaves unset is nan in every check, and as ever for hand-written tests."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.observe import StudentError, observe, reply


def unset(shape, dtype=float):
    return np.empty(shape, dtype)


@pytest.mark.parametrize("make", [unset, lambda shape, *kind: np.empty_like(np.ones(shape), *kind)])
def test_unset_floats_are_nan_and_unset_integers_the_smallest(make):
    assert np.isnan(reply(make, ((2, 3),)).value).all()
    assert np.isnan(reply(make, ((2, 3), complex)).value).all()
    assert (reply(make, ((2, 3), np.int32)).value == np.iinfo(np.int32).min).all()
    assert reply(make, ((2, 3), bool)).value.shape == (2, 3)


def test_numpy_is_as_before_after_the_call_and_after_an_error():
    before = np.empty, np.empty_like

    def fails():
        raise ValueError

    reply(unset, ((2,),))
    with pytest.raises(StudentError):
        reply(fails, ())
    assert before == (np.empty, np.empty_like)


def test_what_is_set_stays():
    def filled(x):
        out = np.empty_like(x)
        out[:] = x
        return out

    assert (reply(filled, (np.ones(3),)).value == 1).all()


def test_a_hand_written_test_sees_an_ordinary_kernel():
    make = np.empty
    assert observe(lambda: np.empty is make, ()).value
    assert not reply(lambda: np.empty is make, ()).value
