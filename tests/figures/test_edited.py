"""The picture of a slip in a lesson: what is marked is measured on the edits."""

import numpy as np
import pytest

from autograder.engine.picture import marks, picture_of
from autograder.figures import edited_picture
from autograder.networks import mlp_graph


@pytest.fixture(scope="module")
def net():
    rng = np.random.default_rng(3)
    parameters = {"W1": rng.normal(size=(4, 3)), "b1": rng.normal(size=(4, 1))}
    parameters |= {"W2": rng.normal(size=(1, 4)), "b2": rng.normal(size=(1, 1))}
    return mlp_graph(rng.normal(size=(3, 5)), np.array([[0.0, 1, 1, 0, 1]]), parameters)


def blocked(value, seen):
    return value.real


def test_a_cut_wire_is_marked_and_told(net):
    drawn = edited_picture(net, {"A1->Z2": blocked})
    assert "A1 → Z2 is cut" in drawn.alt
    assert drawn.alt in repr(drawn)


def test_an_exchanged_slope_is_named(net):
    edit = {"A1": lambda value, seen: value.real + 1j * seen["Z1->A1"].imag}
    assert "the factor is 1, not the slope g′" in edited_picture(net, edit).alt


def test_it_is_the_picture_of_the_report(net):
    edits = {"A1->Z2": blocked}
    shown = edited_picture(net, edits)._repr_mimebundle_()["text/html"]
    same = picture_of(net, marks(net, edits), "Computation graph with edited wires")
    assert f'<figure style="margin:.6em 0">{same.svg}<figcaption' in shown


def test_edits_that_change_nothing_are_refused(net):
    with pytest.raises(ValueError, match="change no wire"):
        edited_picture(net, {"A1->Z2": lambda value, seen: value})
