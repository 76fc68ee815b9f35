"""Unit 07, slips in rnn_backward: scale, bias and behaviour."""

from typing import Any

import numpy as np

from .registry import mutants_of
from .rnn import empty_gradients, rnn_cell_backward

mutant = mutants_of("rnn")
kept: dict[str, Any] = {}


@mutant("divide-by-T", of="rnn_backward")
def divided_by_T(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return {key: value / da.shape[2] for key, value in grads.items()}


@mutant("rnn-divide-by-m-again", of="rnn_backward")
def weights_averaged_at_the_end(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    for key in ("dWax", "dWaa", "dba"):
        grads[key] /= da.shape[1]
    return grads


@mutant("one-over-m-twice", of="rnn_backward")
def da_divided_by_m_again(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    m = da.shape[1]
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] / m + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant(
    None,
    of="rnn_backward",
    reason="one-over-m-per-layer in time: 1/m at each step; the catalogue has it for layers only",
)
def divided_by_m_at_every_step(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    m = da.shape[1]
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward((da[:, :, t] + da_prevt) / m, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("db-no-keepdims", of="rnn_backward")
def dba_flat(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    grads["dba"] = np.zeros(da.shape[0])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        grads["dWax"] += one["dWax"]
        grads["dWaa"] += one["dWaa"]
        grads["dba"] += one["dba"][:, 0]
    grads["da0"] = da_prevt
    return grads


@mutant("dba-broadcast-square", of="rnn_backward")
def dba_square(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        grads["dWax"] += one["dWax"]
        grads["dWaa"] += one["dWaa"]
        grads["dba"] = grads["dba"] + one["dba"][:, 0]
    grads["da0"] = da_prevt
    return grads


@mutant("da-mutated-in-place", of="rnn_backward")
def da_added_to_in_place(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        da[:, :, t] += da_prevt
        one = rnn_cell_backward(da[:, :, t], caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant(None, of="rnn_backward", reason="the carry is subtracted, the rest is right: no entry")
def carry_subtracted(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] - da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("clip-wrong-place", of="rnn_backward")
def clips_what_enters_the_cell(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        total = np.clip(da[:, :, t] + da_prevt, -0.5, 0.5)
        one = rnn_cell_backward(total, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("immediate-vs-total-derivative", of="rnn_backward")
def weights_from_the_direct_part(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        direct = rnn_cell_backward(da[:, :, t], caches[t])
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += direct[key]
    grads["da0"] = da_prevt
    return grads


@mutant(
    None,
    of="rnn_backward",
    reason="truncated: hidden-state-carry is the reverse",
)
def gradient_cut_every_two_steps(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        if t % 2 == 1:
            da_prevt = np.zeros(da.shape[:2])
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("grads-not-reset", of="rnn_backward", state=("kept",))
def gradients_kept_from_earlier_calls(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    for key in grads:
        if key in kept and kept[key].shape == grads[key].shape:
            grads[key] = grads[key] + kept[key]
    kept.update(grads)
    return grads
