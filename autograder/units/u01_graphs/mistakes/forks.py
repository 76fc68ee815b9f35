"""Misconceptions about graphs of scalars: forks, the order of visits, what is left from before.

A node that overwrites its gradient has the exact gradient of a graph in which all but one of its
wires are cut. A wrong order of visits is no cut: some wires count several times, how often depends
on the order. There the gradients are predicted by replaying the order of visits on the slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from autograder.engine.diagnosis.edits import carry, cut
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.expressions import (
    EQUAL_OPERANDS_ONCE,
    GRAD_OVERWRITE_NOT_ACCUMULATE,
)
from autograder.mistakes.catalogue.memory import GRADS_NOT_RESET, SHARED_GRAD_ARRAY
from autograder.networks import Array, Edits, Graph
from autograder.networks.expressions import replay
from autograder.networks.facts import expression_facts
from autograder.oracle import gradient
from autograder.units.u01_graphs.mistakes.visits import (
    in_order,
    last_path,
    replay_common,
    replay_in_place,
    sum_of_all,
)

MISTAKES = Mistakes("expressions")

Predict = Callable[[Graph], Mapping[int, Array] | None]


def order(graph: Graph) -> list[int]:
    """The student's own topological order if it is one, else operands first by number."""
    found = expression_facts(graph).order or range(expression_facts(graph).nodes)
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
            for slot, i in enumerate(expression_facts(graph).operands.get(n, ())):
                wire = f"v{i}->v{n}[{slot}]"
                if np.any(brings.get(wire, 1.0)):
                    written.setdefault(i, []).append(wire)
        remain = {names[kept] for names in written.values()}
        return {w: cut() for w in graph.wires() if w not in remain and not w.endswith("->J")}

    return edits


def _begun_anew(problem: Problem) -> Edits | None:
    """Each user sets the gradients of its operands to zero first: of ``a + a`` both wires count."""
    operands = expression_facts(problem.graph).operands
    last = {i: n for n in reversed(order(problem.graph)) for i in operands.get(n, ())}
    wires = (
        (f"v{i}->v{n}[{s}]", last[i] == n) for n in operands for s, i in enumerate(operands[n])
    )
    return {wire: cut() for wire, kept in wires if not kept}


def _equal_once(problem: Problem) -> Edits | None:
    """Of the two wires of ``a + a`` or ``a * a`` the first is cut: a dict keeps one of them."""
    operands = expression_facts(problem.graph).operands
    twins = (n for n, (i, *rest) in operands.items() if rest == [i])
    return {f"v{operands[n][0]}->v{n}[0]": cut() for n in twins}


#: The numbers do not tell whether the path was the first or the last that was walked.
ONE_PATH = (
    "one path to each node, by the last operand where there is a choice",
    "one path to each node, by the first operand where there is a choice",
)
MISTAKES.whole(GRAD_OVERWRITE_NOT_ACCUMULATE, _overwrites(-1), "the last one written")
MISTAKES.whole(GRAD_OVERWRITE_NOT_ACCUMULATE, _overwrites(0), "the first one written")
MISTAKES.whole(GRAD_OVERWRITE_NOT_ACCUMULATE, _begun_anew, "set to zero by each user")
MISTAKES.whole(EQUAL_OPERANDS_ONCE, _equal_once)
for _step, _path in zip((1, -1), ONE_PATH, strict=True):
    MISTAKES.whole(GRAD_OVERWRITE_NOT_ACCUMULATE, predicted(partial(last_path, step=_step)), _path)


def _again(root: float, inner: bool = True) -> WholeEdit:
    """The second of two passes, which starts from the gradients of the first."""

    def predict(graph: Graph) -> Mapping[int, Array] | None:
        if not expression_facts(graph).earlier:
            return None
        numbers = range(expression_facts(graph).nodes)
        first = gradient(graph, [f"v{n}" for n in numbers])
        old = {n: first[f"v{n}"] for n in numbers}
        if not inner:
            return {
                n: g * (1 if n in expression_facts(graph).operands else 2) for n, g in old.items()
            }
        return replay(graph, in_order(graph, order(graph)[::-1]), old, root)

    return predicted(predict)


def _twice(problem: Problem) -> Edits | None:
    earlier = expression_facts(problem.graph).earlier
    return {"J": lambda value, seen: carry(value, 2 * value.imag)} if earlier else {}


MISTAKES.whole(GRADS_NOT_RESET, _again(1.0), "and handed on again, the root set to 1")
MISTAKES.whole(GRADS_NOT_RESET, _again(2.0), "and handed on again, the root too")
MISTAKES.whole(GRADS_NOT_RESET, _again(1.0, inner=False), "in the leaves only")
MISTAKES.whole(GRADS_NOT_RESET, _twice, "everywhere")
MISTAKES.words(
    GRADS_NOT_RESET,
    "expressions",
    title="gradients of an earlier call are kept",
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
    MISTAKES.whole(
        SHARED_GRAD_ARRAY,
        predicted(_backwards(replay_in_place, _boxed)),
        "the operands of a sum share the array of their user",
    )
    MISTAKES.whole(
        SHARED_GRAD_ARRAY,
        predicted(_backwards(replay_common, _boxed)),
        "all nodes but the root share one array of zeros",
    )
    MISTAKES.whole(
        SHARED_GRAD_ARRAY,
        predicted(partial(sum_of_all, boxed=_boxed)),
        "all nodes share one array of zeros",
    )
MISTAKES.words(
    SHARED_GRAD_ARRAY,
    "expressions",
    computed="gradients of a program in which two nodes own one array: += on one of them "
    "changed the other as well",
    formula="node.grad = node.grad + slope * user.grad, a new array",
    # in all forms the operands of a sum share theirs; in one the root keeps its own
    ask="For c = a + b, are a.grad and b.grad the same object? What does += on the one do to the "
    "other?",
    section="01, One array, two owners",
)
for _of, _computed in {
    "the first one written": "the contribution that came first was kept, where the later ones had "
    "to be added to it",
    "set to zero by each user": "each user set the gradients of its operands to zero, and what had "
    "arrived from other users before was lost",
    **dict.fromkeys(ONE_PATH, "of all paths to a node one is kept, where all had to be added"),
}.items():
    MISTAKES.words(
        GRAD_OVERWRITE_NOT_ACCUMULATE,
        "expressions",
        of=_of,
        computed=f"the gradient of a graph in which some of the wires that leave a node are cut: "
        f"{_computed}",
    )
