"""How nodes are written in sentences: ``A[l-1]``, ``a_t``, ``A_prev``."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.engine.diagnosis.general.kinds import split
from autograder.networks import Graph
from autograder.networks.facts import LayerFacts, TimeFacts


def chained(graph: Graph) -> bool:
    """Return whether numbers are those of layers or steps, of which there are several."""
    return isinstance(graph.facts, TimeFacts | LayerFacts) and graph.facts.length > 1


def written(graph: Graph, node: str, place: int) -> str:
    """Return how a node is written, seen from a place."""
    letters, number = split(node)
    if number is None and node in graph.facts.written:
        return graph.facts.written[node].rstrip("_")
    return index(graph, letters, None if number is None else number - place)


def index(graph: Graph, letters: str, shift: int | None) -> str:
    """Return ``a_{t-1}`` or ``A[l-1]``, in the notation of the course; ``W`` without a number."""
    letters = letters.partition("->")[0]
    if shift is None:
        return graph.facts.written.get(letters, letters).rstrip("_")
    move = f"{shift:+d}" if shift else ""
    if isinstance(graph.facts, TimeFacts) and graph.facts.T > 1:
        return f"{letters}_{{t{move}}}" if move else f"{letters}_t"
    if isinstance(graph.facts, LayerFacts) and graph.facts.L > 1:
        return f"{letters}[l{move}]"
    if isinstance(graph.facts, LayerFacts) and f"{letters}{1 + shift}" in graph.facts.written:
        return graph.facts.written[f"{letters}{1 + shift}"].rstrip("_")  # of a layer alone
    if shift == 0:
        return graph.facts.written.get(letters, letters)
    return f"{letters}_prev" if shift < 0 else f"{letters}_next"


def at(graph: Graph, letters: str, number: int) -> str:
    """Return ``a_2`` or ``A[2]``: a node by its number."""
    if isinstance(graph.facts, TimeFacts) and graph.facts.T > 1:
        return f"{letters}_{number}"
    return f"{letters}[{number}]" if chained(graph) else f"{letters}{number}"


def joined(names: Sequence[str]) -> str:
    """Return ``"dW, db and dA"``."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
