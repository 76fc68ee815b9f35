"""Unit 03, right answers in unusual form."""

import numpy as np

from .registry import rights_of
from .rows import softmax, softmax_loss

right = rights_of("rows")


@right("affine_backward")
def by_einsum(dout, cache):
    x, w, _ = cache
    flat = x.reshape(len(x), -1)
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    return dx, np.einsum("nd,nm->dm", flat, dout), np.einsum("nm->m", dout)


@right("affine_backward")
def by_loops_over_examples(dout, cache):
    x, w, b = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
    for i in reversed(range(len(x))):
        dx[i] = (w @ dout[i]).reshape(x.shape[1:])
        dw += np.outer(x[i].ravel(), dout[i])
        db += dout[i]
    return dx, dw, db


@right("affine_backward")
def by_the_stack_of_w_and_b(dout, cache):
    x, w, b = cache
    inputs = np.hstack([x.reshape(len(x), -1), np.ones((len(x), 1))])
    both = np.matmul(inputs.T, dout)
    dx = np.matmul(dout, np.vstack([w, b]).T)[:, :-1]
    return np.reshape(dx, x.shape), both[:-1], both[-1]


@right("affine_backward")
def by_columns_and_back(dout, cache):
    x, w, _ = cache
    dz, a = dout.T, x.reshape(len(x), -1).T
    return np.dot(w, dz).T.reshape(x.shape), np.dot(dz, a.T).T, dz.sum(axis=1)


@right()
class affine_caches_columns_and_the_shape:
    def affine_forward(x, w, b):
        columns = np.array(x.reshape(len(x), -1).T)
        return (w.T @ columns).T + b, {"columns": columns, "w": np.array(w), "shape": x.shape}

    def affine_backward(dout, cache):
        dx = np.einsum("nm,dm->nd", dout, cache["w"]).reshape(cache["shape"])
        return dx, cache["columns"] @ dout, np.add.reduce(dout)


@right("relu_backward")
def by_where(dout, cache):
    return np.where(cache > 0, dout, 0)


@right("relu_backward")
def by_masking_its_own_copy(dout, cache):
    dx = dout.copy()
    dx[cache <= 0] = 0
    return dx


@right()
class relu_caches_its_mask:
    def relu_forward(x):
        mask = x > 0
        return x * mask, {"mask": mask}

    def relu_backward(dout, cache):
        return dout * cache["mask"]


@right()
class pointwise_layers_cache_x:
    def sigmoid_forward(x):
        return 0.5 * (1 + np.tanh(x / 2)), (x.copy(),)

    def sigmoid_backward(dout, cache):
        (x,) = cache
        return dout * np.exp(-x) / np.square(1 + np.exp(-x))

    def tanh_forward(x):
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)), [x.copy()]

    def tanh_backward(dout, cache):
        return dout / np.cosh(cache[0]) ** 2


@right("tanh_backward")
def by_two_factors(dout, cache):
    return dout * (1 + cache) * (1 - cache)


@right("softmax_backward")
def by_the_jacobian_of_each_example(dout, probs):
    rows = [(np.diag(p) - np.outer(p, p)) @ d for p, d in zip(probs, dout, strict=True)]
    return np.array(rows)


@right("softmax_backward")
def by_einsum_of_jacobians(dout, probs):
    eye = np.eye(probs.shape[1])
    J = np.einsum("ni,ij->nij", probs, eye) - np.einsum("ni,nj->nij", probs, probs)
    return np.einsum("nij,nj->ni", J, dout)


@right("softmax_loss")
def by_one_hot_and_logsumexp(x, y):
    shifted = x - np.max(x, axis=1)[:, np.newaxis]
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1))[:, np.newaxis]
    hot = np.eye(x.shape[1])[y]
    return -np.mean(np.sum(hot * log_p, axis=1)), (np.exp(log_p) - hot) / len(x)


@right("softmax_loss")
def by_the_unfused_layers(x, y):
    p, top = softmax(x), x.max(axis=1)
    rows = np.arange(len(y))
    log_p = (x.T - top - np.log(np.exp(x.T - top).sum(axis=0))).T
    dlog_p = np.zeros_like(p)
    dlog_p[rows, y] = -1 / len(y)
    return np.mean(-log_p[rows, y]), dlog_p - p * dlog_p.sum(axis=1, keepdims=True)


@right("backprop")
def by_a_stack_of_pairs(model, x, targets):
    trail, grads = [], {}
    for i, layer in enumerate(model.layers):
        x, cache = layer.forward(x)
        trail.append((i, layer, cache))
    loss, dout = softmax_loss(x, targets)
    while trail:
        i, layer, cache = trail.pop()
        dout, mine = layer.backward(dout, cache)
        grads.update({i: mine} if mine else {})
    return loss, grads


@right("backprop")
def by_recursion(model, x, targets):
    grads = {}

    def walk(x, i):
        if i == len(model.layers):
            return softmax_loss(x, targets)
        out, cache = model.layers[i].forward(x)
        loss, dout = walk(out, i + 1)
        dx, mine = model.layers[i].backward(dout, cache)
        if mine:
            grads[i] = mine
        return loss, dx

    return walk(x, 0)[0], grads
