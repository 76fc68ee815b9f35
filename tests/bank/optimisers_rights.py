"""Unit 06b, right answers in unusual form, as they are found in public solutions."""

# ruff: noqa: NPY002  (that course seeds the global generator)
import math

import numpy as np

from .registry import rights_of

right = rights_of("optimisers")


@right("update_parameters_with_gd")
def by_a_comprehension(parameters, grads, learning_rate):
    return {k: np.subtract(p, learning_rate * grads["d" + k]) for k, p in parameters.items()}


@right("initialize_velocity")
def zeros_like_each(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros_like(parameters["W" + str(l + 1)])
        v["db" + str(l + 1)] = np.zeros_like(parameters["b" + str(l + 1)])
    return v


@right("initialize_velocity")
def zeros_by_product(parameters):
    return {f"d{k}": 0.0 * p for k, p in reversed(parameters.items())}


@right("update_parameters_with_momentum")
def the_template_on_copies(parameters, grads, v, beta, learning_rate):
    parameters = {k: p.copy() for k, p in parameters.items()}
    v = {d: old.copy() for d, old in v.items()}
    L = len(parameters) // 2
    for l in range(L):
        v["dW" + str(l + 1)] = beta * v["dW" + str(l + 1)] + (1 - beta) * grads["dW" + str(l + 1)]
        v["db" + str(l + 1)] = beta * v["db" + str(l + 1)] + (1 - beta) * grads["db" + str(l + 1)]
        parameters["W" + str(l + 1)] -= learning_rate * v["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * v["db" + str(l + 1)]
    return parameters, v


@right("update_parameters_with_momentum")
def a_step_towards_the_gradient(parameters, grads, v, beta, learning_rate):
    """beta v + (1 - beta) g is v + (1 - beta) (g - v)."""
    moved = {k: old + (1 - beta) * (grads[k] - old) for k, old in v.items()}
    return [{k: p - learning_rate * moved["d" + k] for k, p in parameters.items()}, moved]


@right("update_parameters_with_rmsprop")
def by_numpy_functions(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    new, S = dict(parameters), dict(s)
    for d in S:
        S[d] = np.add(np.multiply(beta, S[d]), np.multiply(1 - beta, np.square(grads[d])))
        new[d[1:]] = new[d[1:]] - learning_rate * np.divide(grads[d], S[d] ** 0.5 + epsilon)
    return new, S


@right("update_parameters_with_rmsprop")
def with_the_quotient_first(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    rates, made = {}, {}
    for l in range(1, len(parameters) // 2 + 1):
        for d in (f"dW{l}", f"db{l}"):
            made[d] = beta * s[d] + (1 - beta) * grads[d] * grads[d]
            rates[d] = learning_rate / (np.sqrt(made[d]) + epsilon)
    return {k: p - rates[f"d{k}"] * grads[f"d{k}"] for k, p in parameters.items()}, made


@right("initialize_adam")
def from_the_velocity_twice(parameters):
    v = initialize_velocity(parameters)  # noqa: F821
    return v, {d: zeros.copy() for d, zeros in v.items()}


@right("update_parameters_with_adam")
def the_newer_template(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Returns the corrected means too, which the template did from 2021 on."""
    parameters, v, s = dict(parameters), dict(v), dict(s)
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(1, L + 1):
        for d in ("dW" + str(l), "db" + str(l)):
            v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
            v_corrected[d] = v[d] / (1 - beta1**t)
            s[d] = beta2 * s[d] + (1 - beta2) * np.power(grads[d], 2)
            s_corrected[d] = s[d] / (1 - beta2**t)
            step = v_corrected[d] / (np.sqrt(s_corrected[d]) + epsilon)
            parameters[d[1:]] = parameters[d[1:]] - learning_rate * step
    return parameters, v, s, v_corrected, s_corrected


@right("update_parameters_with_adam")
def with_one_rate_for_both_corrections(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The last lines of section 2 of the paper: the corrections go into the rate."""
    root = math.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    m = {d: beta1 * v[d] + (1 - beta1) * grads[d] for d in v}
    u = {d: beta2 * s[d] + (1 - beta2) * grads[d] ** 2 for d in s}
    new = {
        k: p - rate * m["d" + k] / (np.sqrt(u["d" + k]) + epsilon * root)
        for k, p in parameters.items()
    }
    return new, m, u


@right("update_parameters_with_adam")
def through_momentum_and_a_helper(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    def mean(old, new, beta):
        return {d: beta * old[d] + (1 - beta) * new[d] for d in old}

    _, v = update_parameters_with_momentum(parameters, grads, v, beta1, 0.0)  # noqa: F821
    s = mean(s, {d: grads[d] ** 2 for d in s}, beta2)
    new = {}
    for k, p in parameters.items():
        up, down = v["d" + k] / (1 - beta1**t), s["d" + k] / (1 - beta2**t)
        new[k] = p - learning_rate * up / (np.sqrt(down) + epsilon)
    return new, v, s


@right("random_mini_batches")
def the_template_of_the_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    inc = mini_batch_size
    num_complete_minibatches = math.floor(m / mini_batch_size)
    for k in range(num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * inc : (k + 1) * inc]
        mini_batch_Y = shuffled_Y[:, k * inc : (k + 1) * inc]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    if m % mini_batch_size != 0:
        mini_batch_X = shuffled_X[:, num_complete_minibatches * inc :]
        mini_batch_Y = shuffled_Y[:, num_complete_minibatches * inc :]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    return mini_batches


@right("random_mini_batches")
def stacked_and_taken_apart(X, Y, mini_batch_size=64, seed=0):
    """X above Y, so that they cannot lose each other."""
    both = np.vstack([X, Y])
    np.random.RandomState(seed).shuffle(both.T)
    cuts = range(mini_batch_size, both.shape[1], mini_batch_size)
    return [[part[: len(X)], part[len(X) :]] for part in np.split(both, list(cuts), axis=1)]


@right()
class rates_by_division:
    def update_lr(learning_rate0, epoch_num, decay_rate):
        return 1 / (1 + decay_rate * epoch_num) * learning_rate0

    def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return update_lr(learning_rate0, epoch_num // time_interval, decay_rate)  # noqa: F821
