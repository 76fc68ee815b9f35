"""One mistake is told and punished once: wrong forwards, and functions built on a wrong one."""

import numpy as np
import pytest

from tests.helpers.notebooks import details, notebook, passed, report, statuses

LAYER = ("linear_backward", "linear_activation_backward")
NOTE = (
    "Your {} is not right yet: mend it first. Here the gradients are compared with the numeric "
    "gradient of the forward pass as you wrote it, or of the right one: each of the two counts."
)


class Forwards:
    """Wrong forward passes of one layer."""

    @staticmethod
    def minus(A, W, b):
        return W @ A - b, (A, W, b)

    @staticmethod
    def squared(A, W, b):
        return W @ A + b**2, (A, W, b)

    @staticmethod
    def scaled(A, W, b):
        return 0.5 * (W @ A) + b, (A, W, b)


class Backwards:
    """The right way back for each of them."""

    @staticmethod
    def minus(dZ, cache):
        dA, dW, db = book(dZ, cache)
        return dA, dW, -db

    @staticmethod
    def squared(dZ, cache):
        dA, dW, db = book(dZ, cache)
        return dA, dW, 2 * cache[2] * db

    @staticmethod
    def scaled(dZ, cache):
        dA, dW, db = book(dZ, cache)
        return 0.5 * dA, 0.5 * dW, db


def book(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def with_layer(forward, backward=None):
    """A notebook whose layer is replaced; everything above it calls the new one."""
    names = notebook()["linear_forward"].__globals__
    names["linear_forward"] = forward
    if backward is not None:
        names["linear_backward"] = backward
    return names


KINDS = ("minus", "squared", "scaled")


@pytest.mark.parametrize("kind", KINDS)
def test_the_forward_pays_for_its_own_mistake(kind):
    found = report(with_layer(getattr(Forwards, kind)), "linear_forward")
    assert details(found)["Z_is_right"] == ("failed", "Z differs")


@pytest.mark.parametrize("kind", KINDS)
def test_a_backward_that_is_right_for_the_forward_as_written_is_right(kind):
    namespace = with_layer(getattr(Forwards, kind), getattr(Backwards, kind))
    for name in LAYER:
        found = report(namespace, name)
        assert found.passed, str(found)
        forward = name.replace("backward", "forward")
        assert found.note == NOTE.format(forward)
        assert str(found).splitlines()[1] == found.note  # before anything else


@pytest.mark.parametrize("kind", KINDS)
def test_a_backward_that_is_right_by_the_book_is_right_too(kind):
    found = report(with_layer(getattr(Forwards, kind)), "linear_backward")
    assert found.passed, str(found)
    assert found.note == NOTE.format("linear_forward")


@pytest.mark.parametrize("kind", KINDS)
def test_a_backward_that_is_wrong_for_both_is_wrong(kind):
    def backward(dZ, cache):
        dA, dW, db = getattr(Backwards, kind)(dZ, cache)
        return dA, 3 * dW, db

    found = report(with_layer(getattr(Forwards, kind), backward), "linear_backward")
    assert details(found)["dW_matches_numeric_gradient"] == ("failed", "dW differs")
    assert "dA_prev_matches_numeric_gradient" in passed(found)
    assert "db_matches_numeric_gradient" in passed(found)
    assert found.diagnosis == ()  # no name is certain while the forward is another one
    assert "the numeric gradient of your forward pass is" in str(found)
    assert found.advice[0].startswith("Once your forward pass is right, a known mistake behind")


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_network_is_right_given_a_right_layer(kind):
    namespace = with_layer(getattr(Forwards, kind), getattr(Backwards, kind))
    found = report(namespace, "L_model_backward")
    assert found.passed, str(found)
    assert found.note == (
        "All of this holds with a right `linear_forward` in the place of yours: mend that first."
    )


class Layers:
    """Wrong linear_backward: in scale, in shape, in two ways."""

    @staticmethod
    def scale(dZ, cache):
        dA, dW, db = book(dZ, cache)
        return dA, dW * dZ.shape[1], db * dZ.shape[1]

    @staticmethod
    def shape(dZ, cache):
        dA, dW, db = book(dZ, cache)
        return dA, dW, db.ravel()

    @staticmethod
    def both(dZ, cache):
        dA, dW, db = book(dZ, cache)
        return 2 * dA, dW, 0 * db


@pytest.mark.parametrize("kind", ["scale", "shape", "both"])
def test_what_was_told_of_a_function_is_not_punished_where_it_is_called(kind):
    names = notebook()["linear_backward"].__globals__
    names["linear_backward"] = getattr(Layers, kind)
    first = report(names, "linear_backward")
    assert first.diagnosis
    assert not first.passed
    for name in ("linear_activation_backward", "L_model_backward"):
        found = report(names, name)
        assert found.passed, str(found)
        assert "carried" in statuses(found).values()
        assert found.note == (
            "All of this holds with a right `linear_backward` in the place of yours: mend that "
            "first."
        )
        assert found.diagnosis == ()
        assert "right, given what the functions it calls return" in str(found)


def test_a_mistake_of_its_own_is_punished_beside_what_is_carried():
    def L_model_backward(AL, Y, caches):
        grads, dZ = {}, Y - AL  # the sign
        for n in reversed(range(1, len(caches) + 1)):
            linear, Z = caches[n - 1]
            dZ = dZ if n == len(caches) else np.where(Z > 0, grads[f"dA{n}"], 0.0)
            grads[f"dZ{n}"] = dZ
            grads[f"dA{n - 1}"], grads[f"dW{n}"], grads[f"db{n}"] = linear_backward(dZ, linear)
        return grads

    names = notebook(L_model_backward)["linear_backward"].__globals__
    names["linear_backward"] = Layers.scale
    found = report(names, "L_model_backward")
    assert {words.id for words in found.diagnosis} == {"sign-flip", "missing-one-over-m"}
    assert statuses(found)["dZ_matches_numeric_gradient"] == "failed"


def linear_backward(dZ, cache):
    raise AssertionError("bound anew in each notebook")
