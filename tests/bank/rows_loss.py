"""Unit 03, slips in softmax with cross-entropy."""

from .change import changes_of
from .rows import softmax_loss

change = changes_of("rows", softmax_loss)
LOSS, OF_THE_CLASS = "-np.sum(log_p[np.arange(N), y]) / N", "p[np.arange(N), y]"

# scale and sign
change(
    "dx_of_the_sum",
    "sum-loss-vs-mean-loss",
    ("    dx /= N\n", ""),
    also=("missing-one-over-m",),
)
change("loss_is_the_sum", "sum-loss-vs-mean-loss", ("y]) / N", "y])"))
change("dx_averaged_twice", "one-over-m-twice", ("dx /= N", "dx /= N**2"))
change("N_counts_classes", "wrong-m", ("dx /= N", "dx /= x.shape[1]"))
change("residual_times_two", "loss-derivative-wrong", ("dx /= N", "dx *= 2 / N"))
change("y_minus_p", "sign-flip", ("p.copy()", "-p"), ("-= 1", "+= 1"))
change("residual_halved", "loss-derivative-wrong", ("dx /= N", "dx /= 2 * N"))
change("p_without_y", "half-of-p-minus-y", ("    dx[np.arange(N), y] -= 1\n", ""))
change(
    "y_without_p",
    "half-of-p-minus-y",
    ("p.copy()", "np.zeros(p.shape)"),
    also=("activation-value-as-derivative",),
)
change("loss_negative", "sign-flip", ("loss = -", "loss = "))
change("loss_averaged_over_classes", "wrong-m", ("y]) / N", "y]) / x.shape[1]"))
change("loss_with_log2", "log-base", (LOSS, f"{LOSS} / np.log(2)"))
change("loss_with_log10", "log-base", (LOSS, f"{LOSS} / np.log(10)"))
# the loss alone, or dx alone, with another softmax
for place, axis in (("the_examples", "axis=0, keepdims=True"), ("everything", "")):
    other = f"np.exp(x) / np.exp(x).sum({axis})"
    change(
        f"loss_of_a_softmax_over_{place}", "softmax-wrong-axis", ("(log_p[", f"(np.log({other})[")
    )
    change(f"dx_of_a_softmax_over_{place}", "softmax-wrong-axis", ("p.copy()", other))
SHIFTED = "np.exp(x - x.max(axis=0))"
PER_CLASS = f"({SHIFTED} / {SHIFTED}.sum(axis=1, keepdims=True))"
change("p_of_scores_shifted_by_class", "softmax-shift-differs", ("softmax(x)", PER_CLASS))
change(
    "loss_of_scores_shifted_by_class",
    "softmax-shift-differs",
    ("(log_p[", f"(np.log({PER_CLASS})["),
)
# the Jacobian of softmax: twice, its diagonal only, not at all
change(
    "jacobian_on_the_residual",
    "softmax-jacobian-twice",
    ("dx /= N", "dx = p * (dx - np.sum(p * dx, axis=1, keepdims=True)) / N"),
)
change(
    "diagonal_only",
    "softmax-diagonal-only",
    ("p.copy()", "np.zeros(p.shape)"),
    ("-= 1", f"= -1 / {OF_THE_CLASS}"),
    ("dx /= N", "dx *= p * (1 - p) / N"),
)
change(
    "only_the_true_class",
    "softmax-diagonal-only",
    ("p.copy()", "np.zeros(p.shape)"),
    ("-= 1", f"= {OF_THE_CLASS} - 1"),
)
change(
    "dp_taken_for_dx",
    "missing-activation-derivative",
    ("p.copy()", "np.zeros(p.shape)"),
    ("-= 1", f"= -1 / {OF_THE_CLASS}"),
)
change(
    "residual_times_p_one_minus_p", "output-derivative-twice", ("dx /= N", "dx *= p * (1 - p) / N")
)
# indices, arguments changed in place, numbers too large
change(
    "one_subtracted_in_whole_columns",
    "whole-columns-indexed",
    ("dx[np.arange(N), y]", "dx[:, y]"),
)
change(
    "scores_shifted_in_place",
    "da-mutated-in-place",
    ("    p = softmax(x)", "    x -= x.max(axis=1, keepdims=True)\n    p = softmax(x)"),
)
change(
    "p_becomes_the_residual_before_the_loss",
    "inplace-p-minus-y",
    (f"    loss = {LOSS}\n", ""),
    ("p.copy()", "p"),
    ("    dx /= N", f"    loss = -np.sum(np.log(np.abs({OF_THE_CLASS}))) / N\n    dx /= N"),
)
change(
    "exponentials_overflow",
    None,
    ("softmax(x)", "np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)"),
    reason="overflow of exp for large scores: no wrong formula",
)
