"""Unit 03, slips in the affine layer: transposes, axes, scale."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("layers")


@mutant("missing-w-transpose", of="affine_backward")
def w_not_transposed(dout, cache):
    x, w, b = cache
    dx = (dout @ w).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("dw-transposed", of="affine_backward", also=("row-vs-column-layout",))
def dw_is_dout_T_times_x(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = dout.T @ x.reshape(x.shape[0], -1)
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("row-vs-column-layout", of="affine_backward")
def formulas_for_columns(dout, cache):
    x, w, b = cache
    dx = w.T @ dout
    dw = dout @ x.reshape(x.shape[0], -1).T
    db = np.sum(dout, axis=1)
    return dx, dw, db


@mutant("elementwise-vs-matmul", of="affine_backward")
def dw_by_multiply(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1) * dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("elementwise-vs-matmul", of="affine_backward")
def dx_by_multiply(dout, cache):
    x, w, b = cache
    dx = (dout * w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("one-over-m-twice", of="affine_backward")
def dw_and_db_averaged(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout / x.shape[0]
    db = np.mean(dout, axis=0)
    return dx, dw, db


@mutant("one-over-m-per-layer", of="affine_backward")
def dx_averaged(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape) / x.shape[0]
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("db-mean-and-one-over-m", of="affine_backward")
def db_averaged(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.mean(dout, axis=0)
    return dx, dw, db


@mutant("db-wrong-axis", of="affine_backward")
def db_over_axis_1(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=1)
    return dx, dw, db


@mutant(
    None, of="affine_backward", reason="a (1, M) bias gradient: the catalogue has a lost axis only"
)
def db_with_keepdims(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0, keepdims=True)
    return dx, dw, db


@mutant("db-no-sum", of="affine_backward")
def db_is_dout(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = dout
    return dx, dw, db


@mutant("db-sum-all", of="affine_backward")
def db_is_one_number(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.full(b.shape, np.sum(dout))
    return dx, dw, db


@mutant("db-from-dw-rowsum", of="affine_backward")
def db_from_dw(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dw, axis=0)
    return dx, dw, db


@mutant("db-forgotten", of="affine_backward")
def db_left_zero(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.zeros_like(b)
    return dx, dw, db


@mutant("dw-instead-of-w", of="affine_backward")
def signal_through_dw(dout, cache):
    x, w, b = cache
    dx = (dout @ (x.reshape(x.shape[0], -1).T @ dout).T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("input-grad-counted-twice", of="affine_backward")
def dx_added_twice(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T + dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant(
    None, of="affine_backward", reason="dx has not the shape of x: no entry for a forgotten reshape"
)
def dx_left_flat(dout, cache):
    x, w, b = cache
    dx = dout @ w.T
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("sign-flip", of="affine_backward")
def dw_negative(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = -(x.reshape(x.shape[0], -1).T @ dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


@mutant("dw-uses-own-activation", of="affine_forward")
def caches_out_for_x(x, w, b):
    out = x.reshape(x.shape[0], -1) @ w + b
    return out, (out, w.copy(), b.copy())


@mutant(None, of="affine_forward", reason="a forward slip: the bias is missing")
def bias_forgotten(x, w, b):
    return x.reshape(x.shape[0], -1) @ w, (x.copy(), w.copy(), b.copy())


@mutant(None, of="affine_forward", reason="a forward slip: w is transposed")
def forward_with_w_transposed(x, w, b):
    return x.reshape(x.shape[0], -1) @ w.T + b, (x.copy(), w.copy(), b.copy())


@mutant("cache-borrowed", of="affine_forward")
def keeps_the_arrays_of_the_caller(x, w, b):
    return x.reshape(x.shape[0], -1) @ w + b, (x, w, b)


@mutant("cache-borrowed", of="affine_forward")
def keeps_a_view_of_w(x, w, b):
    return x.reshape(x.shape[0], -1) @ w + b, (x.copy(), w.T.T, b.copy())
