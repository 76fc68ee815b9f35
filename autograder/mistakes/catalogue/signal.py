"""Backward rules that look at the gradient itself."""

from autograder.engine.diagnosis.misconception import Misconception

RELU_MASK_ON_GRADIENT = Misconception(
    "relu-mask-on-gradient",
    unit="03",
    title="the mask looks at dA",
    computed="a gradient in which negative signals are blocked, whether the unit was active or not",
    formula="dZ = dA * (Z > 0)",
    ask="Which array decides whether a ReLU unit was active: Z, or the gradient that arrives?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

RELU_DROPS_UPSTREAM = Misconception(
    "relu-drops-upstream",
    unit="03",
    title="the signal from above is dropped",
    computed="the local slope alone, as if every unit's dA were 1",
    formula="dZ = dA * g′(Z)",
    ask="What should dZ be if dA is zero, and what is yours?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

DW_INSTEAD_OF_W = Misconception(
    "dw-instead-of-w",
    unit="04",
    title="the signal goes through dW",
    computed="a gradient handed down through dW, where it has to pass through W",
    formula="dA_prev = Wᵀ dZ",
    ask="Through which numbers did A_prev reach Z in the forward pass: W or dW?",
    section="04, One linear layer, index by index",
)

REUSE_OUTPUT_DZ = Misconception(
    "reuse-output-dz",
    unit="04",
    title="every layer starts from A - Y",
    computed="a gradient in which each hidden layer takes the output's error A - Y as its own",
    formula="dZ^[l] = W^[l+1]ᵀ dZ^[l+1] * g′(Z^[l])",
    ask="A hidden unit has no label. How does the error of the output reach it?",
    section="04, A chain of layers",
)

UPDATED_WEIGHTS_IN_BACKWARD = Misconception(
    "updated-weights-in-backward",
    unit="06",
    title="weights were updated on the way back",
    computed="a gradient taken at two points: the layers below go back through weights that were "
    "updated already",
    formula="all gradients at the same parameters first, then one step",
    ask="When dA_prev of this layer is computed, which W is used: the one of the forward pass?",
    section="04, Learn",
)
