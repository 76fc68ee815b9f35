"""Misconceptions about wiring: which array meets which, on which layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import LayerEdit, misconception
from autograder.engine.diagnosis.edits import against, bypass, cut, rescale, spread, through
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.oracle import gradient


def _dw_meets(other: Callable[[Mapping[str, Array], int], Array]) -> LayerEdit:
    """dW = dZ @ other.T where other has the shape of A_prev."""

    def edits(graph: Graph, n: int) -> Edits | None:
        seen = graph.seen
        if f"W{n}" not in seen:
            return None
        right = seen[f"A{n - 1}"]
        try:
            wrong = other(seen, n)
        except KeyError:  # the first layer has no Z below it: it is right there
            return {}
        if wrong.shape != right.shape:
            return {}  # then dW has a foreign shape, and is recognised by that
        return {f"Z{n}": against(f"W{n}->Z{n}", right, wrong)}

    return edits


misconception(
    "dw-uses-own-activation",
    unit="04",
    title="dW meets the layer's own output",
    computed="dW = dZ Aᵀ with the A that the layer puts out, where the A that comes in belongs",
    formula="dW^[l] = (1/m) dZ^[l] A^[l-1]ᵀ",
    ask="W multiplies what comes in. Is that A^[l] or A^[l-1]?",
    section="04, One linear layer, index by index",
).form(layer=_dw_meets(lambda seen, n: seen[f"A{n}"])).form(
    shape=lambda problem, name, edits: _own_activation(problem, name, edits)
)


def _own_activation(problem: Problem, name: str, edits: Edits) -> Array | None:
    node = problem.claims[name].node
    if not node.startswith("W"):
        return None
    slope = gradient(problem.graph, f"Z{node[1:]}", edits)
    return np.asarray(slope @ problem.graph.value(f"A{node[1:]}").T)


misconception(
    "dw-uses-z",
    unit="04",
    title="dW meets Z instead of A",
    computed="dW = dZ Zᵀ with the Z of the layer below, which this layer never saw",
    formula="dW^[l] = (1/m) dZ^[l] A^[l-1]ᵀ",
    ask="Which array did the forward pass multiply by W: Z or A of the layer below?",
    section="04, One linear layer, index by index",
).form(layer=_dw_meets(lambda seen, n: seen[f"Z{n - 1}"]))


def _no_transpose(graph: Graph, n: int) -> Edits | None:
    W = graph.inputs.get(f"W{n}")
    if W is None or W.shape[0] != W.shape[1]:
        return None
    return {f"Z{n}": through(f"A{n - 1}->Z{n}", W, W.T)}


misconception(
    "missing-w-transpose",
    unit="02",
    title="W instead of Wᵀ",
    computed="the gradient of a network that uses Wᵀ on the way back where it used W forward; "
    "shapes agree because W is square here",
    formula="dA_prev = Wᵀ dZ, as dA_j = Σ_i W_ij dZ_i",
    ask="Z_i = Σ_j W_ij A_j. For dA_j, over which index of W do you sum?",
    section="04, One linear layer, index by index",
).form(layer=_no_transpose)


def _square_transposed(graph: Graph, n: int) -> Edits | None:
    W = graph.inputs.get(f"W{n}")
    if W is None or W.shape[0] != W.shape[1]:
        return None
    return {f"W{n}->Z{n}": spread(lambda t: np.swapaxes(t, -1, -2))}


def _untranspose(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name.startswith("dW") and len(shape) == 2 and array.shape == shape[::-1]:
        return array.T
    return None


misconception(
    "dw-transposed",
    unit="00",
    title="dW is transposed",
    computed="the transpose of dW: its rows and columns have changed places",
    formula="dW = (1/m) dZ A_prevᵀ, of the same shape as W",
    ask="Entry (i, j) of W joins input j to unit i. Which entry of your dW belongs to it?",
    section="04, One linear layer, index by index",
).form(undo=_untranspose).form(layer=_square_transposed)


def _signal(factor: float) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        return {f"A{n - 1}->Z{n}": rescale(factor)} if f"W{n}" in graph.inputs else None

    return edits


misconception(
    "input-grad-counted-twice",
    unit="04",
    title="dA_prev is counted twice",
    computed="the gradient of a network in which each layer reads its input twice",
    formula="dA_prev = Wᵀ dZ, one use of A_prev, one contribution",
    ask="How often does the forward pass use A_prev? How often do you add to dA_prev?",
    section="04, One linear layer, index by index",
).form(layer=_signal(2.0))


def _cut(kind: str) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        source = f"A{n - 1}" if kind == "A" else f"{kind}{n}"
        return {f"{source}->Z{n}": cut()} if f"W{n}" in graph.inputs else None

    return edits


misconception(
    "gradient-left-at-zero",
    unit="04",
    title="a gradient is left at zero",
    computed="the gradient of a network in which this wire is cut: what feeds it cannot matter",
    formula="each input of Z = W A_prev + b has a gradient of its own",
    ask="Nudge this array by 0.01. Does J stay exactly the same?",
    section="04, One linear layer, index by index",
).form("dW", layer=_cut("W")).form("dA_prev", layer=_cut("A"))

misconception(
    "db-forgotten",
    unit="03",
    title="db is left at zero",
    computed="the gradient of a network without a way from b to the cost",
    formula="db = (1/m) Σ_i dZ^(i)",
    ask="Nudge one bias by 0.01. Does J stay exactly the same?",
    section="04, One linear layer, index by index",
).form(layer=_cut("b"))


def _slope_at_input(graph: Graph, n: int) -> Edits | None:
    seen = graph.seen
    if f"A{n - 1}" not in seen or seen[f"A{n - 1}"].shape != seen[f"Z{n}"].shape:
        return None
    rule = derivative(graph.facts["activations"][n - 1], seen[f"A{n - 1}"])
    return {f"A{n}": bypass(f"Z{n}->A{n}", lambda z, a: rule)}


misconception(
    "wrong-cache-part",
    unit="04",
    title="g′ at A_prev",
    computed="a gradient made with the slope at the layer's input A_prev, not at its Z",
    formula="dZ = dA * g′(Z)",
    ask="Which part of the cache holds Z, and which one did you take?",
    section="03, Slopes: sigmoid, tanh, ReLU",
).form(layer=_slope_at_input)
