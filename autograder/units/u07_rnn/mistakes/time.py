"""Misconceptions about the sum over time: which way is forgotten, and which step counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.engine.diagnosis.edits import cut
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_IGNORED,
    BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1,
    BPTT_LAST_LOSS_ONLY,
    BPTT_MISSING_DA_PREVT,
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    OUTPUT_GRADS_LAST_STEP,
    UPSTREAM_MEANS_EARLIER_LAYER,
)
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.units.u07_rnn.mistakes.edits import carries, out_wire, recurrent, reweighted, steps
from autograder.units.u07_rnn.mistakes.words import BOTH, RNN

MISTAKES = Mistakes("rnn")

FORK = "07, Two arrows into a_t"
SUM = "07, One weight, T uses"


def _cells(edits: Callable[[Graph], Mapping[str, Edit] | None]) -> WholeEdit:
    """Edits of a graph with cells; none on one without."""
    return lambda problem: edits(problem.graph) if recurrent(problem.graph) else None


MISTAKES.whole(BPTT_MISSING_DA_PREVT, _cells(lambda graph: {w: cut() for w in carries(graph)}))

MISTAKES.whole(
    BPTT_DA_IGNORED, _cells(lambda graph: {out_wire(graph, t): cut() for t in steps(graph)})
)


def _last_only(problem: Problem) -> Edits | None:
    graph = problem.graph
    return {out_wire(graph, t): cut() for t in steps(graph)[:-1]}


def _last_loss(problem: Problem) -> Edits | None:
    if "L1" not in problem.graph.seen:
        return None
    return {f"L{t}->J": cut() for t in steps(problem.graph)[:-1]}


MISTAKES.whole(BPTT_LAST_LOSS_ONLY, _last_only, "in da", on=BOTH)
MISTAKES.whole(BPTT_LAST_LOSS_ONLY, _last_loss, "in all arrays")


def _shifted(wrap: bool) -> WholeEdit:
    def at(da: dict[int, Array], t: int) -> Array:
        before = da.get(t - 1, da[len(da)] if wrap else 0 * da[t])
        return da[t] + before

    def edits(problem: Problem) -> Edits | None:
        made = reweighted(at)(problem)
        return None if made is None else {**made, **{w: cut() for w in carries(problem.graph)}}

    return edits


MISTAKES.whole(BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1, _shifted(False))
MISTAKES.whole(BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1, _shifted(True), "wrapping around")

MISTAKES.whole(UPSTREAM_MEANS_EARLIER_LAYER, reweighted(lambda da, t: da.get(t - 1, da[len(da)])))
MISTAKES.whole(
    UPSTREAM_MEANS_EARLIER_LAYER,
    reweighted(lambda da, t: da.get(t - 1, 0 * da[t])),
    "0 at the first step",
)
MISTAKES.whole(
    UPSTREAM_MEANS_EARLIER_LAYER,
    reweighted(lambda da, t: da.get(t + 1, 0 * da[t])),
    "the step after",
)


def _keep(names: tuple[str, ...], target: str, kept: Callable[[Graph], int]) -> WholeEdit:
    """Only one step's contribution to these arrays is kept."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if f"{names[0]}->{target}1" not in graph.seen:
            return None
        others = [t for t in steps(graph) if t != kept(graph)]
        return {f"{name}->{target}{t}": cut() for name in names for t in others}

    return edits


def _first(graph: Graph) -> int:
    return 1


def _last(graph: Graph) -> int:
    return int(time_facts(graph).T)


for _names in (("Wax", "Waa", "ba"), ("Waa",), ("Wax",), ("ba",), ("Wax", "Waa")):
    for _kept, _which in ((_first, "first"), (_last, "last")):
        MISTAKES.whole(
            BPTT_OVERWRITE_NOT_ACCUMULATE,
            _keep(_names, "z", _kept),
            f"{', '.join(f'd{n}' for n in _names)} of the {_which} step",
            on=BOTH if "Waa" in _names else RNN,
        )

for _names in (("Wya", "by"), ("Wya",), ("by",)):
    MISTAKES.whole(
        OUTPUT_GRADS_LAST_STEP, _keep(_names, "zy", _last), " and ".join(f"d{n}" for n in _names)
    )
