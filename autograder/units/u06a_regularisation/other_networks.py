"""Unit 06a: the output of networks with other activations than those of the text."""

from __future__ import annotations

import numpy as np

from autograder.networks import Array
from autograder.networks.blocks import ACTIVATIONS
from autograder.units.u06a_regularisation.instances import Instance


def other_networks(drawn: Instance) -> dict[str, Array]:
    """A3 of networks with other activations."""
    found, p = {}, drawn.parameters
    named = {"a ReLU": "relu", "a sigmoid": "sigmoid", "a tanh": "tanh", "no activation": ""}
    for words, activation in named.items():
        g = ACTIVATIONS.get(activation, np.asarray)
        A = drawn.X
        for layer in "12":
            A = g(p["W" + layer] @ A + p["b" + layer])
        Z = p["W3"] @ A + p["b3"]
        if words == "a ReLU":
            found["Z3, without the sigmoid"] = Z
            found["the ReLU of Z3, where the sigmoid is asked for"] = np.maximum(Z, 0)
            found["the tanh of Z3, where the sigmoid is asked for"] = np.tanh(Z)
            continue
        where = f"A3 of a network with {words} in the hidden layers, where ReLU is asked for"
        found[where] = 1 / (1 + np.exp(-Z))
    return found
