"""Layers with rows as examples: affine, softmax, the walk back."""

from autograder.engine.diagnosis.misconception import Misconception

RELU_MASK_A_VS_Z = Misconception(
    "relu-mask-a-vs-z",
    unit="03",
    title="another slope of ReLU at 0",
    computed="another subgradient at the kink: where Z is exactly 0 the gradient passes",
    formula="dZ = dA * (Z > 0)",
    ask="Which slopes does a line through (0, 0) have that stays below ReLU, and which one of them "
    "did the contract choose?",
    section="03, Not differentiable at 0",
)

RELU_MASK_INVERTED = Misconception(
    "relu-mask-inverted",
    unit="03",
    title="the mask is turned round",
    computed="the gradient of min(0, x): it passes where the unit was off",
    formula="dx = dout * (x > 0)",
    ask="Where x < 0, does out change when x does?",
    section="03, Slopes: sigmoid, tanh, ReLU",
)

CACHE_BORROWED = Misconception(
    "cache-borrowed",
    unit="03",
    title="the cache is the caller's array",
    computed="a cache that holds an array of the caller: if that is overwritten before the way "
    "back, the gradient is one at another point than the forward pass saw",
    formula="cache = (x.copy(), w.copy()), or what is computed from them",
    ask="A training step ends with w -= rate * dw. What does the cache hold afterwards?",
    section="03, Who owns the memory of a cache",
)

FLATTENED_IN_ANOTHER_ORDER = Misconception(
    "flattened-in-another-order",
    unit="03",
    title="the entries of an example in another order",
    computed="the output of a layer that lays the axes of an example out with the first one "
    "running fastest, not the last: right where x has two axes, wrong where it has more",
    formula="x.reshape(N, -1): the last axis of x runs fastest",
    ask="Take x = np.arange(6).reshape(1, 2, 3). Which row of six numbers does your layer make of "
    "it?",
    section="03, The affine layer",
)

DX_LEFT_FLAT = Misconception(
    "dx-left-flat",
    unit="03",
    title="dx has not the shape of x",
    computed="the right numbers, one row for each example, where x had more axes",
    formula="dx = (dout wᵀ) laid out in the shape of x",
    ask="The forward pass laid x out in rows. Which step of the way back undoes that?",
    section="03, The affine layer",
)

DB_EXTRA_AXIS = Misconception(
    "db-extra-axis",
    unit="00",
    title="db has an axis too many",
    computed="db with the right numbers in shape (1, M), where b has shape (M,)",
    formula="db = np.sum(dout, axis=0), of the same shape as b",
    ask="What shape does b have? And b - 0.1 * db?",
    section="03, The affine layer",
)

BIAS_FORGOTTEN = Misconception(
    "bias-forgotten",
    unit="03",
    title="b is missing in the forward pass",
    computed="x w, the output of a layer without a bias",
    formula="out = x w + b",
    ask="What is out where x is zero?",
    section="03, The affine layer",
)

SOFTMAX_INNER_SUM = Misconception(
    "softmax-inner-sum",
    unit="03",
    title="a factor p is missing in the softmax's gradient",
    computed="a gradient through a matrix that is not the Jacobian of the softmax: one of its two "
    "factors p was lost",
    formula="dx_j = p_j (dout_j - Σ_k p_k dout_k)",
    ask="Take dout equal to 1 everywhere. The probabilities of a row sum to 1 whatever the scores "
    "are; what has dx to be, and what is yours?",
    section="03, Softmax and its loss",
)

HALF_OF_P_MINUS_Y = Misconception(
    "half-of-p-minus-y",
    unit="03",
    title="one half of p - y",
    computed="the gradient of one of the two terms of the loss -x_y + log Σ_k exp(x_k) alone",
    formula="dx = (p - y) / N: p from the logarithm of the sum, -1 at the label from -x_y",
    ask="The entries of one row of dx have to sum to 0. What do yours sum to, and why?",
    section="03, Softmax and its loss",
)

WHOLE_COLUMNS_INDEXED = Misconception(
    "whole-columns-indexed",
    unit="03",
    title="1 is subtracted in whole columns",
    computed="p - 1 in every column that is anybody's label: dx[:, y] takes all rows",
    formula="dx[np.arange(N), y] -= 1: one entry for each row",
    ask="How many entries does dx[:, y] pick out, and how many labels are there?",
    section="03, Softmax and its loss",
)

LAYERS_COUNTED_FROM_THE_END = Misconception(
    "layers-counted-from-the-end",
    unit="03",
    title="layers counted from the end",
    computed="the right gradients under the wrong keys: key 0 holds those of the last layer",
    formula="grads[k] belongs to model.layers[k]",
    ask="Your loop goes from the last layer to the first. Which index does it give the last one?",
    section="03, The walk back",
)

LAYERS_WITHOUT_PARAMETERS_NOT_COUNTED = Misconception(
    "layers-without-parameters-not-counted",
    unit="03",
    title="layers without parameters are not counted",
    computed="the right gradients under the wrong keys: only layers that have parameters were "
    "counted, so that behind the first activation every key is too small",
    formula="grads[k] belongs to model.layers[k]",
    ask="Take the layers affine, relu, affine. Which index in model.layers has the second affine "
    "layer, and which key has its gradient in your grads?",
    section="03, The walk back",
)

BACKPROP_IS_GRADIENT_DESCENT = Misconception(
    "backprop-is-gradient-descent",
    unit="01",
    title="gradients and the step in one",
    computed="gradients, and a model whose weights are not what they were before the call",
    formula="back-propagation computes gradients; a step w - rate * dw comes after it, elsewhere",
    ask="Call the function twice on the same model and data. Should the loss change?",
    section="03, The walk back",
)
