"""Misconceptions about the chain of layers: whose cache, whose index, whose key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.engine.diagnosis.catalogue import LayerEdit, WholeEdit, misconception
from autograder.engine.diagnosis.edits import Rule, against, bypass, merge, through
from autograder.engine.problem import Claim, Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.blocks import derivative


def cached(shift: Callable[[int, int], int]) -> WholeEdit:
    """Layer n goes back with the cache of layer ``shift(n, L)``, where the shapes allow it."""

    def edits(problem: Problem) -> Edits | None:
        graph, depth = problem.graph, problem.graph.facts["L"]
        if depth < 2 or "Y" not in graph.facts:
            return {}
        seen = graph.seen
        parts = []
        for n in range(1, depth + 1):
            other = shift(n, depth)
            pairs = [(f"A{n - 1}", f"A{other - 1}"), (f"W{n}", f"W{other}"), (f"Z{n}", f"Z{other}")]
            if any(seen[a].shape != seen[b].shape for a, b in pairs):
                return None
            name = graph.facts["activations"][n - 1]
            rule = derivative(name, seen[f"Z{other}"])
            parts.append(
                {
                    f"Z{n}": _linear_with(n, seen, other),
                    f"A{n}": bypass(f"Z{n}->A{n}", _constant(rule)),
                }
            )
        return merge(*parts)

    return edits


def _constant(slope: Array) -> Rule:
    return lambda z, a: slope


def _linear_with(n: int, seen: Mapping[str, Array], other: int) -> Edit:
    weights = against(f"W{n}->Z{n}", seen[f"A{n - 1}"], seen[f"A{other - 1}"])
    signal = through(f"A{n - 1}->Z{n}", seen[f"W{n}"], seen[f"W{other}"])
    return lambda value, now: signal(weights(value, now), now)


def _hidden(shift: Callable[[int, int], int]) -> Callable[[int, int], int]:
    return lambda n, depth: depth if n == depth else shift(n, depth)


misconception(
    "caches-off-by-one",
    unit="04",
    title="the cache of a neighbouring layer",
    computed="a gradient in which a layer goes back with the cache of its neighbour",
    formula="layer l lives in caches[l-1]",
    ask="Print l and the shape of the W in the cache you take. Is it W^[l]?",
    section="04, A chain of layers",
).form("one below, wrapping around", whole=cached(lambda n, depth: n - 1 or depth)).form(
    "one above", whole=cached(lambda n, depth: min(n + 1, depth))
).form("one below in the loop", whole=cached(_hidden(lambda n, depth: n - 1 or depth))).form(
    "one below, the first kept", whole=cached(lambda n, depth: max(n - 1, 1))
)

misconception(
    "alias-last-cache",
    unit="04",
    title="every layer has the same cache",
    computed="a gradient in which all layers go back with one and the same cache",
    formula="layer l lives in caches[l-1]",
    ask="Is caches[0] the same object as caches[1]? What would that mean?",
    section="04, A chain of layers",
).form("the last", whole=cached(lambda n, depth: depth)).form(
    "the first", whole=cached(lambda n, depth: 1)
)


def _other_layer(shift: int, slope: bool) -> LayerEdit:
    """In hidden layers take g′(Z) or W of a neighbour."""

    def edits(graph: Graph, n: int) -> Edits | None:
        seen, other = graph.seen, n + shift
        key = "Z" if slope else "W"
        if f"W{n}" not in seen:
            return None
        if f"{key}{other}" not in seen:
            return {}
        mine, wrong = seen[f"{key}{n}"], seen[f"{key}{other}"]
        if mine.shape != wrong.shape:
            return None
        if slope:
            rule = derivative(graph.facts["activations"][n - 1], wrong)
            return {f"A{n}": bypass(f"Z{n}->A{n}", _constant(rule))}
        return {f"Z{n}": through(f"A{n - 1}->Z{n}", mine, wrong)}

    return edits


misconception(
    "wrong-layer-index",
    unit="04",
    title="an index is off by one layer",
    computed="a gradient in which one factor is taken from the neighbouring layer",
    formula="dZ^[l] = W^[l+1]ᵀ dZ^[l+1] * g′(Z^[l])",
    ask="Write the forward line of layer l+1 and reverse exactly that line. Which W, which Z?",
    section="04, A chain of layers",
).form("g′ at Z of the layer below", layer=_other_layer(-1, True)).form(
    "g′ at Z of the layer above", layer=_other_layer(1, True)
).form("W of the layer below", layer=_other_layer(-1, False)).form(
    "W of the layer above", layer=_other_layer(1, False)
)


def _shifted_keys(problem: Problem) -> Mapping[str, Claim] | None:
    """dA1 for A0, dA2 for A1, ...: as half of the solutions in the wild have it."""
    if "dA0" not in problem.claims or problem.graph.facts["L"] < 1:
        return None
    return {
        f"dA{int(c.node[1:]) + 1}" if c.kind == "dA" else name: c
        for name, c in problem.claims.items()
    }


misconception(
    "da-key-shifted",
    unit="04",
    title="dA under the key of the next layer",
    computed="the right dA, stored one key too high: grads['dA2'] holds the derivative with "
    "respect to A^[1]",
    formula="grads['dA' + str(l)] is the derivative with respect to A^[l]",
    ask="linear_activation_backward of layer l returns dA_prev. Of which A is that?",
    section="04, A chain of layers",
    mistake=False,
).form(reading=_shifted_keys)
