"""Complex-safe building blocks of forward passes.

Each function acts on real and on complex arrays alike, so that a nudge in the imaginary part
travels through it as a derivative. Decisions (which side of the kink?) look at the real part.
"""

from __future__ import annotations

import numpy as np

from autograder.networks.tap import STEP, Array


def relu(z: Array) -> Array:
    """max(0, z); at z = 0 the derivative is 0, by contract."""
    return np.where(z.real > 0, z, 0.0)


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z))."""
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def tanh(z: Array) -> Array:
    """Hyperbolic tangent."""
    return np.asarray(np.tanh(z))


def identity(z: Array) -> Array:
    """z itself: the activation of a linear layer."""
    return z


ACTIVATIONS = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh, "linear": identity}


def derivative(name: str, z: Array) -> Array:
    """The derivative of an activation at the real part of z, by a complex step of its own."""
    return np.asarray(ACTIVATIONS[name](z.real + 1j * STEP).imag / STEP)
