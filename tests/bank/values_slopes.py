"""Unit 01, slips in a scalar engine: the slope along one edge."""

import numpy as np

from .registry import mutants_of
from .values import Value

mutant = mutants_of("values")


@mutant("derivative-unsquared", of="Value.tanh")
def tanh_one_minus_t(self):
    t = np.tanh(self.data)
    return Value(t, (self,), (1 - t,))


@mutant("derivative-at-wrong-argument", of="Value.tanh", also=("tanh-applied-twice",))
def tanh_of_tanh(self):
    t = np.tanh(self.data)
    return Value(t, (self,), (1 - np.tanh(t) ** 2,))


@mutant("one-minus-z-squared", of="Value.tanh")
def tanh_one_minus_x_squared(self):
    return Value(np.tanh(self.data), (self,), (1 - self.data**2,))


@mutant("activation-value-as-derivative", of="Value.tanh")
def tanh_slope_is_tanh(self):
    t = np.tanh(self.data)
    return Value(t, (self,), (t,))


@mutant("missing-activation-derivative", of="Value.exp")
def exp_slope_is_one(self):
    return Value(np.exp(self.data), (self,), (1.0,))


@mutant("inverse-derivative", of="Value.log")
def log_slope_is_x(self):
    return Value(np.log(self.data), (self,), (self.data,))


@mutant("activation-value-as-derivative", of="Value.log")
def log_slope_is_its_value(self):
    out = np.log(self.data)
    return Value(out, (self,), (out,))


@mutant("relu-value-as-derivative", of="Value.relu")
def relu_slope_is_its_value(self):
    out = np.maximum(0.0, self.data)
    return Value(out, (self,), (out,))


@mutant("missing-activation-derivative", of="Value.relu")
def relu_slope_is_one(self):
    return Value(np.maximum(0.0, self.data), (self,), (1.0,))


@mutant(
    "relu-mask-a-vs-z",
    of="Value.relu",
    equivalent="differs only where the data is exactly 0, where every slope in [0, 1] is a "
    "subgradient and the contract of unit 01 chooses none",
)
def relu_open_at_zero(self):
    return Value(np.maximum(0.0, self.data), (self,), ((self.data >= 0) * 1.0,))


@mutant("product-own-factor", of="Value.__mul__")
def product_slopes_swapped(self, other):
    return Value(self.data * other.data, (self, other), (self.data, other.data))


@mutant("product-without-slopes", of="Value.__mul__")
def product_like_a_sum(self, other):
    return Value(self.data * other.data, (self, other), (1.0, 1.0))


@mutant(None, of="Value.__add__", reason="the second operand of a sum with a minus: no entry")
def sum_with_a_minus(self, other):
    return Value(self.data + other.data, (self, other), (1.0, -1.0))


@mutant(None, of="Value.relu", reason="a forward slip: the leaky slope is taken for ReLU")
def relu_leaks(self):
    slope = np.where(self.data > 0, 1.0, 0.01)
    return Value(slope * self.data, (self,), (slope,))
