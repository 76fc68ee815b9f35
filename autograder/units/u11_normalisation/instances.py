"""Random layers on which no known mistake can hide.

eps is as large as the variance, so that its place shows; gamma is never near 1, beta and every mean
are not zero, features and examples differ in their scale, N and D differ but for one instance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.engine.locate.instances import mixed_up, trait
from autograder.networks import Array, Graph
from autograder.networks.normalised import BATCH, LAYER, norm_graph
from autograder.networks.once import drawn_once

#: (N, D): different; equal; the other one larger. Then one feature, or one example alone: the
#: former on the way forward only, where a sum over one feature is not taken for no sum. With two
#: examples, or two features of a layer, dx would be 0, but for eps.
BATCHES = ((7, 4), (5, 5), (3, 6), (6, 2))
ONE_FEATURE = (6, 1)
LAYERS = ((7, 4), (5, 5), (6, 3), (1, 6))
#: The smallest first.
SMALL = {BATCH: ((2, 1), (3, 1), (2, 2), (3, 2)), LAYER: ((1, 2), (1, 3), (2, 2), (2, 3))}
#: One an instance.
EPS = (0.4, 0.7, 0.25, 0.9)
#: Where none is given.
USUAL_EPS = 1e-5
trait("given", "eps is given", "it has its usual value", lambda s: s["given"] == 1)
mixed_up("N D", "N D")


@dataclass(frozen=True)
class Instance:
    """A layer, its examples and what arrives from above.

    Attributes
    ----------
    x, dout : array, shape (N, D)
    gamma, beta : array, shape (D,)
    running_mean, running_var : array, shape (D,)
        Averages over batches that came before.
    eps, momentum : float
    """

    x: Array
    gamma: Array
    beta: Array
    dout: Array
    running_mean: Array
    running_var: Array
    eps: float
    momentum: float

    def graph(self, kind: str = BATCH) -> Graph:
        """The graph of J = sum(dout * out)."""
        return norm_graph(self.x, self.gamma, self.beta, self.dout, self.eps, kind)

    @property
    def sizes(self) -> dict[str, int]:
        """N and D, and 1 where eps is given, else 0."""
        sizes = dict(zip("ND", self.x.shape, strict=True))
        return sizes | {"given": int(self.eps != USUAL_EPS)}

    @property
    def label(self) -> str:
        """The sizes, for messages."""
        N, D = self.x.shape
        given = f"eps = {self.eps:g}" if self.eps != USUAL_EPS else "no eps given"
        return f"N = {N}, D = {D}, {given}"


def _away(rng: np.random.Generator, low: float, high: float, size: int) -> Array:
    """Numbers of both signs that are not near zero."""
    return np.asarray(rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size))


@drawn_once
def instance(rng: np.random.Generator, N: int, D: int, eps: float) -> Instance:
    """Draw a layer in which x varies along both axes."""
    while True:
        spread = rng.uniform(0.6, 1.8, (N, 1)) * rng.uniform(0.6, 1.8, D)
        x = _away(rng, 0.5, 1.5, D) + _away(rng, 0.3, 1.0, N)[:, np.newaxis]
        x = x + spread * rng.normal(size=(N, D))
        variances = [x.var(axis=axis) for axis in (0, 1) if x.shape[axis] > 1]
        if all(v.min() > 0.1 for v in variances):
            break
    dout = rng.normal(size=(N, D)) + 0.4
    gamma, beta = _away(rng, 1.3, 2.2, D), _away(rng, 0.4, 1.2, D)
    before = _away(rng, 0.4, 1.0, D), rng.uniform(0.5, 2.0, D)
    return Instance(x, gamma, beta, dout, *before, eps, float(rng.uniform(0.6, 0.8)))


def whole_instance(rng: np.random.Generator, N: int, D: int, kind: str) -> Instance:
    """A layer of few whole numbers, on which a mistake can be followed by hand."""
    axis = 0 if kind == BATCH else 1
    while True:
        x = rng.integers(-3, 4, (N, D)) + 0.0
        if x.var(axis=axis).min() > 0.5:
            break
    gamma, beta = rng.choice([-2.0, 2.0, 3.0], D), rng.choice([-1.0, 1.0], D)
    while True:
        dout = rng.choice([-2.0, -1.0, 1.0, 2.0, 3.0], (N, D))
        # no road from dout is 0 by chance
        if np.ptp(dout, axis=axis).all() and (gamma * dout).sum(axis=axis).all():
            break
    return Instance(x, gamma, beta, dout, np.ones(D), np.ones(D), 1.0, 0.5)
