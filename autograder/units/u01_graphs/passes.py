"""Unit 01, an engine on scalars: the passes back, along every path and over the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from autograder.arrays import shape_of
from autograder.engine.bug_hunt import hunt
from autograder.engine.compare import alike
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    register,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import NotWritten, Student
from autograder.engine.unpack import Values, kinds_of
from autograder.errors.words import article
from autograder.networks import Array, Graph
from autograder.networks.expressions import replay
from autograder.networks.facts import expression_facts
from autograder.observe import StudentError
from autograder.units.u01_graphs.contract import (
    closed_at_zero,
    in_the_nodes,
)
from autograder.units.u01_graphs.counting import visits_hold
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.mistakes.visits import unordered
from autograder.units.u01_graphs.nodes import as_float, build, positions, spread
from autograder.units.u01_graphs.order import EARLY
from autograder.units.u01_graphs.small import small_passes

#: v1 is reached at once and by two longer ways, from left and from right: whoever visits it
#: too early, by whatever rule, is caught on every seed.
LADDER = [("*", 0, 0), ("tanh", 1), ("tanh", 2), ("+", 3, 1), ("+", 1, 4)]

#: v3 is a ReLU that is on in one entry and off in the other, with a slope above it in both; no
#: operand equals another.
SLOPES = [("*", 0, 1), ("relu", 2), ("exp", 3), ("tanh", 2), ("*", 4, 5), ("log", 1), ("+", 6, 7)]


def pass_trials(name: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Numbers and arrays, every slope, a node used twice, a leaf alone, a second pass."""
    twins = Expression([("+", 0, 0)], [rng.uniform(0.5, 1.5)])
    square = Expression([("*", 0, 0), ("*", 1, 1), ("+", 2, 1)], [rng.uniform(0.5, 1.5)])
    leaf = Expression([], [rng.uniform(0.5, 1.5)])
    ladder = Expression(LADDER, [rng.uniform(0.5, 1.5, 2)])
    numbers = expression(rng)
    arrays = expression(rng, shape=(3,))
    used = expression(rng, leaves=2, size=6)
    small, large = rng.uniform(0.4, 0.7, 2), rng.uniform(1.1, 1.4, 2)
    slopes = Expression(SLOPES, [small * [1, -1], large])
    for drawn in (numbers, used, arrays, slopes, square, ladder, twins, leaf):
        nodes = build(student, drawn.program, drawn.leaves)
        order = _order(student, nodes)
        if drawn is used:
            _first_pass(student, name, nodes)
        graph = drawn.graph
        graph = replace(
            graph, facts=replace(expression_facts(graph), order=order, earlier=drawn is used)
        )
        claims = {f"grad v{n}": Claim(f"v{n}") for n in range(len(nodes) - 1, -1, -1)}
        label = drawn.label + (", visited once before" if drawn is used else "")
        told = {True: "each node once", False: "equal operands once"}
        known = tuple(
            Unordered(EARLY, {}, f"recursion over a set of operands, {how}", graph, once)
            for once, how in told.items()
            if name == "backward"  # a walk over a tree has no order to miss
        )
        yield Trial(label, (nodes[-1], nodes), Problem(graph, claims), relatives=known)


@dataclass(frozen=True)
class Unordered(Relative):
    """What recursion over sets of operands leaves, whichever of two operands comes first.

    Each order is tried when somebody asks, not before.
    """

    graph: Graph | None = None
    once: bool = False

    def gives(self, found: Mapping[str, Array]) -> bool:
        """Are these the gradients that one of the orders leaves?"""
        assert self.graph is not None
        for visits in unordered(self.graph, self.once):
            left = {f"grad v{n}": g for n, g in replay(self.graph, visits).items()}
            # what an engine keeps as an integer is not among the found ones
            if found and alike({name: left[name] for name in found if name in left}, found):
                return True
        return False


def _first_pass(student: Student, name: str, nodes: list[Any]) -> None:
    """What a first pass does wrong shows elsewhere; here it only has to have happened."""
    try:
        student.call(name, nodes[-1], nodes)
    except StudentError:
        return


def _order(student: Student, nodes: list[Any]) -> list[int] | None:
    """The student's own order, if it is complete: it decides which contribution comes last."""
    try:
        found = positions(student, student.call("topo_order", nodes[-1]), nodes)
    except (NotWritten, StudentError, Misshapen):
        return None
    return found if sorted(found) == list(range(len(nodes))) else None


def unpack_pass(value: Any) -> dict[str, Any]:
    """``grads, visits``; a gradient may be a Python number where the others are arrays."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        found = "None: is a `return` missing?" if value is None else kinds_of(value)
        raise Misshapen(f"returned {found}; expected two values in this order: grads, visits")
    grads = value[0]
    if not isinstance(grads, (list, tuple)):
        raise Misshapen(f"grads is {article(type(grads).__name__)}, expected a list of numbers")
    shape = max(map(shape_of, grads), key=len, default=())
    named = {f"grad v{n}": spread(as_float(g), shape) for n, g in enumerate(grads)}
    return {**named, "visits": value[1]}


GRADS = Property(
    "grads_match_numeric_gradient",
    "the gradient of every node matches the numeric gradient",
    ("grad v",),
)
_COSTS = {
    "backward": ("visits_each_node_once", "visits each node once: 21 visits for 2^20 paths"),
    "backward_tree": ("visits_once_for_each_path", "makes one visit for each path"),
}
for _name, (_cost, _sentence) in _COSTS.items():
    register(
        Exercise(
            _name,
            "01",
            partial(pass_trials, _name),
            Values(("grads", "visits"), unpack_pass),
            (
                SHAPES,
                GRADS,
                Property(
                    "leaves_the_gradients_in_the_nodes",
                    "leaves each node's gradient in the node, and returns it at the node's place",
                    holds=partial(in_the_nodes, _name),
                ),
                Property(
                    "passes_nothing_at_zero",
                    "lets nothing pass a ReLU at exactly 0",
                    holds=partial(closed_at_zero, _name),
                ),
                TWICE,
                Property(_cost, _sentence, holds=partial(visits_hold, _name), alone=False),
            ),
            after=("topo_order",) if _name == "backward" else ("Value",),
            smaller=small_passes,
        )
    )

hunt(
    "answers_01",
    "01",
    "ABCDEF",
    (
        "grad-overwrite-not-accumulate",
        "recursive-backward-no-toposort",
        "grads-not-reset",
        "product-own-factor",
        "product-without-slopes",
        "backprop-is-gradient-descent",
        "backprop-is-numeric-or-symbolic",
    ),
)
