"""Unit 03b, slips on the way back, as public solutions and the discussion of week 3 have them."""

from .change import changes_of
from .hidden import backward_propagation, backward_signals
from .registry import mutants_of

mutant = mutants_of("hidden")
SLOPE = "(1 - np.power(A1, 2))"

change = changes_of("hidden", backward_propagation)

# the slope of tanh
change("slope_left_out", "missing-activation-derivative", (f" * {SLOPE}", ""))
change("slope_one_minus_A1", "derivative-unsquared", (SLOPE, "(1 - A1)"))
change("slope_is_A1_squared", None, (SLOPE, "np.power(A1, 2)"), reason="told by the general search")
change("slope_is_the_value_A1", "activation-value-as-derivative", (SLOPE, "A1"))
change("slope_at_A1", "derivative-at-wrong-argument", (SLOPE, "(1 - np.tanh(A1) ** 2)"))
change("slope_with_Z1_for_A1", "one-minus-z-squared", (SLOPE, '(1 - cache["Z1"] ** 2)'))
change("slope_of_the_sigmoid_at_A1", "wrong-activation-derivative", (SLOPE, "A1 * (1 - A1)"))
change(
    "slope_of_the_sigmoid_at_Z1",
    "wrong-activation-derivative",
    (SLOPE, 'sigmoid(cache["Z1"]) * (1 - sigmoid(cache["Z1"]))'),
)
change("slope_of_relu", "wrong-activation-derivative", (SLOPE, "(A1 > 0)"))
change("slope_below_the_line", "inverse-derivative", (f"* {SLOPE}", f"/ {SLOPE}"))
change("slope_times_Z1", "z-times-derivative", (SLOPE, f'{SLOPE} * cache["Z1"]'))
change("slope_with_a_plus", None, (SLOPE, "(1 + np.power(A1, 2))"), reason="no slope of anything")

# the index slips
change("slope_of_the_output", "wrong-layer-index", (SLOPE, "(A2 * (1 - A2))"))
change("A2_for_A1_in_the_slope", "wrong-layer-index", (SLOPE, "(1 - np.power(A2, 2))"))
change("weights_of_the_same_layer", "wrong-layer-index", ('parameters["W2"]', 'parameters["W1"]'))
change(
    "hidden_layer_takes_the_output_error",
    "reuse-output-dz",
    (f"np.dot(W2.T, dZ2) * {SLOPE}", "dZ2"),
)
change(
    "output_error_times_the_slope",
    "reuse-output-dz",
    (f"np.dot(W2.T, dZ2) * {SLOPE}", f"dZ2 * {SLOPE}"),
)
change("signal_through_dW2", "dw-instead-of-w", ("np.dot(W2.T, dZ2)", "np.dot(dW2.T, dZ2)"))
change("dW1_meets_A1", "dw-uses-own-activation", ("np.dot(dZ1, X.T)", "np.dot(dZ1, A1.T)"))
change("dW2_meets_A2", "dw-uses-own-activation", ("np.dot(dZ2, A1.T)", "np.dot(dZ2, A2.T)"))
change("dW2_meets_Z1", "dw-uses-z", ("np.dot(dZ2, A1.T)", 'np.dot(dZ2, cache["Z1"].T)'))
change("dW2_meets_X", None, ("np.dot(dZ2, A1.T)", "np.dot(dZ2, X.T)"), reason="shape alone tells")

# from the cost to dZ2
change("Y_minus_A2", "sign-flip", ("A2 - Y", "Y - A2"))
change("error_times_the_slope", "output-derivative-twice", ("A2 - Y", "(A2 - Y) * A2 * (1 - A2)"))
change("twice_the_error", "loss-derivative-wrong", ("A2 - Y", "2 * (A2 - Y)"))
change("half_of_the_error", "loss-derivative-wrong", ("A2 - Y", "(A2 - Y) / 2"))
change("ones_only", "one-class-only", ("A2 - Y", "(A2 - 1) * Y"))

