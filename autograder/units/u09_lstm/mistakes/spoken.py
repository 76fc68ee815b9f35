"""What is said of mistakes of other units in the symbols of gated cells, and of one gate alone."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.chain import ALIAS_LAST_CACHE
from autograder.mistakes.catalogue.gru import (
    GRU_OTHER_CONVENTION,
    GRU_RESET_WAY,
    GRU_U_HAS_TWO_WAYS,
)
from autograder.mistakes.catalogue.lstm import (
    CONCAT_ORDER,
    LSTM_DC_NEXT_MISSING,
    LSTM_GATE_DERIVATIVE_MISSING,
)
from autograder.mistakes.catalogue.recurrent_cell import BPTT_WRONG_CACHE
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
)
from autograder.mistakes.catalogue.scale import DB_MEAN_AND_ONE_OVER_M, SIGN_FLIP
from autograder.mistakes.catalogue.shapes import (
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
)
from autograder.mistakes.catalogue.slopes import (
    DERIVATIVE_UNSQUARED,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
)
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED
from autograder.units.u07_rnn.mistakes.spoken import SPOKEN
from autograder.units.u09_lstm.mistakes.gates import CANDIDATE, DC
from autograder.units.u09_lstm.mistakes.lines import DZ

MISTAKES = Mistakes("lstm", "gru")

for _entry in (
    DB_NO_KEEPDIMS,
    DB_WRONG_AXIS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_MEAN_AND_ONE_OVER_M,
    DW_TRANSPOSED,
    WRONG_ACTIVATION_DERIVATIVE,
):
    _words = {k: v for k, v in SPOKEN[_entry].items() if k != "formula"}
    MISTAKES.words(_entry, "lstm", "gru", **_words)
MISTAKES.words(
    ALIAS_LAST_CACHE,
    "lstm",
    **SPOKEN[ALIAS_LAST_CACHE],
)
MISTAKES.words(
    WRONG_ACTIVATION_DERIVATIVE,
    "lstm",
    "gru",
    computed="the gradient of a cell whose candidate has another activation than tanh, as far as "
    "its derivative goes",
    ask="By which function is cct made of zc, and whose slope do you multiply by?",
)
MISTAKES.words(
    WRONG_ACTIVATION_DERIVATIVE,
    "lstm",
    of="1 - f²: a tanh's",
    computed="the gradient of a cell whose gates have another activation than the sigmoid, as far "
    "as their derivative goes",
    formula="dzf = dc * c_prev * ft * (1 - ft), and so for i and o",
    ask="By which function is ft made of zf, and whose slope do you multiply by?",
)
MISTAKES.words(
    WRONG_ACTIVATION_DERIVATIVE,
    "lstm",
    of="1 - a_next² in dc",
    title="the slope of a cell whose state is the tanh itself",
    computed="a gradient made with the slope 1 - a_next², as in a plain recurrent cell: here "
    "a_next is the tanh of c_next times ot",
    formula=DC,
    ask="Of which function is the slope that stands between da_next and dc, and is a_next its "
    "value?",
)
_UNSQUARED = {
    "computed": "a gradient made with the slope 1 - tanh, where 1 - tanh² is right",
    "ask": "tanh is as steep at -1 as at 1. Does your slope give the same there?",
}
MISTAKES.words(
    DERIVATIVE_UNSQUARED,
    "lstm",
    "gru",
    title="the square is missing in the slope of tanh",
    **_UNSQUARED,
)
MISTAKES.words(DERIVATIVE_UNSQUARED, "lstm", of="in dc", formula=DC)
MISTAKES.words(DERIVATIVE_UNSQUARED, "lstm", of="of cct", formula=CANDIDATE)
MISTAKES.words(
    ONE_MINUS_Z_SQUARED,
    "lstm",
    title="c_next where its tanh belongs",
    computed="a gradient made with the slope 1 - c_next², which turns negative where c_next is "
    "large",
    formula=DC,
)
MISTAKES.words(
    BPTT_WRONG_CACHE,
    "lstm",
    formula="each step goes back with its own cache; index -1 is the last step",
    ask="Print the step and the index of the cache in each round of your loop. Do they belong "
    "together?",
)
MISTAKES.words(
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    "lstm",
    title="only step 1 is in the sum",
    computed="the contribution of step 1 alone, as if each step overwrote what the later ones had "
    "left, or as if the sum were made once, after the loop",
    ask="How often does the forward pass use Wf? Print your sum after each round of the loop: "
    "after which rounds does it grow?",
)
MISTAKES.words(DA0_NOT_RETURNED, "lstm", of="it is zero", computed="a da0 of zeros")
MISTAKES.words(
    DX_ACCUMULATED,
    "lstm",
    of="dx is the dxt of the first step",
    title="dx has no time axis",
    computed="a dx of one step, the first one: the columns of the others are not there",
    formula="dx[:, :, t] is the dxt of step t",
    ask="Which shape has x, and into which part of dx does each round of your loop write?",
)
MISTAKES.words(
    LSTM_DC_NEXT_MISSING,
    "lstm_backward",
    formula="dc_next of step t = dc_prevt, what the cell of step t + 1 has sent back",
)
MISTAKES.words(
    SIGN_FLIP, "lstm_backward", formula="da_next of step t = da[:, :, t] + da_prevt: no minus"
)

_SLOPELESS = {
    "no slope of {}": "a gradient that goes back through this gate without its slope",
    "the value for it in {}": "a gradient that goes back through this gate with its value in the "
    "place of its slope",
}
_GRU_DZ = {"u": "dzu = du * ut * (1 - ut)", "r": "dzr = dr * rt * (1 - rt)"}
for _family, _lines in (("lstm", {k: DZ[k] for k in "fio"}), ("gru", _GRU_DZ)):
    for _letter, _line in _lines.items():
        for _detail, _computed in _SLOPELESS.items():
            MISTAKES.words(
                LSTM_GATE_DERIVATIVE_MISSING,
                _family,
                of=_detail.format(_letter),
                computed=_computed,
                formula=_line,
                ask=f"Between z{_letter} and {_letter}t stands a sigmoid. Which factor in your "
                "line is its slope?",
            )
_CCT = {"lstm": CANDIDATE, "gru": "dzc = dc_next * ut * (1 - cct²)"}
for _family, _line in _CCT.items():
    MISTAKES.words(
        LSTM_GATE_DERIVATIVE_MISSING,
        _family,
        of="no slope of cct",
        title="the candidate's own slope is missing",
        computed="a gradient that goes back through the candidate without the slope of its tanh",
        formula=_line,
        ask="Between zc and cct stands a tanh. Which factor in your line is its slope?",
    )

for _detail, _computed in (
    ("left out", "a gradient in which c_prev does not reach the candidate"),
    ("without rt", "a gradient in which c_prev reaches the candidate as if the reset gate were 1"),
):
    MISTAKES.words(GRU_RESET_WAY, "gru", of=_detail, computed=_computed)
for _detail, _place in (
    ("du = dc_next * cct", "the candidate"),
    ("du = -dc_next * c_prev", "c_prev"),
):
    MISTAKES.words(
        GRU_U_HAS_TWO_WAYS,
        "gru",
        of=_detail,
        computed=f"the gradient of a cell in which ut acts on {_place} only, one of its two places",
    )

for _function, _stacked, _above in (
    ("lstm_cell_forward", "u = [a_prev; xt]", "a_prev"),
    ("gru_cell_forward", "v = [c_prev; xt] and w = [rt * c_prev; xt]", "c_prev"),
):
    MISTAKES.words(
        CONCAT_ORDER,
        _function,
        title="the stack is upside down",
        computed=f"the values of a cell whose stack has xt above {_above}, so that the columns of "
        "each weight meet the other array",
        formula=f"{_stacked}: the first n_a columns of each weight are those of the state",
        ask="Which of the two stands first in your stack, and which in the contract?",
    )
MISTAKES.words(
    GRU_RESET_WAY,
    "gru_cell_forward",
    title="the reset gate stands at another place",
    computed="the values of a cell in which Wc meets c_prev itself, and rt comes in later; some "
    "libraries write it so",
    formula="cct = tanh(Wc [rt * c_prev; xt] + bc)",
    ask="What does Wc multiply in the text, and what in your line? Which of the two is made first, "
    "the product with rt or that with Wc?",
)
MISTAKES.words(
    GRU_OTHER_CONVENTION,
    "gru_cell_forward",
    computed="the values of the cell c_next = ut * c_prev + (1 - ut) * cct, in which the update "
    "gate says what is kept; other texts and libraries write it so",
)
