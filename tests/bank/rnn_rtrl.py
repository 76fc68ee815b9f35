"""Unit 07, slips in forward accumulation (RTRL): direct and total, immediate and total."""

import numpy as np

from .registry import mutants_of
from .rnn import rnn_cell_forward

mutant = mutants_of("rnn")


@mutant("immediate-vs-total-derivative", of="rtrl_dWaa", also=("bptt-missing-da-prevt",))
def direct_times_immediate(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.zeros((n_a, n_a, n_a, m))
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


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


@mutant("da-prev-skips-tanh", of="rtrl_dWaa")
def recursion_skips_tanh(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += (1 - a_next[i] ** 2) * a_prev
        total = through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


@mutant("waa-no-transpose", of="rtrl_dWaa")
def recursion_with_Waa_transposed(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ji,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


@mutant("bptt-last-loss-only", of="rtrl_dWaa")
def last_loss_only(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        a_prev = a_next
    dWaa += np.einsum("im,iklm->kl", da[:, :, -1], total)
    return dWaa


@mutant("dwaa-uses-a-next", of="rtrl_dWaa")
def immediate_part_with_a_next(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_next
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


@mutant("bptt-overwrite-not-accumulate", of="rtrl_dWaa", also=("bptt-last-loss-only",))
def sum_overwritten(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa = np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


@mutant("missing-activation-derivative", of="rtrl_dWaa")
def tanh_forgotten(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


@mutant("dw-transposed", of="rtrl_dWaa")
def transposed_result(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->lk", da[:, :, t], total)
        a_prev = a_next
    return dWaa
