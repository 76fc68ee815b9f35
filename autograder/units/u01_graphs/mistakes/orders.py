"""Misconceptions about the order of visits: a node fires before its gradient is complete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.expressions import (
    RECURSIVE_BACKWARD_NO_TOPOSORT,
)
from autograder.networks import Graph
from autograder.networks.expressions import Visits, replay
from autograder.units.u01_graphs.mistakes.forks import order, predicted
from autograder.units.u01_graphs.mistakes.visits import (
    depth_first,
    in_order,
    interleaved,
    listed,
)

MISTAKES = Mistakes("expressions")


def _along(visits: Callable[[Graph], Visits]) -> WholeEdit:
    return predicted(lambda graph: replay(graph, visits(graph)))


MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: depth_first(g, 1, False)),
    "recursion, first operand first",
)
MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: depth_first(g, -1, False)),
    "recursion, last operand first",
)
MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: depth_first(g, 1, True)),
    "recursion, equal operands once",
)
MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: depth_first(g, -1, True)),
    "recursion, equal operands once, last operand first",
)
MISTAKES.whole(RECURSIVE_BACKWARD_NO_TOPOSORT, _along(interleaved), "recursion after each operand")
_AGAIN = {
    "once": "each node once",
    "always": "again on each way",
    "unless it waits": "none waits twice",
}
for _start, _last_in in (("breadth first", False), ("a stack of nodes", True)):
    for _repeat, _how in _AGAIN.items():
        if _last_in and _repeat == "always":
            continue  # a stack is the recursion that takes the last operand first
        MISTAKES.whole(
            RECURSIVE_BACKWARD_NO_TOPOSORT,
            _along(partial(listed, last_in=_last_in, again=_repeat)),
            f"{_start}, {_how}",
        )
MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: depth_first(g, 1, False, once=True)),
    "depth first, each node once",
)
MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: depth_first(g, -1, False, once=True)),
    "depth first, each node once, last operand first",
)
MISTAKES.whole(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    _along(lambda g: in_order(g, order(g))),
    "from the leaves upward",
)

MISTAKES.words(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    "backward_tree",
    title="a node hands on more than what arrives on this path",
    computed="what comes out when a node hands on the sum of all that has arrived so far: the "
    "older part has been handed on before, and is counted again",
    formula="on each path: grad += arrived, and slope * arrived is handed on, not slope * grad",
    ask="When a second path reaches a node, which part of its grad has been handed on already?",
)
MISTAKES.words(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    "topo_order",
    title="a node stands before one that it is made of",
    computed="an order in which a node can come before its operands: read backward, it fires while "
    "one of its users has yet to send something",
    formula="in the list that you return, each node comes after all of its operands",
    ask="For d = a * b with b = a + c: where do a, b and d stand in your list? In which moment of "
    "your walk are all operands of a node known to be listed?",
)
