"""Unit 04, slips in local derivatives: ReLU, sigmoid, and which of the two is taken."""

import numpy as np

from .change import changes_of
from .columns import (
    linear_activation_backward,
    linear_activation_forward,
    relu_backward,
    sigmoid_backward,
)
from .registry import mutants_of

mutant = mutants_of("columns")
FORWARD = "a slip of the forward pass; the catalogue is of gradients"

change = changes_of("columns", relu_backward)
MASKED = "dZ[Z <= 0] = 0"

change("relu_passes_everything", "missing-activation-derivative", (f"    {MASKED}\n", ""))
change("relu_returns_the_mask", "relu-drops-upstream", (MASKED, "dZ = (Z > 0) * 1.0"))
change("relu_masks_by_the_gradient", "relu-mask-on-gradient", ("Z <= 0", "dA <= 0"))
change("relu_times_its_value", "relu-value-as-derivative", (MASKED, "dZ *= np.maximum(0, Z)"))
change(
    "relu_with_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    (MASKED, "dZ *= sigmoid(Z) * (1 - sigmoid(Z))"),
)
change(
    "relu_with_the_slope_of_tanh",
    "wrong-activation-derivative",
    (MASKED, "dZ *= 1 - np.tanh(Z) ** 2"),
)
change(
    "relu_with_A_in_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    (MASKED, "dZ *= relu(Z) * (1 - relu(Z))"),
)
change(
    "relu_with_A_in_the_slope_of_tanh",
    "wrong-activation-derivative",
    (MASKED, "dZ *= 1 - relu(Z) ** 2"),
)
change("dot_with_the_mask", "matmul-not-elementwise", (MASKED, "dZ = np.dot(dZ, (Z > 0).T)"))
change("relu_masks_its_argument", "inplace-relu-mutates-da", ("np.array(dA, copy=True)", "dA"))
change(
    "relu_mask_inverted",
    None,
    ("<=", ">"),
    reason="the mask is inverted; the catalogue has no such entry",
)
change(
    "relu_by_sign",
    None,
    (MASKED, "dZ *= np.sign(Z)"),
    reason="|Z| is differentiated, not ReLU: no entry",
)
change(
    "relu_leaks",
    None,
    ("] = 0", "] *= 0.01"),
    reason="a leaky slope that the forward pass has not: no entry",
)
change(
    "relu_open_at_zero",
    "relu-mask-a-vs-z",
    ("<=", "<"),
)


@mutant("relu-mask-a-vs-z", of="relu_backward")
def relu_half_open_at_zero(dA, Z):
    return np.heaviside(Z, 0.5) * dA


change = changes_of("columns", sigmoid_backward)
WHOLE = "dA * s * (1 - s)"

change("sigmoid_passes_everything", "missing-activation-derivative", (WHOLE, "1 * dA"))
change("sigmoid_times_its_value", "activation-value-as-derivative", (" * (1 - s)", ""))
change("sigmoid_one_minus_s", "derivative-unsquared", (" * s", ""))
change("sigmoid_divides", "inverse-derivative", (WHOLE, "dA / (s * (1 - s))"))
change("sigmoid_Z_in_the_form_for_A", "one-minus-z-squared", ("s * (1 - s)", "Z * (1 - Z)"))
change("sigmoid_of_sigmoid", "derivative-at-wrong-argument", ("(-Z)", "(-sigmoid(Z))"))
change("sigmoid_Z_times_the_bracket", "z-times-derivative", ("dA *", "dA * Z *"))
change(
    "sigmoid_with_the_slope_of_tanh", "wrong-activation-derivative", ("s * (1 - s)", "(1 - s**2)")
)
change(
    "sigmoid_with_tanh_of_Z",
    "wrong-activation-derivative",
    ("s * (1 - s)", "(1 - np.tanh(Z) ** 2)"),
)
change("sigmoid_one_minus_Z_squared", "one-minus-z-squared", ("s * (1 - s)", "(1 - Z**2)"))
change("sigmoid_returns_its_slope", "relu-drops-upstream", ("dA * ", ""))
change("sigmoid_slope_negative", "sign-flip", ("1 - s", "s - 1"))
change("dot_with_the_derivative", "matmul-not-elementwise", (WHOLE, "np.dot(dA, s * (1 - s))"))
change(
    "dot_with_the_derivative_transposed",
    "matmul-not-elementwise",
    (WHOLE, "np.dot(dA, (s * (1 - s)).T)"),
)
change(
    "sigmoid_scales_its_argument",
    "da-mutated-in-place",
    (f"return {WHOLE}", "dA *= s * (1 - s)\n    return dA"),
)
change(
    "sigmoid_quotient_rule_unsquared",
    None,
    (WHOLE, "dA * np.exp(-Z) * s**3"),
    reason="e^-z/(1+e^-z) without the square: no entry of its own",
)

change = changes_of("columns", linear_activation_forward)

change("sigmoid_whatever_is_asked", "wrong-activation-derivative", ("relu(Z)", "sigmoid(Z)"))
change("relu_in_every_layer", "wrong-activation-derivative", ("sigmoid(Z)", "relu(Z)"))
change("caches_A_for_Z", "derivative-at-wrong-argument", ("cache, Z)", "cache, A)"))
change("caches_A_for_A_prev", "dw-uses-own-activation", ("(linear_cache, Z)", "((A, W, b), Z)"))
change(
    "sigmoid_computed_in_the_cached_array",
    "cache-view-aliasing",
    (
        "A = sigmoid(Z)",
        "A = np.exp(-Z, out=Z)\n        A += 1\n        np.divide(1, A, out=A)",
    ),
    also=("derivative-at-wrong-argument",),
)
change("sigmoid_without_the_minus", None, ("sigmoid(Z)", "1 / (1 + np.exp(Z))"), reason=FORWARD)
change("forward_leaks", None, ("relu(Z)", "np.maximum(0.01 * Z, Z)"), reason=FORWARD)

change = changes_of("columns", linear_activation_backward)
OF_RELU, OF_SIGMOID = (f"{name}_backward(dA, activation_cache)" for name in ("relu", "sigmoid"))

change(
    "branches_swapped",
    "wrong-activation-derivative",
    ("relu_backward", "sigmoid_backward"),
    ("sigmoid_backward", "relu_backward"),
)
change(
    "relu_whatever_is_asked", "wrong-activation-derivative", ("sigmoid_backward", "relu_backward")
)
change(
    "activation_skipped",
    "missing-activation-derivative",
    ("linear_backward(dZ", "linear_backward(dA"),
)
change("activation_skipped_for_sigmoid", "missing-activation-derivative", (OF_SIGMOID, "dA"))
change(
    "activation_differentiated_twice",
    "output-derivative-twice",
    ("sigmoid_backward(dA", f"sigmoid_backward({OF_SIGMOID}"),
)
change("Z_taken_from_the_linear_cache", "wrong-cache-part", ("= cache", "= cache[0], cache[0][0]"))
change(
    "activation_masks_its_argument",
    "inplace-relu-mutates-da",
    (OF_RELU, "dA\n        dZ[activation_cache <= 0] = 0"),
)


@mutant("elementwise-vs-matmul", of="linear_activation_backward")
def everything_by_multiply(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = A_prev.shape[1]
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return W.T * dZ, dZ * A_prev / m, np.sum(dZ, axis=1, keepdims=True) / m
