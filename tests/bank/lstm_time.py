"""Unit 09, slips in LSTM back-propagation through time, and in what the forward pass keeps."""

import numpy as np

from .change import changes_of
from .lstm import lstm_backward, lstm_cell_forward, lstm_forward
from .registry import mutants_of

mutant = mutants_of("lstm")
change = changes_of("lstm", lstm_backward)
TOTAL, DA0 = "da[:, :, t] + da_prevt", '["da0"] = da_prevt'

change("da_prevt_forgotten", "bptt-missing-da-prevt", (" + da_prevt", ""))
change(
    "dc_not_carried",
    "lstm-dc-next-missing",
    ('da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]', 'da_prevt = one["da_prev"]'),
)
change("last_loss_only", "bptt-last-loss-only", (TOTAL, "da[:, :, t] * (t == T_x - 1) + da_prevt"))
change("runs_forwards", "bptt-forward-direction", ("reversed(range(T_x))", "range(T_x)"))
change(
    "weights_overwritten",
    "bptt-overwrite-not-accumulate",
    ('["dW" + gate] +=', '["dW" + gate] ='),
    ('["db" + gate] +=', '["db" + gate] ='),
)
change("cache_of_the_step_before", "bptt-wrong-cache", ("caches[t]", "caches[t - 1]"))
change("da0_left_zero", "da0-not-returned", (DA0, '["da0"] = np.zeros((n_a, m))'))
change(
    "da_added_to_in_place",
    "da-mutated-in-place",
    (
        f"one = lstm_cell_backward({TOTAL}",
        "da[:, :, t] += da_prevt\n        one = lstm_cell_backward(da[:, :, t]",
    ),
)
change(
    "divided_by_T",
    "divide-by-T",
    ("return grads", "return {key: value / T_x for key, value in grads.items()}"),
)
change(
    "the_two_lanes_swapped",
    "lstm-lanes-swapped",
    (f"{TOTAL}, dc_prevt", "da[:, :, t] + dc_prevt, da_prevt"),
)
CARRY = 'da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]'
change(
    "no_carry_at_all",
    "lstm-both-carries-missing",
    (CARRY, "pass"),
    (DA0, '["da0"] = one["da_prev"]'),
)
change(
    "no_carry_is_read",
    "lstm-both-carries-missing",
    (f"{TOTAL}, dc_prevt", "da[:, :, t], np.zeros((n_a, m))"),
)
change(
    "carries_exchanged_where_they_are_set",
    "lstm-lanes-swapped",
    (CARRY, 'da_prevt, dc_prevt = one["dc_prev"], one["da_prev"]'),
    (DA0, '["da0"] = one["da_prev"]'),
)
change(
    "da_prevt_piles_up",
    "bptt-double-count",
    (CARRY, 'da_prevt, dc_prevt = da_prevt + one["da_prev"], one["dc_prev"]'),
    (DA0, '["da0"] = one["da_prev"]'),
)
change(
    "dc_prevt_piles_up",
    "bptt-double-count",
    (CARRY, 'da_prevt, dc_prevt = one["da_prev"], dc_prevt + one["dc_prev"]'),
)
change(
    "both_carries_pile_up",
    "bptt-double-count",
    (CARRY, 'da_prevt, dc_prevt = da_prevt + one["da_prev"], dc_prevt + one["dc_prev"]'),
    (DA0, '["da0"] = one["da_prev"]'),
)
change(
    "da_prevt_piles_up_and_dc_prevt_is_never_set",
    "bptt-double-count",
    (CARRY, 'da_prevt = da_prevt + one["da_prev"]'),
    (DA0, '["da0"] = one["da_prev"]'),
)
change("da_never_enters", "bptt-da-ignored", (TOTAL, "da_prevt"))
change(
    "da_of_the_step_before", "upstream-means-earlier-layer", ("da[:, :, t] +", "da[:, :, t - 1] +")
)
change(
    "weights_alone_overwritten",
    "bptt-overwrite-not-accumulate",
    ('["dW" + gate] +=', '["dW" + gate] ='),
)
change(
    "biases_alone_overwritten",
    "bptt-overwrite-not-accumulate",
    ('["db" + gate] +=', '["db" + gate] ='),
)
change("cache_of_the_first_step", "bptt-wrong-cache", ("caches[t]", "caches[0]"))
change("cache_from_the_other_end", "bptt-wrong-cache", ("caches[t]", "caches[-1 - t]"))
change("dx_of_one_step", "dx-accumulated", ('grads["dx"][:, :, t] = one', 'grads["dx"] = one'))
change(
    "everything_divided_by_m",
    "one-over-m-twice",
    ("return grads", "return {key: value / m for key, value in grads.items()}"),
)
change(
    "everything_negative", "sign-flip", ("return grads", "return {k: -v for k, v in grads.items()}")
)

change = changes_of("lstm", lstm_forward)

change(
    "one_cache_T_times",
    "alias-last-cache",
    ("(caches, x.copy())", "([cache] * x.shape[2], x.copy())"),
)


change(
    "c_prev_looked_up_at_t_minus_1",
    "negative-index-wrap",
    (
        "return np.stack(a",
        "C = np.stack(c, axis=2)\n"
        "    caches = [(*k[:3], C[:, :, t - 1], *k[4:]) for t, k in enumerate(caches)]\n"
        "    return np.stack(a",
    ),
)
change(
    "a_prev_looked_up_at_t_minus_1",
    "negative-index-wrap",
    (
        "return np.stack(a",
        "A = np.stack(a, axis=2)\n"
        "    caches = [(*k[:2], A[:, :, t - 1], *k[3:]) for t, k in enumerate(caches)]\n"
        "    return np.stack(a",
    ),
)
change(
    "c_prev_is_one_buffer",
    "cache-view-aliasing",
    (
        "return np.stack(a",
        "caches = [(*k[:3], c_next, *k[4:]) for k in caches]\n    return np.stack(a",
    ),
)


@mutant("cache-view-aliasing", of="lstm_forward")
def c_next_is_a_view_of_c(x, a0, parameters):
    caches, y = [], []
    n_a, m = a0.shape
    a, c = np.zeros((n_a, m, x.shape[2])), np.zeros((n_a, m, x.shape[2]))
    a_next, c_next = a0, c[:, :, 0]
    for t in range(x.shape[2]):
        xt = x[:, :, t].copy()
        a_next, c_next, yt, cache = lstm_cell_forward(xt, a_next, c_next, parameters)
        a[:, :, t], c[:, :, t] = a_next, c_next
        y.append(yt)
        caches.append(cache)
    return a, np.stack(y, axis=2), c, (caches, x)
