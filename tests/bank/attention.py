"""The right functions of unit 12; the heads have an axis of their own, as in most public code.

Rows are positions; derivatives are those of sum(dout * out).
"""

import numpy as np

from .registry import family


def softmax_rows_backward(dP, P):
    dot = np.sum(dP * P, axis=-1, keepdims=True)
    return P * (dP - dot)


def attention_forward(Q, K, V, mask=None):
    d_k = Q.shape[-1]
    scores = Q @ K.T / np.sqrt(d_k)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    scores = scores - np.max(scores, axis=-1, keepdims=True)
    exps = np.exp(scores)
    P = exps / np.sum(exps, axis=-1, keepdims=True)
    out = P @ V
    return out, (Q.copy(), K.copy(), V.copy(), P)


def attention_backward(dout, cache):
    Q, K, V, P = cache
    d_k = Q.shape[-1]
    dV = P.T @ dout
    dP = dout @ V.T
    dS = softmax_rows_backward(dP, P)
    dQ = dS @ K / np.sqrt(d_k)
    dK = dS.T @ Q / np.sqrt(d_k)
    return dQ, dK, dV


def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    T, D = X.shape
    E = Wq.shape[1]
    d = E // n_heads
    Q = (X @ Wq).reshape(T, n_heads, d).transpose(1, 0, 2)
    K = (X @ Wk).reshape(T, n_heads, d).transpose(1, 0, 2)
    V = (X @ Wv).reshape(T, n_heads, d).transpose(1, 0, 2)
    scores = Q @ K.transpose(0, 2, 1) / np.sqrt(d)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    exps = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    P = exps / np.sum(exps, axis=-1, keepdims=True)
    heads = P @ V
    H = heads.transpose(1, 0, 2).reshape(T, E)
    out = X + H @ Wo
    kept = tuple(W.copy() for W in (X, Wq, Wk, Wv, Wo))
    return out, (*kept, Q, K, V, P, H)


def self_attention_backward(dout, cache):
    X, Wq, Wk, Wv, Wo, Q, K, V, P, H = cache
    n_heads, T, d = Q.shape
    E = n_heads * d
    dWo = H.T @ dout
    dH = dout @ Wo.T
    dheads = dH.reshape(T, n_heads, d).transpose(1, 0, 2)
    dV = P.transpose(0, 2, 1) @ dheads
    dP = dheads @ V.transpose(0, 2, 1)
    dS = P * (dP - np.sum(dP * P, axis=-1, keepdims=True))
    dQ = dS @ K / np.sqrt(d)
    dK = dS.transpose(0, 2, 1) @ Q / np.sqrt(d)
    dQ = dQ.transpose(1, 0, 2).reshape(T, E)
    dK = dK.transpose(1, 0, 2).reshape(T, E)
    dV = dV.transpose(1, 0, 2).reshape(T, E)
    dX = dout + dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T
    dWq, dWk, dWv = X.T @ dQ, X.T @ dK, X.T @ dV
    return dX, dWq, dWk, dWv, dWo


family("attention", globals())
