"""A table of vectors from which rows are read: words (N, T) are row numbers of W (V, D).

Source: CS231n, word_embedding_forward.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.networks.facts import Facts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap


@dataclass(frozen=True, kw_only=True)
class EmbeddingFacts(Facts):
    """Rows of a table, read N times T times.

    Attributes
    ----------
    words : array of int, shape (N, T)
    """

    words: Array

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of sequences and that of places in each."""
        return {"N": self.words.shape[0], "T": self.words.shape[1]}


@one_graph
def embedding_graph(words: Array, W: Array, dout: Array) -> Graph:
    """The graph of J = sum(dout * out), out[n, t] = W[words[n, t]].

    Parameters
    ----------
    words : array of int, shape (N, T)
    W : array, shape (V, D)
    dout : array, shape (N, T, D)

    Examples
    --------
    >>> import numpy as np
    >>> words = np.array([[2, 0, 2]])
    >>> embedding_graph(words, np.eye(3), np.ones((1, 3, 3))).value("out")[0, :, 2]
    array([1., 0., 1.])
    """

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        table = tap.wire("W", "out", tap("W", inputs["W"]))
        out = tap("out", table[..., words, :])
        return tap("J", (dout * tap.wire("out", "J", out)).sum(axis=(-3, -2, -1)))

    facts = EmbeddingFacts(family="embedding", scopes={"": (1,)}, m=len(words), words=words)
    return Graph(forward, {"W": W}, facts)
