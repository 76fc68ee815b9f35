"""Misconceptions about one cell of a GRU: three ways of the state, two of the update gate."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.diagnosis.edits import against, carry, cut, rescale
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.gru import (
    GRU_DWC_WITHOUT_R,
    GRU_GATE_WAYS_MISSING,
    GRU_OTHER_CONVENTION,
    GRU_RESET_WAY,
    GRU_STRAIGHT_WAY_MISSING,
    GRU_U_HAS_TWO_WAYS,
)
from autograder.mistakes.catalogue.lstm import LSTM_GATE_DERIVATIVE_MISSING, LSTM_TANH_OF_TANH
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.networks import Array, Edit
from autograder.units.u09_lstm.mistakes.edits import Seen

MISTAKES = Mistakes("gru")
LANE = "09, The GRU: one lane"


def _always(edits: Mapping[str, Edit]) -> WholeEdit:
    return lambda problem: edits


MISTAKES.whole(GRU_STRAIGHT_WAY_MISSING, _always({"c0->c1": cut()}))
MISTAKES.whole(GRU_RESET_WAY, _always({"c0->rc1": cut()}), "left out")
MISTAKES.whole(GRU_GATE_WAYS_MISSING, _always({"c0->v1": cut()}))
MISTAKES.whole(GRU_U_HAS_TWO_WAYS, _always({"u1->keep1": cut()}), "du = dc_next * cct")
MISTAKES.whole(GRU_U_HAS_TWO_WAYS, _always({"u1->c1": cut()}), "du = -dc_next * c_prev")


def _without_r(value: Array, seen: Seen) -> Array:
    return np.asarray(value + 1j * (1 - seen["r1->rc1"].real) * seen["c0->rc1"].imag)


def _other_way_round(value: Array, seen: Seen) -> Array:
    """c_next = u c_prev + (1 - u) cc, at the values of this cell."""
    u, cc, c = (seen[name] for name in ("u1->c1", "cc1->c1", "c0->c1"))
    moved = (c.real - cc.real) * u.imag + u.real * c.imag + (1 - u.real) * cc.imag
    return carry(value, moved)


MISTAKES.whole(GRU_RESET_WAY, _always({"rc1": _without_r}), "without rt")
MISTAKES.whole(GRU_OTHER_CONVENTION, _always({"c1": _other_way_round}))
MISTAKES.whole(
    GRU_DWC_WITHOUT_R,
    lambda problem: {
        "zc1": against("Wc->zc1", problem.graph.value("w1"), problem.graph.value("v1"))
    },
)
MISTAKES.words(
    SIGN_FLIP,
    "gru",
    computed="a gradient in which ut pushes the wrong way",
    formula="du = dc_next * (cct - c_prev): ut takes the candidate, 1 - ut keeps c_prev",
    ask="If ut grows, does c_next move towards cct or towards c_prev?",
    section=LANE,
)
MISTAKES.whole(SIGN_FLIP, _always({"u1": rescale(-1.0)}), "du = dc_next * (c_prev - cct)")
MISTAKES.words(
    LSTM_GATE_DERIVATIVE_MISSING,
    "gru",
    computed="a gradient that goes back through a gate without its slope, or with a part of it: "
    "ut * (1 - ut) for a gate, 1 - cct² for the candidate",
    formula="dzu = du * ut * (1 - ut), dzc = dc_next * ut * (1 - cct²)",
    ask="Between zu and ut stands a sigmoid. Which factor in your line is its slope?",
)
MISTAKES.words(
    LSTM_TANH_OF_TANH,
    "gru",
    formula="dzc = dc_next * ut * (1 - cct²)",
    ask="Is cct what goes into a tanh, or what came out of one?",
)
