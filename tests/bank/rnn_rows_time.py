"""Unit 07b, slips in the loops: what enters a step, the cache of another one, sums and scale."""

import numpy as np

from .change import changes_of
from .registry import mutants_of
from .rnn_rows import rnn_backward, rnn_forward, rnn_step_backward, rnn_step_forward

mutant = mutants_of("rnn_rows")
change = changes_of("rnn_rows", rnn_backward)
TOTAL, ZERO = "dh[:, t, :] + dprev_h", "np.zeros((N, H))"
LOOP, RETURN = "reversed(range(T))", "return dx, dprev_h, dWx, dWh, db"
STEP = "dxt, dprev_h, dWxt"
SUMS = ("dWx += dWxt", "dWh += dWht", "db += dbt")

# what goes into the step
change("dprev_h_forgotten", "bptt-missing-da-prevt", (" + dprev_h", ""))
change("dh_ignored", "bptt-da-ignored", (TOTAL, "dprev_h"))
change(
    "starts_at_the_last_loss_only", "bptt-last-loss-only", (ZERO, "dh[:, -1]"), (TOTAL, "dprev_h")
)
change("runs_forwards", "bptt-forward-direction", (LOOP, "range(T)"))
change(
    "adds_dh_of_the_step_before",
    "bptt-da-prevt-equals-da-t-minus-1",
    (STEP, f"dprev_h = dh[:, t - 1] if t > 0 else 0\n        {STEP}"),
)
change("dh_of_the_step_before", "upstream-means-earlier-layer", ("dh[:, t, :]", "dh[:, t - 1, :]"))
change(
    "clips_dprev_h",
    "clip-wrong-place",
    (TOTAL, "dh[:, t, :] + np.clip(dprev_h, -0.1, 0.1)"),
    (RETURN, "return dx, np.clip(dprev_h, -0.1, 0.1), dWx, dWh, db"),
)
change("clips_what_enters_the_step", "clip-wrong-place", (TOTAL, f"np.clip({TOTAL}, -0.5, 0.5)"))
change("carry_subtracted", "sign-flip", ("+ dprev_h", "- dprev_h"))
change(
    "one_example_at_all_steps",
    None,
    ("dh[:, t, :]", "dh[t]"),
    reason="raises, or broadcasts with N = 1",
)
change(
    "added_into_dh",
    "da-mutated-in-place",
    (STEP, f"dh[:, t] += dprev_h\n        {STEP}"),
    (TOTAL, "dh[:, t]"),
)
change("dh_divided_by_N_again", "one-over-m-twice", (TOTAL, "dh[:, t, :] / N + dprev_h"))
change(
    "divided_by_N_at_every_step",
    "one-over-m-per-layer",
    (TOTAL, "(dh[:, t, :] + dprev_h) / N"),
)
change(
    "dprev_h_piles_up",
    "bptt-carry-accumulated",
    (STEP, "dxt, one, dWxt"),
    ("dWx += dWxt", "dprev_h = dprev_h + one\n        dWx += dWxt"),
)
change(
    "dh0_added_up",
    "da0-added-up",
    ("dWx += dWxt", "dWx += dWxt\n        dh0 = dprev_h + (dh0 if t < T - 1 else 0)"),
    (RETURN, "return dx, dh0, dWx, dWh, db"),
)
change("first_step_left_out", "bptt-steps-left-out", (LOOP, "range(T - 1, 0, -1)"))
change("last_step_left_out", "bptt-steps-left-out", (LOOP, "reversed(range(T - 1))"))

# the cache of another step
change("always_the_first_cache", "bptt-wrong-cache", ("cache[t]", "cache[0]"))
change("cache_of_the_step_before", "bptt-wrong-cache", ("cache[t]", "cache[t - 1]"))
change("caches_from_the_other_end", "bptt-wrong-cache", ("cache[t]", "cache[-1 - t]"))
change("the_last_cache_everywhere", "alias-last-cache", ("cache[t]", "cache[-1]"))
change(
    "prev_h_looked_up_at_t_minus_1",
    "negative-index-wrap",
    ("cache[t]", "(cache[t][0], cache[t - 1][-1], *cache[t][2:])"),
)

