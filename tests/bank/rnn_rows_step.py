"""Unit 07b, slips in one step: tanh's slope, transposes, the axis of db, the scale."""

from .change import changes_of
from .rnn_rows import rnn_step_backward, rnn_step_forward

FORWARD = "a slip of the forward pass; the catalogue is of gradients"

change = changes_of("rnn_rows", rnn_step_forward)
change("bias_forgotten", None, (" + b)", ")"), reason=FORWARD)
change("Wh_transposed", None, ("(prev_h, Wh)", "(prev_h, Wh.T)"), reason=FORWARD)

change = changes_of("rnn_rows", rnn_step_backward)
DZ = "(1 - next_h**2) * dnext_h"

# the slope of tanh
change("tanh_passes_everything", "missing-activation-derivative", (DZ, "dnext_h"))
change("one_minus_h", "derivative-unsquared", ("**2", ""))
change(
    "tanh_of_next_h",
    "tanh-applied-twice",
    ("next_h**2", "np.tanh(next_h) ** 2"),
    also=("derivative-at-wrong-argument",),
)
change("slope_from_prev_h", "tanh-prime-of-a-prev", ("next_h**2", "prev_h**2"))
change("tanh_times_its_value", "activation-value-as-derivative", ("(1 - next_h**2)", "next_h"))
change("divides_by_the_slope", "inverse-derivative", (DZ, "dnext_h / (1 - next_h**2)"))
change(
    "slope_of_sigmoid", "wrong-activation-derivative", ("(1 - next_h**2)", "next_h * (1 - next_h)")
)
change("slope_of_relu", "wrong-activation-derivative", ("1 - next_h**2", "next_h > 0"))
change(
    "one_minus_z_squared",
    "one-minus-z-squared",
    ("next_h**2", "(np.dot(prev_h, Wh) + np.dot(x, Wx) + b) ** 2"),
)
change("z_times_the_bracket", "z-times-derivative", (DZ, f"np.arctanh(next_h) * {DZ}"))
change("slope_negative", "sign-flip", ("1 - next_h**2", "next_h**2 - 1"))
change("upstream_dropped", "relu-drops-upstream", (" * dnext_h", ""))
change("dot_with_the_slope", "matmul-not-elementwise", (DZ, "np.dot(1 - next_h**2, dnext_h)"))
change(
    "dot_with_the_slope_on_the_right",
    "matmul-not-elementwise",
    (DZ, "np.dot(dnext_h, 1 - next_h**2)"),
)
change(
    "dnext_h_scaled_in_place",
    "da-mutated-in-place",
    (f"dz = {DZ}", "dnext_h *= 1 - next_h**2\n    dz = dnext_h"),
)
change("dprev_h_skips_tanh", "da-prev-skips-tanh", ("(dz, Wh.T)", "(dnext_h, Wh.T)"))
change("dx_skips_tanh", "missing-activation-derivative", ("(dz, Wx.T)", "(dnext_h, Wx.T)"))
change(
    "weights_skip_tanh",
    "missing-activation-derivative",
    ("(x.T, dz)", "(x.T, dnext_h)"),
    ("(prev_h.T, dz)", "(prev_h.T, dnext_h)"),
)
change("db_skips_tanh", "missing-activation-derivative", ("np.sum(dz", "np.sum(dnext_h"))

# transposes, and the wrong array
change("Wh_not_transposed", "waa-no-transpose", ("Wh.T", "Wh"))
change("Wx_not_transposed", "missing-w-transpose", ("Wx.T", "Wx"))
change("dWh_with_next_h", "dwaa-uses-a-next", ("prev_h.T", "next_h.T"))
change("dWh_transposed", "dw-transposed", ("(prev_h.T, dz)", "(dz.T, prev_h)"))
change("dWx_transposed", "dw-transposed", ("(x.T, dz)", "(dz.T, x)"))
change("dWh_by_multiply", "elementwise-vs-matmul", ("np.dot(prev_h.T, dz)", "prev_h * dz"))
change("signal_through_dWh", "dw-instead-of-w", ("Wh.T", "np.dot(prev_h.T, dz).T"))
change(
    "dWh_as_in_columns",
    None,
    ("np.dot(prev_h.T, dz)", "np.dot(dz, prev_h.T)"),
    reason="one number for each pair of examples: told by its shape",
)
change(
    "dx_and_dprev_h_exchanged",
    None,
    ("return dx, dprev_h", "return dprev_h, dx"),
    reason="the order is told in words, without an entry",
)

# scale and bias
change(
    "weights_divided_by_N",
    "rnn-divide-by-m-again",
    ("np.dot(x.T, dz)", "np.dot(x.T, dz) / len(x)"),
    ("np.dot(prev_h.T, dz)", "np.dot(prev_h.T, dz) / len(x)"),
    ("np.sum", "np.mean"),
)
change("dWx_divided_by_N", "rnn-divide-by-m-again", ("np.dot(x.T, dz)", "np.dot(x.T, dz) / len(x)"))
change("db_is_a_mean", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change("db_over_axis_1", "db-wrong-axis", ("axis=0", "axis=1"))
change("db_over_axis_1_with_keepdims", "db-wrong-axis", ("axis=0", "axis=1, keepdims=True"))
change("db_with_keepdims", "db-extra-axis", ("axis=0", "axis=0, keepdims=True"))
change("db_is_a_number", "db-sum-all", (", axis=0", ""))
change("db_is_one_number", "db-sum-all", ("np.sum(dz, axis=0)", "np.full(b.shape, np.sum(dz))"))
change("db_is_dz", "db-no-sum", ("np.sum(dz, axis=0)", "dz"))
change("db_from_dWh", "db-from-dw-rowsum", ("np.sum(dz", "np.sum(dWh"))
change("db_left_zero", "db-forgotten", ("np.sum(dz, axis=0)", "np.zeros_like(b)"))
