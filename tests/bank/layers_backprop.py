"""Unit 03, slips in the walk back through a model."""

import numpy as np

from .layers import softmax_loss
from .registry import mutants_of

mutant = mutants_of("layers")
kept: dict[int, dict[str, np.ndarray]] = {}


@mutant("reuse-output-dz", of="backprop")
def loss_gradient_into_every_layer(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        _, gradients = model.layers[i].backward(dout, caches[i])
        if gradients:
            grads[i] = gradients
    return loss, grads


@mutant("caches-off-by-one", of="backprop")
def cache_of_the_layer_before(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        dout, gradients = model.layers[i].backward(dout, caches[i - 1])
        if gradients:
            grads[i] = gradients
    return loss, grads


@mutant(None, of="backprop", reason="the layers are passed forwards on the way back: no entry here")
def walks_forwards(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in range(len(model.layers)):
        dout, gradients = model.layers[i].backward(dout, caches[i])
        if gradients:
            grads[i] = gradients
    return loss, grads


@mutant("missing-activation-derivative", of="backprop")
def skips_layers_without_parameters(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        before = dout
        dout, gradients = model.layers[i].backward(before, caches[i])
        if gradients:
            grads[i] = gradients
        else:
            dout = before
    return loss, grads


@mutant(None, of="backprop", reason="right gradients, counted from the wrong end: no entry")
def counts_layers_from_the_end(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    pairs = list(zip(model.layers, caches, strict=True))
    for i, (layer, cache) in enumerate(reversed(pairs)):
        dout, gradients = layer.backward(dout, cache)
        if gradients:
            grads[i] = gradients
    return loss, grads


@mutant("one-over-m-per-layer", of="backprop")
def averages_in_every_layer(model, x, targets):
    caches, grads, N = [], {}, len(x)
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        dout, gradients = model.layers[i].backward(dout, caches[i])
        if gradients:
            grads[i] = gradients
            dout = dout / N
    return loss, grads


@mutant("one-over-m-twice", of="backprop")
def averages_once_more(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    dout = dout / len(targets)
    for i in reversed(range(len(model.layers))):
        dout, gradients = model.layers[i].backward(dout, caches[i])
        if gradients:
            grads[i] = gradients
    return loss, grads


@mutant("grads-not-reset", of="backprop", state=("kept",))
def gradients_kept_from_earlier_calls(model, x, targets):
    caches = []
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        dout, gradients = model.layers[i].backward(dout, caches[i])
        for key, value in gradients.items():
            kept.setdefault(i, {})
            kept[i][key] = kept[i].get(key, 0) + value
    return loss, {i: dict(gradients) for i, gradients in kept.items()}


@mutant("backprop-is-gradient-descent", of="backprop")
def moves_the_weights_as_well(model, x, targets):
    caches, grads = [], {}
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        layer = model.layers[i]
        dout, gradients = layer.backward(dout, caches[i])
        if gradients:
            grads[i] = gradients
            layer.w -= 0.1 * gradients["w"]
            layer.b -= 0.1 * gradients["b"]
    return loss, grads


@mutant("alias-last-cache", of="backprop")
def last_cache_for_all(model, x, targets):
    caches, grads = {}, {}
    for layer in model.layers:
        x, caches[type(layer).__name__] = layer.forward(x)
    loss, dout = softmax_loss(x, targets)
    for i in reversed(range(len(model.layers))):
        layer = model.layers[i]
        dout, gradients = layer.backward(dout, caches[type(layer).__name__])
        if gradients:
            grads[i] = gradients
    return loss, grads


@mutant("shared-grad-array", of="backprop")
def one_dict_for_all_layers(model, x, targets):
    caches, with_parameters = [], []
    for layer in model.layers:
        x, cache = layer.forward(x)
        caches.append(cache)
    loss, dout = softmax_loss(x, targets)
    grads = [{}] * len(model.layers)
    for i in reversed(range(len(model.layers))):
        dout, gradients = model.layers[i].backward(dout, caches[i])
        if gradients:
            with_parameters.append(i)
            grads[i].update(gradients)
    return loss, {i: grads[i] for i in with_parameters}
