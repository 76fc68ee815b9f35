"""The words of one function of unit 03b: the signals, the start, training."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.memory import (
    GRADS_NOT_RESET,
    SHARED_GRAD_ARRAY,
    ZERO_INIT_SYMMETRY,
)
from autograder.mistakes.catalogue.products import ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.scale import (
    J_VS_L_ONE_OVER_M_PLACEMENT,
    ONE_OVER_M_PER_LAYER,
)

MISTAKES = Mistakes("columns")

MISTAKES.words(
    ONE_OVER_M_PER_LAYER,
    "backward_signals",
    computed="dA1 and dZ1 that were divided by m once more on their way down from dZ2",
    ask="Compare the ratio (yours / numeric) of dZ2 with that of dA1. Which line stands between "
    "them?",
)
MISTAKES.words(
    SHARED_GRAD_ARRAY,
    "backward_signals",
    title="dA1 holds dZ1",
    computed="dZ1 under both names: the slope is in dA1 already",
    formula="dZ1 = dA1 * (1 - A1²), an array of its own beside dA1 = W2ᵀ dZ2",
    ask="Which line multiplies by the slope, and under which name is its result kept? Does it "
    "write into dA1?",
)
MISTAKES.words(
    GRADS_NOT_RESET,
    "nn_model",
    title="gradients of earlier iterations are added",
    computed="steps along the sum of all gradients so far, where the gradient of this iteration "
    "alone belongs",
    formula="each iteration computes dW1, db1, dW2, db2 at the parameters that it has",
    ask="Print dW2 in the first two iterations, and what your step subtracts in the second. Which "
    "name carries the first dW2 over?",
)
MISTAKES.words(
    J_VS_L_ONE_OVER_M_PLACEMENT,
    "backward_signals",
    computed="dZ and dA in the convention that was not asked for",
    formula="in L dZ2 = A2 - Y, in J dZ2 = (A2 - Y) / m",
    ask="Which convention came in, and which line of yours looks at it?",
)
MISTAKES.words(
    ZERO_INIT_SYMMETRY,
    "initialize_parameters",
    formula="W1, W2: standard normal numbers times 0.01; b1 = b2 = 0",
    section="03b, Why the weights do not start at zero",
)
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "initialize_parameters",
    computed="weights of shape (inputs, units), as where examples are rows; where examples are "
    "columns it is (units, inputs)",
    formula="W1 of shape (n_h, n_x), W2 of shape (n_y, n_h): units, then inputs",
    ask="X has shape (n_x, m), and Z1 has to get n_h rows. Which shape of W1 fits from the left?",
)