# 1/m
change("error_divided_by_m", "one-over-m-twice", ("A2 - Y", "(A2 - Y) / m"))
change(
    "m_paid_on_the_way_down",
    "one-over-m-twice",
    ("np.dot(W2.T, dZ2)", "np.dot(W2.T, dZ2) / m"),
    also=("one-over-m-per-layer",),
)
change("m_is_one", "missing-one-over-m", ("X.shape[1]", "1"))
change("m_counts_the_rows_of_X", "wrong-m", ("X.shape[1]", "X.shape[0]"))
change(
    "m_counts_the_rows_of_Y", "missing-one-over-m", ("X.shape[1]", "Y.shape[0]"), also=("wrong-m",)
)
change(
    "db_is_a_sum",
    "db-not-averaged",
    ("1 / m * np.sum(dZ2", "np.sum(dZ2"),
    ("1 / m * np.sum(dZ1", "np.sum(dZ1"),
)
change("db1_is_a_sum", "db-not-averaged", ("1 / m * np.sum(dZ1", "np.sum(dZ1"))
change(
    "db_is_a_mean_divided_by_m",
    "db-mean-and-one-over-m",
    ("np.sum(dZ2", "np.mean(dZ2"),
    ("np.sum(dZ1", "np.mean(dZ1"),
)
change("dW1_is_not_averaged", "missing-one-over-m", ("1 / m * np.dot(dZ1", "np.dot(dZ1"))

# sums and axes
change("db1_without_keepdims", "db-no-keepdims", ("dZ1, axis=1, keepdims=True", "dZ1, axis=1"))
change(
    "db_without_keepdims",
    "db-no-keepdims",
    ("dZ1, axis=1, keepdims=True", "dZ1, axis=1"),
    ("dZ2, axis=1, keepdims=True", "dZ2, axis=1"),
)
change("db1_over_the_units", "db-wrong-axis", ("dZ1, axis=1", "dZ1, axis=0"))
change("db1_is_not_summed", "db-no-sum", ("np.sum(dZ1, axis=1, keepdims=True)", "dZ1"))
change("db1_is_one_number", "db-sum-all", ("dZ1, axis=1, keepdims=True", "dZ1"))
change("db2_is_one_number", "db-sum-all", ("dZ2, axis=1, keepdims=True", "dZ2"))
change("db1_from_dW1", "db-from-dw-rowsum", ("np.sum(dZ1", "m * np.sum(dW1"))
change(
    "db1_left_at_zero",
    "db-forgotten",
    ("1 / m * np.sum(dZ1, axis=1, keepdims=True)", "0.0 * cache['Z1'][:, :1]"),
)

# products
change("dW1_transposed", "dw-transposed", ("np.dot(dZ1, X.T)", "np.dot(X, dZ1.T)"))
change(
    "dW1_left_at_zero",
    "gradient-left-at-zero",
    ("1 / m * np.dot(dZ1, X.T)", "0 * parameters['W1']"),
)

# what it does
change(
    "writes_into_A2",
    "inplace-p-minus-y",
    ("dZ2 = A2 - Y", "dZ2 = A2\n    dZ2 -= Y"),
    also=("da-mutated-in-place",),
)
change(
    "gradients_pile_up",
    "grads-not-reset",
    (
        'return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}',
        'for key, g in {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}.items():\n'
        "        total[key] = total[key] + g if np.shape(total.get(key)) == g.shape else g\n"
        "    return dict(total)",
    ),
    state={"total": {}},
)
change(
    "biases_change_places",
    None,
    (
        '"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2',
        '"dW1": dW1, "db1": db2, "dW2": dW2, "db2": db1',
    ),
    reason="told by where the arrays stand",
)

change = changes_of("hidden", backward_signals)
SQUARE = '(1 - np.power(cache["A1"], 2))'

change(
    "always_of_the_sum",
    "j-vs-l-one-over-m-placement",
    ('convention == "J"', "False"),
)
change("always_of_the_mean", "j-vs-l-one-over-m-placement", ('convention == "J"', "True"))
change("conventions_exchanged", "j-vs-l-one-over-m-placement", ('== "J"', '== "L"'))
change("signals_without_the_slope", "missing-activation-derivative", (f" * {SQUARE}", ""))
change(
    "signals_slope_of_the_output", "wrong-layer-index", (SQUARE, 'cache["A2"] * (1 - cache["A2"])')
)
change("signals_Y_minus_A2", "sign-flip", ('cache["A2"] - Y', 'Y - cache["A2"]'))
change(
    "signals_dA1_after_the_slope",
    None,
    ('"dA1": dA1', '"dA1": dZ1'),
    reason="one array under two names: told by where it stands",
)
change(
    "signals_pay_m_at_each_layer",
    None,
    ('np.dot(parameters["W2"].T, dZ2)', 'np.dot(parameters["W2"].T, dZ2) / Y.shape[1]'),
    reason="one-over-m-per-layer or the general search, by the convention",
)
