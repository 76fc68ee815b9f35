"""Unit 06b, slips of descent, momentum and RMSprop, and of what stands around them."""

from .change import changes_of
from .optimisers import (
    initialize_adam,
    initialize_velocity,
    random_mini_batches,
    schedule_lr_decay,
    update_lr,
    update_parameters_with_gd,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
)
from .registry import mutants_of

mutant = mutants_of("optimisers")
SAYS = "told by what the check expects"
SEARCH = "told by the search"

change = changes_of("optimisers", update_parameters_with_gd)
STEPS = [f'- learning_rate * grads["d{k}" + str(l)]' for k in "Wb"]
change("uphill", "sign-flip", *((step, "+" + step[1:]) for step in STEPS))
change("biases_stay", "db-forgotten", (f" {STEPS[1]}", ""))
change(
    "rate_squared",
    "optimiser-learning-rate-twice",
    *((step, step.replace("_rate", "_rate**2")) for step in STEPS),
)
change(
    "rate_forgotten", None, *((s, s.replace("learning_rate * ", "")) for s in STEPS), reason=SEARCH
)
change("last_layer_stays", None, ("range(1, L + 1)", "range(1, L)"), reason=SAYS)
change("dW_for_db", None, ('grads["db"', 'grads["dW"'), reason="told by the shapes")
change("writes_into_the_dict", "da-mutated-in-place", ("new = {}", "new = parameters"))


@mutant("da-mutated-in-place", of="update_parameters_with_gd")
def writes_into_the_arrays(parameters, grads, learning_rate):
    for k in parameters:
        parameters[k] -= learning_rate * grads["d" + k]
    return dict(parameters)


@mutant("gradients-by-place", of="update_parameters_with_gd")
def gradients_by_place(parameters, grads, learning_rate):
    pairs = zip(parameters, [k for k in grads if k[1] in "Wb"], strict=True)
    return {k: parameters[k] - learning_rate * grads[key] for k, key in pairs}


@mutant("gradients-by-place", of="update_parameters_with_momentum")
def all_by_place(parameters, grads, v, beta, learning_rate):
    slopes = [g for k, g in grads.items() if k[1] in "Wb"]
    means = [beta * old + (1 - beta) * g for old, g in zip(v.values(), slopes, strict=True)]
    moved = zip(parameters.items(), means, strict=True)
    v_new = {"d" + k: mean for k, mean in zip(parameters, means, strict=True)}
    return {k: p - learning_rate * mean for (k, p), mean in moved}, v_new


change = changes_of("optimisers", initialize_velocity)
change("of_ones", None, ("np.zeros(", "np.ones("), reason=SAYS)
change("keys_of_parameters", None, ('v["d" + k]', "v[k]"), reason=SAYS)
change("one_axis", None, (".shape)", ".shape[0])"), reason="a shape")
change(
    "the_parameters_themselves",
    None,
    ("np.zeros(parameters[k].shape)", "parameters[k]"),
    reason=SAYS,
)
change(
    "zeros_by_overwriting",
    "da-mutated-in-place",
    (
        'v["d" + k] = np.zeros(parameters[k].shape)',
        'v["d" + k] = parameters[k]\n        v["d" + k] *= 0',
    ),
)
change(
    "one_array_a_shape",
    "optimiser-state-shared",
    ("v = {}", "v, seen = {}, {}"),
    (
        "np.zeros(parameters[k].shape)",
        "seen.setdefault(parameters[k].shape, np.zeros(parameters[k].shape))",
    ),
)

change = changes_of("optimisers", initialize_adam)
change(
    "one_array_for_both",
    "optimiser-state-shared",
    ('s["d" + k] = np.zeros(parameters[k].shape)', 's["d" + k] = v["d" + k]'),
)
change(
    "one_dict_for_both",
    "optimiser-state-shared",
    ("    s = {}\n", "    s = v\n"),
    also=(),
)
change("v_alone", None, ("return v, s", "return v"), reason=SAYS)
change("s_of_ones", None, ('s["d" + k] = np.zeros', 's["d" + k] = np.ones'), reason=SAYS)

