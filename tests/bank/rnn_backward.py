"""Unit 07, slips in rnn_backward: what enters the cell at each step, and with which cache."""

import numpy as np

from .change import changes_of
from .registry import mutants_of
from .rnn import empty_gradients, rnn_backward, rnn_backward_tree, rnn_cell_backward

mutant = mutants_of("rnn")
change = changes_of("rnn", rnn_backward)
TOTAL, CELL = "da[:, :, t] + da_prevt", "one = rnn_cell_backward("
CARRY = 'one["da_prev"]'
STEPS, ZERO = "reversed(range(da.shape[2]))", "np.zeros(da.shape[:2])"
DA0 = 'grads["da0"] = da_prevt'

# what goes into the cell at each step
change("da_prevt_forgotten", "bptt-missing-da-prevt", (" + da_prevt", ""))
change("da_ignored", "bptt-da-ignored", (TOTAL, "da_prevt"))
change(
    "starts_at_the_last_loss_only",
    "bptt-last-loss-only",
    (ZERO, "da[:, :, -1]"),
    (TOTAL, "da_prevt"),
)
change("runs_forwards", "bptt-forward-direction", (STEPS, "range(da.shape[2])"))
change(
    "adds_da_of_the_step_before",
    "bptt-da-prevt-equals-da-t-minus-1",
    (CELL, f"da_prevt = da[:, :, t - 1] if t > 0 else 0\n        {CELL}"),
)
change(
    "upstream_from_the_step_before",
    "upstream-means-earlier-layer",
    ("da[:, :, t]", "da[:, :, t - 1]"),
)
change(
    "carry_piles_up",
    "bptt-carry-accumulated",
    ("da_prevt = one", "da_prevt += one"),
)
change(
    "da0_added_up",
    "da0-added-up",
    (f"da_prevt = {CARRY}", f'da_prevt = {CARRY}\n        grads["da0"] += da_prevt'),
    (DA0, "pass"),
)
change(
    "carry_piles_up_but_for_da0",
    "bptt-carry-accumulated",
    ("da_prevt = one", "da_prevt += one"),
    (DA0, 'grads["da0"] = one["da_prev"]'),
)
change(
    "da_and_carry_pile_up",
    "bptt-carry-accumulated",
    (TOTAL, "da_prevt"),
    (CELL, f"da_prevt = {TOTAL}\n        {CELL}"),
    ("da_prevt = one", "da_prevt += one"),
)
change(
    "da_and_carry_pile_up_but_for_da0",
    "bptt-carry-accumulated",
    (TOTAL, "da_prevt"),
    (CELL, f"da_prevt = {TOTAL}\n        {CELL}"),
    ("da_prevt = one", "da_prevt += one"),
    (DA0, 'grads["da0"] = one["da_prev"]'),
)
change(
    "clips_inside_the_loop",
    "clip-wrong-place",
    ('one["da_prev"]', 'np.clip(one["da_prev"], -0.1, 0.1)'),
)
change("clips_what_enters_the_cell", "clip-wrong-place", (TOTAL, f"np.clip({TOTAL}, -0.5, 0.5)"))
change(
    "carry_subtracted",
    "sign-flip",
    ("+ da_prevt", "- da_prevt"),
)
change(
    "gradient_cut_every_two_steps",
    None,
    (TOTAL, "da[:, :, t] + da_prevt * (t % 2 == 0)"),
    reason="truncated: hidden-state-carry is the reverse",
)
change("first_step_left_out", "bptt-steps-left-out", ("range(da", "range(1, da"))
change(
    "da_of_the_next_step_for_the_carry",
    "bptt-da-prevt-equals-da-t-minus-1",
    (TOTAL, "da[:, :, t] + (da[:, :, t + 1] if t + 1 < da.shape[2] else 0)"),
)
change(
    "forwards_and_dx_turned_round",
    "bptt-forward-direction",
    (STEPS, "range(da.shape[2])"),
    ('["dx"][:, :, t]', '["dx"][:, :, -1 - t]'),
)
change("last_step_left_out", "bptt-steps-left-out", ("da.shape[2])", "da.shape[2] - 1)"))
change(
    "first_and_last_step_left_out",
    "bptt-steps-left-out",
    ("range(da.shape[2])", "range(1, da.shape[2] - 1)"),
)

