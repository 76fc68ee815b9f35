"""The right functions of unit 10b, with the names of the deep-learning specialisation.

One word at a time; derivatives are those of the sum of the losses of its letters.
"""

import numpy as np

from .registry import family


def colour_names():
    """By this name the checks tell these functions from those of units 07 and 07b."""


def rnn_step_forward(parameters, a_prev, x):
    Waa, Wax, Wya = parameters["Waa"], parameters["Wax"], parameters["Wya"]
    a_next = np.tanh(np.dot(Wax, x) + np.dot(Waa, a_prev) + parameters["b"])
    s = np.dot(Wya, a_next) + parameters["by"]
    e = np.exp(s - np.max(s))
    p_t = e / np.sum(e, axis=0)
    return a_next, p_t


def rnn_forward(X, Y, a_prev, parameters):
    x, a, p, loss = {}, {}, {}, 0.0
    a[-1] = np.copy(a_prev)
    for t in range(len(X)):
        x[t] = np.zeros((parameters["Wax"].shape[1], 1))
        if X[t] is not None:
            x[t][X[t]] = 1
        a[t], p[t] = rnn_step_forward(parameters, a[t - 1], x[t])
        loss -= np.log(p[t][Y[t], 0])
    return loss, (p, a, x)


def rnn_backward(X, Y, parameters, cache):
    p, a, x = cache
    Waa, Wya = parameters["Waa"], parameters["Wya"]
    gradients = {"d" + name: np.zeros_like(value) for name, value in parameters.items()}
    da_prevt = np.zeros_like(a[0])
    for t in reversed(range(len(X))):
        ds = np.copy(p[t])
        ds[Y[t]] -= 1
        gradients["dWya"] += np.dot(ds, a[t].T)
        gradients["dby"] += ds
        da = np.dot(Wya.T, ds) + da_prevt
        dz = (1 - a[t] ** 2) * da
        gradients["db"] += dz
        gradients["dWax"] += np.dot(dz, x[t].T)
        gradients["dWaa"] += np.dot(dz, a[t - 1].T)
        da_prevt = np.dot(Waa.T, dz)
    return gradients, a


def clip(gradients, maxValue):
    clipped = {}
    for name, gradient in gradients.items():
        clipped[name] = np.clip(gradient, -maxValue, maxValue)
    return clipped


def sample(parameters, char_to_ix, seed):
    V, n_a = parameters["Wya"].shape
    x, a_prev = np.zeros((V, 1)), np.zeros((n_a, 1))
    rng = np.random.default_rng(seed)
    indices, idx = [], -1
    while idx != char_to_ix["\n"] and len(indices) < 50:
        a, p = rnn_step_forward(parameters, a_prev, x)
        idx = int(rng.choice(V, p=p.ravel()))
        indices.append(idx)
        x = np.zeros((V, 1))
        x[idx] = 1
        a_prev = a
    if idx != char_to_ix["\n"]:
        indices.append(char_to_ix["\n"])
    return indices


def optimize(X, Y, a_prev, parameters, learning_rate=0.01):
    loss, cache = rnn_forward(X, Y, a_prev, parameters)
    gradients, a = rnn_backward(X, Y, parameters, cache)
    gradients = clip(gradients, 5)
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * gradients["d" + name]
    return loss, gradients, a[len(X) - 1]


def after_one_step(X, Y, a_prev, parameters, *learning_rate):
    """Given by the assignment."""
    optimize(X, Y, a_prev, parameters, *learning_rate)
    return parameters


family("characters", globals())
