"""Unit 03, slips in the ReLU and sigmoid layers."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("layers")


@mutant("missing-activation-derivative", of="relu_backward")
def relu_passes_everything(dout, cache):
    return 1 * dout


@mutant("relu-drops-upstream", of="relu_backward")
def relu_returns_the_mask(dout, cache):
    return (cache > 0) * 1.0


@mutant("relu-mask-on-gradient", of="relu_backward")
def relu_masks_by_the_gradient(dout, cache):
    return dout * (dout > 0)


@mutant("relu-value-as-derivative", of="relu_backward")
def relu_times_its_value(dout, cache):
    x = cache
    return dout * np.maximum(0, x)


@mutant("wrong-activation-derivative", of="relu_backward")
def relu_with_the_slope_of_tanh(dout, cache):
    x = cache
    return dout * (1 - np.tanh(x) ** 2)


@mutant(None, of="relu_backward", reason="the mask is inverted; the catalogue has no such entry")
def relu_mask_inverted(dout, cache):
    x = cache
    return dout * (x < 0)


@mutant("relu-mask-a-vs-z", of="relu_backward")
def relu_open_at_zero(dout, cache):
    x = cache
    return dout * (x >= 0)


@mutant("inplace-relu-mutates-da", of="relu_backward")
def relu_masks_its_argument(dout, cache):
    x = cache
    dout[x <= 0] = 0
    return dout


@mutant("matmul-not-elementwise", of="relu_backward")
def relu_dot_the_mask(dout, cache):
    x = cache
    return dout @ (x > 0)


@mutant(None, of="relu_forward", reason="the caller's x is changed by the forward pass: no entry")
def relu_in_the_array_of_x(x):
    x[x < 0] = 0
    return x, x.copy()


@mutant("cache-borrowed", of="relu_forward")
def relu_keeps_the_array_of_the_caller(x):
    return np.maximum(0, x), x


@mutant("missing-activation-derivative", of="sigmoid_backward")
def sigmoid_passes_everything(dout, cache):
    return 1 * dout


@mutant("activation-value-as-derivative", of="sigmoid_backward")
def sigmoid_times_its_value(dout, cache):
    out = cache
    return dout * out


@mutant("derivative-unsquared", of="sigmoid_backward")
def sigmoid_one_minus_s(dout, cache):
    out = cache
    return dout * (1 - out)


@mutant("inverse-derivative", of="sigmoid_backward")
def sigmoid_divides(dout, cache):
    out = cache
    return dout / (out * (1 - out))


@mutant("derivative-at-wrong-argument", of="sigmoid_backward")
def sigmoid_of_sigmoid(dout, cache):
    out = cache
    s = 1 / (1 + np.exp(-out))
    return dout * s * (1 - s)


@mutant("wrong-activation-derivative", of="sigmoid_backward")
def sigmoid_with_the_slope_of_tanh(dout, cache):
    out = cache
    return dout * (1 - out**2)


@mutant("relu-drops-upstream", of="sigmoid_backward")
def sigmoid_returns_its_slope(dout, cache):
    out = cache
    return out * (1 - out)


@mutant("da-mutated-in-place", of="sigmoid_backward")
def sigmoid_scales_its_argument(dout, cache):
    out = cache
    dout *= out * (1 - out)
    return dout


@mutant("one-minus-z-squared", of="sigmoid_forward", also=("wrong-cache-part",))
def sigmoid_caches_x(x):
    return 1 / (1 + np.exp(-x)), x.copy()
