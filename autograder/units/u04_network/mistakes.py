"""The same mistakes in functions that return values: their words there.

The catalogue speaks of gradients. A cost, a forward pass or an update has none, so it gets words
of its own, by the function's name.
"""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import DA_MUTATED_IN_PLACE, SUM_LOSS_VS_MEAN_LOSS
from autograder.mistakes.catalogue.products import (
    ELEMENTWISE_VS_MATMUL,
    MATMUL_NOT_ELEMENTWISE,
    ROW_VS_COLUMN_LAYOUT,
)
from autograder.mistakes.catalogue.scale import (
    J_VS_L_ONE_OVER_M_PLACEMENT,
    LOSS_DERIVATIVE_WRONG,
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
)
from autograder.mistakes.catalogue.slopes import ONE_CLASS_ONLY, WRONG_ACTIVATION_DERIVATIVE
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN

MISTAKES = Mistakes("columns")


_COST = {
    "formula": "J = -(1/m) Σ_i [y log a + (1 - y) log(1 - a)]",
    "section": "04, The loss, and why the chain starts with A − Y",
}
MISTAKES.words(SUM_LOSS_VS_MEAN_LOSS, "compute_cost", formula=_COST["formula"])
MISTAKES.words(
    ONE_OVER_M_TWICE,
    "compute_cost",
    computed="the mean of the losses, divided by m once more",
    formula=_COST["formula"],
    ask="How many divisions by m do your lines hold, also those inside np.mean?",
)
MISTAKES.words(
    LOSS_DERIVATIVE_WRONG,
    "compute_cost",
    **_COST,
    computed="a cost that is twice or half as large as J",
    ask="Does a factor 2 or 1/2 stand in the definition of the cross-entropy, or in that of the "
    "squared error?",
)
MISTAKES.words(
    SIGN_FLIP,
    "compute_cost",
    **_COST,
    computed="-J: a cost that is negative, and that falls when the predictions get worse",
    ask="The logarithm of a number below 1 is negative. What makes the cost of a bad prediction "
    "large and positive?",
)
MISTAKES.words(
    ONE_CLASS_ONLY,
    "compute_cost",
    **_COST,
    computed="a cost that counts the examples of one class only: whatever is predicted for the "
    "others costs nothing",
    ask="Take one example with y = 0 and one with y = 1. Which of the two terms is left of each?",
)
MISTAKES.words(
    MATMUL_NOT_ELEMENTWISE,
    "compute_cost",
    **_COST,
    computed="a sum over all pairs of examples: each label meets the prediction of every example, "
    "not of its own alone",
    ask="What shape has the product before it is summed: one number for each example, or m × m?",
)

_CONVERT = {"section": "04, Why L and J? Could one stick with J only?"}
MISTAKES.words(
    J_VS_L_ONE_OVER_M_PLACEMENT,
    "convert",
    **_CONVERT,
    computed="arrays that are not all in the convention that was asked for",
    formula="dZ_L = m · dZ_J and dA_L = m · dA_J, at every layer; dW and db are the same in both",
    ask="Take src = 'L' and dst = 'J' with m = 10. Which arrays become smaller, and by how much?",
)
MISTAKES.words(
    ONE_OVER_M_TWICE,
    "convert",
    **_CONVERT,
    title="dW or db was scaled too",
    computed="arrays of which dW or db was scaled too: these two are of J in either convention",
    formula="dW = (1/m) dZ_L A_prevᵀ = dZ_J A_prevᵀ",
    ask="The update steps along dW in both conventions. May dW depend on how dZ is written down?",
)
MISTAKES.words(
    ONE_OVER_M_PER_LAYER,
    "convert",
    **_CONVERT,
    title="one factor for every layer",
    computed="arrays with one factor for every layer that was passed",
    formula="dZ_L = m · dZ_J at every layer, the last and the first alike",
    ask="dZ^[1] is made from dZ^[2] by factors without m. If dZ^[2] is scaled by 1/m, by how much "
    "is dZ^[1]?",
)

_UPDATE = {"formula": "W := W - learning_rate · dW and b := b - learning_rate · db"}
MISTAKES.words(
    SIGN_FLIP,
    "update_parameters",
    **_UPDATE,
    computed="a step along the gradient, uphill: the cost grows",
    ask="The gradient points to where J grows fastest. Which way do you want to go, and which sign "
    "takes you there?",
)
MISTAKES.words(
    DB_FORGOTTEN,
    "update_parameters",
    **_UPDATE,
    title="the biases are not updated",
    computed="updated weights beside biases that stay where they started, whatever db says",
    ask="Compare b1 before and after one step. Which of your lines is about b, and does the new "
    "dict hold what it computes?",
)
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "initialize_parameters_deep",
    title="W has its axes in the other order",
    computed="weights of shape (inputs, units), as where examples are rows; where examples are "
    "columns it is (units, inputs)",
    formula="W of shape (n_l, n_{l-1}): units, then inputs; b of shape (n_l, 1)",
    ask="A_prev has shape (n_prev, m), and Z has to get shape (n, m). Which shape of W fits from "
    "the left?",
)

MISTAKES.words(
    WRONG_ACTIVATION_DERIVATIVE,
    "linear_activation_forward",
    title="another activation",
    computed="the right Z, and from it the A of another activation than the one that was asked for",
    formula="A = g(Z), where g is the activation whose name comes in",
    ask="Print the name that comes in, and which branch of your function it takes. Does one of the "
    "two names fall through to the other's branch?",
)
MISTAKES.words(
    ELEMENTWISE_VS_MATMUL,
    "linear_forward",
    computed="an entry-by-entry product of W and A, where each unit needs a sum over its inputs",
    formula="Z = W A + b, as Z_ik = Σ_j W_ij A_jk + b_i",
    ask="Write Z_ik with its indices. Over which index is the sum, and which product sums over it?",
)

MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "update_parameters",
    formula="the new W is W - learning_rate * dW, an array of its own",
    ask="Which line writes into an array that came in, with an operator such as -=, with [...] on "
    "the left, or with out=? A copy of a dictionary is a new dictionary with the same arrays: "
    "`new['W1'] is parameters['W1']`.",
)
