"""Unit 04: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, last_call

MUTATION = "A function changes no array, no list and no dictionary that it is given."
NUMBERS = "go out as floating-point numbers, float64 or float32."
AT_ZERO = "The slope of ReLU at exactly 0 is 0."


CHANGES = {
    "initialize_parameters_deep": "args[0][-1] += 1",
    "linear_forward": "args[0][0] += 1",
    "linear_activation_forward": "args[2][:] = 0",
    "L_model_forward": "args[1]['W1'] += 1",
    "compute_cost": "args[0][0] /= 2",
    "linear_backward": "args[0][:] = 0",
    "relu_backward": "args[0][args[1] <= 0] = 0",
    "sigmoid_backward": "args[1][:] = 1 / (1 + np.exp(-args[1]))",
    "linear_activation_backward": "args[0][:] *= 2",
    "L_model_backward": "args[1][:] = args[1] > 2",
    "L_model_backward_J": "args[0][:] -= args[1]",
    "convert": "args[0].clear()",
    "update_parameters": "args[1].clear()",
    "L_layer_model": "args[0][0] *= 0.5",
}
BREAKERS = [Breaker(MUTATION, (name,), after(name, line)) for name, line in CHANGES.items()] + [
    Breaker(
        "Columns are examples: $A^{[l]}$ has shape $(n_l, m)$.",
        ("linear_forward",),
        after("linear_forward", "out = out[0].T, out[1]"),
    ),
    Breaker(
        "`dW` and `db` are always derivatives of $J$.",
        ("linear_backward",),
        after("linear_backward", "out = out[0], out[1] * args[0].shape[1], out[2]"),
    ),
    Breaker(
        "`dZ` and `dA` are derivatives of $S$ (**L convention**)",
        ("L_model_backward",),
        after("L_model_backward", "out = convert(out, args[1].shape[1], 'L', 'J')"),
    ),
    Breaker(
        "except in `L_model_backward_J`, where they are derivatives of $J$.",
        ("L_model_backward_J",),
        after("L_model_backward_J", "out = convert(out, args[1].shape[1], 'J', 'L')"),
    ),
    Breaker(
        "`dA{l}` is the derivative with respect to $A^{[l]}$, so `dA0` belongs to $X$.",
        ("L_model_backward",),
        after(
            "L_model_backward",
            "last = sum(key[:2] == 'dW' for key in out)",
            "for n in range(last, 0, -1):",
            "    out[f'dA{n}'] = out[f'dA{n - 1}']",
            "del out['dA0']",
        ),
    ),
    Breaker(
        "Each `dZ{l}` is asked for, too.",
        ("L_model_backward", "L_model_backward_J"),
        after("L_model_backward", "del out['dZ1']"),
    ),
    Breaker(NUMBERS, ("linear_forward",), after("linear_forward", "out = out[0] * 1j, out[1]")),
    Breaker(
        NUMBERS,
        ("relu_backward",),
        after("relu_backward", "out = out.astype(np.float16)"),
    ),
    Breaker(NUMBERS, ("sigmoid_backward",), after("sigmoid_backward", "out = out.astype(int)")),
    Breaker(AT_ZERO, ("relu_backward",), "def relu_backward(dA, Z):\n    return dA * (Z >= 0)"),
    Breaker(
        AT_ZERO,
        ("relu_backward",),
        "def relu_backward(dA, Z):\n    return dA * np.heaviside(Z, 0.5)",
    ),
    Breaker(
        AT_ZERO,
        ("linear_activation_backward",),
        """
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    slope = {"relu": Z >= 0, "sigmoid": sigmoid(Z) * (1 - sigmoid(Z))}[activation]
    return linear_backward(dA * slope, linear_cache)
""",
    ),
    Breaker(
        AT_ZERO,
        ("L_model_backward",),
        """
