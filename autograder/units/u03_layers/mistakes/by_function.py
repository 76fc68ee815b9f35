"""Words for one function of unit 03, where those for all layers of rows speak of another."""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue import rows, scale, slopes, softmax, wiring
from autograder.mistakes.catalogue.products import ROW_VS_COLUMN_LAYOUT
from autograder.units.u03_layers.mistakes.layers import AFFINE, SLOPES, SOFTMAX

MISTAKES = Mistakes("rows")

# affine_forward, affine_backward
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "affine_forward",
    title="wᵀ in the place of w",
    computed="x wᵀ + b, the output of a layer whose w has a row for each unit; here it has a "
    "column for each unit",
    ask="out_ij = Σ_d x_id w_dj + b_j. Over which index of w do you sum?",
)
MISTAKES.words(
    scale.MISSING_ONE_OVER_M,
    "affine_backward",
    title="a factor N too many",
    computed="N times the gradient: dout carries the 1/N of a mean already, and this layer does "
    "not take it back",
    formula="dw = xᵀ dout, db = Σ_i dout[i], with no factor before them",
    ask="By which number do you multiply dw and db, and where does the formula have it?",
)
MISTAKES.words(
    scale.ONE_OVER_M_PER_LAYER,
    "affine_backward",
    title="dx is divided by N",
    computed="dx divided by N, with the right dw and db: in a network of n such layers the signal "
    "would come down too small by Nⁿ",
    formula="dx = dout wᵀ: nothing is averaged",
    ask="dx has one row for each example. Does the row of one of them depend on how many others "
    "there are?",
)
MISTAKES.words(
    wiring.INPUT_GRAD_COUNTED_TWICE,
    "affine_backward",
    computed="twice dx: the gradient of a layer that reads its input two times",
    ask="How often does the forward pass use x, and how often is dout wᵀ in your dx?",
)

# softmax_backward
_SOFTMAX_BACKWARD = {
    "formula": "dx_ij = p_ij (dout_ij - Σ_k p_ik dout_ik)",
    "section": SOFTMAX,
}
_ROW_OF_ONES = (
    "Take dout equal to 1 everywhere. The probabilities of a row sum to 1 whatever the scores are; "
    "what has dx to be, and what is yours?"
)
MISTAKES.words(
    slopes.ACTIVATION_VALUE_AS_DERIVATIVE,
    "softmax_backward",
    title="p * dout",
    computed="p * dout, as if p itself were the slope: the sum over the classes is missing",
    ask=_ROW_OF_ONES,
    **_SOFTMAX_BACKWARD,
)
MISTAKES.words(
    slopes.MISSING_ACTIVATION_DERIVATIVE,
    "softmax_backward",
    computed="dout itself: the gradient of a network without the softmax",
    ask=_ROW_OF_ONES,
    **_SOFTMAX_BACKWARD,
)
MISTAKES.words(
    scale.SIGN_FLIP,
    "softmax_backward",
    section=SOFTMAX,
)
MISTAKES.words(
    softmax.SOFTMAX_DIAGONAL_ONLY,
    "softmax_backward",
    title="only the diagonal of the softmax Jacobian: p (1 - p)",
    computed="dout * p (1 - p), as if each probability depended on its own score alone",
)
MISTAKES.words(
    softmax.SOFTMAX_JACOBIAN_TWICE,
    "softmax_backward",
    ask="What comes out of p * (dout - Σ_k p_k dout_k) is dx already. What do you do with it then?",
)
MISTAKES.words(
    softmax.SOFTMAX_WRONG_AXIS,
    "softmax_backward",
    title="the sum of p * dout over the wrong axis",
    computed="p * (dout - a sum of p * dout) in which the sum runs over more than one example",
    formula="dx_ij = p_ij (dout_ij - Σ_k p_ik dout_ik): the sum runs over the classes k of one "
    "example i",
    ask="Σ_k p_ik dout_ik is one number for each example. How many numbers is yours, and which "
    "axis did it lose?",
)

