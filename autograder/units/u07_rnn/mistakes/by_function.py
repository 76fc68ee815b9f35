"""What is said of a mistake in one function: what has no loop is told of none."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.recurrent_cell import (
    DA_PREV_SKIPS_TANH,
    DWAA_USES_A_NEXT,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
    WAA_NO_TRANSPOSE,
)
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_CARRY_ACCUMULATED,
    BPTT_LAST_LOSS_ONLY,
    BPTT_OVERWRITE_NOT_ACCUMULATE,
)
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.units.u07_rnn.mistakes.words import CELL

MISTAKES = Mistakes("rnn")

MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "rnn_cell_backward",
    of="0",
    formula="dz = da_next * (1 - a_next²), a new array",
    ask="Which line writes into da_next, or into an array that is da_next under a second name?",
)
MISTAKES.words(
    BPTT_CARRY_ACCUMULATED,
    "rnn_cell_backward",
    title="da_next is added to da_prev",
    computed="a da_prev with da_next as a further term, as if a_next were its tanh plus a_prev",
    formula="da_prev = Waaᵀ dz",
    ask="Through what does a_prev reach a_next in the forward pass? How many ways are there, and "
    "how many terms has your da_prev?",
    section=CELL,
)
MISTAKES.words(
    SIGN_FLIP,
    "output_backward",
    ask="Take one entry of Wya and nudge it by 0.01. Does J move the way that your sign says? If "
    "not, is it y_pred - y, in this order?",
)
MISTAKES.words(
    SIGN_FLIP,
    "rnn_cell_backward",
    ask="tanh grows with z everywhere. Which sign has its slope, and which has yours?",
)
MISTAKES.words(
    BPTT_LAST_LOSS_ONLY,
    "output_backward",
    formula="dzy_t = (y_pred_t - y_t) / m, at each step t",
    ask="The network is asked at every step. At how many steps is your da zero, and does your dWya "
    "hear of the loss of step 1?",
    section="07, From the loss to da",
)

#: Forward accumulation hands R_t on, and has neither dz nor da_prev.
RECURSION = "R_t = (1 - a_t²) * (the immediate term + Waa R_{t-1})"
_SLOPES = (
    MISSING_ACTIVATION_DERIVATIVE,
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
    SIGN_FLIP,
)
for _entry in _SLOPES:
    MISTAKES.words(_entry, "rtrl_dWaa", formula=RECURSION)
MISTAKES.words(
    MISSING_ACTIVATION_DERIVATIVE,
    "rtrl_dWaa",
    ask="The arrow from z_t to a_t contributes a factor. Which one stands in your R_t, and does it "
    "multiply both of its terms?",
)
MISTAKES.words(
    TANH_APPLIED_TWICE,
    "rtrl_dWaa",
    title="tanh of a_t, which is a tanh already",
    computed="a gradient whose slope is 1 - tanh(a_t)², always too large",
    formula=RECURSION,
    ask="Is a_t what goes into the tanh, or what came out of it?",
)
MISTAKES.words(
    TANH_PRIME_OF_A_PREV,
    "rtrl_dWaa",
    title="1 - a_{t-1}² for 1 - a_t²",
    formula=RECURSION,
    ask="Which state came out of the tanh of step t?",
)
MISTAKES.words(
    DA_PREV_SKIPS_TANH,
    "rtrl_dWaa",
    title="the recursion skips the slope of tanh",
    computed="a sum in which R_{t-1} enters R_t without the slope 1 - a_t², which the immediate "
    "term has",
    formula=RECURSION,
    ask="From a_{t-1} to a_t there are two factors. Which of them does R_{t-1} get in your line?",
)
MISTAKES.words(
    WAA_NO_TRANSPOSE,
    "rtrl_dWaa",
    title="Waaᵀ instead of Waa",
    computed="a recursion that hands R_{t-1} on through Waaᵀ, where the forward pass goes through "
    "Waa: Waa is always square, so no shape objects",
    formula="R_t[i, k, l] holds (1 - a_t²) times Σ_j Waa_ij R_{t-1}[j, k, l]",
    ask="z_i = Σ_j Waa_ij a_j. If all a_j move, over which index of Waa is the sum?",
)
MISTAKES.words(
    DWAA_USES_A_NEXT,
    "rtrl_dWaa",
    computed="a sum whose immediate term holds the state that comes out, a_t, where the one that "
    "went in belongs, a_{t-1}",
    formula="the immediate term holds a_{t-1}, the state that went in, and not a_t",
    section="07, Direct, total, immediate",
)
MISTAKES.words(
    BPTT_LAST_LOSS_ONLY,
    "rtrl_dWaa",
    ask="The network is asked at every step. Where in your lines does the loss of step 1 enter?",
)
MISTAKES.words(
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    "rtrl_dWaa",
    title="only one step is in dWaa",
    formula="dWaa = Σ_t Σ da[:, :, t] times R_t: one term for each step",
)
