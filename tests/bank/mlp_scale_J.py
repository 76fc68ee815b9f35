"""Unit 04, slips of scale in the J convention, in the cost and in the conversion."""

import numpy as np

from .mlp import linear_backward, relu_backward
from .registry import mutants_of

mutant = mutants_of("mlp")


@mutant("one-over-m-twice", of="L_model_backward_J")
def linear_backward_divides_again(AL, Y, caches):
    grads = {}
    m = Y.shape[1]
    dZ = (AL - Y) / m
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("missing-one-over-m", of="L_model_backward_J")
def J_without_one_over_m(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant("wrong-m", of="L_model_backward_J", also=("missing-one-over-m",))
def m_from_len_of_Y(AL, Y, caches):
    grads = {}
    m = len(Y)
    dZ = (AL - Y) / m
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant("one-over-m-per-layer", of="L_model_backward_J")
def J_pays_at_every_layer(AL, Y, caches):
    grads = {}
    m = Y.shape[1]
    dZ = (AL - Y) / m
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ) / m
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant("db-mean-and-one-over-m", of="L_model_backward_J")
def J_takes_the_mean_for_db(AL, Y, caches):
    grads = {}
    dZ = (AL - Y) / Y.shape[1]
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = np.mean(dZ, axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant(
    None,
    of="L_model_backward_J",
    equivalent="AL has one row (one output unit), so AL.size is the number of examples",
)
def m_from_size_of_AL(AL, Y, caches):
    grads = {}
    dZ = (AL - Y) / AL.size
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant("sum-loss-vs-mean-loss", of="compute_cost")
def sum_of_the_losses(AL, Y):
    return float(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


@mutant("one-over-m-twice", of="compute_cost")
def mean_and_one_over_m(AL, Y):
    m = Y.shape[1]
    return float(-1 / m * np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


@mutant("wrong-m", of="compute_cost", also=("sum-loss-vs-mean-loss",))
def m_from_rows_of_Y(AL, Y):
    m = Y.shape[0]
    return float(-1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


@mutant("loss-derivative-wrong", of="compute_cost")
def one_over_two_m(AL, Y):
    m = Y.shape[1]
    return float(-1 / (2 * m) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


@mutant("j-vs-l-one-over-m-placement", of="convert")
def converts_the_wrong_way(grads, m, src, dst):
    new = dict(grads)
    for key in grads:
        if key.startswith(("dZ", "dA")) and src != dst:
            new[key] = grads[key] * m if (src, dst) == ("L", "J") else grads[key] / m
    return new


@mutant("j-vs-l-one-over-m-placement", of="convert")
def forgets_dA(grads, m, src, dst):
    new = dict(grads)
    for key in grads:
        if key.startswith("dZ") and src != dst:
            new[key] = grads[key] / m if dst == "J" else grads[key] * m
    return new


@mutant("j-vs-l-one-over-m-placement", of="convert")
def only_the_output_layer(grads, m, src, dst):
    new = dict(grads)
    L = max(int(key[2:]) for key in grads if key.startswith("dZ"))
    factor = 1 if src == dst else (1 / m if dst == "J" else m)
    new["dZ" + str(L)] = grads["dZ" + str(L)] * factor
    return new


@mutant("one-over-m-twice", of="convert")
def converts_dW_as_well(grads, m, src, dst):
    if src == dst:
        return dict(grads)
    factor = 1 / m if dst == "J" else m
    return {key: value * factor for key, value in grads.items()}


@mutant("one-over-m-per-layer", of="convert")
def one_factor_for_every_layer_passed(grads, m, src, dst):
    new = dict(grads)
    L = max(int(key[2:]) for key in grads if key.startswith("dZ"))
    for key in grads:
        if key.startswith(("dZ", "dA")) and src != dst:
            factor = m ** (L + 1 - int(key[2:]) - (key[1] == "A"))
            new[key] = grads[key] / factor if dst == "J" else grads[key] * factor
    return new


@mutant(
    None,
    of="convert",
    reason="a case distinction that forgets src == dst; the catalogue knows no such slip",
)
def scales_when_nothing_is_asked(grads, m, src, dst):
    factor = 1 / m if dst == "J" else m
    return {k: v * factor if k[:2] in ("dZ", "dA") else v for k, v in grads.items()}


@mutant(
    None,
    of="convert",
    reason="the caller's dict is changed; the catalogue's in-place entries are of other arguments",
)
def converts_in_place(grads, m, src, dst):
    factor = 1 if src == dst else (1 / m if dst == "J" else m)
    for key in grads:
        if key.startswith(("dZ", "dA")):
            grads[key] = grads[key] * factor
    return grads
