"""Unit 03, slips in the tanh and softmax layers."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("layers")


@mutant("missing-activation-derivative", of="tanh_backward")
def tanh_passes_everything(dout, cache):
    return 1 * dout


@mutant("activation-value-as-derivative", of="tanh_backward")
def tanh_times_its_value(dout, cache):
    out = cache
    return dout * out


@mutant("derivative-unsquared", of="tanh_backward")
def tanh_one_minus_t(dout, cache):
    out = cache
    return dout * (1 - out)


@mutant("inverse-derivative", of="tanh_backward")
def tanh_divides(dout, cache):
    out = cache
    return dout / (1 - out**2)


@mutant("derivative-at-wrong-argument", of="tanh_backward", also=("tanh-applied-twice",))
def tanh_of_tanh(dout, cache):
    out = cache
    return dout * (1 - np.tanh(out) ** 2)


@mutant("wrong-activation-derivative", of="tanh_backward")
def tanh_with_the_slope_of_sigmoid(dout, cache):
    out = cache
    return dout * out * (1 - out)


@mutant("relu-drops-upstream", of="tanh_backward")
def tanh_returns_its_slope(dout, cache):
    out = cache
    return 1 - out**2


@mutant("sign-flip", of="tanh_backward")
def tanh_slope_negative(dout, cache):
    out = cache
    return dout * (out**2 - 1)


@mutant("z-times-derivative", of="tanh_backward")
def tanh_x_times_the_bracket(dout, cache):
    out = cache
    x = np.arctanh(out)
    return dout * x * (1 - out**2)


@mutant("one-minus-z-squared", of="tanh_forward", also=("wrong-cache-part",))
def tanh_caches_x(x):
    return np.tanh(x), x.copy()


@mutant("softmax-diagonal-only", of="softmax_backward")
def softmax_diagonal_only(dout, probs):
    p = probs
    return dout * p * (1 - p)


@mutant("missing-activation-derivative", of="softmax_backward")
def softmax_passes_everything(dout, probs):
    return 1 * dout


@mutant("softmax-wrong-axis", of="softmax_backward")
def softmax_sums_over_examples(dout, probs):
    p = probs
    return p * (dout - np.sum(p * dout, axis=0, keepdims=True))


@mutant("softmax-jacobian-twice", of="softmax_backward")
def softmax_jacobian_applied_twice(dout, probs):
    p = probs
    v = p * (dout - np.sum(p * dout, axis=1, keepdims=True))
    return p * (v - np.sum(p * v, axis=1, keepdims=True))


@mutant("activation-value-as-derivative", of="softmax_backward")
def softmax_times_its_value(dout, probs):
    p = probs
    return dout * p


@mutant(None, of="softmax_backward", reason="the inner sum lost its p: no entry")
def softmax_off_diagonal_unweighted(dout, probs):
    p = probs
    return p * (dout - np.sum(dout, axis=1, keepdims=True))


@mutant("softmax-wrong-axis", of="softmax")
def softmax_over_the_examples(x):
    e = np.exp(x - x.max())
    return e / e.sum(axis=0, keepdims=True)


@mutant("softmax-wrong-axis", of="softmax")
def softmax_over_everything(x):
    e = np.exp(x - x.max())
    return e / e.sum()
