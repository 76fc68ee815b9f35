"""Misconceptions about the sum over time: which way is forgotten, and which step counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.engine.diagnosis.catalogue import WholeEdit, misconception
from autograder.engine.diagnosis.edits import cut
from autograder.engine.problem import Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.units.u07_rnn.mistakes.edits import carries, out_wire, recurrent, reweighted, steps
from autograder.units.u07_rnn.mistakes.words import BOTH, RNN, known

FORK = "07, Two arrows into a_t"
SUM = "07, One weight, T uses"


def _cells(edits: Callable[[Graph], Mapping[str, Edit] | None]) -> WholeEdit:
    """Edits of a graph with cells; none on one without."""
    return lambda problem: edits(problem.graph) if recurrent(problem.graph) else None


misconception(
    "bptt-missing-da-prevt",
    unit="07",
    title="da_prevt is missing",
    computed="the exact gradient of a network whose wires from a_t to the next step are cut: the "
    "values pass, nothing comes back, and each step hears its own loss only",
    formula="da_next of step t = da[:, :, t] + da_prevt",
    ask="a_t feeds two things: its own prediction, and the next cell. Through which of the two do "
    "later losses come back?",
    section=FORK,
).form(whole=_cells(lambda graph: {w: cut() for w in carries(graph)}), on=RNN)

misconception(
    "bptt-da-ignored",
    unit="07",
    title="da never enters",
    computed="the gradient of a cost that no step feeds: every array is zero",
    formula="da_next of step t = da[:, :, t] + da_prevt",
    ask="Your loop starts from da_prevt = 0. Where does the loss of step t come in?",
    section=FORK,
).form(whole=_cells(lambda graph: {out_wire(graph, t): cut() for t in steps(graph)}), on=RNN)


def _last_only(problem: Problem) -> Edits | None:
    graph = problem.graph
    return {out_wire(graph, t): cut() for t in steps(graph)[:-1]}


def _last_loss(problem: Problem) -> Edits | None:
    if "L1" not in problem.graph.seen:
        return None
    return {f"L{t}->J": cut() for t in steps(problem.graph)[:-1]}


misconception(
    "bptt-last-loss-only",
    unit="07",
    title="only the last loss counts",
    computed="the gradient of the loss at the last step alone",
    formula="J = Σ_t J_t: each step injects its own da[:, :, t]",
    ask="The network is asked at every step. Where in your loop does the loss of step 1 enter?",
    section=FORK,
).form("in da", whole=_last_only, on=BOTH).form("in all arrays", whole=_last_loss, on=RNN)

misconception(
    "bptt-da-prevt-equals-da-t-minus-1",
    unit="07",
    title="da[:, :, t-1] taken for da_prevt",
    computed="a gradient in which the direct part of the step before stands where the part through "
    "the next step belongs",
    formula="da_prevt = Waaᵀ dz_{t+1}, which da[:, :, t-1] is not",
    ask="da[:, :, t-1] comes from the prediction of step t-1. Where does da_prevt come from?",
    section=FORK,
)


def _shifted(wrap: bool) -> WholeEdit:
    def at(da: dict[int, Array], t: int) -> Array:
        before = da.get(t - 1, da[len(da)] if wrap else 0 * da[t])
        return da[t] + before

    def edits(problem: Problem) -> Edits | None:
        made = reweighted(at)(problem)
        return None if made is None else {**made, **{w: cut() for w in carries(problem.graph)}}

    return edits


known("bptt-da-prevt-equals-da-t-minus-1").form(whole=_shifted(False), on=RNN).form(
    "wrapping around", whole=_shifted(True), on=RNN
)

misconception(
    "upstream-means-earlier-layer",
    unit="07",
    title="upstream taken for the step before",
    computed="a gradient in which the cell of step t receives the da of step t-1",
    formula="da_next is the derivative with respect to the output of this very cell",
    ask="Upstream means towards the loss. On which side of the cell is the loss?",
    section="07, What upstream means",
).form(whole=reweighted(lambda da, t: da.get(t - 1, da[len(da)])), on=RNN).form(
    "0 at the first step", whole=reweighted(lambda da, t: da.get(t - 1, 0 * da[t])), on=RNN
).form("the step after", whole=reweighted(lambda da, t: da.get(t + 1, 0 * da[t])), on=RNN)


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
    return int(graph.facts["T"])


OVERWRITTEN = misconception(
    "bptt-overwrite-not-accumulate",
    unit="07",
    title="= where += belongs",
    computed="the contribution of one step alone: each step overwrote what the others had left",
    formula="dWaa = Σ_t dz_t a_{t-1}ᵀ: one weight, T uses",
    ask="How often does the forward pass use Waa, and how many contributions are in your dWaa?",
    section=SUM,
)
for _names in (("Wax", "Waa", "ba"), ("Waa",), ("Wax",), ("ba",), ("Wax", "Waa")):
    for _kept in (_first, _last):
        OVERWRITTEN.form(
            ", ".join(f"d{n}" for n in _names),
            whole=_keep(_names, "z", _kept),
            on=BOTH if "Waa" in _names else RNN,
        )

misconception(
    "output-grads-last-step",
    unit="07",
    title="dWya and dby of the last step",
    computed="what the last prediction alone says about the output weights",
    formula="dWya = Σ_t dzy_t a_tᵀ: one weight, T uses",
    ask="At how many steps does the network predict with Wya?",
    section="07, From the loss to da",
)
for _names in (("Wya", "by"), ("Wya",), ("by",)):
    known("output-grads-last-step").form(
        " and ".join(f"d{n}" for n in _names), whole=_keep(_names, "zy", _last), on=RNN
    )
