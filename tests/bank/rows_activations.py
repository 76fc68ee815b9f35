"""Unit 03, slips in the ReLU, sigmoid, tanh and softmax layers."""

from .change import changes_of
from .rows import (
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    softmax,
    softmax_backward,
    tanh_backward,
    tanh_forward,
)

change = changes_of("rows", relu_backward)

change("relu_passes_everything", "missing-activation-derivative", ("dout * (x > 0)", "1 * dout"))
change("relu_returns_the_mask", "relu-drops-upstream", ("dout * (x > 0)", "(x > 0) * 1.0"))
change("relu_masks_by_the_gradient", "relu-mask-on-gradient", ("x > 0", "dout > 0"))
change("relu_times_its_value", "relu-value-as-derivative", ("(x > 0)", "np.maximum(0, x)"))
change(
    "relu_with_the_slope_of_tanh", "wrong-activation-derivative", ("x > 0", "1 - np.tanh(x) ** 2")
)
change(
    "relu_with_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    ("(x > 0)", "np.exp(-x) / (1 + np.exp(-x)) ** 2"),
)
change(
    "relu_with_out_in_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    ("(x > 0)", "np.maximum(0, x) * (1 - np.maximum(0, x))"),
)
change(
    "relu_with_out_in_the_slope_of_tanh",
    "wrong-activation-derivative",
    ("x > 0", "1 - np.maximum(0, x) ** 2"),
)
change("relu_negative", "sign-flip", ("dout *", "-dout *"))
change("relu_dot_the_mask_transposed", "matmul-not-elementwise", ("* (x > 0)", "@ (x > 0).T"))
change("relu_open_at_zero", "relu-mask-a-vs-z", (">", ">="))
change(
    "relu_masks_its_argument",
    "inplace-relu-mutates-da",
    ("return dout * (x > 0)", "dout[x <= 0] = 0\n    return dout"),
)
change("relu_dot_the_mask", "matmul-not-elementwise", ("*", "@"))
change(
    "relu_mask_inverted",
    "relu-mask-inverted",
    (">", "<"),
)

change = changes_of("rows", relu_forward)

change(
    "relu_in_the_array_of_x",
    "da-mutated-in-place",
    ("(0, x)", "(0, x, out=x)"),
)
change("relu_keeps_the_array_of_the_caller", "cache-borrowed", ("x.copy()", "x"))

change = changes_of("rows", sigmoid_backward)
WHOLE, X = "dout * out * (1 - out)", "np.log(out / (1 - out))"

change("sigmoid_passes_everything", "missing-activation-derivative", (WHOLE, "1 * dout"))
change("sigmoid_times_its_value", "activation-value-as-derivative", (" * (1 - out)", ""))
change("sigmoid_one_minus_s", "derivative-unsquared", ("dout * out", "dout"))
change("sigmoid_divides", "inverse-derivative", (WHOLE, "dout / (out * (1 - out))"))
change(
    "sigmoid_of_sigmoid", "derivative-at-wrong-argument", ("= cache", "= 1 / (1 + np.exp(-cache))")
)
change(
    "sigmoid_with_the_slope_of_tanh", "wrong-activation-derivative", (WHOLE, "dout * (1 - out**2)")
)
change(
    "sigmoid_with_tanh_of_x",
    "wrong-activation-derivative",
    (WHOLE, f"dout * (1 - np.tanh({X}) ** 2)"),
)
change(
    "sigmoid_with_the_slope_of_relu", "wrong-activation-derivative", (WHOLE, f"dout * ({X} > 0)")
)
change("sigmoid_x_times_the_bracket", "z-times-derivative", ("dout *", f"dout * {X} *"))
change("sigmoid_slope_negative", "sign-flip", ("1 - out", "out - 1"))
change("sigmoid_dot_the_slope", "matmul-not-elementwise", (WHOLE, "dout @ (out * (1 - out))"))
change(
    "sigmoid_dot_the_slope_transposed",
    "matmul-not-elementwise",
    (WHOLE, "dout @ (out * (1 - out)).T"),
)
change("sigmoid_returns_its_slope", "relu-drops-upstream", ("dout * ", ""))
change(
    "sigmoid_scales_its_argument",
    "da-mutated-in-place",
    (f"return {WHOLE}", "dout *= out * (1 - out)\n    return dout"),
)

