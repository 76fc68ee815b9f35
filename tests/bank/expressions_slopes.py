"""Unit 01, slips in a scalar engine: the slope along one edge."""

from .change import changes_of
from .expressions import Value

change = changes_of("expressions", Value.tanh)

change("tanh_one_minus_t", "derivative-unsquared", ("t**2", "t"))
change(
    "tanh_of_tanh",
    "derivative-at-wrong-argument",
    ("t**2", "np.tanh(t) ** 2"),
    also=("tanh-applied-twice",),
)
change("tanh_one_minus_x_squared", "one-minus-z-squared", ("t**2", "self.data**2"))
change("tanh_slope_is_tanh", "activation-value-as-derivative", ("1 - t**2", "t"))

change("tanh_slope_is_one", "missing-activation-derivative", ("1 - t**2", "1.0"))
change("tanh_divides_by_its_slope", "inverse-derivative", ("1 - t**2", "1 / (1 - t**2)"))
change("tanh_x_times_the_bracket", "z-times-derivative", ("1 - t**2", "self.data * (1 - t**2)"))
change("tanh_with_the_slope_of_sigmoid", "wrong-activation-derivative", ("1 - t**2", "t * (1 - t)"))
change("tanh_slope_with_a_plus", "wrong-activation-derivative", ("1 - t**2", "1 + t**2"))
change("tanh_slope_turned_round", "wrong-activation-derivative", ("1 - t**2", "t**2 - 1"))

change = changes_of("expressions", Value.exp)

change("exp_slope_is_one", "missing-activation-derivative", ("(e,)", "(1.0,)"))

change("exp_of_exp", "derivative-at-wrong-argument", ("(e,)", "(np.exp(e),)"))
change("exp_divides_by_its_slope", "inverse-derivative", ("(e,)", "(1 / e,)"))
change("exp_x_times_the_bracket", "z-times-derivative", ("(e,)", "(self.data * e,)"))
change(
    "exp_by_the_rule_for_powers",
    "z-times-derivative",
    ("(e,)", "(self.data * np.exp(self.data - 1),)"),
)

change = changes_of("expressions", Value.log)

change("log_slope_is_x", "inverse-derivative", ("1 / self.data", "self.data"))
change(
    "log_slope_is_its_value",
    "activation-value-as-derivative",
    ("1 / self.data", "np.log(self.data)"),
)

change("log_slope_is_one", "missing-activation-derivative", ("1 / self.data", "1.0"))
change(
    "log_slope_at_its_value",
    "derivative-at-wrong-argument",
    ("1 / self.data", "1 / np.log(self.data)"),
)
change("log_slope_negative", "wrong-activation-derivative", ("1 / self", "-1 / self"))
change("log_slope_squared", "wrong-activation-derivative", ("1 / self.data", "1 / self.data**2"))
change(
    "log_slope_differentiated",
    "wrong-activation-derivative",
    ("1 / self.data", "-1 / self.data**2"),
)

change = changes_of("expressions", Value.relu)
VALUE, SLOPE, LEAKY = (
    "np.maximum(0.0, self.data)",
    "(self.data > 0) * 1.0",
    "np.where(self.data > 0, 1.0, 0.01)",
)

change("relu_slope_is_its_value", "relu-value-as-derivative", (SLOPE, VALUE))
change("relu_slope_is_one", "missing-activation-derivative", (SLOPE, "1.0"))
change(
    "relu_open_at_zero",
    "relu-mask-a-vs-z",
    (">", ">="),
    equivalent="to the differences that the bank measures by: it differs only where the data is "
    "exactly 0, which a check of the contract looks at",
)
change(
    "relu_leaks",
    None,
    (VALUE, f"{LEAKY} * self.data"),
    (SLOPE, LEAKY),
    reason="a forward slip: the leaky slope is taken for ReLU",
)

change = changes_of("expressions", Value.__mul__)
SLOPES = "(other.data, self.data)"

change("product_slopes_swapped", "product-own-factor", (SLOPES, "(self.data, other.data)"))
change("product_like_a_sum", "product-without-slopes", (SLOPES, "(1.0, 1.0)"))

change = changes_of("expressions", Value.__add__)

change(
    "sum_with_a_minus",
    None,
    ("(1.0, 1.0)", "(1.0, -1.0)"),
    reason="the second operand of a sum with a minus: no entry",
)
