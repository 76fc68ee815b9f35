"""Unit 01, an engine on scalars: the passes back, along every path and over the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    Exercise,
    Misshapen,
    Property,
    Trial,
    Wanting,
    register,
    take,
)
from autograder.engine.named_mistake import bug_hunt, integer
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import NotWritten, Student
from autograder.networks.scalar import diamonds
from autograder.observe import StudentError
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.nodes import as_float, build, positions
from autograder.units.u01_graphs.value_class import DEPTH, EARLY

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
        facts = {"order": _order(student, nodes), "earlier": drawn is used}
        if drawn is used:
            _first_pass(student, name, nodes)
        graph = drawn.graph
        graph = replace(graph, facts={**graph.facts, **facts})
        claims = {f"grad v{n}": Claim(f"v{n}") for n in range(len(nodes) - 1, -1, -1)}
        label = drawn.label + (", visited once before" if drawn is used else "")
        yield Trial(label, (nodes[-1], nodes), Problem(graph, claims))


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
        found = "None: is a `return` missing?" if value is None else type(value).__name__
        raise Misshapen(f"returned {found}; expected two values: grads, visits")
    grads = value[0]
    if not isinstance(grads, (list, tuple)):
        raise Misshapen(f"grads is a {type(grads).__name__}, expected a list of numbers")
    shape = max((np.shape(g) for g in grads), key=len, default=())
    named = {f"grad v{n}": _spread(as_float(g), shape) for n, g in enumerate(grads)}
    return {**named, "visits": value[1]}


def _spread(grad: Any, shape: tuple[int, ...]) -> Any:
    """A root gradient of 1.0 stands for an array of ones."""
    return np.full(shape, grad) if shape and isinstance(grad, (float, np.floating)) else grad


def visits_hold(name: str, student: Student, rng: np.random.Generator) -> None:
    """Count on small chains of diamonds first: a tree of depth 20 takes two million visits."""
    depths = (3, 6, DEPTH) if name == "backward" else (3, 6)
    for depth in depths:
        nodes = build(student, diamonds(depth), [0.5])
        value = student.call(name, nodes[-1], nodes)
        found = integer("visits", take("grads", "visits")(value)["visits"])
        tree, graph = 2 ** (depth + 1) - 1, depth + 1
        wanted, other = (graph, tree) if name == "backward" else (tree, graph)
        start = f"on a chain of {depth} diamonds it reports {found} visits, expected {wanted}"
        if found == tree and name == "backward":
            raise Wanting(f"{start}: one for each path", EARLY)
        if found == other:
            raise Wanting(f"{start}: one for each path down to a node, not one for each node")
        if found != wanted:
            raise Wanting(start)


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
            unpack_pass,
            (
                SHAPES,
                GRADS,
                TWICE,
                Property(_cost, _sentence, holds=partial(visits_hold, _name)),
            ),
            after=("topo_order",) if _name == "backward" else ("Value",),
        )
    )

SUSPECTS = (
    "grad-overwrite-not-accumulate",
    "recursive-backward-no-toposort",
    "grads-not-reset",
    "product-own-factor",
    "product-without-slopes",
)


def hunted() -> dict[str, str]:
    """The suspects in the order in which the assignment shuffles them, and two sentences."""
    order = np.random.default_rng(124).permutation(list(SUSPECTS))
    return {letter: str(order[i]) for i, letter in enumerate("ABCD")} | {
        "E": "backprop-is-gradient-descent",
        "F": "backprop-is-numeric-or-symbolic",
    }


bug_hunt("answers_01", "01", hunted())
