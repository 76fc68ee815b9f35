"""Misconceptions about the two ways out of c: what is summed, and what multiplies the sum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import cut, merge, rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.lstm import (
    LSTM_DA_MISSES_C,
    LSTM_DC_NEXT_MISSING,
    LSTM_DC_PREV_NO_FORGET,
    LSTM_DOT_FOR_OT,
    LSTM_PARENTHESIS,
)
from autograder.networks import Array, Edit, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import steps
from autograder.units.u09_lstm.mistakes.edits import Seen, onward

MISTAKES = Mistakes("lstm")


def _forgotten(graph: Graph, t: int) -> Edits | None:
    wire = onward(graph, t)
    return {wire: cut()} if wire else {}


MISTAKES.layer(LSTM_DC_NEXT_MISSING, _forgotten)
MISTAKES.layer(LSTM_DA_MISSES_C, lambda graph, t: {f"c{t}->th{t}": cut()})


def _both(graph: Graph, t: int) -> tuple[str, str]:
    """The two wires out of c<t>: to tanh(c), and on to the next step."""
    return f"c{t}->th{t}", onward(graph, t)


def _on(ways: tuple[int, ...], term: Callable[[Graph, int, Seen], Array]) -> LayerEdit:
    """A further term in what some of the two ways out of c carry."""

    def edits(graph: Graph, t: int) -> Edits | None:
        wires = [_both(graph, t)[way] for way in ways]
        return {w: lambda value, seen: value + 1j * term(graph, t, seen) for w in wires if w}

    return edits


def _without_f(graph: Graph, t: int, seen: Seen) -> Array:
    return np.asarray((1 - graph.value(f"f{t}")) * seen[f"c{t - 1}->c{t}"].imag)


TO_A, ON = (0,), (1,)
MISTAKES.layer(LSTM_DC_PREV_NO_FORGET, _on(TO_A + ON, _without_f), "dc_prev = dc")
MISTAKES.layer(LSTM_DC_PREV_NO_FORGET, _on(TO_A, _without_f), "in the term of da_next")
MISTAKES.layer(LSTM_DC_PREV_NO_FORGET, _on(ON, _without_f), "in the term of dc_next")


def _skips_slope(letters: str, extra: bool = False) -> Callable[[Graph, int, Seen], Array]:
    """What z of these gates gives to c<t> without the gate's own slope, less what it gives with it.

    With `extra` the candidate's other term has the printed factor cct besides.
    """
    meets = {"f": ("f", "c", -1), "i": ("i", "cc", 0), "c": ("cc", "i", 0)}

    def term(graph: Graph, t: int, seen: Seen) -> Array:
        total = 0
        for letter in letters:
            node, other, back = meets[letter]
            g, factor = graph.value(f"{node}{t}"), graph.value(f"{other}{t + back}")
            slope = 1 - g**2 if letter == "c" else g * (1 - g)
            through = 1 if not extra else slope * g
            total = total + factor * (through - slope) * seen[f"z{letter}{t}->{node}{t}"].imag
        return np.asarray(total)

    return term


MISTAKES.layer(LSTM_PARENTHESIS, _on(ON, _skips_slope("fic")), "dc_next skips it in f, i and c")
MISTAKES.layer(LSTM_PARENTHESIS, _on(TO_A, _skips_slope("fic")), "da_next skips it in f, i and c")
for _letter in "fic":
    MISTAKES.layer(
        LSTM_PARENTHESIS, _on(ON, _skips_slope(_letter)), f"dc_next skips it in {_letter}"
    )


def _printed(graph: Graph, t: int) -> Edits | None:
    """As an edition of the course prints it: in dcct the term of da_next has a factor cct more."""
    to_a, on = _both(graph, t)
    skips, factor = _skips_slope("fic"), _skips_slope("c", extra=True)
    made = {to_a: lambda value, seen: value + 1j * factor(graph, t, seen)}
    return made | ({on: lambda value, seen: value + 1j * skips(graph, t, seen)} if on else {})


MISTAKES.layer(LSTM_PARENTHESIS, _printed, "the same, and a factor cct")


def _dot_for_ot(lane_only: bool) -> WholeEdit:
    """dzo / o times what comes back through a_next; `lane_only`: in dc_prev alone."""

    def edits(problem: Problem) -> Edits | None:
        graph, made = problem.graph, dict[str, Edit]()
        for t in reversed(steps(graph)):
            dzo = gradient(graph, f"zo{t}", merge(problem.given, made))
            wrong, f = dzo / graph.value(f"o{t}"), graph.value(f"f{t}")
            made = merge(
                made, {f"c{t}->th{t}": _instead(wrong, f, t) if lane_only else rescale(wrong)}
            )
        return made

    return edits


def _instead(wrong: Array, f: Array, t: int) -> Edit:
    wire = f"c{t - 1}->c{t}"
    return lambda value, seen: np.asarray(value + 1j * (wrong - 1) * f * seen[wire].imag)


MISTAKES.whole(LSTM_DOT_FOR_OT, _dot_for_ot(False), "in dc", last=True)
MISTAKES.whole(LSTM_DOT_FOR_OT, _dot_for_ot(True), "in dc_prev", last=True)