# softmax_loss
_LOSS = {"formula": "dx = (p - y) / N", "section": SOFTMAX}
MISTAKES.words(
    slopes.ACTIVATION_VALUE_AS_DERIVATIVE,
    "softmax_loss",
    title="p is missing from p - y",
    computed="-1/N at each label and 0 elsewhere: the gradient of the term -x_y alone",
    formula="dx = (p - y) / N: p from the logarithm of the sum, -1 at the label from -x_y",
    ask="The entries of one row of dx have to sum to 0. What do yours sum to, and why?",
    section=SOFTMAX,
)
MISTAKES.words(
    slopes.MISSING_ACTIVATION_DERIVATIVE,
    "softmax_loss",
    title="the derivative by p returned as dx",
    computed="the derivative of the loss by the probabilities, -1/(N p) at each label: the way "
    "back through the softmax is missing",
    ask="Is -1/p the derivative of -log p by the probability, or by a score?",
    **_LOSS,
)
MISTAKES.words(
    softmax.SOFTMAX_DIAGONAL_ONLY,
    "softmax_loss",
    title="dx is 0 at all classes but the right one",
    computed="(p - 1)/N at each label, which is right, and 0 at all other classes, as if each "
    "probability depended on its own score alone",
)
MISTAKES.words(
    softmax.SOFTMAX_WRONG_AXIS,
    "softmax_loss",
    "backprop",
    computed="what comes out if a sum of the softmax, or of its way back, runs over more than one "
    "example",
    formula="p_ij = exp(x_ij) / Σ_k exp(x_ik): the sum runs over the classes of one example",
    ask="Add up, for one example, the probabilities that your numbers are made of: do they make "
    "1? Over which axis does each np.sum run, and does N divide all of p - y?",
)
MISTAKES.words(
    scale.ONE_OVER_M_TWICE,
    "softmax_loss",
    computed="a gradient that is divided by N once more",
    formula="dx = (p - y) / N",
    ask="How often does your code divide by N on the way from p - y to dx, np.mean counted too?",
)
MISTAKES.words(
    scale.ONE_OVER_M_TWICE,
    "backprop",
    computed="a gradient that is divided by N once more: the dx of softmax_loss carries the 1/N of "
    "the mean already",
    ask="On the way from the losses to dw, where is divided by N: in softmax_loss, in the layers, "
    "in your loop? How often in all?",
)
MISTAKES.words(
    scale.SIGN_FLIP,
    "softmax_loss",
    computed="the right numbers with the opposite sign",
    formula="loss = -(1/N) Σ_i log p[i, y_i] and dx = (p - y) / N",
    ask="Which sign has -log p if p lies between 0 and 1, and which has dx at the right class?",
    section=SOFTMAX,
)
MISTAKES.words(
    scale.LOSS_DERIVATIVE_WRONG,
    "rows",
    title="a constant factor of 2",
    computed="a gradient that is twice or half as large",
)
MISTAKES.words(scale.LOSS_DERIVATIVE_WRONG, "tanh_backward", section=SLOPES)

# the slopes
MISTAKES.words(
    slopes.ACTIVATION_VALUE_AS_DERIVATIVE,
    "tanh_backward",
    ask="What is the slope of tanh at x = 0, and what is its value there?",
)
_BORROWED = "If the caller writes into x before the way back, what does the cache hold?"
for _name in ("relu_forward", "sigmoid_forward", "tanh_forward"):
    MISTAKES.words(rows.CACHE_BORROWED, _name, ask=_BORROWED)

# backprop
MISTAKES.words(
    wiring.INPUT_GRAD_COUNTED_TWICE,
    "backprop",
    computed="the gradient of a network in which each layer reads its input twice: the dx that it "
    "hands down is twice the right one",
    ask="How often does the forward pass use x, and how often is dout wᵀ in the dx of the layer?",
)
MISTAKES.words(scale.SIGN_FLIP, "affine_backward", "backprop", section=AFFINE)
