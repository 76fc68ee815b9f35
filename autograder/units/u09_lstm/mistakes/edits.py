"""Edits of gated cells that several misconceptions share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import Rule, bypass, cut
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.problem import Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.networks.lstm import GATES, stack
from autograder.units.u07_rnn.mistakes.edits import Rewired, direct, steps

Seen = Mapping[str, Array]
#: The node that a gate or the candidate is, by the letter of its weights; also in a GRU.
NODE = {"f": "f", "i": "i", "o": "o", "c": "cc", "u": "u", "r": "r"}


def sequence(graph: Graph) -> bool:
    """Is this an LSTM over several steps, with x of shape (n_x, m, T)?"""
    return graph.value("x").ndim == 3


def slopes(letters: Iterable[str], rule: Rule) -> LayerEdit:
    """``rule(z, g)`` for the slope of these gates, or of the candidate ``"c"``."""

    def edits(graph: Graph, t: int) -> Edits | None:
        at = {letter: f"{NODE[letter]}{t}" for letter in letters}
        return {node: bypass(f"z{letter}{t}->{node}", rule) for letter, node in at.items()}

    return edits


def added(node: str, term: Callable[[Graph, int, Seen], Array]) -> LayerEdit:
    """A further term in the derivative at a node, or on a wire, such as ``"c{t}->th{t}"``."""

    def edits(graph: Graph, t: int) -> Edits | None:
        name = node.format(t=t)
        if name not in graph.seen:
            return {}
        return {name: lambda value, seen: value + 1j * term(graph, t, seen)}

    return edits


def onward(graph: Graph, t: int) -> str:
    """The wire on which c<t> goes on to later steps; empty at the last step of a sequence."""
    names = (f"c{t}->c{t + 1}", f"c{t}->J")
    return next((name for name in names if name in graph.seen), "")


def lane(graph: Graph, letter: str) -> list[str]:
    """The wires between the steps in the lane of ``"a"`` or ``"c"``."""
    target = "u" if letter == "a" else "c"
    return [f"{letter}{t}->{target}{t + 1}" for t in steps(graph)[:-1]]


def whole(edits: Callable[[Graph], Mapping[str, Edit] | None]) -> WholeEdit:
    """Edits of an LSTM over several steps; none of a cell alone."""
    return lambda problem: edits(problem.graph) if sequence(problem.graph) else None


def cut_lanes(*letters: str) -> WholeEdit:
    """Cut these lanes between all steps."""
    return whole(lambda graph: {wire: cut() for n in letters for wire in lane(graph, n)})


def tangent(
    graph: Graph, seen: Seen, t: int, state: tuple[Array, Array], values_of: int
) -> tuple[Array, Array]:
    """The derivatives of a<t> and c<t>, given those of the states that come in.

    The cell of step t is taken with the values of the step `values_of`: what its cache holds.
    """

    def value(name: str, step: int = values_of) -> Array:
        return graph.value(f"{name}{step}")

    a, c = state
    u = stack(a, seen["x"].imag[..., t - 1])
    moved = {}
    for letter, (node, _) in GATES.items():
        g = value(node)
        slope = 1 - g**2 if letter == "c" else g * (1 - g)
        inside = graph.value(f"W{letter}") @ u + seen[f"b{letter}"].imag
        moved[node] = slope * (inside + seen[f"W{letter}"].imag @ value("u"))
    c_dot = value("f") * c + value("c", values_of - 1) * moved["f"]
    c_dot = c_dot + value("i") * moved["cc"] + value("cc") * moved["i"]
    th = value("th")
    return np.asarray(value("o") * (1 - th**2) * c_dot + th * moved["o"]), np.asarray(c_dot)


RuleOfTime = Callable[[Graph, Seen], Mapping[int, Array]]


def rewired(rule: RuleOfTime, words: str) -> WholeEdit:
    """The derivative of every a<t>, as its loss sees it, becomes ``rule(graph, seen)[t]``."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if not sequence(graph):
            return None
        wires = dict.fromkeys(lane(graph, "a") + lane(graph, "c"), words)
        return {"J": Rewired(graph, direct(graph, steps(graph)), rule, wires)}

    return edits


def start(seen: Seen) -> tuple[Array, Array]:
    """The derivatives of the states before the first step."""
    return seen["a0"].imag, seen["c0"].imag


def last_step(graph: Graph) -> int:
    """T."""
    return int(time_facts(graph).T)
