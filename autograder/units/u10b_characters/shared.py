"""What unit 07 knows of the recurrent network, on a word: that graph, with m = 1, and b for ba."""

from __future__ import annotations

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import (
    recurrent_cell,
    recurrent_time,
    scale,
    shapes,
    slopes,
    softmax,
    wiring,
)
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
    return detail.replace("dba", "db").replace("da[:, :, t]", "Wyaᵀ ds_t")


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

#: Here L is J, s is zy, and the part of da that takes the direct way is Wyaᵀ ds_t.
_BACK = "10b, The way back"
_DA = "da_t = Wyaᵀ ds_t + da_prevt"
_ONE_LETTER: dict[Misconception, dict[str, str]] = {
    recurrent_time.BPTT_DA_IGNORED: {
        "title": "what the scores send back never reaches a state",
        "computed": "the gradient of a network whose scores hear of the states in value only: "
        "dWax, dWaa and db are zero",
        "formula": _DA,
        "ask": "Your loop starts from da_prevt = 0. Where does ds_t come in?",
    },
    recurrent_time.BPTT_LAST_LOSS_ONLY: {
        "computed": "a gradient in which the loss of the last letter alone goes back through the "
        "states",
        "formula": f"{_DA}, at each step t",
    },
    recurrent_cell.WAA_NO_TRANSPOSE: {
        "formula": "da_prevt = Waaᵀ dz_t",
        "ask": "z_i = Σ_j Waa_ij a_j. For the derivative with respect to a_j, over which index of "
        "Waa do you sum?",
    },
    scale.SIGN_FLIP: {
        "formula": "ds_t = p_t - y_t, in this order",
        "ask": "Take one entry of by and nudge it by 0.01. Does L move the way that your sign "
        "says?",
    },
    softmax.SOFTMAX_JACOBIAN_TWICE: {
        "computed": "a gradient in which p_t - y_t, the gradient at the scores already, went back "
        "through the softmax once more",
        "ask": "Is p_t - y_t the derivative with respect to the probabilities, or to the scores?",
    },
}
for _entry, _words in _ONE_LETTER.items():
    MISTAKES.words(_entry, FAMILY, section=_BACK, **_words)
MISTAKES.words(
    scale.SIGN_FLIP,
    FAMILY,
    of="a² - 1 in every cell",
    formula="dz_t = da_t * (1 - a_t²)",
    ask="tanh grows with z everywhere. Which sign has its slope, and which has yours?",
    section=_BACK,
)
MISTAKES.words(
    scale.SIGN_FLIP,
    FAMILY,
    of="da - da_prevt",
    formula=_DA,
    ask="a_t feeds two things, and L moves through both. With which sign do their two signals meet "
    "in your line?",
    section=_BACK,
)
MISTAKES.words(
    recurrent_cell.NEGATIVE_INDEX_WRAP,
    FAMILY,
    of="a_{t-1} in dWya",
    ask="Of which state are the scores of step t made? Print the index of the state that your line "
    "for dWya takes, in each round.",
    section=_BACK,
)
MISTAKES.words(
    recurrent_cell.NEGATIVE_INDEX_WRAP,
    FAMILY,
    of="in dWaa",
    ask="Which state comes before the first letter, and which one does your line take there?",
    section=_BACK,
)
MISTAKES.words(
    wiring.MISSING_W_TRANSPOSE,
    FAMILY,
    of="Wya",
    ask="s_i = Σ_j Wya_ij a_j. For da_j, over which index of Wya do you sum?",
    section=_BACK,
)
MISTAKES.words(
    slopes.MISSING_ACTIVATION_DERIVATIVE,
    FAMILY,
    of="the softmax passes everything",
    formula="ds_t = p_t - y_t: softmax and logarithm together",
    ask="Is your ds_t the derivative with respect to the probabilities, or to the scores?",
    section=_BACK,
)
