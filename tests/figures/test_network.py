"""The drawn network is the network of the oracle: same nodes, same wires."""

import numpy as np
import pytest

from autograder.figures import hidden_units_picture
from autograder.figures.columns import _places, _wires
from autograder.networks import mlp_graph


@pytest.mark.parametrize("layers", [1, 2, 4])
def test_nodes_and_wires_are_those_of_the_graph(layers):
    parameters = {f"W{n}": np.ones((1, 1)) for n in range(1, layers + 1)}
    parameters |= {f"b{n}": np.ones((1, 1)) for n in range(1, layers + 1)}
    graph = mlp_graph(np.ones((1, 2)), np.array([[0.0, 1.0]]), parameters)
    assert set(_places(layers)) == set(graph.nodes())
    assert {f"{a}->{b}" for a, b in _wires(layers)} == set(graph.wires())


def test_no_two_nodes_overlap():
    places = np.array(list(_places(4).values()))
    gaps = np.linalg.norm(places[:, None] - places[None], axis=-1) + 9 * np.eye(len(places))
    assert gaps.min() > 0.6


def test_each_hidden_unit_has_a_line_and_those_between_the_points_are_counted():
    X, Y = np.array([[-1.0, 1.0, 0.5], [0.0, 1.0, -1.0]]), np.array([[0.0, 1.0, 1.0]])
    parameters = {
        "W1": np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]),
        "b1": np.array([[0.0], [9.0], [1.0]]),
    }
    found = hidden_units_picture(lambda p: 1 / (1 + np.exp(-p[:1])), X, Y, parameters)
    assert "each of 3 hidden units" in found.alt
    assert "1 of them run" in found.alt
