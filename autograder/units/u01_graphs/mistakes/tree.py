"""The mistakes of a pass in the words of `backward_tree`: there, `arrived` is what is handed on."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.expressions import (
    ARRIVED_LEFT_OUT,
    GRAD_OVERWRITE_NOT_ACCUMULATE,
    RECURSIVE_BACKWARD_NO_TOPOSORT,
)
from autograder.mistakes.catalogue.memory import GRADS_NOT_RESET, SHARED_GRAD_ARRAY
from autograder.units.u01_graphs.mistakes.orders import VISITS

MISTAKES = Mistakes("expressions")

_HANDED = "on each path: grad += arrived, and slope * arrived is handed on"

MISTAKES.words(
    ARRIVED_LEFT_OUT,
    "backward_tree",
    title="what arrived is no factor of what is handed on",
    computed="a gradient in which the slope on a wire is not multiplied by what arrived at the "
    "node that it leads to",
    formula=f"{_HANDED}: a product of two numbers",
)
MISTAKES.words(
    GRAD_OVERWRITE_NOT_ACCUMULATE,
    "backward_tree",
    computed="the gradient of a graph in which some of the wires that leave a node are cut: of "
    "what several paths bring to a node one part is kept, where all had to be added",
    formula="node.grad += arrived, at each visit of the node",
    ask="Two paths lead to a node. What does its grad hold when both have been walked?",
)
MISTAKES.words(
    SHARED_GRAD_ARRAY, "backward_tree", formula="node.grad = node.grad + arrived, a new array"
)
MISTAKES.words(
    GRADS_NOT_RESET,
    "backward_tree",
    formula="node.grad = 0.0 for every node, then one walk from the root, where 1 arrives",
    ask="Call backward_tree twice on one root. Which line makes the second call start from zero?",
)
MISTAKES.words(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    "backward_tree",
    title="a node hands on more than what arrives on this path",
    computed="what comes out when a node hands on the sum of all that has arrived so far: the "
    "older part has been handed on before, and is counted again",
    formula=f"{_HANDED}, not slope * grad",
    ask="When a second path reaches a node, which part of its grad has been handed on already?",
)
for _how in VISITS:
    if "each node once" in _how or "upward" in _how:
        MISTAKES.words(
            RECURSIVE_BACKWARD_NO_TOPOSORT,
            "backward_tree",
            of=_how,
            title="what arrives later is not handed on",
            computed="what comes out when a node hands on once what has arrived by then: what "
            "arrives on a later path stays in the node",
            formula=f"{_HANDED}, each time that a path reaches the node",
            ask="When a second path reaches a node, what does your code hand on to its operands?",
        )
    else:
        # the general question, not that of an instance
        MISTAKES.words(
            RECURSIVE_BACKWARD_NO_TOPOSORT,
            "backward_tree",
            of=_how,
            ask="When a second path reaches a node, which part of its grad has been handed on "
            "already?",
        )
