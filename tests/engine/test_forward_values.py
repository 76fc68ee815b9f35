"""Wrong values of a forward pass are those of another network, which is told."""

import numpy as np
import pytest

from autograder.engine.diagnosis import Shown, valued
from autograder.networks import rnn_graph

SHAPES = {"Wax": (3, 2), "Waa": (3, 3), "ba": (3, 1), "Wya": (2, 3), "by": (2, 1)}


def drawn(seed, m, T):
    rng = np.random.default_rng(seed)
    parameters = {name: rng.normal(size=shape) for name, shape in SHAPES.items()}
    y = np.moveaxis(np.eye(2)[rng.integers(2, size=(m, T))], -1, 0)
    return rnn_graph(rng.normal(size=(2, m, T)), y, rng.normal(size=(3, m)), parameters)


FORWARD = """
def forward(l):
    a, states, outs = l["a0"], [], []
    for t in range(l["x"].shape[2]):
        z = l["Waa"] @ a + l["Wax"] @ l["x"][:, :, t] + l["ba"]
        a = np.tanh(z)
        e = np.exp(l["Wya"] @ a + l["by"])
        states.append(a)
        outs.append(e / e.sum(axis=0))
    return np.stack(states, axis=2), np.stack(outs, axis=2)
"""
SLIPS = {
    "the bias is forgotten": (' + l["ba"]', "", "ba is left out of z_t"),
    "the state is not carried": (
        'l["Waa"] @ a +',
        'l["Waa"] @ l["a0"] +',
        "z_t is made with a_0 in the place of a_{t-1}",
    ),
    "sigmoid for tanh": ("np.tanh(z)", "1 / (1 + np.exp(-z))", "a_t is the sigmoid of z_t"),
    "no activation": ("np.tanh(z)", "z", "a_t is z_t"),
    "Waa transposed": ('l["Waa"] @', 'l["Waa"].T @', "Waa enters z_t transposed"),
    "y of z": ('l["Wya"] @ a', 'l["Wya"] @ z', "zy_t is made with z_t in the place of a_t"),
    "a sign": ('+ l["by"]', '- l["by"]', "by enters zy_t multiplied by -1"),
    "the first input each time": (
        'l["x"][:, :, t]',
        'l["x"][:, :, 0]',
        "z_t is made with x_1 in the place of x",
    ),
    "the sum of the biases": (
        '+ l["ba"]',
        '+ np.sum(l["ba"])',
        "z_t is made with the sum of all entries of ba in the place of ba",
    ),
    "the first example's state for all": (
        'l["Waa"] @ a +',
        'l["Waa"] @ a[:, :1] +',
        "z_t is made with the first column of a_{t-1} in the place of a_{t-1}",
    ),
    "no input": (
        'l["Wax"] @ l["x"][:, :, t] + ',
        "",
        "the product of Wax and x is left out of z_t",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_the_network_is_told_that_has_the_values(slip):
    old, new, words = SLIPS[slip]
    found = valued(shown(FORWARD.replace(old, new)))
    assert found is not None
    assert [cause.misconception.title for cause in found.causes] == [words]


def test_right_values_and_odd_ones_are_left_alone():
    assert valued(shown(FORWARD)) is None
    assert valued(shown(FORWARD.replace("np.tanh(z)", "np.sin(z)"))) is None


def shown(source):
    space = {"np": np}
    exec(source, space)
    items = []
    for seed, m, T in ((0, 4, 3), (1, 5, 4)):
        graph = drawn(seed, m, T)
        a, y = space["forward"](graph.inputs)
        nodes = {"a": "a", "y_pred": "yhat"}
        steps = {n: tuple(f"{k}{t + 1}" for t in range(T)) for n, k in nodes.items()}
        items.append(Shown(graph, steps, {"a": a, "y_pred": y}))
    return items
