"""Softmax and its cross-entropy."""

from autograder.engine.diagnosis.misconception import Misconception

SOFTMAX_DIAGONAL_ONLY = Misconception(
    "softmax-diagonal-only",
    unit="03",
    title="only the diagonal of the softmax Jacobian",
    computed="a gradient as if each probability depended on its own score alone: with the "
    "cross-entropy it is right at the true class and 0 at all others",
    formula="dz = p * (dp - Σ_k p_k dp_k), which is p - y with the cross-entropy",
    ask="If one score rises, what happens to the probabilities of the other classes?",
    section="03, Softmax and its loss",
)

SOFTMAX_JACOBIAN_TWICE = Misconception(
    "softmax-jacobian-twice",
    unit="03",
    title="the softmax Jacobian is applied twice",
    computed="a gradient in which p - y, the gradient at the scores already, went back through the "
    "softmax once more",
    formula="dz = p - y, at the scores that enter the softmax",
    ask="Is p - y the derivative with respect to the probabilities, or to the scores?",
    section="03, Softmax and its loss",
)

SOFTMAX_SHIFT_DIFFERS = Misconception(
    "softmax-shift-differs",
    unit="03",
    title="the scores of a row are not shifted alike",
    computed="the softmax of other scores: each class lost a number of its own before np.exp, and "
    "p stays what it is only if all scores of an example lose the same one",
    formula="softmax(x - c) = softmax(x) if c is one number for each example",
    ask="Over which axis does your np.max run, and how many numbers does it give for one example?",
    section="03, Softmax and its loss",
)

SOFTMAX_WRONG_AXIS = Misconception(
    "softmax-wrong-axis",
    unit="03",
    title="softmax over the wrong axis",
    computed="exponentials divided by a sum that runs over more than one example, or over another "
    "axis than the classes",
    formula="p = exp(z) / Σ exp(z), the sum over the classes of each example",
    ask="Add up your probabilities for one example. Do they make 1?",
    section="03, Softmax and its loss",
)
