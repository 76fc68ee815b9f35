"""The words of misconceptions about one step: its slope, its transposes, its states."""

from __future__ import annotations

from autograder.mistakes.catalogue import products, recurrent_cell, scale, signal, slopes, wiring
from autograder.units.u07b_rnn_rows.mistakes.words import CACHES, STEP, Row, worded

_SLOPE = "dz = dnext_h * (1 - next_h²), next_h being tanh(z)"
_BACK = "dprev_h = dz Whᵀ"

_TABLE: tuple[Row, ...] = (
    (
        slopes.MISSING_ACTIVATION_DERIVATIVE,
        _SLOPE,
        STEP,
        {
            "title": "the slope of tanh is missing",
            "computed": "the gradient of a step whose tanh lets every derivative through unchanged",
            "ask": "The arrow from z to next_h contributes a factor. Which one stands in your dz, "
            "and is each array that you return made of this dz?",
        },
    ),
    (
        slopes.ACTIVATION_VALUE_AS_DERIVATIVE,
        _SLOPE,
        STEP,
        {
            "title": "tanh instead of its slope",
            "computed": "a gradient that multiplies by next_h, the value of the tanh, where its "
            "slope belongs",
            "ask": "What is the slope of tanh at z = 0, and what is its value there?",
        },
    ),
    (
        slopes.WRONG_ACTIVATION_DERIVATIVE,
        _SLOPE,
        STEP,
        {
            "title": "the slope of another function",
            "computed": "the gradient of a step that has another function in the place of tanh, as "
            "far as its derivative goes",
            "ask": "Which function made next_h of z, and whose slope do you multiply by?",
        },
    ),
    (
        slopes.DERIVATIVE_UNSQUARED,
        _SLOPE,
        STEP,
        {
            "title": "a factor of the slope is lost: 1 - next_h",
            "computed": "a gradient made with the slope 1 - next_h, one factor short of the right "
            "one",
            "ask": "tanh is as steep at z = -1 as at z = 1. Does your slope give the same there?",
        },
    ),
    (
        slopes.ONE_MINUS_Z_SQUARED,
        _SLOPE,
        STEP,
        {
            "title": "z in the form for next_h",
            "computed": "a gradient made with the slope 1 - z², which turns negative where z is "
            "large",
        },
    ),
    (
        slopes.INVERSE_DERIVATIVE,
        _SLOPE,
        STEP,
        {
            "title": "divided by the slope",
            "ask": "Where tanh is nearly flat, should z matter to the loss more or less?",
        },
    ),
    (
        slopes.Z_TIMES_DERIVATIVE,
        _SLOPE,
        STEP,
        {
            "title": "z times the slope",
            "computed": "a gradient with an extra factor z, the place where the slope is taken",
            "ask": "Is z a factor of the slope, or the place where the slope is taken?",
        },
    ),
    (
        products.MATMUL_NOT_ELEMENTWISE,
        _SLOPE,
        STEP,
        {"ask": "Does next_h of one unit on example 1 depend on its z on example 2?"},
    ),
    (
        products.ELEMENTWISE_VS_MATMUL,
        "dWh = prev_hᵀ dz: a sum over the examples",
        STEP,
        {},
    ),
    (
        signal.RELU_DROPS_UPSTREAM,
        "dz = dnext_h * (1 - next_h²)",
        STEP,
        {
            "computed": "the local slope alone, as if every entry of dnext_h were 1",
            "ask": "What should dz be if dnext_h is zero, and what is yours?",
        },
    ),
    (
        signal.DW_INSTEAD_OF_W,
        _BACK,
        STEP,
        {
            "title": "the signal goes through dWh",
            "computed": "a gradient handed down through dWh, where it has to pass through Wh",
            "ask": "Through which numbers did prev_h reach z in the forward pass: Wh or dWh?",
        },
    ),
    (
        recurrent_cell.WAA_NO_TRANSPOSE,
        "dprev_h = dz Whᵀ, as dprev_h_ij = Σ_k dz_ik Wh_jk",
        STEP,
        {
            "title": "Wh instead of Whᵀ",
            "computed": "a gradient handed back through Wh where it has to pass through Whᵀ: Wh is "
            "always square, so no shape objects",
            "ask": "z_ik = Σ_j prev_h_ij Wh_jk. For dprev_h_ij, over which index of Wh do you sum?",
        },
    ),
    (
        wiring.MISSING_W_TRANSPOSE,
        "dx = dz Wxᵀ, as dx_ij = Σ_k dz_ik Wx_jk",
        STEP,
        {
            "title": "Wx instead of Wxᵀ",
            "computed": "a gradient handed back through Wx where it has to pass through Wxᵀ: where "
            "Wx is square, no shape objects",
            "ask": "z_ik = Σ_j x_ij Wx_jk. For dx_ij, over which index of Wx do you sum?",
        },
    ),
    (
        wiring.DW_TRANSPOSED,
        "dWh = prev_hᵀ dz, of the shape of Wh; dWx = xᵀ dz, of the shape of Wx",
        STEP,
        {
            "title": "a weight's gradient is transposed",
            "computed": "the transpose of a weight's gradient: its rows and columns have changed "
            "places, as they stand in the layout of columns",
            "ask": "Row i of Wx meets entry i of what it is applied to. To which entry does row i "
            "of your dWx belong?",
        },
    ),
    (
        recurrent_cell.DWAA_USES_A_NEXT,
        "dWh = prev_hᵀ dz",
        CACHES,
        {
            "title": "dWh meets next_h",
            "computed": "a dWh that pairs dz with the state that comes out, next_h",
            "ask": "Wh multiplies the state that comes in. Is that next_h or prev_h, and which of "
            "them lies in the cache where your line reads it?",
        },
    ),
    (
        recurrent_cell.DA_PREV_SKIPS_TANH,
        "dprev_h = dz Whᵀ, dz = dnext_h * (1 - next_h²)",
        STEP,
        {
            "title": "dprev_h = dnext_h Whᵀ",
            "computed": "a gradient that runs back through the tanh everywhere but on its way to "
            "dprev_h",
            "ask": "From next_h back to prev_h there are two factors. Which of them is in your "
            "dprev_h?",
        },
    ),
    (
        recurrent_cell.TANH_APPLIED_TWICE,
        "dz = dnext_h * (1 - next_h²)",
        STEP,
        {
            "title": "tanh of next_h, which is a tanh already",
            "computed": "a gradient whose slope is 1 - tanh(next_h)², always too large",
            "ask": "Is next_h what goes into the tanh, or what came out of it?",
        },
    ),
    (
        recurrent_cell.TANH_PRIME_OF_A_PREV,
        "dz = dnext_h * (1 - next_h²)",
        STEP,
        {"title": "1 - prev_h² for 1 - next_h²"},
    ),
    (
        scale.SIGN_FLIP,
        "dz = dnext_h * (1 - next_h²), dWh = prev_hᵀ dz and dprev_h = dz Whᵀ: no minus",
        STEP,
        {
            "computed": "a gradient whose sign is flipped",
            "ask": "tanh rises everywhere. Can its slope be negative, and does a line of yours "
            "subtract where two ways are added?",
        },
    ),
)
MISTAKES = worded(_TABLE)