def L_model_backward(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for layer in range(len(caches), 0, -1):
        dA_prev, dW, db = linear_backward(dZ, caches[layer - 1][0])
        grads |= {f"dZ{layer}": dZ, f"dA{layer - 1}": dA_prev, f"dW{layer}": dW, f"db{layer}": db}
        if layer > 1:
            dZ = dA_prev * (caches[layer - 2][1] >= 0)
    return grads
""",
    ),
    Breaker(
        AT_ZERO,
        ("L_model_backward_J",),
        """
def L_model_backward_J(AL, Y, caches):
    grads, dZ = {}, (AL - Y) / Y.shape[1]
    for layer in range(len(caches), 0, -1):
        A_prev, W, _ = caches[layer - 1][0]
        dA_prev = W.T @ dZ
        grads |= {f"dZ{layer}": dZ, f"dA{layer - 1}": dA_prev}
        grads |= {f"dW{layer}": dZ @ A_prev.T, f"db{layer}": dZ.sum(axis=1, keepdims=True)}
        if layer > 1:
            dZ = dA_prev * (caches[layer - 2][1] >= 0)
    return grads
""",
    ),
    *(
        Breaker(clause, ("initialize_parameters_deep",), code)
        for clause, code in (
            (
                "standard normal times sqrt(2 / n_0);",
                after(
                    "initialize_parameters_deep",
                    "out = {k: v / np.sqrt(2) for k, v in out.items()}",
                ),
            ),
            (
                "standard normal times sqrt(2 / n_0);",
                after(
                    "initialize_parameters_deep",
                    "for n in range(1, len(args[0])):",
                    "    W = np.random.default_rng(1).uniform(-1, 1, out[f'W{n}'].shape)",
                    "    out[f'W{n}'] = W * np.sqrt(6 / args[0][n - 1])",
                ),
            ),
            (
                "standard normal times sqrt(2 / n_0);",
                after("initialize_parameters_deep", "out['W1'] = abs(out['W1']) * 1.4"),
            ),
            (
                '``"b1"``, shape (n_1, 1): zeros;',
                after("initialize_parameters_deep", "out['b2'] = out['b2'] + 0.01"),
            ),
            (
                '``"b1"``, shape (n_1, 1): zeros;',
                after("initialize_parameters_deep", "out['b2'] = out['b2'][:, 0]"),
            ),
            (
                'and so on to ``"WL"`` and ``"bL"``, and nothing else.',
                after("initialize_parameters_deep", "out['L'] = len(args[0]) - 1"),
            ),
            (
                "layer_dims : sequence of int",
                "solved = initialize_parameters_deep\n"
                "def initialize_parameters_deep(layer_dims, seed=1):\n"
                "    return solved([] + layer_dims, seed)",
            ),
            (
                "the same seed gives the same numbers,",
                "solved = initialize_parameters_deep\n"
                "def initialize_parameters_deep(layer_dims, seed=1):\n"
                "    return solved(layer_dims, None)",
            ),
            (
                "another seed other numbers,",
                "solved = initialize_parameters_deep\n"
                "def initialize_parameters_deep(layer_dims, seed=1):\n"
                "    return solved(layer_dims, 1)",
            ),
            (
                "and no layer repeats the numbers of another.",
                """
def initialize_parameters_deep(layer_dims, seed=1):
    parameters = {}
    for n in range(1, len(layer_dims)):
        shape = layer_dims[n], layer_dims[n - 1]
        W = np.random.default_rng(seed).standard_normal(shape)
        parameters[f"W{n}"] = W * np.sqrt(2 / shape[1])
        parameters[f"b{n}"] = np.zeros((shape[0], 1))
    return parameters
""",
            ),
        )
    ),
    Breaker(
        "Z : array, shape (n, m)",
        ("linear_forward",),
        "def linear_forward(A, W, b):\n    return W @ A + b[:1], (A, W, b)",
    ),
    Breaker(
        '``"relu"`` or ``"sigmoid"``.',
        ("linear_activation_forward",),
        "def linear_activation_forward(A_prev, W, b, activation):\n"
        "    Z, cache = linear_forward(A_prev, W, b)\n"
        "    return relu(Z), (cache, Z)",
    ),
    Breaker(
        "layers $1, \\dots, L - 1$ are linear then ReLU, layer $L$ is linear then sigmoid.",
        ("L_model_forward",),
        after("L_model_forward", "out = np.tanh(out[0]), out[1]"),
    ),
    Breaker(
        "With $L = 1$ there is no ReLU at all.",
        ("L_model_forward",),
        """
solved = linear_activation_forward
def linear_activation_forward(A_prev, W, b, activation):
    return solved(A_prev, W, b, activation)
def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for n in range(1, max(L, 2)):
        A, cache = linear_activation_forward(A, parameters[f"W{n}"], parameters[f"b{n}"], "relu")
        caches.append(cache)
    if L > 1:
        A, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
        caches.append(cache)
    return A, caches
""",
    ),
    Breaker(
        "AL : array, shape (1, m)",
        ("L_model_forward",),
        after("L_model_forward", "out = out[0][0], out[1]"),
    ),
    Breaker(
        "between 0 and 1.",
        ("L_model_forward",),
        after("L_model_forward", "out = 2 * out[0] - 0.5, out[1]"),
    ),
    *(
        Breaker(clause, ("compute_cost",), after("compute_cost", line))
        for clause, line in (
            ("the cost is the mean of the losses:", "out = out * args[1].size"),
            ("not one of shape (1, 1).", "out = np.array([[out]])"),
            ("not one of shape (1, 1).", "out = np.array([out])"),
            (
                "The loss is minus its logarithm,",
                "out = -float(np.mean(args[1] * np.log(args[0]) "
                "- (1 - args[1]) * np.log(1 - args[0])))",
            ),
            ("$J = S/m$ their mean.", "out = out / 2"),
        )
    ),
    *(
        Breaker(clause, ("linear_backward",), after("linear_backward", line))
        for clause, line in (
            (
                "dA_prev : array, shape (n_prev, m) Derivative of the sum of the losses.",
                "out = out[0] / args[0].shape[1], *out[1:]",
            ),
            (
                "db : array, shape (n, 1) Derivative of J, the mean of the losses.",
                "out = *out[:2], out[2] * args[0].shape[1]",
            ),
            (
                "db : array, shape (n, 1) Derivative of J, the mean of the losses.",
                "out = *out[:2], out[2][:, 0]",
            ),
            ("dW : array, shape (n, n_prev)", "out = out[0], out[2], out[1]"),
        )
    ),
    *(
        Breaker(f"As returned by your `{forward}`.", (backward,), code)
        for forward, backward, code in (
            (forward, backward, last_call(forward, backward, place))
            for forward, backward, place in (
                ("linear_forward", "linear_backward", 1),
                ("linear_activation_forward", "linear_activation_backward", 1),
                ("L_model_forward", "L_model_backward", 2),
                ("L_model_forward", "L_model_backward_J", 2),
            )
        )
    ),
    *(
        Breaker("Derivative of the same scalar;", (name,), after(name, line))
        for name in ("relu_backward", "sigmoid_backward")
        for line in ("out = out / out.shape[1]", "out = -out")
    ),
    Breaker(
        '``"relu"`` or ``"sigmoid"``, the one that made A.',
        ("linear_activation_backward",),
        "def linear_activation_backward(dA, cache, activation):\n"
        "    return linear_backward(relu_backward(dA, cache[1]), cache[0])",
    ),
    Breaker(
        "dW, db : array, shape (n, n_prev), and array, shape (n, 1)",
        ("linear_activation_backward",),
        after("linear_activation_backward", "out = out[0], out[1], out[2].T"),
    ),
    *(
        Breaker(clause, ("L_model_backward",), after("L_model_backward", line))
        for clause, line in (
            ("``dA{l}``, shape (n_l, m), l = 0 ... L - 1:", "del out['dA0']"),
            ("``dZ{l}``, shape (n_l, m), l = 1 ... L,", "out['dZ1'] = out['dZ1'].T"),
            ("``dW{l}``, shape (n_l, n_{l-1}),", "out['dW1'] = out['dW1'].T"),
            ("``db{l}``, shape (n_l, 1): derivatives of J.", "out['db1'] = out['db1'][:, 0]"),
        )
    ),
    Breaker(
        "The keys and shapes of `L_model_backward`;",
        ("L_model_backward_J",),
        after("L_model_backward_J", "del out['dZ1']"),
    ),
    Breaker(
        "every entry is the derivative of J.",
        ("L_model_backward_J",),
        after("L_model_backward_J", "out['dA0'] = out['dA0'] * args[1].size"),
    ),
    *(
        Breaker(clause, ("convert",), code)
        for clause, code in (
            (
                "A new dictionary with the same keys;",
                "solved = convert\ndef convert(grads, m, src, dst):\n"
                "    return grads if src == dst else solved(grads, m, src, dst)",
            ),
            (
                "A new dictionary with the same keys;",
                after("convert", "out = {k: v for k, v in out.items() if k != 'dA0'}"),
            ),
            (
                "A new dictionary with the same keys;",
                after("convert", "out['m'] = float(args[1])"),
            ),
            (
                '``"L"`` or ``"J"``: the convention of `grads`, and the one wanted.',
                "solved = convert\ndef convert(grads, m, src, dst):\n"
                "    return solved(grads, m, 'L', 'J')",
            ),
        )
    ),
    *(
        Breaker(clause, ("update_parameters",), code)
        for clause, code in (
            (
                "other keys are ignored.",
                "def update_parameters(parameters, grads, learning_rate):\n"
                "    return {k[1:]: parameters[k[1:]] - learning_rate * g\n"
                "            for k, g in grads.items()}",
            ),
            (
                "derivatives of J, in any order;",
                "def update_parameters(parameters, grads, learning_rate):\n"
                "    known = [g for k, g in grads.items() if k[1] in 'Wb']\n"
                "    return {k: parameters[k] - learning_rate * g\n"
                "            for k, g in zip(parameters, known)}",
            ),
            (
                "``W{l}`` and ``b{l}`` alone;",
                after("update_parameters", "out = out | {'rate': args[2]}"),
            ),
            (
                "neither argument is changed.",
                "def update_parameters(parameters, grads, learning_rate):\n"
                "    for k in parameters:\n"
                "        parameters[k] = parameters[k] - learning_rate * grads['d' + k]\n"
                "    return parameters",
            ),
            (
                "Gradient descent takes a step against the gradient of $J$:",
                after("update_parameters", "out = {k: 2 * args[0][k] - v for k, v in out.items()}"),
            ),
        )
    ),
    *(
        Breaker(clause, ("L_layer_model",), code)
        for clause, code in (
            (
                "J before each update.",
                """
def L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    parameters, costs = initialize_parameters_deep(layers_dims, seed), []
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))
    return parameters, costs
