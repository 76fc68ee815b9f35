"""Misconceptions about what a node hands on: the slope without what arrived, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import cut
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.expressions import ARRIVED_LEFT_OUT, ROOT_LEFT_OUT
from autograder.networks import Array, Edits, Graph
from autograder.networks.expressions import ways, wires
from autograder.networks.facts import expression_facts
from autograder.units.u01_graphs.mistakes.forks import order, predicted
from autograder.units.u01_graphs.mistakes.visits import in_order

MISTAKES = Mistakes("expressions")

#: So many paths are walked one by one at most.
_PATHS = 500


def _handed(graph: Graph, hand: Callable[[Array, Array], Array]) -> Mapping[int, Array]:
    """The gradients where a node adds ``hand(slope, its own gradient)`` to each operand."""
    made_of, last = wires(graph), expression_facts(graph).nodes - 1
    left = {n: np.zeros_like(graph.value(f"v{last}")) for n in range(last + 1)}
    left[last] = left[last] + 1.0
    for n, slot in in_order(graph, order(graph)[::-1]):
        i, slope = made_of[n][slot]
        left[i] = left[i] + hand(slope, left[n])
    return left


MISTAKES.whole(
    ARRIVED_LEFT_OUT, predicted(lambda g: _handed(g, lambda slope, arrived: slope)), "left out"
)
MISTAKES.whole(
    ARRIVED_LEFT_OUT,
    predicted(lambda g: _handed(g, lambda slope, arrived: slope + arrived)),
    "added, not multiplied",
)


def _handed_along_paths(
    graph: Graph, hand: Callable[[Array, Array], Array]
) -> Mapping[int, Array] | None:
    """The same where each path is walked by itself; None where there are too many."""
    made_of, last = wires(graph), expression_facts(graph).nodes - 1
    if sum(ways(graph)) > _PATHS:
        return None
    left = {n: np.zeros_like(graph.value(f"v{last}")) for n in range(last + 1)}
    waiting = [(last, left[last] + 1.0)]
    while waiting:
        n, arrived = waiting.pop()
        left[n] = left[n] + arrived
        waiting += [(i, hand(slope, arrived)) for i, slope in made_of.get(n, ())]
    return left


MISTAKES.whole(
    ARRIVED_LEFT_OUT,
    predicted(lambda g: _handed_along_paths(g, lambda slope, arrived: slope)),
    "left out on every path",
)
MISTAKES.whole(
    ARRIVED_LEFT_OUT,
    predicted(lambda g: _handed_along_paths(g, lambda slope, arrived: slope + arrived)),
    "added on every path, not multiplied",
)


def _no_root(problem: Problem) -> Edits:
    """Nothing comes back from the root to its operands."""
    root = expression_facts(problem.graph).nodes - 1
    operands = enumerate(expression_facts(problem.graph).operands.get(root, ()))
    return {f"v{i}->v{root}[{slot}]": cut() for slot, i in operands}


MISTAKES.whole(ROOT_LEFT_OUT, _no_root)
