"""Unit 03, "Will it learn?": the table's numbers and its verdicts, by networks that are trained."""

import re

import numpy as np
import pytest

from autograder.datasets import spiral
from tests.units.test_hunt_keys import solution, source

X, Y = spiral(60, np.random.default_rng(0))
BATCH = np.arange(0, 180, 9)
NEVER = None


def network(seed, *sizes):
    rng = np.random.default_rng(seed)
    return [
        [rng.normal(size=(n, k)) * np.sqrt(2 / n), np.zeros(k)]
        for n, k in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def forward(x, net):
    """The inputs of the layers, and what they compute before the ReLU."""
    inputs, outs = [x], []
    for w, b in net:
        outs.append(inputs[-1] @ w + b)
        inputs.append(np.maximum(0, outs[-1]))
    return inputs, outs


def gradients(examples, net):
    inputs, outs = forward(X[examples], net)
    p = np.exp(outs[-1])
    d = (p / p.sum(axis=1, keepdims=True) - np.eye(3)[Y[examples]]) / len(examples)
    found = []
    for k in reversed(range(len(net))):
        found.insert(0, (inputs[k].T @ d, d.sum(axis=0)))
        d = d @ net[k][0].T * (inputs[k] > 0)
    return found


def step(examples, net, rate=0.3):
    for layer, grads in zip(net, gradients(examples, net), strict=True):
        layer[:] = [p - rate * g for p, g in zip(layer, grads, strict=True)]


def lowered(net, k, examples, top):
    """Unit 0 of layer k with its largest value on these examples at `top`."""
    net[k][1][0] = top - forward(X[examples], net)[1][k][:, 0].max()
    return net


def cases():
    """The networks of E, F, G and H, and the layer whose unit 0 is meant."""
    cut = network(3, 2, 16, 3)
    cut[1][0][0] = 0
    return {
        "E": (lowered(network(3, 2, 16, 3), 0, BATCH, -0.02), 0),
        "F": (lowered(network(3, 2, 16, 3), 0, np.arange(180), -0.2), 0),
        "G": (cut, 0),
        "H": (lowered(network(0, 2, 16, 8, 3), 1, np.arange(180), -0.2), 1),
    }


def row(net, k):
    on = forward(X, net)[1][k][:, 0] > 0
    grads = gradients(BATCH, net)
    own, above = np.abs(grads[k][0][:, 0]).max(), np.abs(grads[k + 1][0][0]).max()
    counts = f"{on[BATCH].sum()} of 20", f"{on.sum()} of 180"
    return (str(k + 1), *counts, *(f"{v:.4f}" if v else "0" for v in (own, above)))


def first_move(net, k, examples=BATCH, steps=200):
    """The step that moves unit 0 of layer k."""
    before = net[k][0][:, 0].copy()
    for t in range(steps):
        step(examples, net)
        if not np.array_equal(net[k][0][:, 0], before):
            return t
    return NEVER


def test_the_table_shows_what_these_networks_do():
    shown = re.findall(r'\("([E-H])", (.*?)\),\n', source("03"))
    assert {letter: tuple(re.findall('"(.*?)"', rest)) for letter, rest in shown} == {
        letter: row(*case) for letter, case in cases().items()
    }


VERDICTS = {
    "another-batch-moves-it": (NEVER, 0),
    "off-for-ever": (NEVER, NEVER),
    "moves-after-the-layer-above": (1, 1),
}


@pytest.mark.parametrize("letter", "EFG")
def test_the_verdict_is_what_training_does(letter):
    found = [first_move(*cases()[letter], examples) for examples in (BATCH, np.arange(180))]
    assert tuple(found) == VERDICTS[solution("03")[letter]]


def test_the_unit_of_layer_two_wakes_in_some_networks_and_not_in_others():
    assert solution("03")["H"] == "inputs-may-wake-it"
    moves = []
    for seed in (0, 2):
        net = lowered(network(seed, 2, 16, 8, 3), 1, np.arange(180), -0.2)
        moves.append(first_move(net, 1, np.arange(180)))
    assert moves[0] > 0
    assert moves[1] is NEVER


def test_no_larger_rate_moves_what_has_no_gradient():
    for net, k in cases().values():
        dw, db = gradients(BATCH, net)[k]
        assert not dw[:, 0].any()
        assert db[0] == 0
