"""Unit 03b, right answers in the forms that public solutions of week 3 have."""

# ruff: noqa: NPY002  (that course seeds the global generator)
import numpy as np

from .hidden import (
    backward_propagation,
    forward_propagation,
    initialize_parameters,
    layer_sizes,
    sigmoid,
    update_parameters,
)
from .registry import rights_of

right = rights_of("hidden")
NAMES = ("W1", "b1", "W2", "b2")


# the cost, in the forms that were found


@right("compute_cost")
def cost_as_a_squeezed_array(A2, Y):
    logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return np.squeeze(np.sum(logprobs) / -Y.shape[1])


@right("compute_cost")
def cost_by_dot_products_with_transposes(A2, Y):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)) / m
    return float(np.squeeze(cost))


@right("compute_cost")
def cost_by_two_rows(A2, Y):
    m = A2.shape[1]
    return (-1 / m) * (np.log(A2)[0] @ Y[0] + np.log(1 - A2)[0] @ (1 - Y)[0])


@right("compute_cost")
def cost_as_a_mean(A2, Y):
    return -np.where(Y == 1, np.log(A2), np.log(1 - A2)).mean()


@right("compute_cost")
def cost_away_from_the_logarithm_of_zero(A2, Y):
    safe = np.clip(A2, 1e-15, 1 - 1e-15)
    return np.average(-Y * np.log(safe) - (1 - Y) * np.log(1 - safe))


# the parameters come as a third argument in older versions


@right()
class cost_that_asks_for_the_parameters:
    def compute_cost(A2, Y, parameters):
        m = Y.shape[1]
        W1, W2 = parameters["W1"], parameters["W2"]
        assert W1.shape[0] == W2.shape[1]
        logprobs = np.multiply(np.log(A2), Y) + np.multiply(1 - Y, np.log(1 - A2))
        cost = float(np.squeeze(-np.sum(logprobs) / m))
        assert isinstance(cost, float)
        return cost

    def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
        np.random.seed(3)
        n_x, n_y = layer_sizes(X, Y)[0], layer_sizes(X, Y)[2]
        parameters = initialize_parameters(n_x, n_h, n_y)
        W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
        for i in range(num_iterations):
            A2, cache = forward_propagation(X, parameters)
            cost = compute_cost(A2, Y, parameters)  # noqa: F821  the one above, in the notebook
            grads = backward_propagation(parameters, cache, X, Y)
            parameters = update_parameters(parameters, grads, learning_rate=1.2)
            if print_cost and i % 1000 == 0:
                print(i, cost)
        return parameters


# the way back


