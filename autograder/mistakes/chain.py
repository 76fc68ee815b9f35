"""Misconceptions about the chain of layers: whose cache, whose index, whose key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.engine.diagnosis.edits import Rule, against, bypass, merge, through
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Claim, Problem
from autograder.mistakes.catalogue.chain import (
    ALIAS_LAST_CACHE,
    CACHES_OFF_BY_ONE,
    DA_KEY_SHIFTED,
    WRONG_LAYER_INDEX,
)
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.networks.facts import layer_facts

MISTAKES = Mistakes("columns")


def cached(shift: Callable[[int, int], int]) -> WholeEdit:
    """Layer n goes back with the cache of layer ``shift(n, L)``, where the shapes allow it."""

    def edits(problem: Problem) -> Edits | None:
        graph, depth = problem.graph, layer_facts(problem.graph).L
        if depth < 2 or layer_facts(graph).Y is None:
            return {}
        seen = graph.seen
        parts = []
        for n in range(1, depth + 1):
            other = shift(n, depth)
            pairs = [(f"A{n - 1}", f"A{other - 1}"), (f"W{n}", f"W{other}"), (f"Z{n}", f"Z{other}")]
            if any(seen[a].shape != seen[b].shape for a, b in pairs):
                return None
            name = layer_facts(graph).activations[n - 1]
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


MISTAKES.whole(
    CACHES_OFF_BY_ONE, cached(lambda n, depth: n - 1 or depth), "one below, wrapping around"
)
MISTAKES.whole(CACHES_OFF_BY_ONE, cached(lambda n, depth: min(n + 1, depth)), "one above")
MISTAKES.whole(
    CACHES_OFF_BY_ONE, cached(_hidden(lambda n, depth: n - 1 or depth)), "one below in the loop"
)
MISTAKES.whole(
    CACHES_OFF_BY_ONE, cached(lambda n, depth: max(n - 1, 1)), "one below, the first kept"
)

MISTAKES.whole(ALIAS_LAST_CACHE, cached(lambda n, depth: depth), "the last")
MISTAKES.whole(ALIAS_LAST_CACHE, cached(lambda n, depth: 1), "the first")


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
            rule = derivative(layer_facts(graph).activations[n - 1], wrong)
            return {f"A{n}": bypass(f"Z{n}->A{n}", _constant(rule))}
        return {f"Z{n}": through(f"A{n - 1}->Z{n}", mine, wrong)}

    return edits


MISTAKES.layer(WRONG_LAYER_INDEX, _other_layer(-1, True), "g′ at Z of the layer below")
MISTAKES.layer(WRONG_LAYER_INDEX, _other_layer(1, True), "g′ at Z of the layer above")
MISTAKES.layer(WRONG_LAYER_INDEX, _other_layer(-1, False), "W of the layer below")
MISTAKES.layer(WRONG_LAYER_INDEX, _other_layer(1, False), "W of the layer above")


def _shifted_keys(problem: Problem) -> Mapping[str, Claim] | None:
    """dA1 for A0, dA2 for A1, ...: as half of the solutions in the wild have it."""
    if "dA0" not in problem.claims or layer_facts(problem.graph).L < 1:
        return None
    return {
        f"dA{int(c.node[1:]) + 1}" if c.kind == "dA" else name: c
        for name, c in problem.claims.items()
    }


MISTAKES.reading(DA_KEY_SHIFTED, _shifted_keys)
