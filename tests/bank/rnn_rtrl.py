"""Unit 07, slips in forward accumulation (RTRL): direct and total, immediate and total."""

import numpy as np

from .registry import mutants_of
from .rnn import rnn_cell_backward

mutant = mutants_of("rnn")


@mutant("immediate-vs-total-derivative", of="rtrl_dWaa", also=("bptt-missing-da-prevt",))
def direct_times_immediate(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.zeros((n_a, n_a, n_a, m))
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
    return dWaa


@mutant("immediate-vs-total-derivative", of="rtrl_dWaa", also=("bptt-double-count",))
def total_times_total(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    da_total, later = np.zeros(da.shape), 0
    for t in reversed(range(T_x)):
        da_total[:, :, t] = da[:, :, t] + later
        later = rnn_cell_backward(da_total[:, :, t], caches[t])["da_prev"]
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da_total[:, :, t], total)
    return dWaa


@mutant("da-prev-skips-tanh", of="rtrl_dWaa")
def recursion_skips_tanh(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += (1 - a_next[i] ** 2) * a_prev
        total = through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
    return dWaa


@mutant("waa-no-transpose", of="rtrl_dWaa")
def recursion_with_Waa_transposed(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ji,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
    return dWaa


@mutant("bptt-last-loss-only", of="rtrl_dWaa")
def last_loss_only(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
    dWaa += np.einsum("im,iklm->kl", da[:, :, -1], total)
    return dWaa


@mutant("dwaa-uses-a-next", of="rtrl_dWaa")
def immediate_part_with_a_next(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_next
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
    return dWaa


@mutant("bptt-overwrite-not-accumulate", of="rtrl_dWaa", also=("bptt-last-loss-only",))
def sum_overwritten(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa = np.einsum("im,iklm->kl", da[:, :, t], total)
    return dWaa


@mutant("missing-activation-derivative", of="rtrl_dWaa")
def tanh_forgotten(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
    return dWaa


@mutant("dw-transposed", of="rtrl_dWaa")
def transposed_result(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    for t in range(T_x):
        a_next, a_prev, xt, parameters = caches[t]
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->lk", da[:, :, t], total)
    return dWaa