# sums, dx, dh0, scale
change(
    "weights_overwritten",
    "bptt-overwrite-not-accumulate",
    *((s, s.replace("+=", "=")) for s in SUMS),
)
change("dWh_overwritten", "bptt-overwrite-not-accumulate", ("dWh += dWht", "dWh = dWht"))
change(
    "weights_from_the_direct_part",
    "immediate-vs-total-derivative",
    (
        "dx[:, t, :] = dxt",
        "dx[:, t, :] = dxt\n        *_, dWxt, dWht, dbt = rnn_step_backward(dh[:, t], cache[t])",
    ),
)
change(
    "dx_accumulated",
    "dx-accumulated",
    ("dx[:, t, :] = dxt", "dx[:, : t + 1, :] += dxt[:, None]"),
)
change("dx_of_one_step_only", "dx-accumulated", ("dx[:, t, :] = dxt", "dx = dxt"))
change("dh0_left_zero", "da0-not-returned", (RETURN, "return dx, np.zeros((N, H)), dWx, dWh, db"))
change(
    "dh0_is_dh_of_step_one",
    "da0-not-returned",
    (RETURN, "return dx, dh[:, 0].copy(), dWx, dWh, db"),
)
change(
    "divided_by_T", "divide-by-T", (RETURN, "return dx / T, dprev_h / T, dWx / T, dWh / T, db / T")
)
change(
    "weights_averaged_at_the_end",
    "rnn-divide-by-m-again",
    (RETURN, "return dx, dprev_h, dWx / N, dWh / N, db / N"),
)
change("everything_twice", "loss-derivative-wrong", (TOTAL, "2 * dh[:, t, :] + dprev_h"))
change("sign_flipped", "sign-flip", (TOTAL, "dprev_h - dh[:, t, :]"))


@mutant("bptt-quadratic-cost", of="rnn_backward")
def one_traversal_per_loss(dh, cache):
    (N, T, _), D = dh.shape, cache[0][0].shape[1]
    dx, dh0, dWx, dWh, db = np.zeros((N, T, D)), 0, 0, 0, 0
    for i in range(T - 1, -1, -1):
        dh_j = dh[:, i, :]
        for j in range(i, -1, -1):
            dx_j, dh_j, dWx_j, dWh_j, db_j = rnn_step_backward(dh_j, cache[j])
            dx[:, j, :] += dx_j
            dh0 = dh0 + (dh_j if j == 0 else 0)
            dWx, dWh, db = dWx + dWx_j, dWh + dWh_j, db + db_j
    return dx, dh0, dWx, dWh, db


@mutant("bptt-cell-called-twice", of="rnn_backward")
def two_calls_a_step(dh, cache):
    (N, T, H), D = dh.shape, cache[0][0].shape[1]
    dx, dprev_h, sums = np.zeros((N, T, D)), np.zeros((N, H)), [0, 0, 0]
    for t in reversed(range(T)):
        direct = rnn_step_backward(dh[:, t], cache[t])
        later = rnn_step_backward(dprev_h, cache[t])
        dx[:, t], dprev_h = direct[0] + later[0], direct[1] + later[1]
        sums = [s + d + a for s, d, a in zip(sums, direct[2:], later[2:], strict=True)]
    return dx, dprev_h, *sums


@mutant("bptt-loops-without-carry", of="rnn_backward")
def nested_loops_that_hand_nothing_on(dh, cache):
    (N, T, H), D = dh.shape, cache[0][0].shape[1]
    dx, dprev_h, dWx, dWh, db = np.zeros((N, T, D)), np.zeros((N, H)), 0, 0, 0
    for s in range(T):
        for t in range(s, -1, -1):
            dxt, dh0, a, c, d = rnn_step_backward(dh[:, t] + dprev_h, cache[t])
            dx[:, t] += dxt
            dWx, dWh, db = dWx + a, dWh + c, db + d
    return dx, dh0, dWx, dWh, db


change = changes_of("rnn_rows", rnn_forward)
FORWARD = "a slip of the forward pass; the catalogue is of gradients"
change("always_from_h0", None, ("x[:, t, :], prev_h", "x[:, t, :], h0"), reason=FORWARD)


@mutant("negative-index-wrap", of="rnn_forward", also=("cache-view-aliasing",))
def h0_in_the_last_place_of_h(x, h0, Wx, Wh, b):
    """h[:, t - 1] is h0 at t = 0; the view of it in the first cache is overwritten by the last."""
    N, T, D = x.shape
    h, cache = np.zeros((N, T, h0.shape[1])), []
    h[:, -1, :] = h0
    for i in range(T):
        h[:, i, :], step = rnn_step_forward(x[:, i, :], h[:, i - 1, :], Wx, Wh, b)
        cache.append(step)
    return h, cache
