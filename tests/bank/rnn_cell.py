"""Unit 07, slips in one cell: tanh's derivative, transposes, the bias, the scale."""

from .change import changes_of
from .rnn import rnn_cell_backward, rnn_cell_forward

FORWARD = "a slip of the forward pass; the catalogue is of gradients"

change = changes_of("rnn", rnn_cell_forward)
SOFTMAX = "softmax(np.dot(Wya, a_next) + by)"

change(
    "softmax_over_everything",
    "softmax-wrong-axis",
    (SOFTMAX, "np.exp(np.dot(Wya, a_next) + by)\n    yt_pred /= yt_pred.sum()"),
)
change(
    "softmax_over_the_examples",
    "softmax-wrong-axis",
    (
        SOFTMAX,
        "np.exp(np.dot(Wya, a_next) + by)\n    yt_pred /= yt_pred.sum(axis=1, keepdims=True)",
    ),
)
change("bias_forgotten", None, (" + ba", ""), reason=FORWARD)
change("prediction_from_a_prev", None, ("(Wya, a_next)", "(Wya, a_prev)"), reason=FORWARD)

change = changes_of("rnn", rnn_cell_backward)

# the slope of tanh
DZ = "(1 - a_next**2) * da_next"
change("tanh_passes_everything", "missing-activation-derivative", (DZ, "da_next"))
change("one_minus_a", "derivative-unsquared", ("**2", ""))
change(
    "tanh_of_a_next",
    "tanh-applied-twice",
    ("a_next**2", "np.tanh(a_next) ** 2"),
    also=("derivative-at-wrong-argument",),
)
change("slope_from_a_prev", "tanh-prime-of-a-prev", ("a_next**2", "a_prev**2"))
change("tanh_times_its_value", "activation-value-as-derivative", ("(1 - a_next**2)", "a_next"))
change("divides_by_the_slope", "inverse-derivative", (DZ, "da_next / (1 - a_next**2)"))
change(
    "slope_of_sigmoid",
    "wrong-activation-derivative",
    ("(1 - a_next**2)", "a_next * (1 - a_next)"),
)
change("slope_of_relu", "wrong-activation-derivative", ("1 - a_next**2", "a_next > 0"))
change(
    "slope_of_sigmoid_at_z",
    "wrong-activation-derivative",
    ("1 - a_next**2", "0.25 - np.tanh(np.arctanh(a_next) / 2) ** 2 / 4"),
)
change(
    "one_minus_z_squared",
    "one-minus-z-squared",
    ("a_next**2", '(np.dot(Waa, a_prev) + np.dot(Wax, xt) + parameters["ba"]) ** 2'),
)
change("z_times_the_bracket", "z-times-derivative", (DZ, f"np.arctanh(a_next) * {DZ}"))
change("slope_negative", "sign-flip", ("1 - a_next**2", "a_next**2 - 1"))
change("upstream_dropped", "relu-drops-upstream", (" * da_next", ""))
change("dot_with_the_slope", "matmul-not-elementwise", (DZ, "np.dot(1 - a_next**2, da_next)"))
change(
    "dot_with_the_slope_on_the_right",
    "matmul-not-elementwise",
    (DZ, "np.dot(da_next, 1 - a_next**2)"),
)
change(
    "one_minus_a_T_dot_a",
    "matmul-not-elementwise",
    (DZ, "np.dot(da_next, 1 - np.dot(a_next.T, a_next))"),
)
change(
    "da_next_scaled_in_place",
    "da-mutated-in-place",
    (f"dz = {DZ}", "da_next *= 1 - a_next**2\n    dz = da_next"),
)
change("da_prev_skips_tanh", "da-prev-skips-tanh", ("(Waa.T, dz)", "(Waa.T, da_next)"))
change("dxt_skips_tanh", "missing-activation-derivative", ("(Wax.T, dz)", "(Wax.T, da_next)"))
change(
    "weights_skip_tanh",
    "missing-activation-derivative",
    ("(dz, xt.T)", "(da_next, xt.T)"),
    ("(dz, a_prev.T)", "(da_next, a_prev.T)"),
)

