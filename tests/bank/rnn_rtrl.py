"""Unit 07, slips in forward accumulation (RTRL): direct and total, immediate and total."""

import numpy as np

from .change import changes_of
from .registry import mutants_of
from .rnn import rnn_cell_forward, rtrl_dWaa

mutant = mutants_of("rnn")
change = changes_of("rnn", rtrl_dWaa)
THROUGH = 'np.einsum("ij,jklm->iklm", parameters["Waa"], total)'
SUM, SLOPE = (
    'dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)',
    "(1 - a_next**2)[:, None, None, :]",
)

change(
    "direct_times_immediate",
    "immediate-vs-total-derivative",
    (THROUGH, "np.zeros(total.shape)"),
    also=("bptt-missing-da-prevt",),
)
change(
    "recursion_skips_tanh",
    "da-prev-skips-tanh",
    ("+= a_prev", "+= (1 - a_next[i] ** 2) * a_prev"),
    (f"{SLOPE} * through", "through"),
)
change("recursion_with_Waa_transposed", "waa-no-transpose", ('"ij,', '"ji,'))
change(
    "last_loss_only",
    "bptt-last-loss-only",
    (f"        {SUM}\n", ""),
    ("    return", f"    {SUM}\n    return"),
)
change("immediate_part_with_a_next", "dwaa-uses-a-next", ("+= a_prev", "+= a_next"))
change(
    "sum_overwritten",
    "bptt-overwrite-not-accumulate",
    ("dWaa +=", "dWaa ="),
    also=("bptt-last-loss-only",),
)
change("tanh_forgotten", "missing-activation-derivative", (f"{SLOPE} * ", ""))
change("transposed_result", "dw-transposed", ("->kl", "->lk"))


@mutant("immediate-vs-total-derivative", of="rtrl_dWaa", also=("bptt-double-count",))
def total_times_total(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    da_total, later = np.zeros(da.shape), 0
    states = [a0]
    for t in range(T_x):
        states.append(rnn_cell_forward(x[:, :, t], states[t], parameters)[0])
    for t in reversed(range(T_x)):
        da_total[:, :, t] = da[:, :, t] + later
        later = parameters["Waa"].T @ ((1 - states[t + 1] ** 2) * da_total[:, :, t])
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da_total[:, :, t], total)
        a_prev = a_next
    return dWaa
