"""Misconceptions about the slopes of the gates, of the candidate, and of tanh(c)."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import Rule, bypass
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.lstm import (
    LSTM_C_NEXT_FOR_C_PREV,
    LSTM_GATE_DERIVATIVE_MISSING,
    LSTM_O_WITHOUT_TANH,
    LSTM_TANH_OF_TANH,
)
from autograder.mistakes.catalogue.slopes import (
    DERIVATIVE_UNSQUARED,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
)
from autograder.networks import Array, Edits, Graph
from autograder.units.u09_lstm.mistakes.edits import Seen, added, slopes

MISTAKES = Mistakes("lstm")
GRU = Mistakes("gru")
GATES = "09, Each gate has its own way"


def _one(z: Array, g: Array) -> Array:
    return np.ones_like(z)


def _value(z: Array, g: Array) -> Array:
    return g


for _letters, _told in (("f", "f"), ("i", "i"), ("o", "o"), ("fio", "f, i and o")):
    MISTAKES.layer(LSTM_GATE_DERIVATIVE_MISSING, slopes(_letters, _one), f"no slope of {_told}")
    MISTAKES.layer(
        LSTM_GATE_DERIVATIVE_MISSING, slopes(_letters, _value), f"the value for it in {_told}"
    )
MISTAKES.layer(LSTM_GATE_DERIVATIVE_MISSING, slopes("c", _one), "no slope of cct")
MISTAKES.layer(LSTM_GATE_DERIVATIVE_MISSING, slopes("fioc", _one), "no slope at all")
for _letter in "ur":
    GRU.layer(LSTM_GATE_DERIVATIVE_MISSING, slopes(_letter, _one), f"no slope of {_letter}")
    GRU.layer(
        LSTM_GATE_DERIVATIVE_MISSING, slopes(_letter, _value), f"the value for it in {_letter}"
    )
GRU.layer(LSTM_GATE_DERIVATIVE_MISSING, slopes("c", _one), "no slope of cct")


def _of_tanh_c(rule: Rule) -> LayerEdit:
    """Another slope where a = o tanh(c)."""

    def edits(graph: Graph, t: int) -> Edits | None:
        return {f"th{t}": bypass(f"c{t}->th{t}", rule)}

    return edits


def _again(z: Array, g: Array) -> Array:
    return 1 - np.tanh(g) ** 2


MISTAKES.layer(LSTM_TANH_OF_TANH, _of_tanh_c(_again), "in dc")
MISTAKES.layer(LSTM_TANH_OF_TANH, slopes("c", _again), "of cct")
GRU.layer(LSTM_TANH_OF_TANH, slopes("c", _again), "of cct")

DC = "dc = dc_next + da_next * ot * (1 - tanh(c_next)²)"
MISTAKES.words(
    MISSING_ACTIVATION_DERIVATIVE,
    "lstm",
    title="the slope of tanh(c_next) is missing",
    computed="the gradient of a cell that shows ot * c_next, as far as the way to c goes",
    formula=DC,
    ask="Between c_next and a_next stands a tanh. Which factor in your dc is its slope?",
    section=GATES,
)
MISTAKES.layer(MISSING_ACTIVATION_DERIVATIVE, _of_tanh_c(_one), "in dc")
CANDIDATE = "dzc = dc * it * (1 - cct²), cct being a tanh"
for _mistakes, _line in ((MISTAKES, CANDIDATE), (GRU, "dzc = dc_next * ut * (1 - cct²)")):
    for _entry in (DERIVATIVE_UNSQUARED, ONE_MINUS_Z_SQUARED, WRONG_ACTIVATION_DERIVATIVE):
        _mistakes.words(_entry, *_mistakes.families, formula=_line, section=GATES)
MISTAKES.words(DERIVATIVE_UNSQUARED, "lstm", formula=f"{DC}; {CANDIDATE}")
MISTAKES.words(ONE_MINUS_Z_SQUARED, "lstm", formula=f"{DC}; {CANDIDATE}")
MISTAKES.layer(DERIVATIVE_UNSQUARED, _of_tanh_c(lambda z, g: 1 - g), "in dc")
MISTAKES.layer(DERIVATIVE_UNSQUARED, slopes("c", lambda z, g: 1 - g), "of cct")
MISTAKES.layer(ONE_MINUS_Z_SQUARED, _of_tanh_c(lambda z, g: 1 - z**2), "1 - c_next²")
for _mistakes in (MISTAKES, GRU):
    _mistakes.layer(
        WRONG_ACTIVATION_DERIVATIVE,
        slopes("c", lambda z, g: g * (1 - g)),
        "cct (1 - cct): a sigmoid's",
    )
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE, slopes("fio", lambda z, g: 1 - g**2), "1 - f²: a tanh's"
)


def _slope_of_a_next(graph: Graph, t: int) -> Edits | None:
    """1 - a_next², as in a recurrent cell whose state is the tanh itself."""
    a = graph.value(f"a{t}")
    return _of_tanh_c(lambda z, g: 1 - a**2)(graph, t)


MISTAKES.layer(WRONG_ACTIVATION_DERIVATIVE, _slope_of_a_next, "1 - a_next² in dc")


def _f_meets_c_next(graph: Graph, t: int, seen: Seen) -> Array:
    other = graph.value(f"c{t}") - graph.value(f"c{t - 1}")
    return np.asarray(other * seen[f"f{t}->c{t}"].imag)


def _o_meets_c(graph: Graph, t: int, seen: Seen) -> Array:
    other = graph.value(f"c{t}") - graph.value(f"th{t}")
    return np.asarray(other * seen[f"o{t}->a{t}"].imag)


MISTAKES.layer(LSTM_C_NEXT_FOR_C_PREV, added("c{t}", _f_meets_c_next))
MISTAKES.layer(LSTM_O_WITHOUT_TANH, added("a{t}", _o_meets_c))
