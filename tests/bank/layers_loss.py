"""Unit 03, slips in softmax with cross-entropy."""

import numpy as np

from .layers import softmax
from .registry import mutants_of

mutant = mutants_of("layers")


@mutant("sum-loss-vs-mean-loss", of="softmax_loss", also=("missing-one-over-m",))
def dx_of_the_sum(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    return loss, dx


@mutant("sum-loss-vs-mean-loss", of="softmax_loss")
def loss_is_the_sum(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y]))
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


@mutant("one-over-m-twice", of="softmax_loss")
def dx_averaged_twice(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx = dx / N / N
    return loss, dx


@mutant("wrong-m", of="softmax_loss")
def N_counts_classes(x, y):
    N = x.shape[0]
    C = x.shape[1]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= C
    return loss, dx


@mutant("sign-flip", of="softmax_loss")
def y_minus_p(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = -p
    dx[np.arange(N), y] += 1
    dx /= N
    return loss, dx


@mutant("softmax-jacobian-twice", of="softmax_loss")
def jacobian_on_the_residual(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx = p * (dx - np.sum(p * dx, axis=1, keepdims=True)) / N
    return loss, dx


@mutant("softmax-diagonal-only", of="softmax_loss")
def diagonal_only(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dp = np.zeros(p.shape)
    dp[np.arange(N), y] = -1 / p[np.arange(N), y] / N
    dx = dp * p * (1 - p)
    return loss, dx


@mutant("missing-activation-derivative", of="softmax_loss")
def dp_taken_for_dx(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = np.zeros(p.shape)
    dx[np.arange(N), y] = -1 / p[np.arange(N), y] / N
    return loss, dx


@mutant("loss-derivative-wrong", of="softmax_loss")
def residual_times_two(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx *= 2 / N
    return loss, dx


@mutant("output-derivative-twice", of="softmax_loss")
def residual_times_p_one_minus_p(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx = dx * p * (1 - p) / N
    return loss, dx


@mutant(None, of="softmax_loss", reason="an indexing slip that hits whole columns: no entry")
def one_subtracted_in_whole_columns(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[:, y] -= 1
    dx /= N
    return loss, dx


@mutant("softmax-diagonal-only", of="softmax_loss")
def only_the_true_class(x, y):
    N = x.shape[0]
    p = softmax(x)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = np.zeros(p.shape)
    dx[np.arange(N), y] = (p[np.arange(N), y] - 1) / N
    return loss, dx


@mutant(
    None,
    of="softmax_loss",
    reason="the caller's scores are changed; the catalogue has p changed, not x",
)
def scores_shifted_in_place(x, y):
    N = x.shape[0]
    x -= x.max(axis=1, keepdims=True)
    p = np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


@mutant("inplace-p-minus-y", of="softmax_loss")
def p_becomes_the_residual_before_the_loss(x, y):
    N = x.shape[0]
    p = softmax(x)
    dx = p
    dx[np.arange(N), y] -= 1
    loss = -np.sum(np.log(np.abs(p[np.arange(N), y]))) / N
    dx /= N
    return loss, dx


@mutant(None, of="softmax_loss", reason="overflow of exp for large scores: no wrong formula")
def exponentials_overflow(x, y):
    N = x.shape[0]
    p = np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
