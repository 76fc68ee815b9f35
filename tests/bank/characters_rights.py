"""Unit 10b, right answers in the forms that public code has, written anew for this contract."""

# ruff: noqa: NPY002  (that course seeds the global generator)
import numpy as np

from .registry import rights_of

right = rights_of("characters")


@right()
class as_in_the_specialisation:
    """The step backward adds into the dict and hands da_next on in it."""

    def softmax(x):
        e_x = np.exp(x - np.max(x))
        return e_x / e_x.sum(axis=0)

    def rnn_step_forward(parameters, a_prev, x):
        Waa, Wax, Wya = parameters["Waa"], parameters["Wax"], parameters["Wya"]
        by, b = parameters["by"], parameters["b"]
        a_next = np.tanh(np.dot(Wax, x) + np.dot(Waa, a_prev) + b)
        return a_next, softmax(np.dot(Wya, a_next) + by)  # noqa: F821

    def rnn_step_backward(dy, gradients, parameters, x, a, a_prev):
        gradients["dWya"] += np.dot(dy, a.T)
        gradients["dby"] += dy
        da = np.dot(parameters["Wya"].T, dy) + gradients["da_next"]
        daraw = (1 - a * a) * da
        gradients["db"] += daraw
        gradients["dWax"] += np.dot(daraw, x.T)
        gradients["dWaa"] += np.dot(daraw, a_prev.T)
        gradients["da_next"] = np.dot(parameters["Waa"].T, daraw)
        return gradients

    def rnn_backward(X, Y, parameters, cache):
        (y_hat, a, x) = cache
        gradients = {}
        for name in ("Wax", "Waa", "Wya", "b", "by"):
            gradients["d" + name] = np.zeros_like(parameters[name])
        gradients["da_next"] = np.zeros_like(a[0])
        for t in reversed(range(len(X))):
            dy = np.copy(y_hat[t])
            dy[Y[t]] -= 1
            gradients = rnn_step_backward(dy, gradients, parameters, x[t], a[t], a[t - 1])  # noqa: F821
        return gradients, a

    def update_parameters(parameters, gradients, lr):
        for name in ("Wax", "Waa", "Wya", "b", "by"):
            parameters[name] += -lr * gradients["d" + name]
        return parameters

    def optimize(X, Y, a_prev, parameters, learning_rate=0.01):
        loss, cache = rnn_forward(X, Y, a_prev, parameters)  # noqa: F821
        gradients, a = rnn_backward(X, Y, parameters, cache)  # noqa: F821
        gradients = clip(gradients, 5)  # noqa: F821
        parameters = update_parameters(parameters, gradients, learning_rate)  # noqa: F821
        return loss, gradients, a[len(X) - 1]


@right("clip")
def deep_copy_then_in_place(gradients, maxValue):
    import copy

    gradients = copy.deepcopy(gradients)
    dWaa, dWax, dWya = gradients["dWaa"], gradients["dWax"], gradients["dWya"]
    db, dby = gradients["db"], gradients["dby"]
    for gradient in [dWax, dWaa, dWya, db, dby]:
        np.clip(gradient, -maxValue, maxValue, out=gradient)
    return {"dWaa": dWaa, "dWax": dWax, "dWya": dWya, "db": db, "dby": dby}


@right("clip")
def minimum_and_maximum(gradients, maxValue):
    return {k: np.maximum(np.minimum(g, maxValue), -maxValue) for k, g in gradients.items()}


@right("clip")
def by_masks(gradients, maxValue):
    found = {}
    for name, g in gradients.items():
        g = g.copy()
        g[g > maxValue] = maxValue
        g[g < -maxValue] = -maxValue
        found[name] = g
    return found


@right("sample")
def seeds_the_global_generator(parameters, char_to_ix, seed):
    Waa, Wax, Wya = parameters["Waa"], parameters["Wax"], parameters["Wya"]
    by, b = parameters["by"], parameters["b"]
    vocab_size = by.shape[0]
    x = np.zeros((vocab_size, 1))
    a_prev = np.zeros((Waa.shape[1], 1))
    indices = []
    idx = -1
    counter = 0
    newline_character = char_to_ix["\n"]
    while idx != newline_character and counter != 50:
        a = np.tanh(np.dot(Wax, x) + np.dot(Waa, a_prev) + b)
        z = np.dot(Wya, a) + by
        y = np.exp(z) / np.sum(np.exp(z))
        np.random.seed(counter + seed)
        idx = np.random.choice(list(range(vocab_size)), p=y.ravel())
        indices.append(idx)
        x = np.zeros((vocab_size, 1))
        x[idx] = 1
        a_prev = a
        seed += 1
        counter += 1
    if counter == 50:
        indices.append(char_to_ix["\n"])
    return indices


@right("sample")
def by_the_cumulative_sum(parameters, char_to_ix, seed):
    rng, V = np.random.RandomState(seed), parameters["Wax"].shape[1]
    a, x, word = np.zeros_like(parameters["b"]), np.zeros((V, 1)), []
    for _ in range(50):
        a, p = rnn_step_forward(parameters, a, x)  # noqa: F821
        k = min(int(np.searchsorted(np.cumsum(p), rng.rand())), V - 1)
        word.append(k)
        if k == char_to_ix["\n"]:
            return word
        x = np.eye(V)[:, [k]]
    return [*word, char_to_ix["\n"]]


