"""Unit 01, slips in a scalar engine: the slope along one edge."""

import math

from .registry import mutants_of
from .values import Value

mutant = mutants_of("values")


@mutant("derivative-unsquared", of="Value.tanh")
def tanh_one_minus_t(self):
    t = math.tanh(self.data)
    return Value(t, (self,), (1 - t,))


@mutant("derivative-at-wrong-argument", of="Value.tanh", also=("tanh-applied-twice",))
def tanh_of_tanh(self):
    t = math.tanh(self.data)
    return Value(t, (self,), (1 - math.tanh(t) ** 2,))


@mutant("one-minus-z-squared", of="Value.tanh")
def tanh_one_minus_x_squared(self):
    return Value(math.tanh(self.data), (self,), (1 - self.data**2,))


@mutant("activation-value-as-derivative", of="Value.tanh")
def tanh_slope_is_tanh(self):
    t = math.tanh(self.data)
    return Value(t, (self,), (t,))


@mutant("missing-activation-derivative", of="Value.exp")
def exp_slope_is_one(self):
    return Value(math.exp(self.data), (self,), (1.0,))


@mutant("inverse-derivative", of="Value.log")
def log_slope_is_x(self):
    return Value(math.log(self.data), (self,), (self.data,))


@mutant("relu-value-as-derivative", of="Value.relu")
def relu_slope_is_its_value(self):
    out = max(0.0, self.data)
    return Value(out, (self,), (out,))


@mutant(None, of="Value.__mul__", reason="each factor gets its own value as slope: no entry")
def product_slopes_swapped(self, other):
    other = other if isinstance(other, Value) else Value(other)
    return Value(self.data * other.data, (self, other), (self.data, other.data))


@mutant("sign-flip", of="Value.__sub__")
def difference_with_two_plus_slopes(self, other):
    return Value(self.data - other.data, (self, other), (1.0, 1.0))
