"""Random updates on which no known mistake can hide: v and s are not zero, t is not 1, epsilon
is large enough to be seen, and no two numbers are equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.engine.student import Parameters
from autograder.networks import Array, Edits, Graph
from autograder.networks.optimisers import step_graph

#: Widths of the layers: all different; all equal, where the arrays of two layers could be taken
#: for each other; one layer.
WIDTHS = ((3, 5, 2), (4, 4, 4, 4), (2, 1))
SMALL = ((1, 1), (1, 2), (2, 1, 1))
#: What each method keeps between updates.
STATE = {"gd": "", "momentum": "v", "rmsprop": "s", "adam": "vs"}
#: The numbers that the caller hands over, in the order of the arguments.
ORDER = {
    "gd": ("rate",),
    "momentum": ("beta", "rate"),
    "rmsprop": ("beta", "rate", "epsilon"),
    "adam": ("t", "rate", "beta_one", "beta_two", "epsilon"),
}


@dataclass(frozen=True)
class Update:
    """One call of a function that updates parameters.

    Attributes
    ----------
    method : str
        ``"gd"``, ``"momentum"``, ``"rmsprop"`` or ``"adam"``.
    parameters, grads : dict
        ``W1``, ``b1``, ... and ``dW1``, ``db1``, ...
    v, s : dict
        With the keys of `grads`.
    numbers : mapping of str to float
        Those of `step_graph`.
    """

    method: str
    parameters: dict[str, Array]
    grads: dict[str, Array]
    v: dict[str, Array]
    s: dict[str, Array]
    numbers: Mapping[str, float]

    @cached_property
    def graph(self) -> Graph:
        """The update as a graph; the arrays are its places, in the order W1, b1, W2, ..."""
        return step_graph(self.method, [self._held(name) for name in self.parameters], self.numbers)

    def _held(self, name: str) -> dict[str, Array]:
        state = {"v": self.v, "s": self.s}
        held = {"W": self.parameters[name], "dW": self.grads[f"d{name}"]}
        return held | {k: state[k][f"d{name}"] for k in STATE[self.method]}

    @property
    def nodes(self) -> dict[str, tuple[str, ...]]:
        """By the name of each array that comes back, in the order of computing, its node."""
        found: dict[str, tuple[str, ...]] = {}
        for k in STATE[self.method]:
            found |= {f"{k}_d{name}": (f"{k}_new{n}",) for n, name in enumerate(self.parameters, 1)}
        return found | {name: (f"W_new{n}",) for n, name in enumerate(self.parameters, 1)}

    def values(self, edits: Edits | None = None) -> dict[str, Array]:
        """What comes back; with edits, what a function with that mistake returns."""
        with np.errstate(all="ignore"):
            seen = self.graph.run(edits=edits).seen if edits else self.graph.seen
        shapes = {name: self.graph.value(node).shape for name, (node,) in self.nodes.items()}
        return {
            name: np.broadcast_to(np.real(seen[node]), shapes[name])
            for name, (node,) in self.nodes.items()
        }

    @property
    def label(self) -> str:
        """The shapes of the weights, for messages."""
        shapes = [str(p.shape) for name, p in self.parameters.items() if name[0] == "W"]
        return f"W of shape {', '.join(shapes)}"

    def state(self) -> tuple[Parameters, ...]:
        """What the method keeps, as arguments."""
        return tuple(Parameters({"v": self.v, "s": self.s}[k]) for k in STATE[self.method])


def update(
    rng: np.random.Generator,
    method: str,
    widths: Sequence[int],
    numbers: Mapping[str, float],
    whole: bool = False,
    size: float = 1.0,
) -> Update:
    """Draw one; with `whole` its numbers can be followed by hand; gradients are of that size."""

    def drawn(shape: tuple[int, ...]) -> Array:
        found = rng.integers(1, 5, shape) if whole else rng.uniform(0.4, 1.6, shape)
        return np.asarray(found * rng.choice([-1.0, 1.0], shape))

    parameters: dict[str, Array] = {}
    for n, (before, width) in enumerate(zip(widths[:-1], widths[1:], strict=True), 1):
        parameters |= {f"W{n}": drawn((width, before)), f"b{n}": drawn((width, 1))}
    grads, v, s = (
        {f"d{name}": size * drawn(array.shape) for name, array in parameters.items()} for _ in "123"
    )
    return Update(method, parameters, grads, v, {k: a**2 for k, a in s.items()}, numbers)
