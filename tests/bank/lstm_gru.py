"""Unit 09, slips in one cell of a GRU: three ways of the state, two of the update gate."""

import numpy as np

from .change import changes_of
from .lstm import gru_cell_backward, gru_cell_forward
from .registry import rights_of

right = rights_of("lstm")
change = changes_of("lstm", gru_cell_backward)

# the ways of c_prev
change("straight_way_forgotten", "gru-straight-way-missing", ("dc_next * (1 - ut) + dv", "dv"))
change("way_through_the_candidate_forgotten", "gru-reset-way", (" + dw[:n_a] * rt", ""))
change("way_through_the_candidate_without_r", "gru-reset-way", ("dw[:n_a] * rt", "dw[:n_a]"))
change("ways_through_the_gates_forgotten", "gru-gate-ways-missing", (" + dv[:n_a]", ""))

# the two places of u
change("u_meets_the_candidate_only", "gru-u-has-two-ways", ("(cct - c_prev)", "cct"))
change("u_meets_the_state_only", "gru-u-has-two-ways", ("(cct - c_prev)", "(-c_prev)"))
change("u_with_the_other_sign", "sign-flip", ("(cct - c_prev)", "(c_prev - cct)"))
change(
    "the_other_convention",
    "gru-other-convention",
    ("(cct - c_prev)", "(c_prev - cct)"),
    ("dc_next * ut * (1 - cct**2)", "dc_next * (1 - ut) * (1 - cct**2)"),
    ("dc_next * (1 - ut) + dv", "dc_next * ut + dv"),
)

# slopes
MISSING = "lstm-gate-derivative-missing"
change("slope_of_the_update_gate_missing", MISSING, (" * ut * (1 - ut)", ""))
change("value_for_the_slope_of_the_update_gate", MISSING, (" * ut * (1 - ut)", " * ut"))
change("slope_of_the_reset_gate_missing", MISSING, (" * rt * (1 - rt)", ""))
change("value_for_the_slope_of_the_reset_gate", MISSING, (" * rt * (1 - rt)", " * rt"))
change("slope_of_the_candidate_missing", MISSING, (" * (1 - cct**2)", ""))
change("candidate_tanh_again", "lstm-tanh-of-tanh", ("cct**2", "np.tanh(cct) ** 2"))
change(
    "candidate_with_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    ("(1 - cct**2)", "cct * (1 - cct)"),
)

# weights and biases
change("dWc_of_c_prev", "gru-dwc-without-r", ("(rt * c_prev, xt)", "(c_prev, xt)"))
change("biases_flat", "db-no-keepdims", (", keepdims=True", ""))
change("biases_averaged", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change("weights_transposed", "dw-transposed", ("(dgate, stack.T)", "(stack, dgate.T)"))
change(
    "r_met_nothing",
    None,
    ("dw[:n_a] * c_prev * rt", "dw[:n_a] * rt"),
    reason="c_prev is lost as a factor of dzr: no entry",
)
change = changes_of("lstm", gru_cell_forward)
change(
    "reset_gate_forgotten",
    None,
    ("(rt * c_prev, xt)", "(c_prev, xt)"),
    reason="a forward pass without the reset gate: no entry",
)
change(
    "forward_in_the_other_convention",
    "gru-other-convention",
    ("ut * cct + (1 - ut) * c_prev", "ut * c_prev + (1 - ut) * cct"),
)
LATE = ("(rt * c_prev, xt)", "(c_prev, xt)")
PRODUCT = 'np.tanh(np.dot(p["Wc"], w) + p["bc"])'
OF_C, OF_X = 'p["Wc"][:, : len(c_prev)] @ c_prev', 'p["Wc"][:, len(c_prev) :] @ xt'
for name, candidate in {
    "reset_behind_the_product": 'np.tanh(rt * np.dot(p["Wc"], w) + p["bc"])',
    "reset_behind_the_product_and_the_bias": 'np.tanh(rt * (np.dot(p["Wc"], w) + p["bc"]))',
    "reset_behind_the_part_of_c_prev": f'np.tanh(rt * ({OF_C}) + {OF_X} + p["bc"])',
    "reset_behind_the_part_of_c_prev_and_bias": f'np.tanh(rt * ({OF_C} + p["bc"]) + {OF_X})',
}.items():
    change(name, "gru-reset-way", LATE, (PRODUCT, candidate))
change(
    "forward_with_the_stack_upside_down",
    "concat-order",
    ("((c_prev, xt)", "((xt, c_prev)"),
    ("(rt * c_prev, xt)", "(xt, rt * c_prev)"),
)


@right("gru_cell_backward")
def by_halves_of_the_weights(dc_next, cache):
    c_prev, xt, u, r, g, p = cache
    n_a = len(c_prev)
    dzc = u * dc_next * (1 - g) * (1 + g)
    back = p["Wc"][:, :n_a].T @ dzc
    d = {"u": dc_next * (g - c_prev) * (u - u**2), "r": back * c_prev * (r - r**2), "c": dzc}
    found = {"dc_prev": (1 - u) * dc_next + r * back, "dxt": 0}
    for k, dz in d.items():
        held = r * c_prev if k == "c" else c_prev
        found["dxt"] = found["dxt"] + p["W" + k][:, n_a:].T @ dz
        if k != "c":
            found["dc_prev"] = found["dc_prev"] + p["W" + k][:, :n_a].T @ dz
        found["dW" + k] = dz @ np.vstack([held, xt]).T
        found["db" + k] = dz.sum(axis=1)[:, None]
    return found
