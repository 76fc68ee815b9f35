"""Unit 04, slips on the way back through the network: from the cost to every layer, and 1/m."""

from .change import changes_of
from .columns import L_model_backward, L_model_backward_J, linear_backward, relu_backward
from .columns_rights import by_linear_backward_times_m, by_the_shortcut
from .registry import mutants_of

mutant = mutants_of("columns")
DAL = "-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))"

change = changes_of("columns", L_model_backward)

# from the cost to dAL
change("dAL_without_its_minus", "sign-flip", ("-(np", "(np"))
change("dAL_with_plus_inside", "dal-sign", (" - np.divide", " + np.divide"))
change(
    "dAL_of_the_first_term",
    "one-class-only",
    (" - np.divide(1 - Y, 1 - AL)", ""),
)
change("dAL_of_the_second_term", "one-class-only", (DAL, "np.divide(1 - Y, 1 - AL)"))
change(
    "residual_taken_for_dAL",
    "output-derivative-twice",
    (DAL, "AL - Y"),
    also=("loss-derivative-wrong",),
)
change("dAL_divided_by_m", "one-over-m-twice", (DAL, f"{DAL} / AL.shape[1]"))
# another layer's array, another function's slope
change(
    "cache_of_the_layer_before",
    "caches-off-by-one",
    ("relu_backward(dA, Z)", "relu_backward(dA, caches[l - 2][1])"),
    ('caches[l - 1], "relu"', 'caches[l - 2], "relu"'),
)
for name, expected, place in (
    ("cache_of_the_layer_before_wrapping_around", "caches-off-by-one", "l - 2"),
    ("cache_of_the_layer_after", "caches-off-by-one", "min(l, L - 1)"),
    ("cache_of_the_layer_before_or_the_first", "caches-off-by-one", "max(l - 2, 0)"),
    ("first_cache_for_all", "alias-last-cache", "0"),
):
    change(
        name,
        expected,
        ("caches[l - 1][1]", f"caches[{place}][1]"),
        ('caches[l - 1], "sigmoid"', f'caches[{place}], "sigmoid"'),
        ('caches[l - 1], "relu"', f'caches[{place}], "relu"'),
    )
change(
    "sigmoid_in_every_layer",
    "wrong-activation-derivative",
    ("relu_backward", "sigmoid_backward"),
    ('"relu"', '"sigmoid"'),
)

change = changes_of("columns", by_the_shortcut, of="L_model_backward")
RELU = "relu_backward(dA, caches[l - 2][1])"

# from the cost to dZ of the last layer
change("Y_minus_AL", "sign-flip", ("AL - Y", "Y - AL"))
change(
    "residual_times_sigmoid_slope",
    "output-derivative-twice",
    ("AL - Y", "(AL - Y) * AL * (1 - AL)"),
    also=("loss-derivative-wrong",),
)
change(
    "dAL_taken_for_dZL",
    "missing-activation-derivative",
    ("AL - Y", DAL),
    also=("output-derivative-missing-mse",),
)
change("residual_times_two", "loss-derivative-wrong", ("AL - Y", "2 * (AL - Y)"))
change(
    "decision_minus_Y",
    None,
    ("AL - Y", "(AL > 0.5) - Y"),
    reason="the perceptron rule (a hard decision in place of AL): no entry",
)
# scale
change("J_at_the_output_and_again_in_dW", "one-over-m-twice", ("AL - Y", "(AL - Y) / Y.shape[1]"))
change("hidden_dZ_divided_by_m", "one-over-m-per-layer", (RELU, f"1 / Y.shape[1] * {RELU}"))
# another layer's array, a layer left out, a key too high
change(
    "A_minus_Y_in_every_layer",
    "reuse-output-dz",
    ("relu_backward(dA", "relu_backward(np.tile(AL - Y, (len(dA), 1))"),
)
change("mask_of_the_layer_before", "wrong-layer-index", ("caches[l - 2]", "caches[max(l - 3, 0)]"))
change("mask_of_the_layer_after", "wrong-layer-index", ("caches[l - 2]", "caches[l - 1]"))
change("hidden_layers_without_relu", "missing-activation-derivative", (RELU, "dA"))
change(
    "dW_with_the_activation_of_its_own_layer",
    "dw-uses-own-activation",
    (
        "caches[l - 1][0])",
        "caches[l - 1][0])\n"
        "        A = caches[l][0][0] if l < len(caches) else AL\n"
        "        dW = dZ @ A.T / Y.shape[1]",
    ),
)
change(
    "dW_with_Z_of_the_layer_before",
    "dw-uses-z",
    (
        "caches[l - 1][0])",
        "caches[l - 1][0])\n"
        "        Z_prev = caches[l - 2][1] if l > 1 else caches[0][0][0]\n"
        "        dW = dZ @ Z_prev.T / Y.shape[1]",
    ),
)
change(
    "dA_keys_one_too_high",
    "da-key-shifted",
    ('["dA" + str(l - 1)]', '["dA" + str(l)]'),
)
change(
    "first_layer_left_out",
    None,
    ("range(1", "range(2"),
    reason="a loop that stops early: keys are missing, no entry",
)
# arguments changed in place, state kept from an earlier call
change("AL_becomes_the_residual", "inplace-p-minus-y", ("AL - Y", "AL\n    dZ -= Y"))
change(
    "dZ_and_dA_are_one_array",
    "inplace-relu-mutates-da",
    (RELU, "dA\n            dZ[caches[l - 2][1] <= 0] = 0"),
    also=("shared-grad-array",),
)
change(
    "gradients_kept_from_earlier_calls",
    "grads-not-reset",
    (
        "    return grads",
        "    for key in grads:\n"
        "        gradients[key] = gradients[key] + grads[key] if key in gradients else grads[key]\n"
        "    return dict(gradients)",
    ),
    state={"gradients": {}},
)
change(
    "answers_once_for_all",
    None,
    ("return grads", "return memory.setdefault(len(caches), grads)"),
    state={"memory": {}},
    reason="remembers its first answer: no entry",
)


