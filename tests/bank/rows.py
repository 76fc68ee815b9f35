"""The right functions of unit 03, with the names and the layout of CS231n: rows are examples.

x: (N, d_1, ..., d_k), w: (D, M), b: (M,); scores: (N, C), labels y: (N,) of int. A layer of a
model has ``forward(x) -> out, cache`` and ``backward(dout, cache) -> dx, grads``, where grads is a
dict of the gradients of its parameters, empty if it has none. A cache owns its data.
"""

import numpy as np

from .registry import family


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1) @ w + b
    cache = (x.copy(), w.copy(), b.copy())
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(0, x)
    cache = x.copy()
    return out, cache


def relu_backward(dout, cache):
    x = cache
    return dout * (x > 0)


def sigmoid_forward(x):
    out = 1 / (1 + np.exp(-x))
    return out, out


def sigmoid_backward(dout, cache):
    out = cache
    return dout * out * (1 - out)


def tanh_forward(x):
    out = np.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    out = cache
    return dout * (1 - out**2)


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_backward(dout, probs):
    return probs * (dout - np.sum(probs * dout, axis=1, keepdims=True))


def softmax_loss(x, y):
    N = x.shape[0]
    p = softmax(x)
    shifted = x - x.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.sum(log_p[np.arange(N), y]) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def backprop(model, x, targets):
    caches = []
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    grads = {}
    for i in reversed(range(len(model.layers))):
        dout, gradients = model.layers[i].backward(dout, caches[i])
        if gradients:
            grads[i] = gradients
    return loss, grads


family("rows", globals())
