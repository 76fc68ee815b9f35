"""Random networks that read a word letter by letter, on which no known mistake can hide.

The state that comes in and the biases are not zero, no tanh is saturated, and a letter comes twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from autograder.engine.student import Parameters
from autograder.networks import Array, Graph, rnn_graph
from autograder.networks.once import drawn_once
from autograder.units.u10b_characters.contract import FAMILY, NODES

_TRIES = 2000
_UNSATURATED = 1.8


@dataclass(frozen=True)
class WordInstance:
    """A word as two lists of indices, the state that comes in, and parameters.

    ``X`` is ``[None, first letter, ...]``, ``Y`` is ``[first letter, ..., newline]``; `a_prev` is
    (n_a, 1); the names of the parameters are those of the notebook.
    """

    X: list[int | None]
    Y: list[int]
    a_prev: Array
    parameters: dict[str, Array]

    @cached_property
    def graph(self) -> Graph:
        """The graph of L, the sum of the losses of all letters, that of unit 07 with m = 1."""
        V = len(self.parameters["by"])
        x, y = (_one_hot(letters, V) for letters in (self.X, self.Y))
        inner = {node: self.parameters[name] for name, node in NODES.items()}
        graph = rnn_graph(x, y, self.a_prev, inner)
        names = {"ba": "b", "a0": "a_prev"}
        return replace(graph, facts=replace(graph.facts, family=FAMILY, written=names))

    @property
    def steps(self) -> int:
        """T, the number of letters with the newline."""
        return len(self.X)

    def args(self) -> tuple[Any, ...]:
        """The arguments of `rnn_forward`."""
        return list(self.X), list(self.Y), self.a_prev, Parameters(self.parameters)

    def state(self, t: int) -> Array:
        """a after step t; the one that comes in at t = 0."""
        return self.a_prev if t == 0 else self.graph.value(f"a{t}")


def _one_hot(letters: list[Any], V: int) -> Array:
    """Columns, shape (V, 1, T); zeros for None."""
    found = np.zeros((V, 1, len(letters)))
    for t, letter in enumerate(letters):
        if letter is not None:
            found[letter, 0, t] = 1.0
    return found


@drawn_once
def word_instance(
    rng: np.random.Generator, sizes: tuple[int, int, int], one_letter: bool = False
) -> WordInstance:
    """Draw a screened instance.

    Parameters
    ----------
    rng : numpy.random.Generator
    sizes : tuple of int
        (V, n_a, T): letters of the vocabulary, units, steps.
    one_letter : bool
        Whether the word is one letter again and again, so that entries of the gradient are large.

    Raises
    ------
    RuntimeError
        If no instance of these sizes passes the screening.
    """
    for _ in range(_TRIES):
        drawn = _draw(rng, sizes, one_letter)
        seen = drawn.graph.seen
        largest = max(np.abs(seen[f"z{t}"]).max() for t in range(1, drawn.steps + 1))
        if largest < _UNSATURATED:
            return drawn
    raise RuntimeError(f"no good instance of sizes {sizes} in {_TRIES} tries")


def _draw(rng: np.random.Generator, sizes: tuple[int, int, int], one_letter: bool) -> WordInstance:
    V, n_a, T = sizes
    parameters = {
        "Wax": 0.6 * rng.normal(size=(n_a, V)),
        "Waa": 0.8 * rng.normal(size=(n_a, n_a)) / np.sqrt(n_a),
        "b": _away_from_zero(rng, (n_a, 1), 0.3),
        "Wya": rng.normal(size=(V, n_a)),
        "by": _away_from_zero(rng, (V, 1), 0.5),
    }
    word = [int(k) for k in rng.integers(0, V - 1, T - 1)]
    if one_letter:
        word = [word[0]] * len(word)
        parameters["by"][word[0]] = -3.0
    elif len(word) > 2:
        word[1], word[2] = 0, word[0]  # index 0 is a letter, too
    return WordInstance(
        [None, *word], [*word, V - 1], _away_from_zero(rng, (n_a, 1), 0.8), parameters
    )


def _away_from_zero(rng: np.random.Generator, shape: tuple[int, ...], largest: float) -> Array:
    return np.asarray(rng.uniform(0.2 * largest, largest, shape) * rng.choice([-1, 1], shape))


#: (V, n_a, T): sizes that differ, equal ones, one letter alone, which is the newline.
SIZES = ((6, 5, 7), (4, 4, 4), (5, 3, 1))
#: Few letters, units and steps, the smallest first.
SMALL = ((2, 1, 1), (2, 1, 2), (3, 2, 3))


def small_word(rng: np.random.Generator, sizes: tuple[int, int, int]) -> WordInstance:
    """An instance of halves and wholes."""
    V, n_a, T = sizes
    shapes = {"Wax": (n_a, V), "Waa": (n_a, n_a), "b": (n_a, 1), "Wya": (V, n_a), "by": (V, 1)}
    parameters = {name: _halves(rng, shape) for name, shape in shapes.items()}
    word = [int(k) for k in rng.integers(0, V - 1, T - 1)]
    return WordInstance([None, *word], [*word, V - 1], _halves(rng, (n_a, 1)), parameters)


def _halves(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(rng.choice([-1.0, -0.5, 0.5, 1.0], shape))


def label(drawn: WordInstance) -> str:
    """Return the sizes in words."""
    V, n_a = drawn.parameters["Wya"].shape
    return f"V = {V}, n_a = {n_a}, T = {drawn.steps}"


def sizes_of(drawn: WordInstance) -> dict[str, int]:
    """Return the sizes by the letters of the contract."""
    V, n_a = drawn.parameters["Wya"].shape
    return {"V": V, "n_a": n_a, "T": drawn.steps}
