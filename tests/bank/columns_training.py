"""Unit 04, slips of training: the update and the loop around it."""

from .change import changes_of
from .columns import (
    L_layer_model,
    L_model_forward,
    compute_cost,
    initialize_parameters_deep,
    linear_backward,
    relu_backward,
    update_parameters,
)
from .registry import mutants_of

mutant = mutants_of("columns")
LOOP = "a slip of the training loop that the catalogue has not"

change = changes_of("columns", update_parameters)
STEP_W, STEP_B = (f'learning_rate * grads["d{name}" + str(l)]' for name in "Wb")

change("uphill", "sign-flip", (f"- {STEP_W}", f"+ {STEP_W}"), (f"- {STEP_B}", f"+ {STEP_B}"))
change("biases_not_updated", "db-forgotten", (f" - {STEP_B}", ""))
change(
    "last_layer_not_updated",
    None,
    ("new = {}", "new = dict(parameters)"),
    (" // 2 + 1", " // 2"),
    reason=LOOP,
)
change(
    "gradients_by_place",
    "gradients-by-place",
    ('grads["dW" + str(l)]', "list(grads.values())[2 * l - 2]"),
    ('grads["db" + str(l)]', "list(grads.values())[2 * l - 1]"),
)
change(
    "step_of_one",
    None,
    ('learning_rate * grads["dW"', 'grads["dW"'),
    ('learning_rate * grads["db"', 'grads["db"'),
    reason=LOOP,
)
change(
    "parameters_changed_in_place",
    "da-mutated-in-place",
    ("new = {}", "new = dict(parameters)"),
    ('= parameters["W" + str(l)] - ', "-= "),
    ('= parameters["b" + str(l)] - ', "-= "),
)

change = changes_of("columns", L_layer_model)

change(
    "gradients_pile_up",
    "grads-not-reset",
    ("costs = []", "costs, total = [], {}"),
    (
        "grads = L_model_backward(AL, Y, caches)",
        "for key, value in L_model_backward(AL, Y, caches).items():\n"
        "            total[key] = total.get(key, 0) + value",
    ),
    ("parameters, grads,", "parameters, total,"),
)
change(
    "cost_after_the_update",
    None,
    ("        costs.append(compute_cost(AL, Y))\n", ""),
    (
        "grads, learning_rate)",
        "grads, learning_rate)\n"
        "        costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))",
    ),
    reason=LOOP,
)
change("learning_rate_hard_coded", None, ("grads, learning_rate", "grads, 0.0075"), reason=LOOP)
change(
    "starts_anew_each_time",
    None,
    (
        "    AL, caches =",
        "    parameters = initialize_parameters_deep(layers_dims, seed)\n        AL, caches =",
    ),
    reason=LOOP,
)


@mutant("updated-weights-in-backward", of="L_layer_model")
def updates_while_going_back(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    costs = []
    parameters = initialize_parameters_deep(layers_dims, seed)
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        dZ = AL - Y
        for l in reversed(range(1, len(caches) + 1)):
            (A_prev, W, b), Z = caches[l - 1]
            _, dW, db = linear_backward(dZ, (A_prev, W, b))
            parameters["W" + str(l)] = W - learning_rate * dW
            parameters["b" + str(l)] = b - learning_rate * db
            if l > 1:
                dZ = relu_backward(parameters["W" + str(l)].T @ dZ, caches[l - 2][1])
    return parameters, costs
