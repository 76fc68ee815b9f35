"""Unit 09, slips in one cell: two lanes, four gates, one stack."""

from .change import changes_of
from .lstm import lstm_cell_backward, lstm_cell_forward

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

change("da_next_stays_out", "lstm-da-misses-c", (f"dc_next + {DIRECT}", "dc_next"))
change(
    "forget_gate_on_the_other_term_only",
    "lstm-dc-prev-no-forget",
    ("dct * ft", f"dc_next + {DIRECT} * ft"),
)
GATES = {"f": "c_prev * ft * (1 - ft)", "i": "cct * it * (1 - it)", "c": "it * (1 - cct**2)"}
LINES = {letter: f"dct * {factors}" for letter, factors in GATES.items()}
MEETS = {"f": "c_prev", "i": "cct", "c": "it"}
for letter, line in LINES.items():
    change(
        f"parenthesis_in_{letter}",
        "lstm-parenthesis",
        (line, f"dc_next * {MEETS[letter]} + {DIRECT} * {GATES[letter]}"),
    )
change(
    "parenthesis_the_other_way",
    "lstm-parenthesis",
    *((LINES[k], f"dc_next * {GATES[k]} + {DIRECT} * {MEETS[k]}") for k in "fic"),
)
change(
    "as_printed_with_a_factor_cct",
    "lstm-parenthesis",
    (LINES["f"], f"dc_next * c_prev + {DIRECT} * {GATES['f']}"),
    (LINES["i"], f"dc_next * cct + {DIRECT} * {GATES['i']}"),
    (LINES["c"], f"dc_next * it + {DIRECT} * it * cct * (1 - cct**2)"),
)
change(
    "dot_for_ot_in_dc",
    "lstm-dot-for-ot",
    ("    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)\n", ""),
    (
        " * ot * (1 - ot)\n",
        " * ot * (1 - ot)\n    dct = dc_next + da_next * dot * (1 - np.tanh(c_next) ** 2)\n",
    ),
)
change(
    "dc_next_missing_in_each_line",
    "lstm-dc-next-missing",
    *((LINES[k], f"{DIRECT} * {GATES[k]}") for k in "fic"),
    ("dct * ft", f"{DIRECT} * ft"),
)

# the stack of a_prev and xt
change("da_prev_not_sliced", "concat-no-slice", ("dconcat[:n_a]", "dconcat"))
change("stack_of_a_next", "dwaa-uses-a-next", ("(a_prev, xt)", "(a_next, xt)"))
change("dxt_not_sliced", "concat-no-slice", ("dconcat[n_a:]", "dconcat"))
ENDS = ("dconcat[:n_a]", "dconcat[-n_a:]"), ("dconcat[n_a:]", "dconcat[:-n_a]")
change("halves_of_the_stack_swapped", "concat-order", *ENDS)
change("stack_upside_down", "concat-order", ("(a_prev, xt)", "(xt, a_prev)"))
change("stack_upside_down_throughout", "concat-order", ("(a_prev, xt)", "(xt, a_prev)"), *ENDS)

# the gates and the candidate
MISSING = "lstm-gate-derivative-missing"
TWICE = ("tanh-applied-twice", "derivative-at-wrong-argument")
change("slope_of_the_forget_gate_missing", MISSING, (" * ft * (1 - ft)", ""))
change("value_for_the_slope_of_the_forget_gate", MISSING, (" * (1 - ft)", ""))
change("slope_of_the_output_gate_missing", MISSING, (" * ot * (1 - ot)", ""))
change("slope_of_the_input_gate_missing", MISSING, (" * it * (1 - it)", ""))
change("value_for_the_slope_of_the_input_gate", MISSING, (" * (1 - it)", ""))
change("value_for_the_slope_of_the_output_gate", MISSING, (" * (1 - ot)", ""))
SIGMOIDS = [f" * {g}t * (1 - {g}t)" for g in "fio"]
change("slopes_of_all_gates_missing", MISSING, *((slope, "") for slope in SIGMOIDS))
change("values_for_the_slopes_of_all_gates", MISSING, *((f" * (1 - {g}t)", "") for g in "fio"))
change("no_slope_at_all", MISSING, *((slope, "") for slope in SIGMOIDS), (" * (1 - cct**2)", ""))
change(
    "tanh_of_c_without_slope",
    "missing-activation-derivative",
    (" * (1 - np.tanh(c_next) ** 2)", ""),
)
change(
    "slope_of_a_next",
    "wrong-activation-derivative",
    ("(1 - np.tanh(c_next) ** 2)", "(1 - a_next**2)"),
)
change("one_minus_cct", "derivative-unsquared", ("cct**2", "cct"))
change(
    "gates_with_the_slope_of_tanh",
    "wrong-activation-derivative",
    *((f" * {g}t * (1 - {g}t)", f" * (1 - {g}t**2)") for g in "fio"),
)
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
change("forget_gate_with_c_next", "lstm-c-next-for-c-prev", ("dct * c_prev", "dct * c_next"))
change(
    "output_gate_met_c", "lstm-o-without-tanh", ("da_next * np.tanh(c_next)", "da_next * c_next")
)
TERMS = {"f": 'p["Wf"].T @ dft', "i": 'p["Wi"].T @ dit', "c": 'p["Wc"].T @ dcct'}
TERMS["o"] = 'p["Wo"].T @ dot'
for letter, term in TERMS.items():
    others = [other for other in TERMS.values() if other != term]
    every = " + ".join(TERMS.values())
    change(f"only_{letter}_goes_back", "lstm-gate-path-missing", (every, term))
    change(f"all_but_{letter}_go_back", "lstm-gate-path-missing", (every, " + ".join(others)))

# the weights and biases
change("biases_flat", "db-no-keepdims", (", keepdims=True", ""))
change("biases_not_summed", "db-no-sum", ("np.sum(dgate, axis=1, keepdims=True)", "dgate"))
change("biases_are_one_number", "db-sum-all", (", axis=1, keepdims=True", ""))
change("biases_over_axis_0_flat", "db-wrong-axis", ("axis=1, keepdims=True", "axis=0"))
change(
    "weights_alone_divided_by_m",
    "rnn-divide-by-m-again",
    ("concat.T)", "concat.T) / dgate.shape[1]"),
)
change("biases_over_axis_0", "db-wrong-axis", ("axis=1", "axis=0"))
change("biases_averaged", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change(
    "weights_divided_by_m",
    "rnn-divide-by-m-again",
    ("concat.T)", "concat.T) / dgate.shape[1]"),
    ("np.sum", "np.mean"),
)
change("weights_transposed", "dw-transposed", ("(dgate, concat.T)", "(concat, dgate.T)"))

change = changes_of("lstm", lstm_cell_forward)
change("forward_with_the_stack_upside_down", "concat-order", ("(a_prev, xt)", "(xt, a_prev)"))
