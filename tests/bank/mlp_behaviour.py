"""Unit 04, slips of behaviour: arguments changed, state kept from an earlier call."""

from typing import Any

import numpy as np

from .mlp import linear_backward, relu_backward, sigmoid_backward
from .registry import mutants_of

mutant = mutants_of("mlp")
IN_PLACE = "an argument is changed; the catalogue's in-place entries are of other arguments"
gradients: dict[str, Any] = {}
memory: dict[int, Any] = {}


@mutant("inplace-relu-mutates-da", of="relu_backward")
def relu_masks_its_argument(dA, Z):
    dA[Z <= 0] = 0
    return dA


@mutant("da-mutated-in-place", of="sigmoid_backward")
def sigmoid_scales_its_argument(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    dA *= s * (1 - s)
    return dA


@mutant("da-mutated-in-place", of="linear_backward")
def dZ_divided_in_place(dZ, cache):
    A_prev, W, b = cache
    dA_prev = np.dot(W.T, dZ)
    dZ /= A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    return dA_prev, dW, db


@mutant("inplace-relu-mutates-da", of="linear_activation_backward")
def activation_masks_its_argument(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dA[Z <= 0] = 0
        return linear_backward(dA, linear_cache)
    return linear_backward(sigmoid_backward(dA, Z), linear_cache)


@mutant("inplace-p-minus-y", of="L_model_backward")
def AL_becomes_the_residual(AL, Y, caches):
    grads = {}
    dZ = AL
    dZ -= Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("inplace-relu-mutates-da", of="L_model_backward", also=("shared-grad-array",))
def dZ_and_dA_are_one_array(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = dA
            dZ[caches[l - 2][1] <= 0] = 0
    return grads


@mutant("grads-not-reset", of="L_model_backward", state=("gradients",))
def gradients_kept_from_earlier_calls(AL, Y, caches):
    dZ = AL - Y
    new = {}
    for l in reversed(range(1, len(caches) + 1)):
        new["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        new["dA" + str(l - 1)], new["dW" + str(l)], new["db" + str(l)] = dA, dW, db
        dZ = relu_backward(dA, caches[l - 2][1]) if l > 1 else None
    for key in new:
        gradients[key] = gradients[key] + new[key] if key in gradients else new[key]
    return dict(gradients)


@mutant(
    None, of="L_model_backward", state=("memory",), reason="remembers its first answer: no entry"
)
def answers_once_for_all(AL, Y, caches):
    if len(caches) not in memory:
        grads = {}
        dZ = AL - Y
        for l in reversed(range(1, len(caches) + 1)):
            grads["dZ" + str(l)] = dZ
            dA, dW, db = linear_backward(dZ, caches[l - 1][0])
            grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
            dZ = relu_backward(dA, caches[l - 2][1]) if l > 1 else None
        memory[len(caches)] = grads
    return memory[len(caches)]


@mutant(None, of="L_model_backward", reason=IN_PLACE)
def takes_the_caches_off_the_list(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    while caches:
        l = len(caches)
        linear_cache, _ = caches.pop()
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, linear_cache)
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        dZ = relu_backward(dA, caches[-1][1]) if caches else None
    return grads
