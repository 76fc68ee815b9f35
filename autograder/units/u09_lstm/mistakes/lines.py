"""The line of formula of each array, and words of unit 07 in the symbols of two lanes."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.lstm import LSTM_DC_NEXT_MISSING
from autograder.mistakes.catalogue.recurrent_cell import BPTT_WRONG_CACHE, DIVIDE_BY_T
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_IGNORED,
    BPTT_FORWARD_DIRECTION,
    BPTT_LAST_LOSS_ONLY,
    BPTT_MISSING_DA_PREVT,
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
    UPSTREAM_MEANS_EARLIER_LAYER,
)
from autograder.mistakes.catalogue.scale import ONE_OVER_M_TWICE, SIGN_FLIP

MISTAKES = Mistakes("lstm")
GRU = Mistakes("gru")
CARRIES = "09, Two carries through time"

#: What goes back through each gate.
DZ = {
    "f": "dzf = dc * c_prev * ft * (1 - ft)",
    "i": "dzi = dc * cct * it * (1 - it)",
    "c": "dzc = dc * it * (1 - cct²)",
    "o": "dzo = da_next * tanh(c_next) * ot * (1 - ot)",
}
_CELL = {"dc_prev": "dc_prev = dc * ft, dc = dc_next + da_next * ot * (1 - tanh(c_next)²)"}
_LOOP = {}
for _letter, _line in DZ.items():
    _CELL[f"dW{_letter}"] = f"dW{_letter} = dz{_letter} [a_prev; xt]ᵀ, {_line}"
    _CELL[f"db{_letter}"] = f"db{_letter} = Σ_k dz{_letter}_k over the examples, {_line}"
    _LOOP[f"dW{_letter}"] = f"dW{_letter} = Σ_t dz{_letter}_t [a_{{t-1}}; x_t]ᵀ"
    _LOOP[f"db{_letter}"] = f"db{_letter} = Σ_t dz{_letter}_t, summed over the examples"
_DU = "du = Wfᵀ dzf + Wiᵀ dzi + Wcᵀ dzc + Woᵀ dzo"
_CELL |= {"da_prev": f"da_prev = du[:n_a], {_DU}", "dxt": f"dxt = du[n_a:], {_DU}"}
_LOOP |= {"dx": "dx[:, :, t] = du_t[n_a:]", "da0": "da0 = du_1[:n_a], the last da_prevt"}
MISTAKES.contract("lstm_cell_backward", _CELL)
MISTAKES.contract("lstm_backward", _LOOP)

_GRU = {
    "u": ("dzu", "v", "dzu = dc_next * (cct - c_prev) * ut * (1 - ut)"),
    "r": ("dzr", "v", "dzr = (Wcᵀ dzc)[:n_a] * c_prev * rt * (1 - rt)"),
    "c": ("dzc", "w", "dzc = dc_next * ut * (1 - cct²)"),
}
_ONE = {}
for _letter, (_dz, _stack, _line) in _GRU.items():
    _ONE[f"dW{_letter}"] = f"dW{_letter} = {_dz} {_stack}ᵀ, {_line}"
    _ONE[f"db{_letter}"] = f"db{_letter} = Σ_k {_dz}_k over the examples, {_line}"
_ONE["dxt"] = "dxt = (Wuᵀ dzu + Wrᵀ dzr + Wcᵀ dzc)[n_a:]"
_ONE["dc_prev"] = "dc_prev = dc_next * (1 - ut) + (Wuᵀ dzu + Wrᵀ dzr)[:n_a] + rt * (Wcᵀ dzc)[:n_a]"
GRU.contract("gru_cell_backward", _ONE)

for _entry in (
    BPTT_DA_IGNORED,
    BPTT_FORWARD_DIRECTION,
    BPTT_LAST_LOSS_ONLY,
    UPSTREAM_MEANS_EARLIER_LAYER,
    DIVIDE_BY_T,
    BPTT_WRONG_CACHE,
):
    MISTAKES.words(_entry, "lstm", section=CARRIES)
MISTAKES.words(
    BPTT_MISSING_DA_PREVT,
    "lstm",
    computed="the exact gradient of a network in which a_t does not reach the gates of the next "
    "step: its value passes, nothing comes back, and c alone is carried",
    ask="a_t feeds two things: its own prediction, and the next stack. Through which of the two do "
    "later losses come back?",
    section=CARRIES,
)
MISTAKES.words(
    LSTM_DC_NEXT_MISSING,
    "lstm_backward",
    title="dc_prevt is not carried",
    formula="dc_next of step t is the dc_prev of step t + 1",
    ask="c_t is read by a_t and by c_{t+1}. Which of your lines brings back what step t + 1 says?",
    section=CARRIES,
)
MISTAKES.words(
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    "lstm",
    formula="dWf = Σ_t dzf_t [a_{t-1}; x_t]ᵀ, and so for all eight: one weight, T uses",
    ask="How often does the forward pass use Wf, and how many contributions are in your dWf?",
    section=CARRIES,
)
MISTAKES.words(
    DX_ACCUMULATED,
    "lstm",
    formula="dx[:, :, t] is the dxt of step t: x_t is used once, the weights T times",
    section=CARRIES,
)
MISTAKES.words(
    DA0_NOT_RETURNED,
    "lstm",
    formula="da0 = du_1[:n_a], the da_prevt that is left when the loop ends",
    section=CARRIES,
)
MISTAKES.words(
    ONE_OVER_M_TWICE,
    "lstm",
    formula="no 1/m: the contract has put it into da",
    ask="Read the contract: who pays 1/m, and are you behind it?",
    section=CARRIES,
)
MISTAKES.words(
    SIGN_FLIP,
    "lstm",
    formula="dc = dc_next + da_next * ot * (1 - tanh(c_next)²): no minus",
    ask="Nudge one entry of a bias by 0.01. Does J move the way that your sign says?",
    section=CARRIES,
)