@mutant("wrong-layer-index", of="L_model_backward")
def W_of_the_layer_itself(AL, Y, caches):
    grads = {}
    m = Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = dZ @ A_prev.T / m
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            W, Z = caches[l - 2][0][1], caches[l - 2][1]
        grads["dA" + str(l - 1)] = W.T @ dZ
        dZ = grads["dA" + str(l - 1)] * (Z > 0) if l > 1 else None
    return grads


@mutant("da-mutated-in-place", of="L_model_backward")
def takes_the_caches_off_the_list(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    while caches:
        l = len(caches)
        linear_cache, _ = caches.pop()
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, linear_cache)
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        dZ = relu_backward(dA, caches[-1][1]) if caches else None
    return grads


change = changes_of("columns", L_model_backward_J, of="L_model_backward")

change("no_one_over_m_anywhere", "missing-one-over-m", ("(AL - Y) / m", "AL - Y"))


@mutant("j-vs-l-one-over-m-placement", of="L_model_backward")
def everything_of_J(AL, Y, caches):
    return L_model_backward_J(AL, Y, caches)


@mutant("j-vs-l-one-over-m-placement", of="L_model_backward_J")
def L_convention_handed_on(AL, Y, caches):
    return L_model_backward(AL, Y, caches)


change = changes_of("columns", L_model_backward_J)

change("J_with_Y_minus_AL", "sign-flip", ("AL - Y", "Y - AL"))
change("J_with_one_half", "loss-derivative-wrong", ("/ m", "/ (2 * m)"))
change("J_without_one_over_m", "missing-one-over-m", (" / m", ""))
change("m_from_len_of_Y", "wrong-m", ("Y.shape[1]", "len(Y)"), also=("missing-one-over-m",))
change("J_pays_at_every_layer", "one-over-m-per-layer", ("(W.T, dZ)", "(W.T, dZ) / m"))
change("J_takes_the_mean_for_db", "db-mean-and-one-over-m", ("np.sum", "np.mean"))
change(
    "W_of_the_layer_after",
    "wrong-layer-index",
    ("np.dot(W.T", "np.dot(caches[min(l, L - 1)][0][1].T"),
)
change(
    "m_from_size_of_AL",
    None,
    ("Y.shape[1]", "AL.size"),
    equivalent="AL has one row (one output unit), so AL.size is the number of examples",
)

change = changes_of("columns", by_linear_backward_times_m, of="L_model_backward_J")

change("linear_backward_divides_again", "one-over-m-twice", ("m * dW, m * db", "dW, db"))
