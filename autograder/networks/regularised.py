"""A network of three layers whose cost has a second term: an L2 penalty on the weights.

Source: deep-learning specialisation, course 2 week 1. Columns are examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np

from autograder.networks.columns import mlp, mlp_graph
from autograder.networks.facts import LayerFacts, layer_facts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap


@dataclass(frozen=True, kw_only=True)
class PenaltyFacts(LayerFacts):
    """A chain of layers with a penalty of strength lambd."""

    lambd: float


def penalised(A: Array, tap: Tap, Y: Array, lambd: float, depth: int) -> Array:
    """J = C + R: C is the mean of the losses, R = lambd / (2 m) times the sum of all W².

    The nodes are ``L``, ``C``, ``R`` and ``J``; ``"W2->R"`` is the second use of a weight.
    """
    A, m = tap.wire(f"A{depth}", "L", A), Y.shape[-1]
    losses = tap("L", -(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
    C = tap("C", tap.wire("L", "C", losses).sum(axis=(-2, -1)) / m)
    weights = (tap.wire(f"W{n}", "R", tap.seen[f"W{n}"]) for n in range(1, depth + 1))
    squares = sum((W**2).sum(axis=(-2, -1)) for W in weights)
    R = tap("R", np.asarray(lambd / (2 * m) * squares))
    return tap("J", np.asarray(tap.wire("C", "J", C) + tap.wire("R", "J", R)))


@one_graph
def regularised_graph(X: Array, Y: Array, parameters: Mapping[str, Array], lambd: float) -> Graph:
    """The graph of the cost with a penalty; all layers but the last are ReLU layers.

    Parameters
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
        Labels 0 or 1.
    parameters : mapping
        ``W1`` (n_1, n_x), ``b1`` (n_1, 1), ``W2``, ...
    lambd : float
        The strength of the penalty.

    Examples
    --------
    >>> p = {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))}
    >>> graph = regularised_graph(np.ones((2, 4)), np.ones((1, 4)), p, 8.0)
    >>> float(graph.value("R"))
    2.0
    """
    plain = mlp_graph(X, Y, parameters)
    facts = layer_facts(plain)
    cost = partial(penalised, Y=Y, lambd=lambd, depth=facts.L)
    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    single = {f"layer {n}": (n,) for n in range(1, facts.L)}
    known |= {"scopes": {**facts.scopes, **single}, "written": {"A0": "X"}, "lambd": lambd}
    forward = partial(mlp, activations=facts.activations, cost=cost)
    return replace(plain, forward=forward, facts=PenaltyFacts(**known))
