"""Unit 04, slips of training: the update and the loop around it."""

from .mlp import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    initialize_parameters_deep,
    linear_backward,
    relu_backward,
    update_parameters,
)
from .registry import mutants_of

mutant = mutants_of("mlp")
IN_PLACE = "an argument is changed; the catalogue's in-place entries are of other arguments"
LOOP = "a slip of the training loop that the catalogue has not"


@mutant("sign-flip", of="update_parameters")
def uphill(parameters, grads, learning_rate):
    new = {}
    for key in parameters:
        new[key] = parameters[key] + learning_rate * grads["d" + key]
    return new


@mutant(None, of="update_parameters", reason=LOOP)
def last_layer_not_updated(parameters, grads, learning_rate):
    new = dict(parameters)
    for l in range(1, len(parameters) // 2):
        new["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        new["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return new


@mutant("db-forgotten", of="update_parameters")
def biases_not_updated(parameters, grads, learning_rate):
    new = dict(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        new["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
    return new


@mutant(None, of="update_parameters", reason=LOOP)
def step_of_one(parameters, grads, learning_rate):
    return {key: parameters[key] - grads["d" + key] for key in parameters}


@mutant(None, of="update_parameters", reason=IN_PLACE)
def parameters_changed_in_place(parameters, grads, learning_rate):
    new = dict(parameters)
    for key in new:
        new[key] -= learning_rate * grads["d" + key]
    return new


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


@mutant("grads-not-reset", of="L_layer_model")
def gradients_pile_up(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    costs = []
    parameters = initialize_parameters_deep(layers_dims, seed)
    total = {}
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        for key, value in L_model_backward(AL, Y, caches).items():
            total[key] = total.get(key, 0) + value
        parameters = update_parameters(parameters, total, learning_rate)
    return parameters, costs


@mutant(None, of="L_layer_model", reason=LOOP)
def cost_after_the_update(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    costs = []
    parameters = initialize_parameters_deep(layers_dims, seed)
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))
    return parameters, costs


@mutant(None, of="L_layer_model", reason=LOOP)
def learning_rate_hard_coded(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    costs = []
    parameters = initialize_parameters_deep(layers_dims, seed)
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, 0.0075)
    return parameters, costs


@mutant(None, of="L_layer_model", reason=LOOP)
def starts_anew_each_time(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    costs = []
    for _ in range(num_iterations):
        parameters = initialize_parameters_deep(layers_dims, seed)
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