change("clips_the_carry_at_one_half", "clip-wrong-place", (CARRY, f"np.clip({CARRY}, -0.5, 0.5)"))
change("clips_the_carry_at_one", "clip-wrong-place", (CARRY, f"np.clip({CARRY}, -1.0, 1.0)"))
change(
    "clips_what_enters_at_one_tenth", "clip-wrong-place", (TOTAL, f"np.clip({TOTAL}, -0.1, 0.1)")
)
change("clips_what_enters_at_one", "clip-wrong-place", (TOTAL, f"np.clip({TOTAL}, -1.0, 1.0)"))
change(
    "adds_da_of_the_step_before_with_wrap",
    "bptt-da-prevt-equals-da-t-minus-1",
    (CELL, f"da_prevt = da[:, :, t - 1]\n        {CELL}"),
)
change(
    "upstream_from_the_step_before_or_zero",
    "upstream-means-earlier-layer",
    ("da[:, :, t]", "da[:, :, t - 1] * (t > 0)"),
)
change(
    "upstream_from_the_step_after",
    "upstream-means-earlier-layer",
    ("da[:, :, t]", "(da[:, :, t + 1] if t + 1 < da.shape[2] else 0)"),
)

# the cache of another step
change("always_the_first_cache", "bptt-wrong-cache", ("caches[t]", "caches[0]"))
change("cache_of_the_step_before", "bptt-wrong-cache", ("caches[t]", "caches[t - 1]"))
change(
    "cache_of_the_step_after",
    "bptt-wrong-cache",
    ("caches[t]", "caches[min(t + 1, len(caches) - 1)]"),
)
change("caches_from_the_other_end", "bptt-wrong-cache", ("caches[t]", "caches[-1 - t]"))
change(
    "a_prev_looked_up_at_t_minus_1",
    "negative-index-wrap",
    ("caches[t]", "(caches[t][0], caches[t - 1][0], *caches[t][2:])"),
)

change = changes_of("rnn", rnn_backward_tree, of="rnn_backward")

change("one_traversal_per_loss", "bptt-quadratic-cost", ("grads, calls", "grads"))


@mutant("bptt-double-count", of="rnn_backward")
def nested_loops_and_a_carry(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    T_x = da.shape[2]
    da_prevt = np.zeros(da.shape[:2])
    for loss in reversed(range(T_x)):
        da_t = da[:, :, loss] + da_prevt
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            if t == loss:
                da_prevt = one["da_prev"]
                grads["dx"][:, :, t] = one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-loops-without-carry", of="rnn_backward")
def nested_loops_that_never_set_da_prevt(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for loss in range(da.shape[2]):
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
            grads["dx"][:, :, t] += one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
    grads["da0"] = one["da_prev"]
    return grads


@mutant("bptt-loops-without-carry", of="rnn_backward")
def nested_loops_with_the_loss_at_every_step(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    for loss in range(da.shape[2]):
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da[:, :, loss], caches[t])
            grads["dx"][:, :, t] = one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
        grads["da0"] += one["da_prev"]
    return grads


# the same loops, with dx and da0 summed or kept of the last round
own = changes_of("rnn", nested_loops_that_never_set_da_prevt, of="rnn_backward")
each = changes_of("rnn", nested_loops_with_the_loss_at_every_step, of="rnn_backward")
LOOPS, KEEP_DX = "bptt-loops-without-carry", ("[:, :, t] += one", "[:, :, t] = one")
ADD_DX = KEEP_DX[::-1]
LAST_DA0 = ('    grads["da0"] = one["da_prev"]\n', "")
WEIGHTS = "                grads[key] += one[key]\n"
SUM_DA0 = (WEIGHTS, WEIGHTS + '        grads["da0"] += one["da_prev"]\n')
own("nested_loops_da0_summed", LOOPS, LAST_DA0, SUM_DA0)
own("nested_loops_dx_of_the_last_round_da0_summed", LOOPS, KEEP_DX, LAST_DA0, SUM_DA0)
own("nested_loops_dx_of_the_last_round", LOOPS, KEEP_DX)
KEEP_DA0 = ('grads["da0"] += one', 'grads["da0"] = one')
each("nested_loops_of_the_loss_dx_summed", LOOPS, ADD_DX)
each("nested_loops_of_the_loss_dx_summed_da0_kept", LOOPS, ADD_DX, KEEP_DA0)
each("nested_loops_of_the_loss_da0_kept", LOOPS, KEEP_DA0)


@mutant("bptt-cell-called-twice", of="rnn_backward")
def two_cell_calls_per_step(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        direct = rnn_cell_backward(da[:, :, t], caches[t])
        later = rnn_cell_backward(da_prevt, caches[t])
        da_prevt = direct["da_prev"] + later["da_prev"]
        grads["dx"][:, :, t] = direct["dxt"] + later["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += direct[key] + later[key]
    grads["da0"] = da_prevt
    return grads


change = changes_of("rnn", nested_loops_and_a_carry, of="rnn_backward")

change(
    "nested_loops_and_a_carry_and_dx",
    "bptt-double-count",
    (
        '                grads["dx"][:, :, t] = one["dxt"]',
        '            grads["dx"][:, :, t] += one["dxt"]',
    ),
)
