"""Unit 03b, slips beside the way back: start, forward, cost, step, loop and answers."""

from .change import changes_of
from .hidden import (
    compute_cost,
    forward_propagation,
    initialize_parameters,
    layer_sizes,
    nn_model,
    predict,
    update_parameters,
)
from .registry import mutants_of

mutant = mutants_of("hidden")
LOOP = "a slip of the training loop that the catalogue has not"
SAYS = "told by what the check expects"

change = changes_of("hidden", layer_sizes)
change("counts_the_examples", None, ("X.shape[0]", "X.shape[1]"), reason=SAYS)
change("another_n_h", None, ("n_h = 4", "n_h = 5"), reason=SAYS)
change("hidden_units_last", None, ("(n_x, n_h, n_y)", "(n_x, n_y, n_h)"), reason=SAYS)
change("without_n_h", None, ("(n_x, n_h, n_y)", "(n_x, n_y)"), reason=SAYS)

change = changes_of("hidden", initialize_parameters)
change("weights_of_order_one", None, (" * 0.01\n    b1", "\n    b1"), reason=SAYS)
change("weights_transposed", "row-vs-column-layout", ("(n_h, n_x)", "(n_x, n_h)"))
change(
    "weights_start_at_zero",
    "zero-init-symmetry",
    ("np.random.randn(n_h, n_x) * 0.01", "np.zeros((n_h, n_x))"),
)
change(
    "weights_start_equal",
    "zero-init-symmetry",
    ("np.random.randn(n_h, n_x) * 0.01", "np.full((n_h, n_x), 0.01)"),
)
change(
    "uniform_weights", None, ("np.random.randn(n_h, n_x)", "np.random.rand(n_h, n_x)"), reason=SAYS
)
change("random_biases", None, ("np.zeros((n_h, 1))", "np.random.randn(n_h, 1)"), reason=SAYS)
change("flat_biases", None, ("np.zeros((n_h, 1))", "np.zeros(n_h)"), reason=SAYS)
change(
    "seeded_between_the_layers",
    None,
    ("b1 = np.zeros((n_h, 1))", "b1 = np.zeros((n_h, 1))\n    np.random.seed(2)"),
    reason=SAYS,
)

change = changes_of("hidden", forward_propagation)
change("sigmoid_in_both_layers", None, ("np.tanh(Z1)", "sigmoid(Z1)"), reason="told by the search")
change("tanh_in_both_layers", None, ("sigmoid(Z2)", "np.tanh(Z2)"), reason="told by the search")
change("b1_forgotten", None, ("np.dot(W1, X) + b1", "np.dot(W1, X)"), reason="told by the search")
change("output_reads_Z1", None, ("np.dot(W2, A1)", "np.dot(W2, Z1)"), reason="told by the search")
change("returns_the_cache_alone", None, ("return A2, cache", "return cache"), reason=SAYS)

change = changes_of("hidden", compute_cost)
change("sum_of_the_losses", "sum-loss-vs-mean-loss", (" / m", ""))
change("first_term_alone", "one-class-only", (" + np.multiply(np.log(1 - A2), 1 - Y)", ""))
change("without_the_minus", "sign-flip", ("-np.sum", "np.sum"))
change("sum_over_the_labels", "sum-loss-vs-mean-loss", ("Y.shape[1]", "Y.shape[0]"))
change(
    "log_to_base_10",
    "log-base",
    ("np.log(A2)", "np.log10(A2)"),
    ("np.log(1 - A2)", "np.log10(1 - A2)"),
)
change(
    "all_pairs",
    "matmul-not-elementwise",
    ("np.multiply(np.log(A2), Y)", "np.dot(np.log(A2).T, Y)"),
    ("np.multiply(np.log(1 - A2), 1 - Y)", "np.dot(np.log(1 - A2).T, 1 - Y)"),
)
change(
    "an_array_of_one_by_one",
    None,
    ("float(np.squeeze(cost))", "cost.reshape(1, 1)"),
    reason="a shape: told by the check",
)

change = changes_of("hidden", update_parameters)
STEPS = {name: f'- learning_rate * grads["d{name}"]' for name in ("W1", "b1", "W2", "b2")}
change("uphill", "sign-flip", *((old, "+" + old[1:]) for old in STEPS.values()))
change("biases_stay", "db-forgotten", (f" {STEPS['b1']}", ""), (f" {STEPS['b2']}", ""))
change("another_default_rate", None, ("learning_rate=1.2", "learning_rate=0.01"), reason=SAYS)
change(
    "gradients_by_place",
    "gradients-by-place",
    *((f'grads["d{n}"]', f"list(grads.values())[{k}]") for k, n in enumerate(STEPS)),
)
change(
    "writes_into_the_arrays",
    "da-mutated-in-place",
    *(
        (f'{name} = parameters["{name}"] - ', f'{name} = parameters["{name}"]\n    {name} -= ')
        for name in STEPS
    ),
)
change(
    "writes_into_the_dict",
    "da-mutated-in-place",
    (
        'return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}',
        'parameters["W1"], parameters["b1"] = W1, b1\n'
        '    parameters["W2"], parameters["b2"] = W2, b2\n'
        "    return parameters",
    ),
)

change = changes_of("hidden", nn_model)
change(
    "n_h_of_layer_sizes",
    None,
    ("n_y = layer_sizes(X, Y)[2]", "n_x, n_h, n_y = layer_sizes(X, Y)"),
    reason="told by the shapes",
)
change("one_update_too_many", None, ("num_iterations):", "num_iterations + 1):"), reason=LOOP)
change("always_ten_updates", None, ("range(num_iterations)", "range(0, 10)"), reason=LOOP)
change(
    "hands_another_rate_on", None, ("(parameters, grads)", "(parameters, grads, 0.01)"), reason=LOOP
)
change(
    "starts_anew_each_time",
    None,
    (
        "    A2, cache =",
        "    parameters = initialize_parameters(n_x, n_h, n_y)\n        A2, cache =",
    ),
    reason=LOOP,
)
change(
    "gradients_of_all_updates",
    "grads-not-reset",
    ("    for i in", "    total = {}\n    for i in"),
    (
        "grads = backward_propagation(parameters, cache, X, Y)",
        "for key, value in backward_propagation(parameters, cache, X, Y).items():\n"
        "            total[key] = total.get(key, 0) + value",
    ),
    ("(parameters, grads)", "(parameters, total)"),
)
change(
    "seeds_nothing",
    None,
    ("np.random.seed(3)", "rng = np.random.default_rng()"),
    (
        "initialize_parameters(n_x, n_h, n_y)",
        "initialize_parameters(n_x, n_h, n_y)\n"
        '    parameters["W1"] = rng.normal(size=(n_h, n_x)) * 0.01',
    ),
    reason="told that it starts from other weights each time",
)
change("a_list_of_costs_too", None, ("return parameters", "return parameters, []"), reason=SAYS)

change = changes_of("hidden", predict)
change("half_is_one", None, ("A2 > 0.5", "A2 >= 0.5"), reason=SAYS)
change("probabilities", None, ("A2 > 0.5", "A2"), reason=SAYS)
change("below_a_half", None, ("A2 > 0.5", "A2 < 0.5"), reason="told by where it is wrong")
change("above_zero", None, ("A2 > 0.5", "A2 > 0"), reason="told by where it is wrong")
change("flat_answers", None, ("A2 > 0.5", "np.squeeze(A2 > 0.5)"), reason="a shape")
