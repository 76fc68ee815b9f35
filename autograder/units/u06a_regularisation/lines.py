"""The words and lines of formula of the functions of unit 06a."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import scale, shapes, slopes
from autograder.mistakes.catalogue.chain import WRONG_LAYER_INDEX
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE, SUM_LOSS_VS_MEAN_LOSS

COLUMNS, DROPOUT, ROWS = Mistakes("columns"), Mistakes("dropout"), Mistakes("embedding")
_PENALISED = "backward_propagation_with_regularization"
_DROPPED = "backward_propagation_with_dropout"

_SIGNAL = {"dZ": "dZ3 = A3 - Y, dZ2 = dA2 * (Z2 > 0), dZ1 = dA1 * (Z1 > 0)"}
_SUMS = {"db": "db3 = (1/m) np.sum(dZ3, axis=1, keepdims=True), and so in each layer"}
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
    "computed": "a result that stands in the arrays of the caller too",
    "ask": "After your function has run, what does the array hold that came in? Which line wrote "
    "into it: one with out=, with *= or with an index on its left?",
    "section": "06a, Two ways to clip",
}
for _name, _line in (
    ("clip_by_value", "np.clip(g, -maxValue, maxValue) without out=: a new array"),
    ("clip_by_norm", "g * (max_norm / norm): a new array; not g *= ..."),
):
    COLUMNS.words(DA_MUTATED_IN_PLACE, _name, formula=_line, **_WRITES)
_WEIGHTS = "dW3 = (1/m) dZ3 A2ᵀ, dW2 = (1/m) dZ2 A1ᵀ, dW1 = (1/m) dZ1 Xᵀ"
for _name in (_PENALISED, _DROPPED):
    COLUMNS.words(DA_MUTATED_IN_PLACE, _name, formula="dA2 = dA2 * ..., a new array; not dA2 *= D2")
    for _entry in (scale.MISSING_ONE_OVER_M, scale.ONE_OVER_M_TWICE, scale.LOSS_DERIVATIVE_WRONG):
        COLUMNS.words(_entry, _name, formula=f"dZ3 = A3 - Y, {_WEIGHTS}")
    COLUMNS.words(scale.SIGN_FLIP, _name, formula="dZ3 = A3 - Y")
    COLUMNS.words(scale.DB_NOT_AVERAGED, _name, formula=_SUMS["db"])
    COLUMNS.words(scale.DB_MEAN_AND_ONE_OVER_M, _name, formula=_SUMS["db"])
    for _entry in (shapes.DB_WRONG_AXIS, shapes.DB_SUM_ALL, shapes.DB_NO_SUM):
        COLUMNS.words(_entry, _name, formula=_SUMS["db"])
    COLUMNS.words(shapes.DB_NO_KEEPDIMS, _name, formula=_SUMS["db"])
    COLUMNS.words(slopes.MISSING_ACTIVATION_DERIVATIVE, _name, formula=_SIGNAL["dZ"])
COLUMNS.words(
    WRONG_LAYER_INDEX,
    _PENALISED,
    formula="dW2 = (1/m) dZ2 A1ᵀ + (lambd/m) W2: the W of this layer",
    ask="Which W is differentiated in this line, and which W stands in its second term?",
)
COLUMNS.words(
    SUM_LOSS_VS_MEAN_LOSS,
    "compute_cost_with_regularization",
    formula="J = (1/m) (the sum of the losses) + lambd/(2m) Σ W²",
)

MISTAKES = (COLUMNS, DROPOUT, ROWS)
