"""Misconceptions about the order of visits: a node fires before its gradient is complete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.expressions import (
    RECURSIVE_BACKWARD_NO_TOPOSORT,
)
from autograder.networks import Graph, Program, scalar_graph
from autograder.networks.expressions import Visits, replay
from autograder.units.u01_graphs.mistakes.forks import order, predicted
from autograder.units.u01_graphs.mistakes.visits import (
    depth_first,
    in_order,
    interleaved,
    listed,
)

MISTAKES = Mistakes("expressions")

#: How a pass visits a graph, by what is said of it.
VISITS: dict[str, Callable[[Graph], Visits]] = {
    "recursion, first operand first": lambda g: depth_first(g, 1, False),
    "recursion, last operand first": lambda g: depth_first(g, -1, False),
    "recursion, equal operands once": lambda g: depth_first(g, 1, True),
    "recursion, equal operands once, last operand first": lambda g: depth_first(g, -1, True),
    "each operand walked as soon as it got its part": interleaved,
    "depth first, each node once": lambda g: depth_first(g, 1, False, once=True),
    "depth first, each node once, last operand first": lambda g: depth_first(
        g, -1, False, once=True
    ),
    "from the leaves upward": lambda g: in_order(g, order(g)),
}
_AGAIN = {
    "once": "each node once",
    "always": "again on each way",
    "unless it waits": "none waits twice",
}
for _start, _last_in in (("breadth first", False), ("a stack of nodes", True)):
    for _repeat, _how in _AGAIN.items():
        if _last_in and _repeat == "always":
            continue  # a stack is the recursion that takes the last operand first
        VISITS[f"{_start}, {_how}"] = partial(listed, last_in=_last_in, again=_repeat)


def _along(visits: Callable[[Graph], Visits]) -> WholeEdit:
    return predicted(lambda graph: replay(graph, visits(graph)))


#: What can be asked about b, and the operations: a is v0 and b is v1.
_INSTANCES: dict[str, Program] = {
    "c = b*b + b with b = a*a": [("*", 0, 0), ("*", 1, 1), ("+", 2, 1)],
    "c = b + b*b with b = a*a": [("*", 0, 0), ("*", 1, 1), ("+", 1, 2)],
}


_OFTEN = "How often does your code visit b, and what does b hand on each time?"


def _ask(visits: Callable[[Graph], Visits]) -> str:
    """The question of an instance on which this way to visit fails, whichever is the first."""
    for spelt, program in _INSTANCES.items():
        graph = scalar_graph(program, [3.0])
        fired = [n for n, slot in visits(graph) if slot == 0]
        right = replay(graph, in_order(graph, range(3, -1, -1)))[0]
        if replay(graph, visits(graph))[0] != right:
            if fired.count(1) > 1:
                return f"Take {spelt}. {_OFTEN}"
            return (
                f"Take {spelt}. How many contributions does b wait for, and how many have arrived "
                "when your code visits it?"
            )
    raise ValueError("no instance fails")


for _how, _visits in VISITS.items():
    MISTAKES.whole(RECURSIVE_BACKWARD_NO_TOPOSORT, _along(_visits), _how)
    MISTAKES.words(RECURSIVE_BACKWARD_NO_TOPOSORT, "expressions", of=_how, ask=_ask(_visits))
MISTAKES.words(  # in which order a set gives its entries, nobody knows
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    "expressions",
    of="recursion over a set of operands, each node once",
    ask="Of a node with two users: what makes sure that your code does not visit it before both of "
    "them have handed on?",
)
MISTAKES.words(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    "expressions",
    of="recursion over a set of operands, equal operands once",
    ask=f"Take c = b*b + b with b = a*a. {_OFTEN}",
)
MISTAKES.words(
    RECURSIVE_BACKWARD_NO_TOPOSORT,
    "topo_order",
    title="a node stands before one that it is made of",
    computed="an order in which a node can come before its operands: read backward, it fires while "
    "one of its users has yet to send something",
    formula="in the list that you return, each node comes after all of its operands",
    ask="How does your function know that all operands of a node stand in the list, before it puts "
    "the node there?",
)
