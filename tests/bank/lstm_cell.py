"""Unit 09, slips in one cell: two lanes, four gates, one stack."""

from .change import changes_of
from .lstm import lstm_cell_backward

change = changes_of("lstm", lstm_cell_backward)
DIRECT = "da_next * ot * (1 - np.tanh(c_next) ** 2)"

# the two lanes
change("dc_next_forgotten", "lstm-dc-next-missing", ("dc_next + ", ""))
change(
    "forget_gate_on_one_term_only",
    "lstm-dc-prev-no-forget",
    ("dct * ft", f"dc_next * ft + {DIRECT}"),
)
change("dc_prev_without_the_forget_gate", "lstm-dc-prev-no-forget", ("dct * ft", "dct"))
change(
    "printed_parenthesis",
    "lstm-parenthesis",
    ("dct = dc_next", f"direct = {DIRECT}\n    dct = dc_next"),
    ("dct * c_prev", "dc_next * c_prev + direct * c_prev"),
    ("dct * cct", "dc_next * cct + direct * cct"),
    ("dct * it", "dc_next * it + direct * it"),
)
change(
    "dc_next_added_to_in_place",
    "da-mutated-in-place",
    ("dct = dc_next + ", "dct = dc_next\n    dct += "),
)

# the stack of a_prev and xt
change("da_prev_not_sliced", "concat-no-slice", ("dconcat[:n_a]", "dconcat"))
change("stack_of_a_next", "dwaa-uses-a-next", ("(a_prev, xt)", "(a_next, xt)"))
change(
    "halves_of_the_stack_swapped",
    None,
    ("dconcat[:n_a]", "dconcat[-n_a:]"),
    ("dconcat[n_a:]", "dconcat[:-n_a]"),
    reason="the slices are taken from the wrong end: no entry",
)
change(
    "stack_upside_down",
    None,
    ("(a_prev, xt)", "(xt, a_prev)"),
    reason="the stack is turned over on the way back: no entry",
)

# the gates and the candidate
MISSING = "lstm-gate-derivative-missing"
TWICE = ("tanh-applied-twice", "derivative-at-wrong-argument")
change("slope_of_the_forget_gate_missing", MISSING, (" * ft * (1 - ft)", ""))
change("value_for_the_slope_of_the_forget_gate", MISSING, (" * (1 - ft)", ""))
change("slope_of_the_output_gate_missing", MISSING, (" * ot * (1 - ot)", ""))
change("slope_of_the_input_gate_missing", MISSING, (" * it * (1 - it)", ""))
change(
    "slope_of_the_candidate_missing",
    MISSING,
    (" * (1 - cct**2)", ""),
    also=("missing-activation-derivative",),
)
change(
    "candidate_with_the_slope_of_sigmoid",
    "wrong-activation-derivative",
    ("(1 - cct**2)", "cct * (1 - cct)"),
)
change("candidate_tanh_again", "lstm-tanh-of-tanh", ("cct**2", "np.tanh(cct) ** 2"), also=TWICE)
change(
    "cell_state_tanh_twice",
    "lstm-tanh-of-tanh",
    ("(1 - np.tanh(c_next)", "(1 - np.tanh(np.tanh(c_next))"),
    also=TWICE,
)
change("one_minus_tanh", "derivative-unsquared", (" ** 2", ""))
change("one_minus_c_squared", "one-minus-z-squared", ("np.tanh(c_next) ** 2", "c_next**2"))
change(
    "only_the_forget_gate_goes_back",
    None,
    (' + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot', ""),
    reason="three of four paths are dropped: no entry",
)
change(
    "candidate_with_c_next",
    None,
    ("dct * c_prev", "dct * c_next"),
    reason="c_next for c_prev: catalogued for Waa only",
)
change(
    "output_gate_met_c",
    None,
    ("da_next * np.tanh(c_next)", "da_next * c_next"),
    reason="tanh of the cell state dropped in do: no entry",
)

# the weights and biases
change("biases_flat", "db-no-keepdims", (", keepdims=True", ""))
change("biases_over_axis_0", "db-wrong-axis", ("axis=1", "axis=0"))
change("biases_averaged", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change(
    "weights_divided_by_m",
    "rnn-divide-by-m-again",
    ("concat.T)", "concat.T) / dgate.shape[1]"),
    ("np.sum", "np.mean"),
)
change("weights_transposed", "dw-transposed", ("(dgate, concat.T)", "(concat, dgate.T)"))
