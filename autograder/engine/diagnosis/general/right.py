"""The arrays that a wrong one is compared with: of the answer, gradients at nodes, and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.engine.diagnosis.general.kinds import split
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits
from autograder.oracle import gradient


class Right:
    """All arrays of a problem, with some edits made: of the answer, gradients, and values."""

    def __init__(self, problem: Problem, edits: Edits):
        self.problem, self.edits = problem, edits

    @cached_property
    def truth(self) -> dict[str, Array]:
        """What a function with these edits returns."""
        with np.errstate(all="ignore"):
            return self.problem.truth(self.edits)

    @cached_property
    def gradients(self) -> dict[str, Array]:
        """The derivative of the cost at every node."""
        with np.errstate(all="ignore"):
            return gradient(self.problem.graph, self.problem.graph.nodes(), self.edits)

    def arrays(self, kind: str) -> dict[str, Array]:
        """Return the arrays of one kind by name: ``"answer"``, ``"gradient"``, ``"value"``."""
        if kind == "answer":
            return self.truth
        if kind == "gradient":
            return self.gradients
        graph = self.problem.graph
        return {name: graph.value(name) for name in graph.nodes()}


@dataclass(frozen=True)
class Source:
    """An array, seen from the one that is looked at.

    `letters` are its name without its number; `how` says what `number` is: ``"near"``, the
    difference to that of the array that is looked at; ``"at"``, the number; ``"last"``, the
    number minus the last one; ``""``, there is none.
    """

    kind: str
    letters: str
    how: str = ""
    number: int = 0

    def array(self, right: Right, name: str) -> Array | None:
        """Return the array on a problem, where there is one."""
        own = split(name)[1] or split(right.problem.claims[name].node)[1] or 0
        last = right.problem.graph.facts.length
        number = self.number + {"near": own, "at": 0, "last": last}.get(self.how, 0)
        return right.arrays(self.kind).get(self.letters + (str(number) if self.how else ""))


def sources(right: Right, name: str) -> Iterator[Source]:
    """Yield all arrays that a wrong array may have been taken from."""
    node = right.problem.claims[name].node
    own = split(name)[1] or split(node)[1]
    last = right.problem.graph.facts.length
    for kind in ("answer", "value", "gradient"):
        for other in right.arrays(kind):
            letters, number = split(other)
            if number is None:
                yield Source(kind, letters)
            elif own is not None:
                yield Source(kind, letters, "near", number - own)
            else:
                yield Source(kind, letters, "at", number)
                yield Source(kind, letters, "last", number - last)