change = changes_of("optimisers", update_parameters_with_momentum)
PAIRS = ("for k in parameters:", "for k, slope in zip(parameters, grads.values()):")
change("gradients_by_place", "gradients-by-place", PAIRS, ('grads["d" + k]', "slope"))
REST = "(1 - beta) * grads"
MEAN = 'beta * v["d" + k] + (1 - beta) * grads["d" + k]'
STEP = 'learning_rate * v_new["d" + k]'
change("no_one_minus_beta", "optimiser-one-minus-beta-missing", (REST, "grads"))
change(
    "weights_the_other_way_round",
    "optimiser-weights-swapped",
    ('beta * v["d" + k] + (1 - beta)', '(1 - beta) * v["d" + k] + beta'),
)
change("moves_first", "optimiser-step-from-old-state", (STEP, STEP.replace("v_new", "v")))
change("uphill", "sign-flip", (f"- {STEP}", f"+ {STEP}"))
change("biases_stay", "db-forgotten", (STEP, f'(k[0] == "W") * {STEP}'))
change("rate_squared", "optimiser-learning-rate-twice", (STEP, f"learning_rate * {STEP}"))
change("rate_in_both_lines", "optimiser-learning-rate-twice", (REST, f"learning_rate * {REST}"))
change(
    "rate_in_the_velocity",
    "optimiser-learning-rate-in-velocity",
    (REST, f"learning_rate * {REST}"),
    (STEP, 'v_new["d" + k]'),
)
change(
    "rate_in_a_sum",
    "optimiser-learning-rate-in-velocity",
    (REST, "learning_rate * grads"),
    (STEP, 'v_new["d" + k]'),
)
change(
    "as_in_another_course",
    "optimiser-learning-rate-in-velocity",
    (f"+ {REST}", "- learning_rate * grads"),
    (f"- {STEP}", '+ v_new["d" + k]'),
)
change("follows_the_gradient", None, (STEP, STEP.replace("v_new", "grads")), reason=SEARCH)
change("forgets_the_past", None, (MEAN, f"({MEAN.partition(' + (')[2]}"), reason=SEARCH)
change("keeps_everything", None, ('beta * v["d"', 'v["d"'), reason=SEARCH)
change("rate_forgotten", None, (STEP, 'v_new["d" + k]'), reason=SEARCH)
change("mean_of_squares", None, ('grads["d" + k]', 'grads["d" + k] ** 2'), reason=SEARCH)
change("returns_the_old_v", None, ("return new, v_new", "return new, v"), reason=SEARCH)
change("v_alone", None, ("return new, v_new", "return v_new"), reason=SAYS)
change("v_first", None, ("return new, v_new", "return v_new, new"), reason=SAYS)
change("writes_into_v", "da-mutated-in-place", ("new, v_new = {}, {}", "new, v_new = {}, v"))
change(
    "rate_and_beta_exchanged",
    None,
    ("v, beta, learning_rate", "v, learning_rate, beta"),
    reason="two numbers in each other's places",
)

