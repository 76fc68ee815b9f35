"""Misconceptions about the walk back through a list of layers: whose dout, whose cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import bypass, carry, merge
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.chain import ALIAS_LAST_CACHE, CACHES_OFF_BY_ONE
from autograder.mistakes.catalogue.memory import SHARED_GRAD_ARRAY
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W, REUSE_OUTPUT_DZ
from autograder.mistakes.signal import Slopes, Step, downward, force
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.networks.facts import layer_facts
from autograder.units.u03_layers.mistakes.layers import AFFINE

MISTAKES = Mistakes("rows")

SECTION = "03, The walk back"
CHAIN = {"section": SECTION, "formula": "dout of layer k is the dx of layer k + 1"}


def _products(n: int, x: Array, w: Array) -> Edit:
    """Layer n goes back with other values of its x and w."""

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        moved_w, moved_x = seen[f"W{n}->Z{n}"].imag, seen[f"A{n - 1}->Z{n}"].imag
        return carry(value, x @ moved_w + moved_x @ w + seen[f"b{n}->Z{n}"].imag)

    return edit


def _through_dw(problem: Problem, n: int, slopes: Slopes) -> Edits:
    graph = problem.graph
    if f"W{n}" not in graph.inputs:
        return {}
    dw = slopes([f"W{n}"])[f"W{n}"]
    return {f"Z{n}": _products(n, graph.value(f"A{n - 1}->Z{n}"), dw)}


MISTAKES.words(
    DW_INSTEAD_OF_W,
    "rows",
    title="the signal goes through dw",
    computed="a gradient handed down through dw, where it has to pass through w",
    formula="dx = dout wᵀ",
    ask="Through which numbers did x reach out in the forward pass: w or dw?",
    section=AFFINE,
)
MISTAKES.whole(DW_INSTEAD_OF_W, downward(_through_dw), last=True)


def _same_dout(with_slope: bool) -> Step:
    def step(problem: Problem, n: int, slopes: Slopes) -> Edits:
        graph, last = problem.graph, layer_facts(problem.graph).L
        if n == last or f"W{last}" not in graph.inputs:
            return {}
        arriving, slope = slopes([f"Z{last}"]), np.asarray(1.0)
        if graph.value(f"Z{last}").shape != graph.value(f"Z{n}").shape:
            return {}
        if with_slope:
            slope = derivative(layer_facts(graph).activations[n - 1], graph.value(f"Z{n}"))
        return force(n, arriving[f"Z{last}"] * slope)

    return step


MISTAKES.words(
    REUSE_OUTPUT_DZ,
    "rows",
    title="every layer gets the gradient of the loss",
    computed="a gradient in which each layer takes the dout of the loss as its own",
    ask="After one step of your loop, which array is the dout of the next layer?",
    **CHAIN,
)
MISTAKES.whole(REUSE_OUTPUT_DZ, downward(_same_dout(False)), "dx is dropped", last=True)
MISTAKES.whole(REUSE_OUTPUT_DZ, downward(_same_dout(True)), "times the layer's slope", last=True)


def _cached(other: Callable[[Graph, int], int], slopes: bool) -> WholeEdit:
    """Layer n goes back with the cache of layer ``other(graph, n)``."""

    def edits(problem: Problem) -> Edits | None:
        graph, depth = problem.graph, layer_facts(problem.graph).L
        if depth < 2 or f"W{depth}" not in graph.inputs:
            return None
        parts: list[Edits] = []
        for n in range(1, depth + 1):
            k = other(graph, n)
            x, w = graph.value(f"A{k - 1}->Z{k}"), graph.value(f"W{k}")
            if (
                x.shape != graph.value(f"A{n - 1}->Z{n}").shape
                or w.shape != graph.value(f"W{n}").shape
            ):
                return None
            parts.append({f"Z{n}": _products(n, x, w)})
            if slopes and n < depth:
                parts.append(_slope_of_last(graph, n))
        return merge(*parts)

    return edits


def _slope_of_last(graph: Graph, n: int) -> Edits:
    kinds = layer_facts(graph).activations
    k = max(i for i, kind in enumerate(kinds, start=1) if kind == kinds[n - 1])
    rule = derivative(kinds[n - 1], graph.value(f"Z{k}"))
    return {f"A{n}": bypass(f"Z{n}->A{n}", lambda z, a: rule)}


_CACHE = {"section": SECTION, "formula": "layer k goes back with the cache of layer k"}
MISTAKES.words(
    CACHES_OFF_BY_ONE,
    "rows",
    ask="Print k and the shape of the w in the cache you take. Is it layer k's?",
    **_CACHE,
)
MISTAKES.whole(
    CACHES_OFF_BY_ONE,
    _cached(lambda graph, n: n - 1 or layer_facts(graph).L, False),
    "one below, wrapping around",
)
MISTAKES.whole(
    CACHES_OFF_BY_ONE,
    _cached(lambda graph, n: min(n + 1, layer_facts(graph).L), False),
    "one above",
)
MISTAKES.words(
    ALIAS_LAST_CACHE,
    "rows",
    computed="a gradient in which every layer goes back with the cache of the last layer of its "
    "kind",
    ask="Print the cache that each layer goes back with. Do two affine layers get the same one?",
    **_CACHE,
)
MISTAKES.whole(
    ALIAS_LAST_CACHE, _cached(lambda graph, n: layer_facts(graph).L, True), "the last of each kind"
)

MISTAKES.words(
    SHARED_GRAD_ARRAY,
    "rows",
    title="one object under several keys",
    computed="the gradients of the first layer under the key of every layer: one dict, or one "
    "array, that each turn of the loop overwrites",
    formula="grads[k] is an object of its own for each k",
    ask="Is grads[0] the same object as grads[2]?",
    section=SECTION,
)
