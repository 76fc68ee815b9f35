"""Misconceptions about scale: 1/m, the sum, the mean, the sign."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.engine.diagnosis.catalogue import LayerEdit, misconception
from autograder.engine.diagnosis.edits import rescale
from autograder.engine.problem import Claim, Problem
from autograder.networks import Edits, Graph


def _m(graph: Graph) -> float:
    return float(graph.facts["m"])


def _weights(power: int, which: str = "Wb") -> LayerEdit:
    """Multiply what reaches W and b (or one of them) by m ** power."""

    def edits(graph: Graph, n: int) -> Edits | None:
        wires = {f"{kind}{n}->Z{n}": rescale(_m(graph) ** power) for kind in which}
        return wires if f"W{n}->Z{n}" in graph.wires() else None

    return edits


def _width(which: str, axis: int) -> LayerEdit:
    """Divide by a width of the layer where m was meant."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if f"W{n}" not in graph.inputs:
            return None
        wrong_m = graph.inputs[f"W{n}"].shape[axis]
        return {f"{kind}{n}->Z{n}": rescale(_m(graph) / wrong_m) for kind in which}

    return edits


def _cost(power: int = 0, factor: float = 1.0):  # type: ignore[no-untyped-def]
    """Rescale the cost: everything behind it gets the same factor."""

    def edits(problem: Problem) -> Edits:
        return {"J": rescale(factor * _m(problem.graph) ** power)}

    return edits


misconception(
    "missing-one-over-m",
    unit="04",
    title="1/m is missing",
    computed="the gradient of the sum of the losses over all m examples, not of their mean J",
    formula="dW = (1/m) dZ A_prevᵀ and db = (1/m) Σ_i dZ^(i)",
    ask="Walk one path from J down to W and count how often 1/m is paid. How often should it be?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
).form("in dW and db", layer=_weights(1)).form("in dW only", layer=_weights(1, "W")).form(
    "everywhere", whole=_cost(1)
)

misconception(
    "db-not-averaged",
    unit="04",
    title="db is a sum, dW is a mean",
    computed="db of the sum of the losses, beside dW of their mean J",
    formula="db = (1/m) Σ_i dZ^(i)",
    ask="b is added to each of the m columns of Z. Which factor stands before the sum over them?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
).form(layer=_weights(1, "b"))

misconception(
    "one-over-m-twice",
    unit="04",
    title="1/m is paid twice",
    computed="the gradient of J/m: the mean was divided by m once more",
    formula="dW = (1/m) dZ A_prevᵀ, where dZ is the derivative of the sum, not of the mean",
    ask="Is the dZ that comes in already divided by m? What does the contract say it is?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
).form("in dW and db", layer=_weights(-1)).form("in dW only", layer=_weights(-1, "W")).form(
    "everywhere", whole=_cost(-1)
)

misconception(
    "db-mean-and-one-over-m",
    unit="04",
    title="db is averaged twice",
    computed="db of J/m, beside dW of J: a mean over the examples and 1/m on top of it",
    formula="db = (1/m) Σ_i dZ^(i), which is np.mean over the examples and nothing more",
    ask="np.mean divides by m by itself. Which other factor 1/m is still there?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
).form(layer=_weights(-1, "b"))


def _per_layer(graph: Graph, n: int) -> Edits | None:
    wire = f"A{n - 1}->Z{n}"
    return {wire: rescale(1 / _m(graph))} if f"W{n}" in graph.inputs else None


def _per_hidden(graph: Graph, n: int) -> Edits | None:
    return {f"Z{n}->A{n}": rescale(1 / _m(graph))} if n < graph.facts["L"] else None


misconception(
    "one-over-m-per-layer",
    unit="04",
    title="1/m is paid at every layer",
    computed="a gradient that has paid 1/m at every layer on its way down: n layers below the top "
    "it is too small by mⁿ",
    formula="dA_prev = Wᵀ dZ, without 1/m: the signal is handed down, not averaged",
    ask="Compare the ratio (yours / numeric) of the last layer with the layer below. "
    "What multiplies it?",
    section="04, The coin: 1/m once, otherwise 1/mⁿ",
).form("in dA_prev", layer=_per_layer).form("in dZ of hidden layers", layer=_per_hidden)

misconception(
    "wrong-m",
    unit="04",
    title="m is not the number of examples",
    computed="a gradient divided by the width of a layer where the number of examples was meant",
    formula="m = A_prev.shape[1]: examples are the columns",
    ask="Print the number that you call m. Does it change when you add one example?",
    section="04, The wrong m, the sum and the mean",
).form("m = A_prev.shape[0]", layer=_width("Wb", 1)).form(
    "m = W.shape[0]", layer=_width("Wb", 0)
).form("m = A_prev.shape[0], in dW", layer=_width("W", 1)).form(
    "m = W.shape[0], in dW", layer=_width("W", 0)
).form("m = A_prev.shape[0], in db", layer=_width("b", 1)).form(
    "m = W.shape[0], in db", layer=_width("b", 0)
)

misconception(
    "sign-flip",
    unit="04",
    title="the sign is flipped",
    computed="the gradient of -J: each array is right but for its sign",
    formula="dZ^[L] = A^[L] - Y",
    ask="If a prediction is too large, should dZ be positive or negative?",
    section="04, The loss, and why the chain starts with A − Y",
).form(whole=_cost(factor=-1.0))

misconception(
    "loss-derivative-wrong",
    unit="03",
    title="a factor of 2 in the loss",
    computed="the gradient of a cost that is twice or half as large as J",
    formula="dZ^[L] = A^[L] - Y, without a factor 2 or 1/2",
    ask="Your arrays differ from the numeric gradient by one constant. Which line holds it?",
    section="04, The loss, and why the chain starts with A − Y",
).form("twice", whole=_cost(factor=2.0)).form("half", whole=_cost(factor=0.5))


def _other_convention(problem: Problem) -> Mapping[str, Claim] | None:
    if "Y" not in problem.graph.facts:
        return None  # one layer is told its upstream: there 1/m in dA_prev is a mistake
    m = _m(problem.graph)
    return {
        name: Claim(c.node, {1.0: m, m: 1.0}.get(c.factor, c.factor)) if _signal(c) else c
        for name, c in problem.claims.items()
    }


def _signal(claim: Claim) -> bool:
    return claim.kind in ("dZ", "dA")


misconception(
    "j-vs-l-one-over-m-placement",
    unit="04",
    title="the other convention for dZ and dA",
    computed="dZ and dA of the other convention (L: derivative of the sum of the losses; "
    "J: of their mean); dW and db agree in both",
    formula="dZ_L = m · dZ_J",
    ask="Which convention does this function declare, and where does 1/m enter in it?",
    section="04, Why L and J? Could one stick with J only?",
    mistake=False,
).form(reading=_other_convention)