change = changes_of("optimisers", update_parameters_with_rmsprop)
TRIPLES = "for k, slope, old in zip(parameters, grads.values(), s.values()):"
change("gradients_by_place", "gradients-by-place", PAIRS, ('grads["d" + k]', "slope"))
change(
    "all_by_place",
    "gradients-by-place",
    (PAIRS[0], TRIPLES),
    ('grads["d" + k]', "slope"),
    ('s["d" + k] + ', "old + "),
)
REST, ROOT = "(1 - beta) * g**2", 'np.sqrt(s_new["d" + k]) + epsilon'
change("no_one_minus_beta", "optimiser-one-minus-beta-missing", (REST, "g**2"))
change(
    "weights_the_other_way_round",
    "optimiser-weights-swapped",
    ('beta * s["d" + k] + (1 - beta)', '(1 - beta) * s["d" + k] + beta'),
)
change("divides_by_the_old_s", "optimiser-step-from-old-state", (ROOT, ROOT.replace("s_new", "s")))
change("uphill", "sign-flip", ("- learning_rate", "+ learning_rate"))
change("biases_stay", "db-forgotten", ("* g / (", '* (k[0] == "W") * g / ('))
change(
    "rate_squared",
    "optimiser-learning-rate-twice",
    ("learning_rate * g", "learning_rate**2 * g"),
)
change(
    "epsilon_in_the_root",
    "optimiser-epsilon-inside-root",
    (ROOT, 'np.sqrt(s_new["d" + k] + epsilon)'),
)
change("no_root", "optimiser-root-missing", (ROOT, 's_new["d" + k] + epsilon'))
change("no_square", "optimiser-square-missing", ("g**2", "g"))
change("no_epsilon", None, (" + epsilon", ""), reason=SEARCH)
change("rate_forgotten", None, ("learning_rate * g", "g"), reason=SEARCH)
change("absolute_value", None, ("g**2", "np.abs(g)"), reason=SEARCH)
change("returns_the_old_s", None, ("return new, s_new", "return new, s"), reason=SEARCH)
change("another_default", None, ("epsilon=1e-8", "epsilon=1e-3"), reason=SAYS)
change("writes_into_s", "da-mutated-in-place", ("new, s_new = {}, {}", "new, s_new = {}, s"))

change = changes_of("optimisers", random_mini_batches)
change("labels_in_their_order", "mini-batch-pairs-broken", ("Y[:, order]", "Y"))
change(
    "two_orders",
    "mini-batch-pairs-broken",
    ("Y[:, order]", "Y[:, np.random.default_rng(seed + 1).permutation(m)]"),
)
change("drops_the_rest", "mini-batch-last-dropped", ("m % mini_batch_size != 0", "False"))
change("always_a_rest", None, ("m % mini_batch_size != 0", "True"), reason=SAYS)
change(
    "not_in_a_random_order",
    None,
    ("default_rng(seed).permutation(m)", "default_rng(seed).integers(1) + np.arange(m)"),
    reason=SAYS,
)
change("another_order_each_time", None, ("default_rng(seed)", "default_rng()"), reason=SAYS)
change("one_seed_for_all", None, ("default_rng(seed)", "default_rng(3)"), reason=SAYS)
change("with_replacement", None, (".permutation(m)", ".integers(0, m, m)"), reason=SAYS)
change(
    "one_too_few",
    None,
    ("(k + 1) * mini_batch_size)", "(k + 1) * mini_batch_size - 1)"),
    reason=SAYS,
)
change("another_default", None, ("mini_batch_size=64", "mini_batch_size=32"), reason=SAYS)
change(
    "a_tuple_of_batches", None, ("return mini_batches", "return tuple(mini_batches)"), reason=SAYS
)
change(
    "puts_X_in_order",
    None,
    ("shuffled_X = X[:, order]", "X[...] = X[:, order]\n    shuffled_X = X"),
    reason="told by what the check expects",
)

change = changes_of("optimisers", update_lr)
change(
    "without_the_one",
    None,
    ("(1 + decay_rate * epoch_num)", "(decay_rate * epoch_num)"),
    reason=SAYS,
)
change(
    "without_brackets",
    None,
    ("(1 + decay_rate * epoch_num)", "1 + decay_rate * epoch_num"),
    reason=SAYS,
)
change("grows", None, ("/ (1", "* (1"), reason=SAYS)

change = changes_of("optimisers", schedule_lr_decay)
change(
    "without_the_floor",
    None,
    ("np.floor(epoch_num / time_interval)", "epoch_num / time_interval"),
    reason=SAYS,
)
change("at_every_epoch", None, ("np.floor(epoch_num / time_interval)", "epoch_num"), reason=SAYS)
change("rounds", None, ("np.floor", "np.ceil"), reason=SAYS)
change("another_default", None, ("time_interval=1000", "time_interval=100"), reason=SAYS)
