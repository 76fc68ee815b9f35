"""Unit 10b, slips of one step, of the loss of a word, and on the way back."""

from .change import changes_of
from .characters import rnn_backward, rnn_forward, rnn_step_forward

SAYS = "told by what the check expects"

change = changes_of("characters", rnn_step_forward)
change("softmax_over_axis_1", "softmax-wrong-axis", ("np.sum(e, axis=0)", "np.sum(e, 1)[:, None]"))
change("a_column_for_the_sum", "softmax-wrong-axis", ("e / np.sum(e, axis=0)", "e / e"))
change("no_bias", None, (' + parameters["b"]', ""), reason=SAYS)
change("no_output_bias", None, (' + parameters["by"]', ""), reason=SAYS)
change("no_state", None, (" + np.dot(Waa, a_prev)", ""), reason=SAYS)
change("scores_from_a_prev", None, ("np.dot(Wya, a_next)", "np.dot(Wya, a_prev)"), reason=SAYS)
change("mean_for_sum", None, ("np.sum(e", "np.mean(e"), reason=SAYS)

change = changes_of("characters", rnn_forward)
NONE = "        if X[t] is not None:\n            x[t][X[t]] = 1\n"
change("none_unasked", "word-none-is-all-ones", (NONE, "        x[t][X[t]] = 1\n"))
change(
    "truth_of_the_index",
    None,
    ("if X[t] is not None", "if X[t]"),
    reason=SAYS,
)
change("last_letter_alone", "word-loss-last-letter", ("loss -= np", "loss = -np"))
change("mean_of_letters", "divide-by-T", ("return loss,", "return loss / len(X),"))
change(
    "divided_in_the_loop",
    "divide-by-T",
    ("loss -= np.log(p[t][Y[t], 0])", "loss -= np.log(p[t][Y[t], 0]) / len(Y)"),
)
change("starts_with_zeros", "word-state-not-carried", ("np.copy(a_prev)", "0 * a_prev"))
change("sign_of_the_loss", None, ("loss -= np", "loss += np"), reason=SAYS)
change("letter_that_was_read", None, ("p[t][Y[t], 0]", "p[t][X[t] or 0, 0]"), reason=SAYS)
change(
    "state_forgotten", None, ("parameters, a[t - 1], x[t]", "parameters, a[-1], x[t]"), reason=SAYS
)

change = changes_of("characters", rnn_backward)
CARRY = " + da_prevt"
change("no_carry", "bptt-missing-da-prevt", (CARRY, ""))
change(
    "carry_never_written",
    "bptt-missing-da-prevt",
    ("da_prevt = np.dot(Waa.T, dz)", "np.dot(Waa.T, dz)"),
)
change("every_ds_over_T", "divide-by-T", ("ds[Y[t]] -= 1", "ds[Y[t]] -= 1\n        ds /= len(X)"))
change(
    "all_over_T_at_the_end",
    "divide-by-T",
    ("return gradients, a", "return {k: g / len(X) for k, g in gradients.items()}, a"),
)
change("no_slope", "missing-activation-derivative", ("(1 - a[t] ** 2) * da", "da"))
change("unsquared", "derivative-unsquared", ("a[t] ** 2", "a[t]"))
change("next_state", "dwaa-uses-a-next", ("a[t - 1].T", "a[t].T"))
change("Waa_not_transposed", "waa-no-transpose", ("Waa.T, dz", "Waa, dz"))
change(
    "overwritten",
    "bptt-overwrite-not-accumulate",
    ('["dWaa"] += np', '["dWaa"] = np'),
    ('["dWax"] += np', '["dWax"] = np'),
    ('["db"] += dz', '["db"] = dz'),
)
change(
    "output_of_one_step",
    None,
    ('["dWya"] += np', '["dWya"] = np'),
    ('["dby"] += ds', '["dby"] = ds'),
    reason="it keeps the first step, in words of the edit",
)
change(
    "last_loss_alone",
    "bptt-last-loss-only",
    (
        "da = np.dot(Wya.T, ds) + da_prevt",
        "da = (np.dot(Wya.T, ds) if t == len(X) - 1 else 0) + da_prevt",
    ),
)
change("upwards_alone", "bptt-da-ignored", ("np.dot(Wya.T, ds) + da_prevt", "da_prevt"))
change("y_minus_p", "sign-flip", ("ds[Y[t]] -= 1", "ds[Y[t]] -= 1\n        ds = -ds"))
change("writes_into_the_cache", "da-mutated-in-place", ("np.copy(p[t])", "p[t]"))
change("b_is_forgotten", "db-forgotten", ('gradients["db"] += dz', "pass"))