@right("sample")
def by_a_multinomial(parameters, char_to_ix, seed):
    rng, V = np.random.default_rng(seed), len(parameters["by"])
    a, x, word = np.zeros_like(parameters["b"]), np.zeros((V, 1)), []
    while len(word) < 50 and (not word or word[-1] != char_to_ix["\n"]):
        a, p = rnn_step_forward(parameters, a, x)  # noqa: F821
        x = rng.multinomial(1, p[:, 0] / p.sum() * (1 - 1e-12)).reshape(-1, 1).astype(float)
        word.append(int(np.argmax(x)))
    return word if word[-1] == char_to_ix["\n"] else [*word, char_to_ix["\n"]]


@right("sample")
def noise_of_gumbel(parameters, char_to_ix, seed):
    rng, V = np.random.default_rng(seed), len(parameters["by"])
    a, x, word = np.zeros_like(parameters["b"]), np.zeros((V, 1)), []
    for _ in range(50):
        a, p = rnn_step_forward(parameters, a, x)  # noqa: F821
        k = int(np.argmax(np.log(p[:, 0]) + rng.gumbel(size=V)))
        word.append(k)
        if k == char_to_ix["\n"]:
            break
        x = (np.arange(V) == k).astype(float)[:, None]
    else:
        word.append(char_to_ix["\n"])
    return np.array(word)


@right()
class the_cache_holds_lists:
    """Scores after the loop, for all steps in one product; sums as products of matrices."""

    def rnn_forward(X, Y, a_prev, parameters):
        V, T = len(parameters["by"]), len(X)
        x = np.zeros((V, T))
        for t, k in enumerate(X):
            if k is not None:
                x[k, t] = 1
        states = [a_prev.copy()]
        for t in range(T):
            z = parameters["Waa"] @ states[-1] + parameters["Wax"] @ x[:, [t]] + parameters["b"]
            states.append(np.tanh(z))
        A = np.hstack(states)
        s = parameters["Wya"] @ A[:, 1:] + parameters["by"]
        p = np.exp(s) / np.exp(s).sum(axis=0)
        return -np.log(p[Y, np.arange(T)]).sum(), [A, x, p]

    def rnn_backward(X, Y, parameters, cache):
        A, x, p = cache
        dS = p.copy()
        dS[Y, np.arange(len(Y))] -= 1
        dA, dZ = parameters["Wya"].T @ dS, np.zeros((len(A), len(Y)))
        for t in range(len(Y) - 1, -1, -1):
            dZ[:, t] = dA[:, t] * (1 - A[:, t + 1] ** 2)
            if t > 0:
                dA[:, t - 1] += parameters["Waa"].T @ dZ[:, t]
        grads = {"dWax": dZ @ x.T, "dWaa": dZ @ A[:, :-1].T, "dWya": dS @ A[:, 1:].T}
        grads |= {"db": dZ.sum(axis=1, keepdims=True), "dby": dS.sum(axis=1, keepdims=True)}
        return grads, [A[:, [t + 1]] for t in range(len(Y))]


@right("rnn_backward")
def one_traversal_for_each_loss(X, Y, parameters, cache):
    """The sum over losses outside, the way back from each of them inside: slower, and right."""
    p, a, x = cache
    grads = {"d" + k: np.zeros_like(v) for k, v in parameters.items()}
    for loss in range(len(X)):
        ds = p[loss] - np.eye(len(p[loss]))[:, [Y[loss]]]
        grads["dWya"] += ds @ a[loss].T
        grads["dby"] += ds
        da = parameters["Wya"].T @ ds
        for t in range(loss, -1, -1):
            dz = da * (1 - a[t] * a[t])
            grads["db"] += dz
            grads["dWax"] += dz @ x[t].T
            grads["dWaa"] += dz @ a[t - 1].T
            da = parameters["Waa"].T @ dz
    return grads, a


@right("optimize")
def writes_into_the_arrays(X, Y, a_prev, parameters, learning_rate=0.01):
    loss, cache = rnn_forward(X, Y, a_prev, parameters)  # noqa: F821
    gradients, a = rnn_backward(X, Y, parameters, cache)  # noqa: F821
    gradients = clip(gradients, maxValue=5)  # noqa: F821
    parameters["Wax"] -= learning_rate * gradients["dWax"]
    parameters["Waa"] -= learning_rate * gradients["dWaa"]
    parameters["Wya"] -= learning_rate * gradients["dWya"]
    parameters["b"] -= learning_rate * gradients["db"]
    parameters["by"] -= learning_rate * gradients["dby"]
    return loss, gradients, a[max(range(len(X)))]


@right("optimize")
def updates_the_dict(X, Y, a_prev, parameters, learning_rate=0.01):
    loss, cache = rnn_forward(X, Y, a_prev, parameters)  # noqa: F821
    gradients, a = rnn_backward(X, Y, parameters, cache)  # noqa: F821
    g = clip(gradients, 5)  # noqa: F821
    parameters.update({k: v - learning_rate * g["d" + k] for k, v in parameters.items()})
    return loss, g, a[len(Y) - 1]
