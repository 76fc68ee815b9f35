"""The words and lines of formula of the functions of unit 03b."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.chain import WRONG_LAYER_INDEX
from autograder.mistakes.catalogue.products import ELEMENTWISE_VS_MATMUL, ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.scale import (
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
    WRONG_M,
)
from autograder.mistakes.catalogue.shapes import DB_FROM_DW_ROWSUM, DB_NO_SUM, DB_SUM_ALL
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W, REUSE_OUTPUT_DZ
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_AT_WRONG_ARGUMENT,
    DERIVATIVE_UNSQUARED,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_CLASS_ONLY,
    ONE_MINUS_Z_SQUARED,
    OUTPUT_DERIVATIVE_TWICE,
    WRONG_ACTIVATION_DERIVATIVE,
)
from autograder.mistakes.catalogue.wiring import DW_USES_OWN_ACTIVATION, DW_USES_Z

MISTAKES = Mistakes("columns")
_BACK = ("backward_propagation", "backward_signals")

MISTAKES.words(
    WRONG_LAYER_INDEX,
    *_BACK,
    title="a factor of the other layer",
    computed="a gradient in which a factor of dZ1 was taken from the other layer",
    formula="dZ1 = W2ᵀ dZ2 * g1′(Z1): the weights of the layer above, the slope of this one",
    ask="Write down the two forward lines between Z1 and Z2, and reverse exactly those. Which "
    "weights stand in them, and the slope of which activation?",
    section="03b, Two slips of the index",
)
_SLOPE = "dZ1 = W2ᵀ dZ2 * (1 - A1²)"
MISTAKES.words(MISSING_ACTIVATION_DERIVATIVE, *_BACK, formula=_SLOPE)
MISTAKES.words(
    ACTIVATION_VALUE_AS_DERIVATIVE,
    *_BACK,
    formula=f"{_SLOPE}: the slope of tanh, not its value A1",
    ask="What is the slope of tanh at Z1 = 0, and what is its value there?",
)
MISTAKES.words(
    DERIVATIVE_AT_WRONG_ARGUMENT,
    *_BACK,
    computed="a gradient made with the slope of tanh at A1, not at Z1: tanh was applied twice",
    formula="g1′(Z1) = 1 - tanh(Z1)² = 1 - A1²",
    ask="A1 is tanh(Z1) already. What does tanh(A1) stand for?",
)
MISTAKES.words(
    DERIVATIVE_UNSQUARED,
    *_BACK,
    computed="a gradient made with the slope 1 - A1, where the square is missing",
    formula="g1′(Z1) = 1 - A1²",
    ask="tanh is steepest at Z1 = 0 and flat on both sides. What does 1 - A1 say at Z1 = -3?",
)
MISTAKES.words(ONE_MINUS_Z_SQUARED, *_BACK, formula="g1′(Z1) = 1 - A1², where A1 = tanh(Z1)")
MISTAKES.words(
    WRONG_ACTIVATION_DERIVATIVE,
    *_BACK,
    formula="g1 is tanh, g1′(Z1) = 1 - A1²; A2 (1 - A2) belongs to the sigmoid",
)
MISTAKES.words(
    OUTPUT_DERIVATIVE_TWICE,
    *_BACK,
    formula="dZ2 = A2 - Y, which already is dA2 * A2 (1 - A2)",
    ask="Write dA2 * A2 (1 - A2) out for y = 1. What remains?",
)
MISTAKES.words(
    REUSE_OUTPUT_DZ,
    *_BACK,
    title="the hidden layer starts from A2 - Y",
    computed="a gradient in which the hidden layer takes the error of the output as its own",
    formula=_SLOPE,
)
MISTAKES.words(
    DW_INSTEAD_OF_W,
    *_BACK,
    formula=f"{_SLOPE}, with W2 and not dW2",
    ask="Through which numbers did A1 reach Z2 on the way forward: W2 or dW2?",
)
_WEIGHTS = "dW2 = (1/m) dZ2 A1ᵀ and dW1 = (1/m) dZ1 Xᵀ"
MISTAKES.words(
    DW_USES_OWN_ACTIVATION,
    *_BACK,
    title="dW meets what its layer puts out",
    computed="a dW made with the A that its layer puts out, where what comes in belongs",
    formula=_WEIGHTS,
    ask="Each W multiplies what comes into its layer. What comes into the hidden layer, and what "
    "into the output?",
)
MISTAKES.words(
    DW_USES_Z,
    *_BACK,
    title="dW2 meets Z1 instead of A1",
    computed="dW2 made with Z1, which the output layer never saw",
    formula=_WEIGHTS,
    ask="Which array did the forward pass multiply by W2: Z1 or A1?",
)
MISTAKES.words(
    WRONG_M,
    *_BACK,
    formula="m = X.shape[1]: examples are the columns",
)
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    *_BACK,
    formula=f"columns are examples: {_WEIGHTS}",
    ask="Which axis of X counts the examples, and over which axis do you sum?",
)
MISTAKES.words(ELEMENTWISE_VS_MATMUL, *_BACK, formula=_WEIGHTS)
MISTAKES.words(
    ONE_OVER_M_PER_LAYER,
    *_BACK,
    computed="a gradient that has paid 1/m at dW2 and db2 once, and at dW1 and db1 twice: on the "
    "way from dZ2 to dZ1, too",
    formula=f"{_SLOPE}: the signal is handed down, not averaged",
    ask="Compare the ratio (yours / numeric) of dW2 with that of dW1. Which line stands between "
    "them?",
)
MISTAKES.words(
    ONE_OVER_M_TWICE,
    "backward_propagation",
    formula=f"{_WEIGHTS}, where dZ2 = A2 - Y is not divided by m",
    ask="Walk from A2 - Y to each dW and db in your lines. How often do you pass 1/m on each way?",
)
MISTAKES.words(
    DB_FROM_DW_ROWSUM,
    *_BACK,
    ask="Does b1 meet X anywhere in Z1 = W1 X + b1, or b2 meet A1 in Z2 = W2 A1 + b2?",
)
MISTAKES.words(
    ONE_CLASS_ONLY,
    *_BACK,
    ask="What does your dZ2 say about an example with y = 0, and about one with y = 1?",
)
MISTAKES.words(DB_NO_SUM, *_BACK, formula="db1 = (1/m) np.sum(dZ1, axis=1, keepdims=True)")
MISTAKES.words(
    DB_SUM_ALL,
    *_BACK,
    computed="one number, without axes, for all biases of a layer",
    formula="db2 = (1/m) np.sum(dZ2, axis=1, keepdims=True) and db1 = (1/m) np.sum(dZ1, axis=1, "
    "keepdims=True)",
    ask="np.sum without an axis gives one number. How many biases has each layer, and which shapes "
    "have b1 and b2?",
)
MISTAKES.words(SIGN_FLIP, *_BACK, formula="dZ2 = A2 - Y")

_SIGNALS = {"dZ2": "dZ2 = A2 - Y", "dA1": "dA1 = W2ᵀ dZ2", "dZ1": "dZ1 = dA1 * (1 - A1²)"}
MISTAKES.contract(
    "backward_propagation",
    {
        "dW2": "dW2 = (1/m) dZ2 A1ᵀ with dZ2 = A2 - Y",
        "db2": "db2 = (1/m) Σ_i dZ2^(i)",
        "dW1": f"dW1 = (1/m) dZ1 Xᵀ with {_SLOPE}",
        "db1": "db1 = (1/m) Σ_i dZ1^(i)",
    },
)
MISTAKES.contract(
    "backward_signals",
    {**_SIGNALS, "dZ2": "dZ2 = A2 - Y in L, and (A2 - Y) / m in J"},
)
