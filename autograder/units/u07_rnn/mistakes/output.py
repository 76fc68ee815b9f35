"""Misconceptions between the labels and da, and those of scale: 1/m, T, the sign."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, WholeEdit, misconception
from autograder.engine.diagnosis.edits import carry, rescale, through
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.networks.rnn import HIDDEN, OUTPUT
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes import cell as rnn_cell  # noqa: F401  their entries come first
from autograder.units.u07_rnn.mistakes import signal as rnn_signal  # noqa: F401
from autograder.units.u07_rnn.mistakes import tanh as rnn_tanh  # noqa: F401
from autograder.units.u07_rnn.mistakes.edits import out_wire, recurrent, steps
from autograder.units.u07_rnn.mistakes.words import BOTH, RNN, known

OUT = "07, From the loss to da"
SCALE = "07, Scale: 1/m, T and da"


def _cost(factor: Callable[[Graph], float]) -> WholeEdit:
    """Every array gets the same factor."""
    return lambda problem: {"J": rescale(factor(problem.graph))}


def _on(factor: Callable[[Graph], float], names: tuple[str, ...]) -> WholeEdit:
    """The gradients of these weights get a factor, the rest does not."""

    def edits(problem: Problem) -> Edits | None:
        seen = problem.graph.seen
        found = [w for w in seen if "->" in w and w.partition("->")[0] in names]
        return {wire: rescale(factor(problem.graph)) for wire in found} or None

    return edits


def _da(factor: Callable[[Graph], float]) -> WholeEdit:
    """What goes from the losses into the states gets a factor."""
    return lambda problem: {
        out_wire(problem.graph, t): rescale(factor(problem.graph)) for t in steps(problem.graph)
    }


def _m(graph: Graph) -> float:
    return float(graph.facts["m"])


def _losses(edits: WholeEdit) -> WholeEdit:
    """Only where the graph goes from the losses to J, and 1/m is paid."""
    return lambda problem: edits(problem) if "L1" in problem.graph.seen else None


known(
    "missing-one-over-m",
    computed="the gradient of the sum over the m examples, not of their mean J",
    formula="dzy_t = (yhat_t - y_t) / m: here 1/m is paid, and nowhere else",
    ask="J is a mean over the examples. Where in your lines from y to da is 1/m paid?",
    section=SCALE,
).form("everywhere", whole=_losses(_cost(_m)), on=RNN).form(
    "in da", whole=_losses(_da(_m)), on=RNN
).form("in dWya and dby", whole=_losses(_on(_m, OUTPUT)), on=RNN).form(
    "in dWya", whole=_losses(_on(_m, ("Wya",))), on=RNN
).form("in dby", whole=_losses(_on(_m, ("by",))), on=RNN)

known("one-over-m-twice", section=SCALE, formula="da carries 1/m already").form(
    "everywhere", whole=_cost(lambda g: 1 / _m(g)), on=RNN
).form("in da", whole=_da(lambda g: 1 / _m(g)), on=RNN)
CATALOGUE["rnn-divide-by-m-again"].form(
    "in dWya and dby", whole=_losses(_on(lambda g: 1 / _m(g), OUTPUT)), on=RNN
).form("in dWya", whole=_losses(_on(lambda g: 1 / _m(g), ("Wya",))), on=RNN)

known("wrong-m", section=SCALE, formula="m = y.shape[1]: (n_y, m, T_x)").form(
    "m = y.shape[0]",
    whole=_losses(_cost(lambda g: g.facts["m"] / g.value("Wya").shape[0])),
    on=RNN,
).form("m = y.shape[2]", whole=_losses(_cost(lambda g: g.facts["m"] / g.facts["T"])), on=RNN)

misconception(
    "divide-by-T",
    unit="07",
    title="divided by the number of steps",
    computed="the gradient of the mean over the steps, where J is their sum",
    formula="J = (1/m) Σ_t Σ_k L_t^(k): a sum over t",
    ask="Is J, as the contract states it, a sum over the steps or their mean?",
    section=SCALE,
).form("everywhere", whole=_cost(lambda g: 1 / g.facts["T"]), on=RNN).form(
    "behind da", whole=_da(lambda g: 1 / g.facts["T"]), on=RNN
).form(
    "in the weights and biases",
    whole=_on(lambda g: 1 / g.facts["T"], HIDDEN + OUTPUT),
    on=BOTH,
)


def _per_step(problem: Problem) -> Edits | None:
    graph = problem.graph
    return {f"a{t}": rescale(1 / _m(graph)) for t in steps(graph)} if recurrent(graph) else None


known(
    "one-over-m-per-layer",
    computed="a gradient that pays 1/m at every step on its way back",
    formula="da_prev = Waaᵀ dz, without 1/m: the signal is handed on, not averaged",
    ask="Compare the ratio (yours / numeric) of dx at the last step and the step before. "
    "What multiplies it?",
    section=SCALE,
).form("at every step", whole=_per_step, on=RNN)

known("loss-derivative-wrong", section=OUT)
for _factor, _id, _detail in (
    (-1.0, "sign-flip", "everywhere"),
    (2.0, "loss-derivative-wrong", "twice"),
    (0.5, "loss-derivative-wrong", "half"),
):
    CATALOGUE[_id].form(_detail, whole=_cost(lambda g, c=_factor: c), on=BOTH)  # type: ignore[misc]


def _minus(problem: Problem) -> Edits | None:
    graph = problem.graph
    if not recurrent(graph) or graph.facts["T"] < 2:
        return {} if recurrent(graph) else None
    return {f"a{t}->z{t + 1}": rescale(-1.0) for t in steps(graph)[:-1]}


CATALOGUE["sign-flip"].form("da - da_prevt", whole=_minus, on=RNN)


def _at_softmax(rule: Callable[[Array, Array], Array]) -> LayerEdit:
    """``rule(p, t)`` for what the softmax makes of the derivative t of its input."""

    def edits(graph: Graph, t: int) -> Edits | None:
        if f"yhat{t}" not in graph.seen:
            return None
        return {f"yhat{t}": lambda v, seen: carry(v, rule(v.real, seen[f"zy{t}->yhat{t}"].imag))}

    return edits


def _jacobian(p: Array, d: Array) -> Array:
    return np.asarray(p * (d - (p * d).sum(axis=-2, keepdims=True)))


known(
    "inplace-p-minus-y",
    title="y_pred - y was written into y_pred",
    computed="the right gradients, and y_pred overwritten with y_pred - y",
    formula="dzy = (y_pred - y) / m, a new array",
    ask="What does y_pred hold after your function has run?",
    section=OUT,
).form(behaviour="changed", functions=("output_backward",))
known("softmax-diagonal-only", section=OUT).form(
    layer=_at_softmax(lambda p, d: p * (1 - p) * d), on=RNN
)
known("softmax-jacobian-twice", section=OUT).form(
    layer=_at_softmax(lambda p, d: _jacobian(p, _jacobian(p, d))), on=RNN
)
CATALOGUE["missing-activation-derivative"].form(
    "the softmax passes everything", layer=_at_softmax(lambda p, d: d), on=RNN
)


def _tanh_in_da(problem: Problem) -> Edits | None:
    """da = (Wyaᵀ dzy) * (1 - a²)."""
    graph = problem.graph
    if "zy1" not in graph.seen:
        return None
    ways = {out_wire(graph, t): graph.value(out_wire(graph, t)) for t in steps(graph)}
    return {wire: rescale(1 - a**2) for wire, a in ways.items()}


known(
    "output-derivative-twice",
    title="tanh′ in da",
    computed="a da that has gone through the tanh already; the cell will go through it again",
    formula="da = Wyaᵀ dzy; the factor 1 - a² belongs to rnn_cell_backward",
    ask="da is the derivative with respect to a_t. Does the way from a_t to the loss pass a tanh?",
    section=OUT,
).form(whole=_tanh_in_da, on=RNN)


def _through_dWya(problem: Problem) -> Edits | None:
    """da = dWyaᵀ dzy, with the dWya of each step."""
    graph = problem.graph
    if "zy1" not in graph.seen:
        return None
    dzy = gradient(graph, [f"zy{t}" for t in steps(graph)], problem.given)
    return {
        f"zy{t}": through(
            out_wire(graph, t),
            graph.value("Wya"),
            dzy[f"zy{t}"] @ graph.value(out_wire(graph, t)).T,
        )
        for t in steps(graph)
    }


CATALOGUE["dw-instead-of-w"].form("dWya", whole=_through_dWya, last=True, on=RNN)
