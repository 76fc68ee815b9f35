"""Instances for these tests, and the same forward pass once more for HIPS autograd."""

import autograd.numpy as anp
import numpy as np

from autograder.networks import mlp_graph

ACTIVATIONS = ("relu", "sigmoid", "tanh", "linear")
SQUASH = {
    "relu": lambda z: anp.where(z > 0, z, 0.0),
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "linear": lambda z: z,
}


def network(rng, sizes, m, activations):
    """X, Y and parameters of order 1; the last activation has to be a sigmoid."""
    parameters = {}
    for layer, (n_prev, n) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        parameters[f"W{layer}"] = rng.normal(size=(n, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = rng.normal(size=(n, 1))
    X, Y = rng.normal(size=(sizes[0], m)), (rng.random((sizes[-1], m)) < 0.5).astype(float)
    return mlp_graph(X, Y, parameters, activations)


def cost(shifts, inputs, Y, activations):
    """J with ``shifts[name]`` added at the node: its derivative there is dJ/dnode."""
    A = inputs["A0"] + shifts["A0"]
    for layer, activation in enumerate(activations, start=1):
        W, b = (inputs[f"{kind}{layer}"] + shifts[f"{kind}{layer}"] for kind in "Wb")
        Z = anp.dot(W, A) + b + shifts[f"Z{layer}"]
        A = SQUASH[activation](Z) + shifts[f"A{layer}"]
    return -anp.sum(Y * anp.log(A) + (1 - Y) * anp.log(1 - A)) / Y.shape[1]


def scaled(found, wanted):
    """max |found - wanted| / max |wanted|, the measure of the whole package."""
    return float(np.abs(found - wanted).max() / max(np.abs(wanted).max(), 1e-300))
