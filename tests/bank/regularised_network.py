"""Unit 06a, slips with the penalty and with the masks."""

from .change import changes_of
from .registry import mutants_of
from .regularised import (
    backward_propagation_with_dropout,
    backward_propagation_with_regularization,
    compute_cost_with_regularization,
    forward_propagation_with_dropout,
)

mutant = mutants_of("regularised")
SAYS = "told by what the check expects"
PENALTY = "1 / m * lambd / 2 * squares"

change = changes_of("regularised", compute_cost_with_regularization)
change("penalty_forgotten", "l2-forgotten", ("cross_entropy_cost + penalty", "cross_entropy_cost"))
change("without_one_half", "l2-factor", (PENALTY, "lambd / m * squares"))
change("without_one_over_m", "l2-factor", (PENALTY, "lambd / 2 * squares"))
change("without_both", "l2-factor", (PENALTY, "lambd * squares"))
change("penalty_divided_twice", "l2-factor", (PENALTY, "lambd / 2 * squares / m**2"))
change("penalty_subtracted", "l2-factor", ("cost + penalty", "cost - penalty"))
change(
    "biases_penalised",
    "l2-on-bias",
    (
        "penalty = 1",
        'squares += sum(np.sum(parameters[f"b{n}"] ** 2) for n in (1, 2, 3))\n    penalty = 1',
    ),
)
change(
    "every_parameter_penalised",
    "l2-on-bias",
    (
        "np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))",
        "sum(np.sum(p**2) for p in parameters.values())",
    ),
)
change("one_layer_forgotten", None, (" + np.sum(np.square(W3))", ""), reason=SAYS)
change(
    "sum_of_the_losses",
    "sum-loss-vs-mean-loss",
    ("cross_entropy_cost + penalty", "m * cross_entropy_cost + penalty"),
)
change(
    "sum_and_not_squares",
    None,
    ("np.sum(np.square(W1))", "np.sum(W1)"),
    ("np.sum(np.square(W2))", "np.sum(W2)"),
    ("np.sum(np.square(W3))", "np.sum(W3)"),
    reason=SAYS,
)
change("penalty_alone", None, ("cross_entropy_cost + penalty", "penalty"), reason=SAYS)
change("m_counts_rows", None, ("Y.shape[1]", "Y.shape[0]"), reason="one row: without 1/m")

change = changes_of("regularised", backward_propagation_with_regularization)
TERMS = [f" + lambd / m * W{n}" for n in (1, 2, 3)]
change("no_penalty", "l2-forgotten", *((term, "") for term in TERMS))
change("no_penalty_in_the_output", "l2-forgotten", (TERMS[2], ""))
change("two_left", "l2-factor", *((t, t.replace("lambd", "2 * lambd")) for t in TERMS))
change("half_left", "l2-factor", *((t, t.replace("/ m", "/ (2 * m)")) for t in TERMS))
change("lambd_without_m", "l2-factor", *((t, t.replace(" / m", "")) for t in TERMS))
change("lambd_without_m_in_layer_1", "l2-factor", (TERMS[0], " + lambd * W1"))
change("lambd_over_m_squared", "l2-factor", *((t, t.replace("/ m", "/ m**2")) for t in TERMS))
change(
    "one_over_m_around_it_all",
    "l2-factor",
    *(
        (
            f"1.0 / m * np.dot(dZ{n}, {A}.T) + lambd / m * W{n}",
            f"1.0 / m * (np.dot(dZ{n}, {A}.T) + lambd / m * W{n})",
        )
        for n, A in ((1, "X"), (2, "A1"), (3, "A2"))
    ),
)
change("penalty_with_a_minus", "l2-factor", *((t, t.replace("+", "-")) for t in TERMS))
BIASES = [f"np.sum(dZ{n}, axis=1, keepdims=True)" for n in (1, 2, 3)]
change(
    "biases_get_it_too",
    "l2-on-bias",
    *((f"{old}\n", f"{old} + lambd / m * b{n}\n") for n, old in enumerate(BIASES, start=1)),
)
change("b2_gets_it_too", "l2-on-bias", (f"{BIASES[1]}\n", f"{BIASES[1]} + lambd * b2 / m\n"))
change("W1_for_W2", "wrong-layer-index", (TERMS[1], " + lambd / m * W1"))
change("W2_for_W1", "wrong-layer-index", (TERMS[0], " + lambd / m * W2"))
change(
    "sign_of_W",
    None,
    (TERMS[2], " + lambd / m * np.sign(W3)"),
    reason="of a penalty without square",
)
change("dZ3_divided_by_m", "one-over-m-twice", ("A3 - Y", "(A3 - Y) / m"))
change("Y_minus_A3", "sign-flip", ("A3 - Y", "Y - A3"))
change("db_is_a_sum", "db-not-averaged", *((f"1.0 / m * {old}", old) for old in BIASES))
change("db2_without_keepdims", "db-no-keepdims", ("dZ2, axis=1, keepdims=True", "dZ2, axis=1"))
change(
    "relu_left_out",
    "missing-activation-derivative",
    ("np.multiply(dA2, np.int64(A2 > 0))", "dA2"),
    ("np.multiply(dA1, np.int64(A1 > 0))", "dA1"),
)
change(
    "signal_through_dW",
    "dw-instead-of-w",
    ("np.dot(W3.T, dZ3)", "np.dot(dW3.T, dZ3)"),
    ("np.dot(W2.T, dZ2)", "np.dot(dW2.T, dZ2)"),
)
change("writes_into_A3", "da-mutated-in-place", ("A3 - Y", "np.subtract(A3, Y, out=A3)"))
change(
    "writes_into_W",
    "da-mutated-in-place",
    (
        "dW3 = 1.0 / m * np.dot(dZ3, A2.T) + lambd / m * W3",
        "dW3 = W3\n    dW3 *= lambd / m\n    dW3 += 1.0 / m * np.dot(dZ3, A2.T)",
    ),
)

