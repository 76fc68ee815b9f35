"""The certificate: accepts what is right, refuses one wrong entry, costs two directions."""

import numpy as np
import pytest

from autograder.networks import Graph
from autograder.oracle import certify, gradient
from autograder.units.u04_network.instances import mlp_instance
from tests.helpers.networks import network

RELU = ("relu", "relu", "sigmoid")


def leaves(graph):
    return [name for name in graph.inputs if name != "A0"]


def test_right_gradients_are_accepted():
    """Three hundred networks, saturated units and single examples among them."""
    for seed in range(300):
        rng = np.random.default_rng(seed)
        sizes = (*rng.integers(1, 8, 3), 1)
        graph = network(rng, [int(n) for n in sizes], int(rng.integers(1, 9)), RELU)
        names = [name for name in graph.nodes() if name != "J"]
        assert certify(graph, gradient(graph, names), rng), seed


def hiding():
    """A first layer whose gradient is a millionth of that of the last."""
    graph = network(np.random.default_rng(1), (6, 5, 4, 1), 8, RELU)
    inputs = {**graph.inputs, "W2": graph.inputs["W2"] * 1e-3, "W3": graph.inputs["W3"] * 1e-3}
    return Graph(graph.forward, inputs, graph.facts)


def test_one_entry_off_by_a_hundred_thousandth_is_refused_wherever_it_hides():
    graph = hiding()
    right = gradient(graph, leaves(graph))
    size = {name: np.abs(g).max() for name, g in right.items()}
    assert size["W1"] < 1e-5 * size["b3"]
    rng, tried = np.random.default_rng(2), 0
    for name, g in right.items():
        for index in np.ndindex(g.shape):
            if abs(g[index]) < 1e-3 * size[name]:
                continue  # below the floor an entry is measured by the largest of its array
            wrong = {**right, name: g.copy()}
            wrong[name][index] *= 1 + 1e-5
            assert not certify(graph, wrong, rng), (name, index)
            tried += 1
    assert tried > 30


def test_a_small_entry_off_by_a_hundred_thousandth_of_the_largest_is_refused():
    graph = hiding()
    right, rng = gradient(graph, leaves(graph)), np.random.default_rng(3)
    for name, g in right.items():
        for index in np.ndindex(g.shape):
            wrong = {**right, name: g.copy()}
            wrong[name][index] += 1e-5 * np.abs(g).max()
            assert not certify(graph, wrong, rng), (name, index)


@pytest.mark.parametrize("spoil", [np.zeros_like, lambda g: g * np.nan, lambda g: g + np.inf])
@pytest.mark.parametrize("name", ["W1", "b1", "W3", "b3"])
def test_zeros_nan_and_inf_are_refused(spoil, name):
    graph = hiding()
    right = gradient(graph, leaves(graph))
    assert not certify(graph, {**right, name: spoil(right[name])}, np.random.default_rng(4))


def test_a_zero_gradient_is_accepted_and_a_little_beside_it_refused():
    """Where every unit is off: the right array is zero, and measured in absolute terms."""
    graph = network(np.random.default_rng(6), (3, 4, 1), 5, ("relu", "sigmoid"))
    off = Graph(graph.forward, {**graph.inputs, "b1": graph.inputs["b1"] - 100}, graph.facts)
    right = gradient(off, leaves(off))
    assert not right["W1"].any()
    assert certify(off, right, np.random.default_rng(7))
    assert not certify(off, {**right, "W1": right["W1"] + 1e-6}, np.random.default_rng(7))


def test_two_signs_exchanged_and_a_transpose_are_refused():
    graph = network(np.random.default_rng(8), (4, 4, 4, 1), 6, RELU)
    right, rng = gradient(graph, leaves(graph)), np.random.default_rng(9)
    assert certify(graph, right, rng)
    assert not certify(graph, {name: -g for name, g in right.items()}, rng)
    assert not certify(graph, {**right, "W2": right["W2"].T}, rng)


@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("sizes", [(3, 4, 2, 1), (40, 60, 50, 1)])
def test_it_costs_k_directions_whatever_the_number_of_parameters(sizes, k):
    drawn = network(np.random.default_rng(10), sizes, 7, RELU)
    right, widths = gradient(drawn, leaves(drawn)), []

    def forward(inputs, tap):
        returned = drawn.forward(inputs, tap)
        widths.append(np.shape(returned))
        return returned

    assert certify(Graph(forward, drawn.inputs, drawn.facts), right, np.random.default_rng(11), k)
    assert widths == [(k,)]  # one forward pass, with k directions side by side


def test_tolerance_and_seed_decide_nothing_on_right_answers():
    graph = mlp_instance(np.random.default_rng(12), (3, 5, 4, 1), 7).graph
    right = gradient(graph, leaves(graph))
    assert all(certify(graph, right, np.random.default_rng(seed), tol=1e-10) for seed in range(50))
