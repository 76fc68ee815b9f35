"""What unit 07 knows of the recurrent network, on a word: that graph, with m = 1, and b for ba."""

from __future__ import annotations

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import recurrent_cell, recurrent_time, scale, shapes
from autograder.units.u07_rnn.mistakes import RECURRENT
from autograder.units.u10b_characters.contract import FAMILY

MISTAKES = Mistakes(FAMILY)
#: What takes a size for the number of examples, which is 1 here, or needs dx to be told.
_ELSEWHERE = (
    recurrent_time.IMMEDIATE_VS_TOTAL_DERIVATIVE,
    recurrent_cell.RNN_DIVIDE_BY_M_AGAIN,
    scale.WRONG_M,
    scale.ONE_OVER_M_TWICE,
    scale.ONE_OVER_M_PER_LAYER,
    scale.MISSING_ONE_OVER_M,
)


def _renamed(detail: str) -> str:
    """A detail in the letters of this unit."""
    return detail.replace("dba", "db")


_known: dict[str, Misconception] = {
    form.misconception.id: form.misconception
    for part in RECURRENT
    for form in part.forms
    if "rnn" in form.on and form.misconception not in _ELSEWHERE
}
for _entry in _known.values():
    MISTAKES.share(_entry, RECURRENT, "rnn", _renamed)

MISTAKES.contract(
    "rnn_backward",
    {
        "dWya": "dWya = Σ_t ds_t a_tᵀ, where ds_t = p_t - y_t",
        "dby": "dby = Σ_t ds_t, where ds_t = p_t - y_t",
        "dWax": "dWax = Σ_t dz_t x_tᵀ, where da_t = Wyaᵀ ds_t + da_prevt",
        "dWaa": "dWaa = Σ_t dz_t a_{t-1}ᵀ, where da_t = Wyaᵀ ds_t + da_prevt",
        "db": "db = Σ_t dz_t, where dz_t = da_t * (1 - a_t²) and da_t = Wyaᵀ ds_t + da_prevt",
    },
)
MISTAKES.words(
    recurrent_time.BPTT_MISSING_DA_PREVT,
    FAMILY,
    computed="the exact gradient of a network whose wires from a_t to the next step are cut: each "
    "letter's state hears of its own loss alone",
    formula="da_t = Wyaᵀ ds_t + da_prevt, and da_prevt = Waaᵀ dz_t goes to the step before",
    ask="a_t feeds two things: its own scores, and the next step. Through which of the two do "
    "later losses come back?",
    section="10b, The way back",
)
MISTAKES.words(
    recurrent_cell.DIVIDE_BY_T,
    FAMILY,
    computed="the gradient of the mean over the letters of a word, where L is their sum",
    formula="L = L_1 + ... + L_T, without 1/T",
    ask="Take two words, one twice as long as the other. What is your result, divided by the "
    "numeric one, for each of them?",
    section="10b, Who pays, and for what",
)
for _bias in (shapes.DB_NO_KEEPDIMS, shapes.DBA_BROADCAST_SQUARE):
    MISTAKES.words(
        _bias,
        FAMILY,
        formula="db = Σ_t dz_t, a column of n_a rows",
        ask="Print db.shape after the first step, and after the second. Is it that of b?",
        section="10b, The way back",
    )