change = changes_of("rows", tanh_backward)
WHOLE = "dout * (1 - out**2)"

change("tanh_passes_everything", "missing-activation-derivative", (WHOLE, "1 * dout"))
change("tanh_times_its_value", "activation-value-as-derivative", ("(1 - out**2)", "out"))
change("tanh_one_minus_t", "derivative-unsquared", ("**2", ""))
change("tanh_divides", "inverse-derivative", ("dout *", "dout /"))
change(
    "tanh_of_tanh",
    "derivative-at-wrong-argument",
    ("out**2", "np.tanh(out) ** 2"),
    also=("tanh-applied-twice",),
)
change(
    "tanh_with_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    (WHOLE, "dout * out * (1 - out)"),
)
change("tanh_with_the_slope_of_relu", "wrong-activation-derivative", ("1 - out**2", "out > 0"))
change(
    "tanh_with_sigmoid_of_x",
    "wrong-activation-derivative",
    ("1 - out**2", "0.25 - np.tanh(np.arctanh(out) / 2) ** 2 / 4"),
)
change("tanh_dot_the_slope", "matmul-not-elementwise", ("dout *", "dout @"))
change("tanh_dot_the_slope_transposed", "matmul-not-elementwise", (WHOLE, "dout @ (1 - out**2).T"))
change("tanh_returns_its_slope", "relu-drops-upstream", ("dout * ", ""))
change("tanh_slope_negative", "sign-flip", ("1 - out**2", "out**2 - 1"))
change("tanh_x_times_the_bracket", "z-times-derivative", ("dout *", "dout * np.arctanh(out) *"))

# A cache that holds x where the way back expects the value.
for forward in (sigmoid_forward, tanh_forward):
    changes_of("rows", forward)(
        forward.__name__.replace("forward", "caches_x"),
        "one-minus-z-squared",
        ("out, out", "out, x.copy()"),
        also=("wrong-cache-part",),
    )

change = changes_of("rows", softmax_backward)
SUM = "np.sum(probs * dout, axis=1, keepdims=True)"

change("softmax_diagonal_only", "softmax-diagonal-only", (f"(dout - {SUM})", "dout * (1 - probs)"))
change(
    "softmax_passes_everything",
    "missing-activation-derivative",
    (f"probs * (dout - {SUM})", "1 * dout"),
)
change("softmax_sums_over_examples", "softmax-wrong-axis", ("axis=1", "axis=0"))
change(
    "softmax_jacobian_applied_twice",
    "softmax-jacobian-twice",
    ("return", f"dout = probs * (dout - {SUM})\n    return"),
)
change("softmax_times_its_value", "activation-value-as-derivative", (f"(dout - {SUM})", "dout"))
change("softmax_sums_over_everything", "softmax-wrong-axis", (SUM, "np.sum(probs * dout)"))
change(
    "softmax_without_its_outer_p", "softmax-inner-sum", (f"probs * (dout - {SUM})", f"dout - {SUM}")
)
change("softmax_sum_not_weighted", "softmax-inner-sum", (f"(dout - {SUM})", f"dout - {SUM}"))
change(
    "softmax_off_diagonal_unweighted",
    "softmax-inner-sum",
    ("np.sum(probs * dout", "np.sum(dout"),
)

change = changes_of("rows", softmax)
GREATEST = "x.max(axis=1, keepdims=True)"

change(
    "softmax_over_the_examples",
    "softmax-wrong-axis",
    (GREATEST, "x.max()"),
    ("e.sum(axis=1", "e.sum(axis=0"),
)
change("softmax_shifted_by_class", "softmax-shift-differs", (GREATEST, "x.max(axis=0)"))
change(
    "softmax_over_everything",
    "softmax-wrong-axis",
    (GREATEST, "x.max()"),
    ("e.sum(axis=1, keepdims=True)", "e.sum()"),
)
