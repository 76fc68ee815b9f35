"""Misconceptions about the walk back through a list of layers: whose dout, whose cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, WholeEdit, misconception
from autograder.engine.diagnosis.edits import bypass, carry, merge
from autograder.engine.problem import Problem
from autograder.mistakes.signal import Slopes, downward, force
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.units.u03_layers.mistakes.layers import AFFINE, ROWS

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


CATALOGUE["dw-instead-of-w"].reword(
    "rows",
    title="the signal goes through dw",
    computed="a gradient handed down through dw, where it has to pass through w",
    formula="dx = dout wᵀ",
    ask="Through which numbers did x reach out in the forward pass: w or dw?",
    section=AFFINE,
).form(whole=downward(_through_dw), last=True, on=ROWS)


def _same_dout(with_slope: bool):  # type: ignore[no-untyped-def]
    def step(problem: Problem, n: int, slopes: Slopes) -> Edits:
        graph, last = problem.graph, problem.graph.facts["L"]
        if n == last or f"W{last}" not in graph.inputs:
            return {}
        arriving, slope = slopes([f"Z{last}"]), np.asarray(1.0)
        if graph.value(f"Z{last}").shape != graph.value(f"Z{n}").shape:
            return {}
        if with_slope:
            slope = derivative(graph.facts["activations"][n - 1], graph.value(f"Z{n}"))
        return force(n, arriving[f"Z{last}"] * slope)

    return step


CATALOGUE["reuse-output-dz"].reword(
    "rows",
    title="every layer gets the gradient of the loss",
    computed="a gradient in which each layer takes the dout of the loss as its own",
    ask="After one step of your loop, which array is the dout of the next layer?",
    **CHAIN,
).form("dx is dropped", whole=downward(_same_dout(False)), last=True, on=ROWS).form(
    "times the layer's slope", whole=downward(_same_dout(True)), last=True, on=ROWS
)


def _cached(other: Callable[[Graph, int], int], slopes: bool) -> WholeEdit:
    """Layer n goes back with the cache of layer ``other(graph, n)``."""

    def edits(problem: Problem) -> Edits | None:
        graph, depth = problem.graph, problem.graph.facts["L"]
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
    kinds = graph.facts["activations"]
    k = max(i for i, kind in enumerate(kinds, start=1) if kind == kinds[n - 1])
    rule = derivative(kinds[n - 1], graph.value(f"Z{k}"))
    return {f"A{n}": bypass(f"Z{n}->A{n}", lambda z, a: rule)}


_CACHE = {"section": SECTION, "formula": "layer k goes back with the cache of layer k"}
CATALOGUE["caches-off-by-one"].reword(
    "rows", ask="Print k and the shape of the w in the cache you take. Is it layer k's?", **_CACHE
).form(
    "one below, wrapping around",
    whole=_cached(lambda graph, n: n - 1 or graph.facts["L"], False),
    on=ROWS,
).form("one above", whole=_cached(lambda graph, n: min(n + 1, graph.facts["L"]), False), on=ROWS)
CATALOGUE["alias-last-cache"].reword(
    "rows",
    ask="How many caches do you hold when the forward pass has ended, and how many layers are "
    "there?",
    **_CACHE,
).form("the last of each kind", whole=_cached(lambda graph, n: graph.facts["L"], True), on=ROWS)

misconception(
    "layers-counted-from-the-end",
    unit="03",
    title="layers counted from the end",
    computed="the right gradients under the wrong keys: key 0 holds those of the last layer",
    formula="grads[k] belongs to model.layers[k]",
    ask="Your loop goes from the last layer to the first. Which index does it give the last one?",
    section=SECTION,
)
CATALOGUE["shared-grad-array"].reword(
    "rows",
    title="one object under several keys",
    computed="the gradients of the first layer under the key of every layer: one dict, or one "
    "array, that each turn of the loop overwrites",
    formula="grads[k] is an object of its own for each k",
    ask="Is grads[0] the same object as grads[2]?",
    section=SECTION,
)

misconception(
    "backprop-is-gradient-descent",
    unit="01",
    title="gradients and the step in one",
    computed="gradients, and a model whose weights were moved on the way: the layers below went "
    "back through other weights than they went forward",
    formula="back-propagation computes gradients; a step w - rate * dw comes after it, elsewhere",
    ask="Call the function twice on the same model and data. Should the loss change?",
    section=SECTION,
)
