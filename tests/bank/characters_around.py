"""Unit 10b, slips of clipping, of a step of training, and of drawing a word."""

from .change import changes_of
from .characters import clip, optimize, sample

SAYS = "told by what the check expects"

change = changes_of("characters", clip)
KEPT = "clipped[name] = np.clip(gradient, -maxValue, maxValue)"
change(
    "name_rebound",
    "clip-copies-not-inplace",
    (KEPT, "clipped[name] = gradient\n        gradient = np.clip(gradient, -maxValue, maxValue)"),
)
change(
    "result_thrown_away",
    "clip-copies-not-inplace",
    (KEPT, "clipped[name] = gradient\n        np.clip(gradient, -maxValue, maxValue)"),
)
change("in_place", "da-mutated-in-place", (KEPT, KEPT[:-1] + ", out=gradient)"))
change(
    "by_norm",
    "word-clip-by-norm",
    (
        "clipped = {}\n",
        "clipped = {}\n    norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))\n",
    ),
    (KEPT, "clipped[name] = gradient * min(1, maxValue / norm)"),
)
change(
    "by_the_largest_entry",
    "word-clip-scales-each-array",
    (KEPT, "clipped[name] = gradient * min(1, maxValue / np.abs(gradient).max())"),
)
change(
    "by_the_largest_entry_always",
    "word-clip-scales-each-array",
    (KEPT, "clipped[name] = maxValue * gradient / np.abs(gradient).max()"),
)
change(
    "by_the_norm_of_each",
    "word-clip-scales-each-array",
    (KEPT, "clipped[name] = gradient * min(1, maxValue / np.linalg.norm(gradient))"),
)
change(
    "by_the_largest_entry_of_all",
    "word-clip-scales-each-array",
    (
        "clipped = {}\n",
        "clipped = {}\n    big = max(np.abs(g).max() for g in gradients.values())\n",
    ),
    (KEPT, "clipped[name] = gradient * min(1, maxValue / big)"),
)
change("one_side", None, ("-maxValue, maxValue", "None, maxValue"), reason=SAYS)
change(
    "to_zero", None, (KEPT, "clipped[name] = gradient * (abs(gradient) < maxValue)"), reason=SAYS
)
change(
    "without_by",
    None,
    ("    return clipped", '    clipped.pop("dby")\n    return clipped'),
    reason=SAYS,
)

change = changes_of("characters", optimize)
STEP = 'parameters[name] = parameters[name] - learning_rate * gradients["d" + name]'
change("clip_thrown_away", "word-not-clipped", ("gradients = clip", "clip"))
change("not_clipped", "word-not-clipped", ("    gradients = clip(gradients, 5)\n", ""))
change(
    "update_before_clip",
    "word-not-clipped",
    ("    gradients = clip(gradients, 5)\n", ""),
    (
        "    return loss, gradients",
        "    gradients = clip(gradients, 5)\n    return loss, gradients",
    ),
)
change(
    "by_norm",
    "word-clip-by-norm",
    (
        "    gradients = clip(gradients, 5)\n",
        "    norm = np.sqrt(sum((gradients['d' + k] ** 2).sum() for k in parameters))\n"
        "    gradients = {'d' + k: gradients['d' + k] * min(1, 5 / norm) for k in parameters}\n",
    ),
)
change("uphill", "sign-flip", ("- learning_rate *", "+ learning_rate *"))
change(
    "a_dict_of_its_own",
    "word-update-lost",
    (
        "    for name in parameters:",
        "    parameters = dict(parameters)\n    for name in parameters:",
    ),
)
change("no_update", "word-update-lost", (STEP, "pass"))
change(
    "three_parameters",
    "word-parameter-left-out",
    ("for name in parameters", 'for name in ("Wax", "Waa", "b")'),
)
change(
    "starts_with_zeros",
    "word-state-not-carried",
    ("rnn_forward(X, Y, a_prev", "rnn_forward(X, Y, 0 * a_prev"),
)
change("hands_on_what_came", "word-state-not-carried", ("a[len(X) - 1]", "a_prev"))
change("hands_on_the_first", "word-state-not-carried", ("a[len(X) - 1]", "a[0]"))
change(
    "loss_after_the_step",
    None,
    ("    return loss", "    loss = rnn_forward(X, Y, a_prev, parameters)[0]\n    return loss"),
    reason=SAYS,
)
change("rate_twice", None, (STEP, STEP.replace("learning_rate", "learning_rate**2")), reason=SAYS)
change("other_bound", None, ("gradients, 5", "gradients, 10"), reason=SAYS)
change("another_rate", None, ("learning_rate=0.01", "learning_rate=0.1"), reason=SAYS)

change = changes_of("characters", sample)
DRAW = "int(rng.choice(V, p=p.ravel()))"
change("argmax", "sample-argmax", (DRAW, "int(np.argmax(p))"))
change("largest_of_a_list", "sample-argmax", (DRAW, "max(range(V), key=lambda k: p[k, 0])"))
change("no_probabilities", "sample-probabilities-ignored", (DRAW, "int(rng.choice(V))"))
change("any_letter", "sample-probabilities-ignored", (DRAW, "int(rng.integers(V))"))
change(
    "seeded_in_the_loop",
    "sample-same-draw",
    (DRAW, DRAW.replace("rng", "np.random.default_rng(seed)")),
)
change(
    "seeds_the_global_one_in_the_loop",
    "sample-same-draw",
    (DRAW, "int((np.random.seed(seed), np.random.choice(V, p=p.ravel()))[1])"),
)
change("not_fed_back", "sample-letter-not-fed-back", ("        x[idx] = 1\n", ""))
change(
    "x_untouched",
    "sample-letter-not-fed-back",
    ("        x = np.zeros((V, 1))\n        x[idx] = 1\n", ""),
)
change("state_forgotten", "sample-state-forgotten", ("        a_prev = a\n", ""))
change("state_of_zeros", "sample-state-forgotten", ("a_prev = a\n", "a_prev = 0 * a\n"))
change(
    "letters_pile_up",
    "sample-letters-pile-up",
    ("        x = np.zeros((V, 1))\n        x[idx]", "        x[idx]"),
)
change("feeds_back_p", "sample-no-letter-whole", ("x[idx] = 1", "x = p"))
change("feeds_back_a_part", "sample-no-letter-whole", ("x[idx] = 1", "x[idx] = p[idx]"))
change(
    "newline_left_out",
    "sample-newline-left-out",
    (
        "        indices.append(idx)\n",
        '        if idx != char_to_ix["\\n"]:\n            indices.append(idx)\n',
    ),
)
change("newline_is_0", None, ('while idx != char_to_ix["\\n"]', "while idx != 0"), reason=SAYS)
change("forty_nine", None, ("< 50", "< 49"), reason=SAYS)
change(
    "no_newline_after_fifty",
    None,
    ('        indices.append(char_to_ix["\\n"])\n', "        pass\n"),
    reason=SAYS,
)
change("seed_ignored", None, ("default_rng(seed)", "default_rng()"), reason=SAYS)
change("seed_of_its_own", None, ("default_rng(seed)", "default_rng(1)"), reason=SAYS)
change(
    "changes_parameters",
    "da-mutated-in-place",
    ("    rng = np", '    parameters["b"] += 0.1\n    rng = np'),
)
