"""Central differences: exact on smooth functions, silent about no kink."""

import numpy as np

from autograder.networks import Graph
from autograder.networks.blocks import relu
from autograder.oracle import central_difference, gradient
from tests.helpers.networks import network


def graph_of(function, x):
    """J = sum of function(x), with one leaf x."""

    def forward(inputs, tap):
        return tap("J", function(tap("x", inputs["x"])).sum(axis=-1))

    return Graph(forward, {"x": np.asarray(x, dtype=float)})


def test_a_kink_between_the_two_points_is_flagged_and_no_other_entry():
    h = 1e-5
    near = h * np.array([0, 1 / 100, 1 / 11, 1 / 10, 1 / 3, 1 / 2, 0.9, 0.999])
    x = np.concatenate([near, -near, [1.001 * h, -1.001 * h, 1, -1]])
    found = central_difference(graph_of(relu, x), "x", h)
    assert np.isnan(found).tolist() == [True] * 16 + [False] * 4
    assert np.allclose(found[16:], [1, 0, 1, 0])


def test_the_slope_on_one_side_is_wrong_without_the_guard():
    """What the guard is for: at 0.3 h the formula gives 0.65, and the derivative is 1."""
    h = 1e-5
    x = np.array([0.3 * h])
    rise = relu(x + h) - relu(x - h)
    assert np.isclose(rise / (2 * h), 0.65)
    assert gradient(graph_of(relu, x), "x") == 1.0


def test_strong_curvature_is_no_kink():
    for curve in (lambda x: x**3, np.exp, lambda x: np.sin(30 * x), lambda x: 1 / (1.01 + x)):
        x = np.linspace(-1, 3, 41)
        graph = graph_of(curve, x)
        found = central_difference(graph, "x")
        assert np.isfinite(found).all()
        assert np.allclose(found, gradient(graph, "x"), rtol=1e-4)


def test_in_a_network_exactly_the_crossings_are_flagged():
    """A unit 1e-6 from its kink: a step of 1e-5 in its bias or its Z crosses."""
    graph = network(np.random.default_rng(5), (3, 4, 1), 5, ("relu", "sigmoid"))
    shift = graph.value("Z1")[2, 3] - 1e-6
    inputs = {**graph.inputs, "b1": graph.inputs["b1"] - shift * np.eye(4)[:, [2]]}
    near = Graph(graph.forward, inputs, graph.facts)
    crossing = np.abs(near.value("Z1")) < 1e-5
    assert crossing.sum() == 1
    assert np.array_equal(np.isnan(central_difference(near, "Z1")), crossing)
    assert np.isnan(central_difference(near, "b1")).ravel().tolist() == [False, False, True, False]
    smooth = central_difference(near, "W2")
    assert np.allclose(smooth, gradient(near, "W2"), rtol=1e-6)
