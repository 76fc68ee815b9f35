"""The words and lines of formula of the functions of unit 06a."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import chain, products, scale, shapes, signal, slopes, wiring
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.regularisation import (
    CLIP_COPIES_NOT_INPLACE,
    DROPOUT_MASK_INVERTED,
)

COLUMNS, DROPOUT, ROWS = Mistakes("columns"), Mistakes("dropout"), Mistakes("embedding")
_PENALISED = "backward_propagation_with_regularization"
_DROPPED = "backward_propagation_with_dropout"

_SIGNAL = {"dZ": "dZ3 = A3 - Y, dZ2 = dA2 * (Z2 > 0), dZ1 = dA1 * (Z1 > 0)"}
_SUMS = {"db": "db3 = (1/m) Σ_i dZ3^(i), the columns summed, of shape (1, 1); and so in each layer"}
COLUMNS.contract(
    _PENALISED,
    {
        **_SIGNAL,
        **_SUMS,
        "dW": "dW3 = (1/m) dZ3 A2ᵀ + (lambd/m) W3, dW2 with A1 and W2, dW1 with X and W1",
        "dA": "dA2 = W3ᵀ dZ3, dA1 = W2ᵀ dZ2",
    },
)
DROPOUT.contract(
    _DROPPED,
    {
        **_SIGNAL,
        **_SUMS,
        "dW": "dW3 = (1/m) dZ3 A2ᵀ, dW2 = (1/m) dZ2 A1ᵀ, dW1 = (1/m) dZ1 Xᵀ",
        "dA": "dA2 = (W3ᵀ dZ3) * D2 / keep_prob, dA1 = (W2ᵀ dZ2) * D1 / keep_prob",
    },
)
ROWS.contract(
    "embedding_backward", {"dW": "dW[v] = Σ dout[n, t] over all places with words[n, t] = v"}
)
_WRITES = {
    "title": "an argument is written into",
    "computed": "an array of the caller that is not what it was before the call",
    "ask": "After your function has run, what does the array hold that came in? Which line wrote "
    "into it: one with out=, with an operator such as *=, or with an index on its left?",
    "section": "06a, Two ways to clip",
}
for _name, _line in (
    ("clip_by_value", "np.clip(g, -maxValue, maxValue) without out=: a new array"),
    (
        "clip_by_norm",
        "g * (max_norm / norm), a new array for each g: g *= max_norm / norm writes into gradients",
    ),
):
    COLUMNS.words(DA_MUTATED_IN_PLACE, _name, formula=_line, **_WRITES)
COLUMNS.words(
    CLIP_COPIES_NOT_INPLACE,
    "clip_by_norm",
    formula="every array times max_norm / norm where norm > max_norm, and times 1 elsewhere",
    ask="Print norm, max_norm and the factor of one call. Is the factor in what you return?",
)
_WEIGHTS = "dW3 = (1/m) dZ3 A2ᵀ, dW2 = (1/m) dZ2 A1ᵀ, dW1 = (1/m) dZ1 Xᵀ"
_TERMS = "dW3 = (1/m) dZ3 A2ᵀ + (lambd/m) W3, dW2 with A1 and W2, dW1 with X and W1"
_DOWN = "dA2 = W3ᵀ dZ3, dA1 = W2ᵀ dZ2"
_ERROR = "dZ3 = A3 - Y"
#: The line of a function, and the mistakes on which it is shown; `{W}` is its line of dW.
_LINES = (
    (
        _SIGNAL["dZ"],
        slopes.MISSING_ACTIVATION_DERIVATIVE,
        slopes.RELU_VALUE_AS_DERIVATIVE,
        slopes.WRONG_ACTIVATION_DERIVATIVE,
        slopes.INVERSE_DERIVATIVE,
        slopes.Z_TIMES_DERIVATIVE,
        signal.RELU_MASK_ON_GRADIENT,
        signal.RELU_DROPS_UPSTREAM,
        signal.REUSE_OUTPUT_DZ,
        wiring.WRONG_CACHE_PART,
        products.MATMUL_NOT_ELEMENTWISE,
    ),
    (
        "{W}",
        wiring.DW_USES_OWN_ACTIVATION,
        wiring.DW_USES_Z,
        wiring.DW_TRANSPOSED,
        wiring.GRADIENT_LEFT_AT_ZERO,
        products.ELEMENTWISE_VS_MATMUL,
        scale.MISSING_ONE_OVER_M,
    ),
    (f"{_ERROR}, {{W}}", scale.ONE_OVER_M_TWICE),
    ("columns are examples: {W}", products.ROW_VS_COLUMN_LAYOUT),
    (
        _DOWN,
        signal.DW_INSTEAD_OF_W,
        wiring.MISSING_W_TRANSPOSE,
        wiring.INPUT_GRAD_COUNTED_TWICE,
        scale.ONE_OVER_M_PER_LAYER,
    ),
    (f"{_DOWN}; {{W}}", chain.WRONG_LAYER_INDEX),
    (_ERROR, scale.SIGN_FLIP, scale.LOSS_DERIVATIVE_WRONG, scale.J_VS_L_ONE_OVER_M_PLACEMENT),
    (f"{_ERROR}: the slope of the sigmoid is in it already", slopes.OUTPUT_DERIVATIVE_TWICE),
    ("m = X.shape[1]: examples are the columns", scale.WRONG_M),
    (
        _SUMS["db"],
        scale.DB_NOT_AVERAGED,
        scale.DB_MEAN_AND_ONE_OVER_M,
        shapes.DB_WRONG_AXIS,
        shapes.DB_SUM_ALL,
        shapes.DB_NO_SUM,
        shapes.DB_NO_KEEPDIMS,
        shapes.DB_FROM_DW_ROWSUM,
        wiring.DB_FORGOTTEN,
    ),
    ("dA1 and dA2 belong to the outputs of the first and the second ReLU", chain.DA_KEY_SHIFTED),
    ("cache holds Z1, A1, W1, b1 of layer 1, then those of layer 2", chain.CACHES_OFF_BY_ONE),
    (
        "X, Y and the arrays of cache are only read: dZ3 = A3 - Y is a new array",
        DA_MUTATED_IN_PLACE,
    ),
)
for _name, _W in ((_PENALISED, _TERMS), (_DROPPED, _WEIGHTS)):
    for _line, *_entries in _LINES:
        for _entry in _entries:
            COLUMNS.words(_entry, _name, formula=_line.replace("{W}", _W))
COLUMNS.words(
    chain.WRONG_LAYER_INDEX,
    _PENALISED,
    title="an array of another layer",
    computed="a gradient in which one factor or one term belongs to another layer",
    ask="Write down the two places of the forward pass that read W2: Z2, and the penalty. Which "
    "arrays of your lines for layer 2 stand in neither?",
)
#: Questions in the names of three layers.
_ASKS = {
    products.ROW_VS_COLUMN_LAYOUT: "Which axis of A2 counts the examples, and over which axis does "
    "your dW3 sum?",
    wiring.DW_USES_OWN_ACTIVATION: "W3 multiplies what comes in. Is that A3 or A2?",
    wiring.INPUT_GRAD_COUNTED_TWICE: "The forward pass uses A2 once, in Z3. Which line doubles "
    "your dA2, or adds the same part a second time?",
    shapes.DB_FROM_DW_ROWSUM: "Does b3 meet A2 anywhere in Z3 = W3 A2 + b3?",
    signal.DW_INSTEAD_OF_W: "Through which numbers did A2 reach Z3 in the forward pass: W3 or dW3?",
}
for _name in (_PENALISED, _DROPPED):
    COLUMNS.words(
        slopes.OUTPUT_DERIVATIVE_TWICE,
        _name,
        ask="Write dA3 * A3 (1 - A3) out for y = 1. What remains, and what do you multiply it by?",
    )
    COLUMNS.words(
        slopes.ONE_CLASS_ONLY,
        _name,
        ask="What does your dZ3 say about an example with y = 0, and about one with y = 1?",
    )
    COLUMNS.words(
        chain.DA_KEY_SHIFTED,
        _name,
        ask="W3ᵀ dZ3 has a row for each input of layer 3. Of which A is that the derivative?",
    )
    COLUMNS.words(
        chain.CACHES_OFF_BY_ONE,
        _name,
        ask="Print the shapes of the arrays in cache, in their order. Which name of yours holds "
        "which of them?",
    )
    for _entry, _ask in _ASKS.items():
        COLUMNS.words(_entry, _name, ask=_ask)
COLUMNS.words(
    wiring.WRONG_CACHE_PART,
    _PENALISED,
    title="g′ at the A of the layer below",
    computed="a gradient made with the slope at what came into the layer, not at its Z",
    ask="Which of the twelve arrays holds Z2, and which one did you take?",
)
DROPOUT.words(
    DROPOUT_MASK_INVERTED,
    _DROPPED,
    computed="a gradient that passes where the mask is 0, and not where it is 1",
    formula="dA2 = (W3ᵀ dZ3) * D2 / keep_prob, and dA1 = (W2ᵀ dZ2) * D1 / keep_prob",
    ask="A unit with D1 = 1 was kept. Is your dA1 zero at such a place, or where D1 is 0?",
)
for _entry, _computed in (
    (scale.SIGN_FLIP, "a gradient that points the other way in what comes back from the losses"),
    (scale.ONE_OVER_M_TWICE, "what comes back from the losses, divided by m once more"),
):
    COLUMNS.words(_entry, _PENALISED, computed=_computed)

MISTAKES = (COLUMNS, DROPOUT, ROWS)