change = changes_of("regularised", forward_propagation_with_dropout)
DROP = [f"D{n} = (D{n} < keep_prob).astype(int)" for n in (1, 2)]
SCALE = [f"\n    A{n} = A{n} / keep_prob" for n in (1, 2)]
change("drops_with_keep_prob", "dropout-mask-inverted", *((d, d.replace("<", ">")) for d in DROP))
change("drops_in_layer_2", "dropout-mask-inverted", (DROP[1], DROP[1].replace("<", ">=")))
change("not_scaled", "dropout-not-scaled", *((s, "") for s in SCALE))
change("not_scaled_in_layer_2", "dropout-not-scaled", (SCALE[1], ""))
change("times_keep_prob", "dropout-not-scaled", *((s, s.replace("/", "*")) for s in SCALE))
change(
    "scaled_by_what_is_dropped",
    "dropout-not-scaled",
    (SCALE[0], SCALE[0].replace("keep_prob", "(1 - keep_prob if keep_prob < 1 else 1)")),
)
change("mask_not_used", "dropout-mask-forgotten", ("A1 = A1 * D1\n    ", ""))
change(
    "neither_masked_nor_scaled",
    "dropout-mask-forgotten",
    ("A1 = A1 * D1\n    A1 = A1 / keep_prob\n    ", ""),
)
change(
    "one_mask_for_all_examples", None, ("A1.shape[0], A1.shape[1]", "A1.shape[0], 1"), reason=SAYS
)
change(
    "a_column_for_all_examples",
    None,
    (DROP[0], f"{DROP[0]}[:, :1] * np.ones(A1.shape, int)"),
    reason=SAYS,
)
change(
    "a_row_for_all_units", None, (DROP[0], f"{DROP[0]}[:1] * np.ones(A1.shape, int)"), reason=SAYS
)
change("normal_numbers", None, ("D1 = np.random.rand(", "D1 = np.random.randn("), reason=SAYS)
change("keeps_one_half", None, (DROP[0], "D1 = (D1 < 0.5).astype(int)"), reason=SAYS)
change("mask_is_not_thresholded", None, (DROP[0], "D1 = D1"), reason=SAYS)
change("output_dropped_too", None, ("A3 = sigmoid(Z3)", "A3 = sigmoid(Z3) * 0.5"), reason=SAYS)
change("cache_in_another_order", None, ("(Z1, D1, A1,", "(D1, Z1, A1,"), reason=SAYS)
change("cache_without_masks", None, ("Z1, D1, A1", "Z1, A1"), ("Z2, D2, A2", "Z2, A2"), reason=SAYS)
change(
    "Z_masked_before_relu", None, ("np.dot(W2, A1) + b2", "np.dot(W2, relu(Z1)) + b2"), reason=SAYS
)
change("adds_to_the_weights", None, ("Z1 = np", "W1 += 0.5\n    Z1 = np"), reason=SAYS)

