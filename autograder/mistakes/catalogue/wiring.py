"""Wiring: which array meets which, on which layer."""

from autograder.engine.diagnosis.misconception import Misconception

DW_USES_OWN_ACTIVATION = Misconception(
    "dw-uses-own-activation",
    unit="04",
    title="dW meets the layer's own output",
    computed="dW = dZ Aᵀ with the A that the layer puts out, where the A that comes in belongs",
    formula="dW^[l] = (1/m) dZ^[l] A^[l-1]ᵀ",
    ask="W multiplies what comes in. Is that A^[l] or A^[l-1]?",
    section="04, One linear layer, index by index",
)

DW_USES_Z = Misconception(
    "dw-uses-z",
    unit="04",
    title="dW meets Z instead of A",
    computed="dW = dZ Zᵀ with the Z of the layer below, which this layer never saw",
    formula="dW^[l] = (1/m) dZ^[l] A^[l-1]ᵀ",
    ask="Which array did the forward pass multiply by W: Z or A of the layer below?",
    section="04, One linear layer, index by index",
)

MISSING_W_TRANSPOSE = Misconception(
    "missing-w-transpose",
    unit="02",
    title="W instead of Wᵀ",
    computed="the gradient of a network that uses Wᵀ on the way back where it used W forward; "
    "only where W is square do the shapes agree",
    formula="dA_prev = Wᵀ dZ, as dA_prev_j = Σ_i W_ij dZ_i",
    ask="Z_i = Σ_j W_ij A_j. For dA_j, over which index of W do you sum?",
    section="04, One linear layer, index by index",
)

DW_TRANSPOSED = Misconception(
    "dw-transposed",
    unit="00",
    title="dW is transposed",
    computed="the transpose of dW: its rows and columns have changed places",
    formula="dW = (1/m) dZ A_prevᵀ, of the same shape as W",
    ask="Entry (i, j) of W joins input j to unit i. Which entry of your dW belongs to it?",
    section="04, One linear layer, index by index",
)

INPUT_GRAD_COUNTED_TWICE = Misconception(
    "input-grad-counted-twice",
    unit="04",
    title="dA_prev is twice what it should be",
    computed="the gradient of a network in which each layer reads its input twice",
    formula="dA_prev = Wᵀ dZ, one use of A_prev, one contribution",
    ask="The forward pass uses A_prev once. Which line doubles your dA_prev, or adds the same "
    "part a second time?",
    section="04, One linear layer, index by index",
)

GRADIENT_LEFT_AT_ZERO = Misconception(
    "gradient-left-at-zero",
    unit="04",
    title="a gradient is left at zero",
    computed="the gradient of a network in which this wire is cut: what feeds it cannot matter",
    formula="each input of Z = W A_prev + b has a gradient of its own",
    ask="Nudge an entry of what belongs to this gradient by 0.01. Does J stay exactly the same?",
    section="04, One linear layer, index by index",
)

DB_FORGOTTEN = Misconception(
    "db-forgotten",
    unit="03",
    title="db is left at zero",
    computed="the gradient of a network without a way from b to the cost",
    formula="db = (1/m) Σ_i dZ^(i)",
    ask="Nudge one bias by 0.01. Does J stay exactly the same?",
    section="04, One linear layer, index by index",
)

WRONG_CACHE_PART = Misconception(
    "wrong-cache-part",
    unit="04",
    title="g′ at A_prev",
    computed="a gradient made with the slope at the layer's input A_prev, not at its Z",
    formula="dZ = dA * g′(Z)",
    ask="Which part of the cache holds Z, and which one did you take?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

GRADIENTS_BY_PLACE = Misconception(
    "gradients-by-place",
    unit="03b",
    title="each gradient is taken by its place, not by its name",
    computed="new parameters that are right where grads has the order of parameters; where it "
    "begins with the last layer, parameters move along the gradients of others",
    formula='W1 - learning_rate * grads["dW1"], by the name, wherever it stands in grads',
    ask="Print the pairs that your loop makes, the name of a parameter and the key of its "
    "gradient, for a grads that begins with the last layer. Which key has W1 beside it?",
    section="03b, A boundary, learnt",
)
