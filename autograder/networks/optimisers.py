"""One update of all parameters as a graph: descent, momentum, RMSprop and Adam.

W stands for any array of parameters, a bias too, and dW for its gradient. Each array is a place of
its own: the first has the nodes ``W1``, ``dW1``, ``v1``, ``v_new1``, ``W_new1``, and so on. What
all arrays share (``learning_rate``, ``beta``, ``t``) has no number, and shape (1, 1).

Sources: Polyak (1964) for momentum, here as a weighted mean; Tieleman & Hinton (2012) for RMSprop;
Kingma & Ba (2015), Algorithm 1, for Adam.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder.networks.facts import Facts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

FAMILY = "optimiser"
#: How nodes without a number are written: a digit at the end of a name would be a place.
WRITTEN = {
    "rate": "learning_rate",
    "rest": "(1 - beta)",
    "beta_one": "beta1",
    "beta_two": "beta2",
    "rest_one": "(1 - beta1)",
    "rest_two": "(1 - beta2)",
    "power_one": "beta1**t",
    "power_two": "beta2**t",
    "weight_one": "(1 - beta1**t)",
    "weight_two": "(1 - beta2**t)",
}
#: The square of a gradient, what the step is divided by, and its root without epsilon.
SQUARE, ROOT, DIVISOR = "dW²", "root", "divisor"


@one_graph
def step_graph(
    method: str,
    arrays: Sequence[Mapping[str, Array]],
    numbers: Mapping[str, float],
) -> Graph:
    """The graph of one update; its cost is the sum of all new parameters.

    Parameters
    ----------
    method : str
        ``"gd"``, ``"momentum"``, ``"rmsprop"`` or ``"adam"``.
    arrays : sequence of mapping of str to array, shape (n, k)
        For each array of parameters ``W``, ``dW``, and ``v`` and ``s`` as far as the method has
        them.
    numbers : mapping of str to float
        ``rate``, and what the method has of ``beta``, ``beta_one``, ``beta_two``, ``epsilon``,
        ``t``.
    """
    places = range(1, len(arrays) + 1)
    leaves = {name: np.full((1, 1), float(value)) for name, value in numbers.items()}
    for n, held in zip(places, arrays, strict=True):
        leaves |= {f"{letters}{n}": value for letters, value in held.items()}

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        step = _Step(tap, {name: tap(name, value) for name, value in inputs.items()})
        step.shared(method)
        total = np.zeros(())
        for n in places:
            step.walk(method, n)
            total = total + step.at[f"W_new{n}"].sum(axis=(-2, -1))
        return total

    scopes = {"every array": tuple(places)}
    facts = Facts(family=FAMILY, scopes=scopes, written=WRITTEN, whole="update")
    return Graph(forward, leaves, facts)


class _Step:
    """The nodes of one update while they are made."""

    def __init__(self, tap: Tap, at: dict[str, Array]):
        self.tap, self.at = tap, at

    def read(self, source: str, target: str) -> Array:
        """The value of `source` as it enters `target`."""
        return self.tap.wire(source, target, self.at[source])

    def put(self, name: str, value: Array) -> None:
        self.at[name] = self.tap(name, value)

    def shared(self, method: str) -> None:
        """What all arrays of parameters share."""
        if method in ("momentum", "rmsprop"):
            self.put("rest", 1 - self.read("beta", "rest"))
        for one in ("one", "two") if method == "adam" else ():
            beta, power, weight = f"beta_{one}", f"power_{one}", f"weight_{one}"
            self.put(f"rest_{one}", 1 - self.read(beta, f"rest_{one}"))
            # a power with a real exponent; exp and log would not take beta = 0
            self.put(power, self.read(beta, power) ** self.read("t", power))
            self.put(weight, 1 - self.read(power, weight))

    def walk(self, method: str, n: int) -> None:
        """One array of parameters."""
        if method in ("momentum", "adam"):
            one = "_one" if method == "adam" else ""
            self.mean("v", f"dW{n}", one, n)
        if method in ("rmsprop", "adam"):
            two = "_two" if method == "adam" else ""
            self.put(f"{SQUARE}{n}", self.read(f"dW{n}", f"{SQUARE}{n}") ** 2)
            self.mean("s", f"{SQUARE}{n}", two, n)
        if method == "adam":
            for letter, one in (("v", "one"), ("s", "two")):
                target = f"{letter}_corrected{n}"
                new, weight = self.read(f"{letter}_new{n}", target), f"weight_{one}"
                self.put(target, new / self.read(weight, target))
        along = {"momentum": "v_new", "adam": "v_corrected"}.get(method, "dW")
        self.move(f"{along}{n}", {"rmsprop": "s_new", "adam": "s_corrected"}.get(method, ""), n)

    def mean(self, letter: str, source: str, of: str, n: int) -> None:
        """A weighted mean of what there was and what comes: new = beta old + (1 - beta) source."""
        target = f"{letter}_new{n}"
        kept = self.read(f"{letter}{n}", target) * self.read(f"beta{of}", target)
        self.put(target, kept + self.read(source, target) * self.read(f"rest{of}", target))

    def move(self, along: str, squares: str, n: int) -> None:
        """The new parameters."""
        target = f"W_new{n}"
        old, step = self.read(f"W{n}", target), self.at[along]
        if squares:
            root, divisor = f"{ROOT}{n}", f"{DIVISOR}{n}"
            self.put(root, np.sqrt(self.read(f"{squares}{n}", root)))
            self.put(divisor, self.read(root, divisor) + self.read("epsilon", divisor))
        step = self.read(along, target)
        if squares:
            step = step / self.read(divisor, target)
        self.put(target, old - step * self.read("rate", target))