@right("backward_propagation")
def products_with_m_below(parameters, cache, X, Y):
    m = Y.shape[1]
    W2, A1, A2 = parameters["W2"], cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - A1 * A1)
    return {
        "dW1": np.matmul(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.matmul(dZ2, A1.T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


@right("backward_propagation")
def one_output_by_broadcasting(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.multiply(parameters["W2"].T, dZ2) * (1 - np.square(cache["A1"]))
    db1, db2 = (np.mean(dZ, axis=1).reshape(-1, 1) for dZ in (dZ1, dZ2))
    dW1, dW2 = 1.0 / m * dZ1.dot(X.T), 1.0 / m * dZ2.dot(cache["A1"].T)
    return {"dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


@right("backward_propagation")
def from_dA2_by_the_slopes_of_the_activations(parameters, cache, X, Y):
    A1, A2, m = cache["A1"], cache["A2"], X.shape[1]
    dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
    dZ2 = dA2 * A2 * (1 - A2)
    dA1 = np.dot(parameters["W2"].T, dZ2)
    dZ1 = dA1 * (1 - np.tanh(cache["Z1"]) ** 2)
    grads = {"dW2": dZ2 @ A1.T / m, "dW1": dZ1 @ X.T / m}
    grads["db2"], grads["db1"] = (np.sum(dZ, 1, keepdims=True) / m for dZ in (dZ2, dZ1))
    return grads


@right("backward_propagation")
def the_mean_first(parameters, cache, X, Y):
    dZ2 = (cache["A2"] - Y) / Y.size
    dZ1 = parameters["W2"].T @ dZ2 / np.cosh(cache["Z1"]) ** 2
    return {
        "dW1": dZ1 @ X.T,
        "db1": dZ1.sum(axis=1, keepdims=True),
        "dW2": dZ2 @ cache["A1"].T,
        "db2": dZ2.sum(axis=1, keepdims=True),
    }


@right("backward_propagation")
def example_by_example(parameters, cache, X, Y):
    m = X.shape[1]
    grads = {"d" + name: np.zeros(parameters[name].shape) for name in ("W1", "b1", "W2", "b2")}
    for i in range(m):
        x, a1, a2 = X[:, [i]], cache["A1"][:, [i]], cache["A2"][:, [i]]
        dz2 = a2 - Y[:, [i]]
        dz1 = parameters["W2"].T * dz2 * (1 - a1**2)
        grads["dW2"] += dz2 * a1.T / m
        grads["db2"] += dz2 / m
        grads["dW1"] += dz1 @ x.T / m
        grads["db1"] += dz1 / m
    return grads


@right("backward_propagation")
def by_einsum(parameters, cache, X, Y):
    m = X.shape[1]
    e = cache["A2"] - Y
    s = np.einsum("ok,oi,ki->ki", parameters["W2"], e, 1 - cache["A1"] ** 2)
    dW1, dW2 = np.einsum("ki,ji->kj", s, X) / m, np.einsum("oi,ki->ok", e, cache["A1"]) / m
    return {"dW1": dW1, "db1": s @ np.ones((m, 1)) / m, "dW2": dW2, "db2": e @ np.ones((m, 1)) / m}


# caches of another form, and what reads them


@right()
class cache_is_a_tuple:
    def forward_propagation(X, parameters):
        W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
        Z1 = W1.dot(X) + b1
        A1 = np.tanh(Z1)
        Z2 = W2.dot(A1) + b2
        A2 = sigmoid(Z2)
        assert A2.shape == (1, X.shape[1])
        return A2, (Z1, A1, Z2, A2)

    def backward_propagation(parameters, cache, X, Y):
        m = X.shape[1]
        _, A1, _, A2 = cache
        dZ2 = A2 - Y
        dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
        grads = {"dW1": 1 / m * dZ1 @ X.T, "dW2": 1 / m * dZ2 @ A1.T}
        grads["db1"] = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
        grads["db2"] = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        return grads

    def backward_signals(parameters, cache, X, Y, convention):
        factor = 1.0 if convention == "L" else 1.0 / X.shape[1]
        dZ2 = factor * (cache[3] - Y)
        dA1 = parameters["W2"].T @ dZ2
        return {"dZ1": dA1 * (1 - cache[1] ** 2), "dA1": dA1, "dZ2": dZ2}


@right()
class cache_holds_the_parameters_too:
    def forward_propagation(X, parameters):
        Z1 = parameters["W1"] @ X + parameters["b1"]
        A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))
        Z2 = parameters["W2"] @ A1 + parameters["b2"]
        A2 = 1.0 / (1.0 + np.exp(-Z2))
        return A2, {"A1": A1, "A2": A2, "W": [parameters["W1"], parameters["W2"]]}

    def backward_propagation(parameters, cache, X, Y):
        W2 = cache["W"][1]
        dZ2 = (cache["A2"] - Y) / X.shape[1]
        dZ1 = (W2.T @ dZ2) * (1 + cache["A1"]) * (1 - cache["A1"])
        grads = {"dW1": dZ1 @ X.T, "db1": dZ1.sum(1)[:, np.newaxis]}
        return grads | {"dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(1)[:, np.newaxis]}


# where it starts, the step, and the loop


@right("initialize_parameters")
def start_without_a_seed_of_its_own(n_x, n_h, n_y):
    parameters = {"W1": np.random.randn(n_h, n_x) * 0.01, "b1": np.zeros(shape=(n_h, 1))}
    parameters |= {"W2": np.random.randn(n_y, n_h) * 0.01, "b2": np.zeros(shape=(n_y, 1))}
    assert parameters["W1"].shape == (n_h, n_x)
    return parameters


@right("initialize_parameters")
def start_with_a_generator_of_its_own(n_x, n_h, n_y):
    rng = np.random.default_rng(7)
    W1, W2 = rng.normal(0, 0.01, (n_h, n_x)), rng.normal(0, 0.01, (n_y, n_h))
    return {"W1": W1, "W2": W2, "b1": np.zeros([n_h, 1]), "b2": np.zeros([n_y, 1])}


@right("update_parameters")
def step_on_deep_copies(parameters, grads, learning_rate=1.2):
    import copy

    new = copy.deepcopy(parameters)
    for name in new:
        new[name] -= learning_rate * grads["d" + name]
    return new


@right("nn_model")
def loop_with_the_cost_kept(X, Y, n_h, num_iterations=10000, print_cost=False, learning_rate=1.2):
    np.random.seed(3)
    (n_x, _, n_y), costs = layer_sizes(X, Y), []
    parameters = initialize_parameters(n_x, n_h, n_y)
    while len(costs) < num_iterations:
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y))  # noqa: F821
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters


@right("predict")
def answers_as_numbers(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return np.where(A2 > 0.5, 1, 0)


@right("predict")
def answers_by_rounding(parameters, X):
    return np.round(forward_propagation(X, parameters)[0])


@right("predict")
def answers_one_by_one(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    return np.array([[1 if a > 0.5 else 0 for a in np.squeeze(A2, axis=0)]])


@right("layer_sizes")
def sizes_in_a_list(X, Y):
    return [len(X), 4, len(Y)]
