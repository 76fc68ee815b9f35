"""Batch normalisation and layer normalisation; rows are examples, x is (N, D).

Names are those of CS231n and of S. Ioffe, C. Szegedy, "Batch Normalization" (2015); layer
normalisation is J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization" (2016). `x` reaches
`x_hat` on three roads: straight, by the mean `mu`, and by the variance `var`. Both are one forward
pass: what differs is the axis along which the mean is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.networks.facts import Facts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

BATCH, LAYER = "batchnorm", "layernorm"
#: The axis along which the mean is taken, counted from the end.
AXES = {BATCH: -2, LAYER: -1}
#: Names of several letters, none of which is an index.
_WRITTEN = {name: f"{name}_" for name in ["x", "gamma", "beta", "mu", "var", "std", "x_hat", "out"]}


@dataclass(frozen=True, kw_only=True)
class NormFacts(Facts):
    """One layer that normalises.

    Attributes
    ----------
    D : int
        The number of features.
    axis : int
        Along which the mean is taken: -2 over the examples, -1 over the features.
    eps : float
    """

    D: int
    axis: int
    eps: float

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of examples, and that of features."""
        return {"N": self.m, "D": self.D}

    @property
    def averaged(self) -> int:
        """How many numbers one mean is made of."""
        return self.m if self.axis == AXES[BATCH] else self.D


@one_graph
def norm_graph(
    x: Array, gamma: Array, beta: Array, dout: Array, eps: float, kind: str = BATCH
) -> Graph:
    """The graph of J = sum(dout * out), out = gamma * (x - mu) / sqrt(var + eps) + beta.

    Parameters
    ----------
    x, dout : array, shape (N, D)
    gamma, beta : array, shape (D,)
    eps : float
    kind : str
        ``"batchnorm"``: one mean and one variance a feature, ``mu`` and ``var`` are (D,);
        ``"layernorm"``: one an example, they are (N,).
    """
    axis = AXES[kind]

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        x, gamma, beta = (tap(name, inputs[name]) for name in ("x", "gamma", "beta"))
        mu = tap("mu", tap.wire("x", "mu", x).mean(axis=axis))

        def centred(target: str) -> Array:
            kept = np.expand_dims(tap.wire("mu", target, mu), axis)
            return np.asarray(tap.wire("x", target, x) - kept)

        var = tap("var", (centred("var") ** 2).mean(axis=axis))
        std = tap("std", np.sqrt(tap.wire("var", "std", var) + eps))
        divided = centred("x_hat") / np.expand_dims(tap.wire("std", "x_hat", std), axis)
        xhat = tap("x_hat", divided)
        # with leading batch axes gamma is (..., D) and needs an axis for the examples
        g, b = (
            tap.wire(name, "out", leaf)[..., np.newaxis, :]
            for name, leaf in (("gamma", gamma), ("beta", beta))
        )
        out = tap("out", g * tap.wire("x_hat", "out", xhat) + b)
        return tap("J", (dout * tap.wire("out", "J", out)).sum(axis=(-2, -1)))

    N, D = x.shape
    facts = NormFacts(
        family=kind,
        scopes={"": (1,)},
        m=N,
        written=_WRITTEN,
        whole="layer",
        D=D,
        axis=axis,
        eps=eps,
    )
    return Graph(forward, {"x": x, "gamma": gamma, "beta": beta}, facts)