AGAIN = {
    "dWax": ("(dz, xt.T)", "(da_next, xt.T)"),
    "dWaa": ("(dz, a_prev.T)", "(da_next, a_prev.T)"),
    "dba": ("np.sum(dz", "np.sum(da_next"),
}
for array in AGAIN:
    change(f"{array}_skips_tanh", "missing-activation-derivative", AGAIN[array])
change("weights_and_bias_skip_tanh", "missing-activation-derivative", *AGAIN.values())
change(
    "dxt_and_da_prev_skip_tanh",
    "missing-activation-derivative",
    ("(Wax.T, dz)", "(Wax.T, da_next)"),
    ("(Waa.T, dz)", "(Waa.T, da_next)"),
)

# transposes, and the wrong array
change("Waa_not_transposed", "waa-no-transpose", ("Waa.T", "Waa"))
change("Wax_not_transposed", "missing-w-transpose", ("Wax.T", "Wax"))
change("dWaa_with_a_next", "dwaa-uses-a-next", ("a_prev.T", "a_next.T"))
change("dWaa_transposed", "dw-transposed", ("(dz, a_prev.T)", "(a_prev, dz.T)"))
change(
    "dWax_transposed_and_Wax_not",
    "dw-transposed",
    ("(dz, xt.T)", "(xt, dz.T)"),
    ("Wax.T", "Wax"),
)
change("dWax_transposed", "dw-transposed", ("(dz, xt.T)", "(xt, dz.T)"))
change("dWaa_by_multiply", "elementwise-vs-matmul", ("np.dot(dz, a_prev.T)", "dz * a_prev"))
change(
    "dWaa_by_multiply_and_dz_by_dot",
    "elementwise-vs-matmul",
    ("np.dot(dz, a_prev.T)", "dz * a_prev"),
    (DZ, "np.dot(1 - a_next**2, da_next)"),
)
change("signal_through_dWaa", "dw-instead-of-w", ("Waa.T", "np.dot(dz, a_prev.T).T"))

# scale and bias
DB = "np.sum(dz, axis=1, keepdims=True)"
change(
    "weights_divided_by_m",
    "rnn-divide-by-m-again",
    ("xt.T)", "xt.T) / dz.shape[1]"),
    ("a_prev.T)", "a_prev.T) / dz.shape[1]"),
    ("np.sum", "np.mean"),
)
for places, edits in {
    "dWax": (("xt.T)", "xt.T) / dz.shape[1]"),),
    "dWaa": (("a_prev.T)", "a_prev.T) / dz.shape[1]"),),
    "dWax_and_dWaa": (("xt.T)", "xt.T) / dz.shape[1]"), ("a_prev.T)", "a_prev.T) / dz.shape[1]")),
}.items():
    change(f"{places}_divided_by_m", "rnn-divide-by-m-again", *edits)
change("dba_is_a_mean", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change("dba_without_keepdims", "db-no-keepdims", (", keepdims=True", ""))
change("dba_over_axis_0", "db-wrong-axis", ("axis=1", "axis=0"))
change("dba_over_axis_0_flat", "db-wrong-axis", ("axis=1, keepdims=True", "axis=0"))
change("dba_is_a_number", "db-sum-all", (DB, "np.sum(dz)"))
change("dba_from_dWax", "db-from-dw-rowsum", ("np.sum(dz", "np.sum(dWax"))
change("dba_is_dz", "db-no-sum", (DB, "dz"))
change("dba_is_one_number", "db-sum-all", (DB, 'np.full(parameters["ba"].shape, np.sum(dz))'))
change("dba_from_dWaa", "db-from-dw-rowsum", ("np.sum(dz", "np.sum(dWaa"))
change("dba_left_zero", "db-forgotten", (DB, 'np.zeros_like(parameters["ba"])'))
