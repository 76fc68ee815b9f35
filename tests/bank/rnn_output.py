"""Unit 07, slips on the way from the labels to da, dWya and dby."""

from .change import changes_of
from .rnn import output_backward, rnn_full_backward

# The residuals of a softmax sum to 0 over the classes, so one sum for all of dby is dby = 0.
change = changes_of("rnn", output_backward)
DY, Y_PRED, Y = "(y_pred[:, :, t] - y[:, :, t]) / m", "y_pred[:, :, t]", "y[:, :, t]"
DBY = "        dby += np.sum(dy, axis=1, keepdims=True)\n"

# the loss
change("not_averaged", "missing-one-over-m", (" / m", ""))
change("halved", "loss-derivative-wrong", ("/ m", "/ (2 * m)"))
change("da_not_averaged", "missing-one-over-m", ("(Wya.T, dy)", "(Wya.T, dy * m)"))
change("dWya_not_averaged", "missing-one-over-m", ("t].T)", "t].T) * m"))
change("dby_not_averaged", "missing-one-over-m", ("dby += ", "dby += m * "))
change(
    "dWya_and_dby_not_averaged",
    "missing-one-over-m",
    ("t].T)", "t].T) * m"),
    ("dby += ", "dby += m * "),
)
change("da_divided_by_T", "divide-by-T", ("(Wya.T, dy)", "(Wya.T, dy / T_x)"))
change("dWya_averaged_twice", "rnn-divide-by-m-again", ("t].T)", "t].T) / m"))
change(
    "dWya_and_dby_averaged_twice",
    "rnn-divide-by-m-again",
    ("t].T)", "t].T) / m"),
    ("np.sum", "np.mean"),
)
change("m_from_the_last_axis", "wrong-m", ("/ m", "/ y.shape[2]"))
change("averaged_twice", "one-over-m-twice", ("/ m", "/ m**2"))
change("m_from_the_first_axis", "wrong-m", ("/ m", "/ y.shape[0]"))
change("averaged_over_time_too", "divide-by-T", ("/ m", "/ (m * T_x)"))
change("y_minus_y_pred", "sign-flip", (f"{Y_PRED} - {Y}", f"{Y} - {Y_PRED}"))
change("residual_times_two", "loss-derivative-wrong", ("dy = ", "dy = 2 * "))
change(
    "softmax_jacobian_on_the_residual",
    "softmax-jacobian-twice",
    (
        DY,
        f"{DY}\n"
        "        p = y_pred[:, :, t]\n"
        "        dy = p * (dy - np.sum(p * dy, axis=0, keepdims=True))",
    ),
)
change(
    "diagonal_of_softmax_only",
    "softmax-diagonal-only",
    (DY, f"-{Y} / {Y_PRED} / m\n        dy = dy * {Y_PRED} * (1 - {Y_PRED})"),
)
change("dp_taken_for_dz", "missing-activation-derivative", (DY, f"-{Y} / {Y_PRED} / m"))
change(
    "y_pred_becomes_the_residual",
    "inplace-p-minus-y",
    (DY, f"{Y_PRED}\n        dy -= {Y}\n        dy /= m"),
)
# the steps
change(
    "last_step_gives_dWya_and_dby",
    "output-grads-last-step",
    ("dWya +=", "dWya ="),
    ("dby +=", "dby ="),
)
change("dby_overwritten", "output-grads-last-step", ("dby +=", "dby ="))
change(
    "dWya_overwritten",
    "bptt-overwrite-not-accumulate",
    ("dWya +=", "dWya ="),
    also=("output-grads-last-step",),
)
change("loss_at_the_last_step_only", "bptt-last-loss-only", ("range(T_x)", "[T_x - 1]"))
change("da_of_the_last_step_only", "bptt-last-loss-only", ("da[:, :, t]", "da[:, :, -1]"))
change(
    "a_of_the_step_before",
    "negative-index-wrap",
    ("t].T", "t - 1].T"),
)
# the weights
change("Wya_not_transposed", "missing-w-transpose", ("Wya.T", "Wya"))
change(
    "dWya_transposed",
    "dw-transposed",
    ("Wya.shape", "Wya.T.shape"),
    ("(dy, a[:, :, t].T)", "(a[:, :, t], dy.T)"),
)
change(
    "dWya_transposed_and_Wya_not",
    "dw-transposed",
    ("Wya.shape", "Wya.T.shape"),
    ("(dy, a[:, :, t].T)", "(a[:, :, t], dy.T)"),
    ("(Wya.T, dy)", "(Wya, dy)"),
)
change("signal_through_dWya", "dw-instead-of-w", ("Wya.T", "np.dot(dy, a[:, :, t].T).T"))
change(
    "da_with_tanh_prime",
    "output-derivative-twice",
    ("(Wya.T, dy)", "(Wya.T, dy) * (1 - a[:, :, t] ** 2)"),
)
# the bias
change("dby_flat", "db-no-keepdims", ("(n_y, 1)", "n_y"), (", keepdims=True", ""))
change(
    "dby_square",
    "dba-broadcast-square",
    ("dby += np.sum(dy, axis=1, keepdims=True)", "dby = dby + np.sum(dy, axis=1)"),
)
change("dby_over_axis_0", "db-wrong-axis", ("(n_y, 1)", "(1, m)"), ("axis=1", "axis=0"))
change("dby_one_number", "db-sum-all", (", axis=1, keepdims=True", ""), also=("db-forgotten",))
change(
    "dby_from_dWya",
    "db-from-dw-rowsum",
    (DBY, ""),
    ("    return", "    dby = np.sum(dWya, axis=1, keepdims=True)\n    return"),
)
change("dby_left_zero", "db-forgotten", (DBY, ""), also=("db-sum-all",))
change("dby_a_mean", "db-mean-and-one-over-m", ("np.sum", "np.mean"))

change = changes_of("rnn", rnn_full_backward)

change(
    "da_averaged_once_more",
    "rnn-divide-by-m-again",
    ('out["da"]', 'out["da"] / y.shape[1]'),
    also=("one-over-m-twice",),
)
change(
    "output_weights_of_the_last_step",
    "output-grads-last-step",
    (
        '    grads["dWya"]',
        "    out = output_backward(y_pred[:, :, -1:], y[:, :, -1:], a[:, :, -1:], parameters)\n"
        '    grads["dWya"]',
    ),
)
change(
    "only_the_last_da",
    "bptt-last-loss-only",
    ("    grads = ", '    out["da"][:, :, :-1] = 0\n    grads = '),
)
change(
    "dby_from_dWya_of_all_steps",
    "db-from-dw-rowsum",
    ('out["dby"]', 'np.sum(out["dWya"], axis=1, keepdims=True)'),
)
change(
    "da_through_Wya_not_transposed",
    "missing-w-transpose",
    (
        "    grads = ",
        "    dy = (y_pred - y) / y.shape[1]\n"
        '    out["da"] = np.einsum("ij,jmt->imt", parameters["Wya"], dy)\n'
        "    grads = ",
    ),
)
