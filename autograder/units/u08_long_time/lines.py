"""The line of formula of `state_gradients`, which goes back without a cell."""

from __future__ import annotations

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.long_time import HIDDEN_STATE_CARRY
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.products import ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.recurrent_cell import (
    DA_PREV_SKIPS_TANH,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
    WAA_NO_TRANSPOSE,
)
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_IGNORED,
    BPTT_MISSING_DA_PREVT,
    DA0_NOT_RETURNED,
)
from autograder.mistakes.catalogue.regularisation import CLIP_VALUE_VS_NORM
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.signal import RELU_DROPS_UPSTREAM
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.units.u08_long_time.training import WINDOW

MISTAKES = Mistakes("rnn")

_SLOPES = (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
_LINE = "g_{t-1} = da_{t-1} + Waaᵀ ((1 - a_t²) * g_t)"
#: Here a state is a_t, and what goes back g_t.
_IN_G: dict[Misconception, dict[str, str]] = {
    WAA_NO_TRANSPOSE: {
        "ask": "z_i = Σ_j Waa_ij a_j. For the derivative with respect to a_j, over which index of "
        "Waa do you sum?",
    },
    DA_PREV_SKIPS_TANH: {
        "title": "the slope of tanh is missing on the way back",
        "computed": "a gradient that goes from g_t to g_{t-1} without the slope of tanh",
        "ask": "From a_t back to a_{t-1} there are two factors. Which of them is in your line?",
    },
    TANH_APPLIED_TWICE: {
        "title": "tanh of a_t, which is a tanh already",
        "computed": "a gradient whose slope is 1 - tanh(a_t)², always too large",
        "ask": "Is a_t what goes into the tanh, or what came out of it?",
    },
    TANH_PRIME_OF_A_PREV: {
        "title": "1 - a_{t-1}² for 1 - a_t²",
        "ask": "From g_t to g_{t-1} you go back through the tanh that made a state. Which state?",
    },
    BPTT_MISSING_DA_PREVT: {"title": "what the next step sends back is missing"},
    BPTT_DA_IGNORED: {
        "ask": "Where in your lines does da of each step come in?",
    },
    MISSING_ACTIVATION_DERIVATIVE: {
        "ask": "The arrow from z_t to a_t contributes a factor. Which one stands in your line?",
    },
    RELU_DROPS_UPSTREAM: {
        "computed": "the local slope alone, as if every entry of g_t were 1",
        "ask": "What should come back from step t if g_t is zero, and what is yours?",
    },
    **{entry: {} for entry in _SLOPES},
}
for _entry, _words in _IN_G.items():
    MISTAKES.words(_entry, "state_gradients", "grad_norms", formula=_LINE, **_words)
MISTAKES.words(
    SIGN_FLIP,
    "state_gradients",
    formula=_LINE,
    ask="Nudge one entry of a state by 0.01. Does J move the way that your sign says?",
)
MISTAKES.words(
    MISSING_ACTIVATION_DERIVATIVE,
    "step_jacobian",
    title="the slope of tanh is missing",
    computed="the Jacobian of a step whose tanh passes every nudge unchanged",
    ask="From a_prev to a_next a nudge passes Waa and then tanh. Which factor of your matrix is "
    "the slope of tanh?",
)
MISTAKES.words(
    WAA_NO_TRANSPOSE,
    "step_jacobian",
    title="Waaᵀ in the place of Waa",
    computed="the table of the way back, with Waaᵀ, where the Jacobian itself has Waa: Waa is "
    "square, so no shape objects",
    ask="Row i of the Jacobian belongs to unit i of a_next. Which entry of Waa brings a_prev of "
    "unit j to unit i?",
    section="08, One step back is one Jacobian",
)
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "step_jacobian",
    title="the slopes stand on the columns",
    computed="Waa with its columns multiplied by the slopes of tanh, and not its rows",
    ask="Entry (i, j) says how unit i moves with a_prev of unit j. Which unit's tanh does that "
    "nudge pass, that of i or that of j?",
    section="08, One step back is one Jacobian",
)
MISTAKES.words(
    DA0_NOT_RETURNED,
    "state_gradients",
    title="g_0 does not come from g_1",
    computed="a g_0 that is not the derivative with respect to a_0, the state that comes in",
    ask="Which number has the last state that your loop fills, and which one is still to come?",
)
MISTAKES.words(
    DA0_NOT_RETURNED,
    "truncated_bptt",
    ask="To which state does what is left of each chunk belong, and which of them is a_0?",
)
MISTAKES.words(
    HIDDEN_STATE_CARRY,
    "truncated_bptt",
    of=WINDOW,
    title="a window in the place of chunks",
    computed="the gradient in which each loss goes back k steps from its own, over the borders of "
    "chunks",
    formula="da_prevt = 0 before the cells of the steps k, 2k, ... (steps counted from 1)",
    ask="With T = 3 and k = 2 there is a border behind step 2. How far back does the loss of "
    "step 3 go in your code, and how far in the text?",
)
MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "state_gradients",
    of="0",
    formula="g[:, :, t] is a new array, of which da[:, :, t - 1] is one term",
    ask="After your function has run, what does the caller's da hold? Which line wrote into it?",
)
MISTAKES.words(
    CLIP_VALUE_VS_NORM,
    "chunked_train_step",
    ask="Print the gradient of a chunk before and after your clipping, and divide them entry by "
    "entry. Is the ratio one number for dWax, dWaa and dba?",
)

MISTAKES.contract("state_gradients", {"g": _LINE})
MISTAKES.contract("step_jacobian", {"jacobian": "jacobian = diag(1 - a_next²) Waa"}, on=("",))