change = changes_of("regularised", backward_propagation_with_dropout)
MASK = [f"dA{n} = dA{n} * D{n}" for n in (1, 2)]
SCALE = [f"dA{n} = dA{n} / keep_prob" for n in (1, 2)]
ON = [(f"A{n} > 0", f"Z{n} > 0") for n in (1, 2)]
change("mask_forgotten", "dropout-mask-forgotten", *((f"{d}\n    ", "") for d in MASK))
change("D2_forgotten", "dropout-mask-forgotten", (f"{MASK[1]}\n    ", ""))
change(
    "mask_forgotten_slope_of_Z", "dropout-mask-forgotten", *((f"{d}\n    ", "") for d in MASK), *ON
)
change(
    "dropout_forgotten",
    "dropout-mask-forgotten",
    *((f"{m}\n    {s}\n    ", "") for m, s in zip(MASK, SCALE, strict=True)),
)
change(
    "dropout_forgotten_slope_of_Z",
    "dropout-mask-forgotten",
    *((f"{m}\n    {s}\n    ", "") for m, s in zip(MASK, SCALE, strict=True)),
    *ON,
)
change("not_divided", "dropout-not-scaled", *((f"{s}\n    ", "") for s in SCALE))
change("not_divided_in_layer_1", "dropout-not-scaled", (f"{SCALE[0]}\n    ", ""))
change("back_times_keep_prob", "dropout-not-scaled", *((s, s.replace("/", "*")) for s in SCALE))
change("divided_twice", "dropout-not-scaled", *((s, f"{s} / keep_prob") for s in SCALE))
change(
    "masks_drawn_anew",
    "dropout-new-mask",
    *((m, m[:-2] + f"(np.random.rand(*dA{n}.shape) < keep_prob)") for n, m in enumerate(MASK, 1)),
)
change(
    "masks_drawn_anew_with_a_seed",
    "dropout-new-mask",
    ("m = X.shape[1]", "m = X.shape[1]\n    np.random.seed(1)"),
    *((m, m[:-2] + f"(np.random.rand(*dA{n}.shape) < keep_prob)") for n, m in enumerate(MASK, 1)),
)
change(
    "dZ_masked_anew",
    "dropout-new-mask",
    ("np.int64(A1 > 0)", "(A1 > 0) * (np.random.rand(*A1.shape) < keep_prob)"),
)
change("D1_inverted", "dropout-mask-inverted", (MASK[0], "dA1 = dA1 * (1 - D1)"))
change(
    "writes_into_the_mask",
    "da-mutated-in-place",
    (MASK[0], "D1 *= 0\n    dA1 = dA1 * D1"),
    also=("dropout-new-mask",),
)
change("nothing_averaged", "missing-one-over-m", ("m = X.shape[1]", "m = 1"))
change("residual_divided_by_m", "one-over-m-twice", ("A3 - Y", "(A3 - Y) / m"))
change("Y_minus_A3_dropout", "sign-flip", ("A3 - Y", "Y - A3"))
change("twice_the_error", "loss-derivative-wrong", ("A3 - Y", "2 * (A3 - Y)"))
change("half_of_the_error", "loss-derivative-wrong", ("A3 - Y", "(A3 - Y) / 2"))
change("db_not_averaged", "db-not-averaged", ("db2 = 1.0 / m * ", "db2 = "))
change(
    "db_averaged_twice",
    "db-mean-and-one-over-m",
    ("db2 = 1.0 / m * np.sum", "db2 = 1.0 / m * np.mean"),
)
change("db_flat", "db-no-keepdims", ("dZ2, axis=1, keepdims=True", "dZ2, axis=1"))
change("db_over_units", "db-wrong-axis", ("dZ2, axis=1", "dZ2, axis=0"))
change("db_one_number", "db-sum-all", ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2)"))
change("db_no_sum", "db-no-sum", ("1.0 / m * np.sum(dZ2, axis=1, keepdims=True)", "dZ2"))
change("dW2_transposed", "dw-transposed", ("np.dot(dZ2, A1.T)", "np.dot(A1, dZ2.T)"))
change(
    "through_dW",
    "dw-instead-of-w",
    ("np.dot(W3.T, dZ3)", "np.dot(dW3.T, dZ3)"),
    ("np.dot(W2.T, dZ2)", "np.dot(dW2.T, dZ2)"),
)
