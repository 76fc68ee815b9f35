"""Local derivatives: what happens between Z and A, and at the loss."""

from autograder.engine.diagnosis.misconception import Misconception

MISSING_ACTIVATION_DERIVATIVE = Misconception(
    "missing-activation-derivative",
    unit="03",
    title="g′ is missing",
    computed="the gradient of a network whose activation lets every derivative through unchanged, "
    "as if g were the identity",
    formula="dZ = dA * g′(Z)",
    ask="Each arrow from Z to A contributes a factor. Which factor stands in your line for dZ?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

ACTIVATION_VALUE_AS_DERIVATIVE = Misconception(
    "activation-value-as-derivative",
    unit="03",
    title="g instead of g′",
    computed="a gradient that multiplies by the value of the activation where its slope belongs",
    formula="dZ = dA * g′(Z), with sigmoid′(Z) = A (1 - A)",
    ask="What is the slope of the sigmoid at Z = 0, and what is its value there?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

RELU_VALUE_AS_DERIVATIVE = Misconception(
    "relu-value-as-derivative",
    unit="03",
    title="ReLU(Z) as its own slope",
    computed="a gradient in which an active unit passes Z times its signal, where its slope is 1",
    formula="dZ = dA * (Z > 0)",
    ask="By how much does ReLU(Z) grow when Z grows from 2 to 2.001?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

DERIVATIVE_AT_WRONG_ARGUMENT = Misconception(
    "derivative-at-wrong-argument",
    unit="03",
    title="g′ at the wrong argument",
    computed="a gradient made with the slope at A, not at Z: the activation was applied twice",
    formula="g′(Z) = sigmoid(Z)(1 - sigmoid(Z)) = A (1 - A)",
    ask="Does your formula for g′ expect Z or A, and which one do you hand to it?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

WRONG_ACTIVATION_DERIVATIVE = Misconception(
    "wrong-activation-derivative",
    unit="03",
    title="the slope of another activation",
    computed="the gradient of a network that has another activation in this layer, "
    "as far as its derivative goes",
    formula="dZ = dA * g′(Z), g being the activation that made A",
    ask="Which activation made the A of this layer, and whose slope do you multiply by?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

DERIVATIVE_UNSQUARED = Misconception(
    "derivative-unsquared",
    unit="03",
    title="a factor of g′ is lost",
    computed="a gradient made with the slope 1 - A, one factor short of the right one",
    formula="sigmoid′ = A (1 - A) and tanh′ = 1 - A²",
    ask="What does your slope give at Z = 0, and what does a drawing of the curve give there?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

ONE_MINUS_Z_SQUARED = Misconception(
    "one-minus-z-squared",
    unit="03",
    title="Z in the form for A",
    computed="a gradient made with a slope that has Z in the place of A, and that turns negative "
    "where Z is large",
    formula="sigmoid′ = A (1 - A) and tanh′ = 1 - A²",
    ask="Can the slope of an increasing function be negative?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

INVERSE_DERIVATIVE = Misconception(
    "inverse-derivative",
    unit="03",
    title="divided by g′",
    computed="a gradient that was divided by the slope where it has to be multiplied",
    formula="dZ = dA * g′(Z)",
    ask="If the unit is saturated, should Z matter to the loss more or less?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

Z_TIMES_DERIVATIVE = Misconception(
    "z-times-derivative",
    unit="03",
    title="Z times g′(Z)",
    computed="a gradient with an extra factor Z, as if the bracket of g′(Z) were a product",
    formula="dZ = dA * g′(Z), where Z is the argument of g′",
    ask="In g′(Z), is Z a factor or the place where the slope is taken?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

OUTPUT_DERIVATIVE_TWICE = Misconception(
    "output-derivative-twice",
    unit="04",
    title="sigmoid′ counted twice",
    computed="a gradient in which the slope A (1 - A) of a sigmoid appears twice",
    formula="dZ^[L] = A^[L] - Y, which already is dA^[L] * A (1 - A)",
    ask="Write dAL * A (1 - A) out for y = 1. What remains?",
    section="04, The loss, and why the chain starts with A − Y",
)

DAL_SIGN = Misconception(
    "dal-sign",
    unit="04",
    title="a sign in dAL",
    computed="a gradient in which the examples with y = 0 push the wrong way",
    formula="dA^[L] = -(Y/AL - (1 - Y)/(1 - AL))",
    ask="The chain rule through 1 - AL gives a second minus. Where is it in your line?",
    section="04, The loss, and why the chain starts with A − Y",
)

ONE_CLASS_ONLY = Misconception(
    "one-class-only",
    unit="04",
    title="half of the cross-entropy",
    computed="the gradient of a cost that counts one class only",
    formula="dA^[L] = -(Y/AL - (1 - Y)/(1 - AL))",
    ask="What does your first derivative, dAL or dZ of the last layer, say about an example with "
    "y = 0, and about one with y = 1?",
    section="04, The loss, and why the chain starts with A − Y",
)
