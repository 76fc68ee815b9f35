"""Misconceptions about graphs of scalars: forks, the order of visits, what is left from before.

A node that overwrites its gradient has the exact gradient of a graph in which all but one of its
wires are cut. A wrong order of visits is no cut: some wires count several times, how often depends
on the order. There the gradients are predicted by replaying the order of visits on the slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, WholeEdit, misconception
from autograder.engine.diagnosis.edits import carry, cut
from autograder.engine.problem import Problem
from autograder.mistakes import memory as behaviour  # noqa: F401  its entries get forms here
from autograder.networks import Array, Edits, Graph
from autograder.networks.scalar import Visits, replay
from autograder.oracle import gradient
from autograder.units.u01_graphs.mistakes.visits import (
    breadth_first,
    depth_first,
    in_order,
    interleaved,
    last_path,
    replay_common,
    replay_in_place,
)

Predict = Callable[[Graph], Mapping[int, Array] | None]
ON = ("values",)


def order(graph: Graph) -> list[int]:
    """The student's own topological order if it is one, else operands first by number."""
    found = graph.facts.get("order") or range(graph.facts["nodes"])
    return [int(n) for n in found]


def predicted(predict: Predict) -> WholeEdit:
    """Every wire is cut, and the cost takes the predicted slopes from the nodes directly."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        slopes = predict(graph)
        if slopes is None:
            return {}

        def at_cost(value: Array, seen: Mapping[str, Array]) -> Array:
            terms = [slope * seen[f"v{n}"].imag for n, slope in slopes.items()]
            axes = tuple(range(-np.ndim(slopes[0]), 0))
            return carry(value, sum(t.sum(axis=axes) if axes else t for t in terms))

        inner = [wire for wire in graph.wires() if not wire.endswith("->J")]
        return {**{wire: cut() for wire in inner}, "J": at_cost}

    return edits


def _overwrites(kept: int) -> WholeEdit:
    """Of all wires out of a node only one remains: the one written last (-1) or first (0).

    The first is the first that brought something: code that keeps it asks whether the gradient
    is still zero. Within one operation the order does not matter: two wires from one node to the
    same operation have equal slopes.
    """

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        brings = gradient(graph, graph.wires()) if kept == 0 else {}
        written: dict[int, list[str]] = {}
        for n in reversed(order(graph)):
            for slot, i in enumerate(graph.facts["operands"].get(n, ())):
                wire = f"v{i}->v{n}[{slot}]"
                if np.any(brings.get(wire, 1.0)):
                    written.setdefault(i, []).append(wire)
        remain = {names[kept] for names in written.values()}
        return {w: cut() for w in graph.wires() if w not in remain and not w.endswith("->J")}

    return edits


def _equal_once(problem: Problem) -> Edits | None:
    """Of the two wires of ``a + a`` or ``a * a`` the first is cut: a dict keeps one of them."""
    operands = problem.graph.facts["operands"]
    twins = (n for n, (i, *rest) in operands.items() if rest == [i])
    return {f"v{operands[n][0]}->v{n}[0]": cut() for n in twins}


misconception(
    "grad-overwrite-not-accumulate",
    unit="01",
    title="a fork keeps one contribution only",
    computed="the gradient of a graph in which every node keeps one of its outgoing wires and "
    "the others are cut: a contribution was written where it had to be added",
    formula="node.grad += slope * user.grad, once for each use of the node",
    ask="A node is used twice. What becomes of the first contribution when the second arrives?",
    section="01, One number, two ways",
).form("the last one written", whole=_overwrites(-1), on=ON).form(
    "the first one written", whole=_overwrites(0), on=ON
).form("equal operands of one operation count once", whole=_equal_once, on=ON).form(
    "the last path, first operand first", whole=predicted(lambda g: last_path(g, 1)), on=ON
).form("the last path, last operand first", whole=predicted(lambda g: last_path(g, -1)), on=ON)


def _along(visits: Callable[[Graph], Visits]) -> WholeEdit:
    return predicted(lambda graph: replay(graph, visits(graph)))


misconception(
    "recursive-backward-no-toposort",
    unit="01",
    title="a node fires before its gradient is complete",
    computed="what comes out when a node hands on its gradient before all contributions have "
    "arrived, and hands on the old ones again later: paths are counted too often or too rarely",
    formula="reversed topological order: a node after all of its users, once",
    ask="Take c = b*b + b with b = a*a. How many contributions does b wait for, and how many "
    "have arrived when your code visits it?",
    section="01, When may a node fire?",
).form(
    "recursion, first operand first", whole=_along(lambda g: depth_first(g, 1, False)), on=ON
).form(
    "recursion, last operand first", whole=_along(lambda g: depth_first(g, -1, False)), on=ON
).form(
    "recursion, equal operands once", whole=_along(lambda g: depth_first(g, 1, True)), on=ON
).form(
    "recursion, equal operands once, last operand first",
    whole=_along(lambda g: depth_first(g, -1, True)),
    on=ON,
).form("recursion after each operand", whole=_along(interleaved), on=ON).form(
    "breadth first, each node once", whole=_along(lambda g: breadth_first(g, True)), on=ON
).form("breadth first, again on each way", whole=_along(lambda g: breadth_first(g, False)), on=ON)
CATALOGUE["recursive-backward-no-toposort"].form(
    "depth first, each node once",
    whole=_along(lambda g: depth_first(g, 1, False, once=True)),
    on=ON,
).form(
    "depth first, each node once, last operand first",
    whole=_along(lambda g: depth_first(g, -1, False, once=True)),
    on=ON,
).form("from the leaves upward", whole=_along(lambda g: in_order(g, order(g))), on=ON).form(
    "in the reverse of your topo_order", whole=_along(lambda g: in_order(g, order(g)[::-1])), on=ON
)


def _again(root: float, inner: bool = True) -> WholeEdit:
    """The second of two passes, which starts from the gradients of the first."""

    def predict(graph: Graph) -> Mapping[int, Array] | None:
        if not graph.facts.get("earlier"):
            return None
        numbers = range(graph.facts["nodes"])
        first = gradient(graph, [f"v{n}" for n in numbers])
        old = {n: first[f"v{n}"] for n in numbers}
        if not inner:
            return {n: g * (1 if n in graph.facts["operands"] else 2) for n, g in old.items()}
        return replay(graph, in_order(graph, order(graph)[::-1]), old, root)

    return predicted(predict)


def _twice(problem: Problem) -> Edits | None:
    earlier = problem.graph.facts.get("earlier")
    return {"J": lambda value, seen: carry(value, 2 * value.imag)} if earlier else {}


CATALOGUE["grads-not-reset"].form(
    "and handed on again, the root set to 1", whole=_again(1.0), on=ON
).form("and handed on again, the root too", whole=_again(2.0), on=ON).form(
    "in the leaves only", whole=_again(1.0, inner=False), on=ON
).form("everywhere", whole=_twice, on=ON).reword(
    "values",
    computed="this pass's gradients added to what an earlier pass had left in the nodes",
    formula="node.grad = 0.0 for every node, then root.grad = 1.0, then one pass",
    ask="Call backward twice on one root. Which line makes the second call start from zero?",
    section="01, A second call",
)


def _backwards(
    rule: Callable[[Graph, list[int], bool], dict[int, Array] | None], boxed: bool
) -> Predict:
    return lambda graph: rule(graph, order(graph)[::-1], boxed)


for _boxed in (False, True):
    CATALOGUE["shared-grad-array"].form(
        "the operands of a sum share the array of their user",
        whole=predicted(_backwards(replay_in_place, _boxed)),
        on=ON,
    ).form(
        "all nodes but the root share one array of zeros",
        whole=predicted(_backwards(replay_common, _boxed)),
        on=ON,
    )
CATALOGUE["shared-grad-array"].reword(
    "values",
    computed="gradients of a program in which two nodes own one array: += on one of them "
    "changed the other as well",
    formula="node.grad = node.grad + slope * user.grad, a new array",
    ask="For c = a + b, are a.grad and c.grad the same object? What does a.grad += ... do then?",
    section="01, One array, two owners",
)