""",
            ),
            (
                "on all examples at once.",
                """
def L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    parameters, costs = initialize_parameters_deep(layers_dims, seed), []
    for n in range(num_iterations):
        costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))
        one = slice(n % X.shape[1], n % X.shape[1] + 1)
        AL, caches = L_model_forward(X[:, one], parameters)
        grads = L_model_backward(AL, Y[:, one], caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
            ),
            (
                "costs : list of float, length num_iterations",
                after("L_layer_model", "out = out[0], np.array(out[1])"),
            ),
            (
                "costs : list of float, length num_iterations",
                after("L_layer_model", "out = out[0], tuple(out[1])"),
            ),
            (
                "costs : list of float, length num_iterations",
                after("L_layer_model", "out = out[0], [np.array([[c]]) for c in out[1]]"),
            ),
            (
                "costs : list of float, length num_iterations",
                after("L_layer_model", "out = out[0], out[1][::100]"),
            ),
            (
                "Seed of the initial parameters: another seed, other parameters.",
                "solved = L_layer_model\n"
                "def L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, "
                "seed=1):\n"
                "    return solved(X, Y, layers_dims, learning_rate, num_iterations)",
            ),
            (
                "layers_dims : sequence of int",
                "solved = L_layer_model\n"
                "def L_layer_model(X, Y, layers_dims, *more):\n"
                "    return solved(X, Y, [] + layers_dims, *more)",
            ),
            (
                "parameters : dict Those after the last update.",
                "solved = L_layer_model\n"
                "def L_layer_model(X, Y, layers_dims, rate=0.5, num_iterations=1500, seed=1):\n"
                "    costs = solved(X, Y, layers_dims, rate, num_iterations, seed)[1]\n"
                "    before = max(num_iterations - 1, 0)\n"
                "    return solved(X, Y, layers_dims, rate, before, seed)[0], costs",
            ),
        )
    ),
]
