"""Unit 03b: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, last_call

MUTATION = "A function changes no array and no dictionary that it is given:"
NUMBERS = "go out as floating-point numbers, float64 or float32."
CHANCE = "`nn_model` starts from the same numbers whenever it is called with the same arguments:"
CHANGES = {
    "layer_sizes": "args[0][:] = 0",
    "forward_propagation": "args[1]['W1'] += 1",
    "compute_cost": "args[0][0] /= 2",
    "backward_propagation": "args[2][:] = 0",
    "backward_signals": "args[3][:] = 1",
    "update_parameters": "args[0]['W1'] -= 1",
    "nn_model": "args[0][0] *= 0.5",
    "predict": "args[0].clear()",
}
SHAPES = '``"W1"``, shape (n_h, n_x), and ``"W2"``, shape (n_y, n_h): standard normal numbers times'
CASES = {
    "layer_sizes": [
        ("Inputs, hidden units (4), outputs.", "out = args[0].shape[1], *out[1:]"),
        ("Inputs, hidden units (4), outputs.", "out = out[0], 3, out[2]"),
        ("n_x, n_h, n_y : int", "out = tuple(float(n) for n in out)"),
    ],
    "initialize_parameters": [
        (SHAPES, "out['W1'] = out['W1'].T.copy()"),
        (SHAPES, "out['W2'] = out['W2'] * 100"),
        (SHAPES, "out['W1'] = np.sign(out['W1']) * 0.01"),
        ("no number of one in the other;", "out['W2'].flat = np.resize(out['W1'], out['W2'].size)"),
        (
            '``"b1"``, shape (n_h, 1), and ``"b2"``, shape (n_y, 1): zeros.',
            "out['b1'] = out['b1'][:, 0]",
        ),
        ('``"b1"``, shape (n_h, 1), and ``"b2"``, shape (n_y, 1): zeros.', "out['b2'] += 0.01"),
        ("zeros. Nothing else.", "out['n_h'] = args[1]"),
        ("equal units would stay equal for ever.", "out['W1'][:] = out['W1'][0]"),
    ],
    "forward_propagation": [
        ("Two linear maps, and an activation behind each,", "out = 2 * out[0] - 1, out[1]"),
        ("A2 : array, shape (1, m)", "out = out[0].T, out[1]"),
        (NUMBERS, "out = out[0] * 1j, out[1]"),
        (NUMBERS, "out = out[0].astype(np.float16), out[1]"),
    ],
    "compute_cost": [
        ("the cost the mean of the losses:", "out = out * args[1].size"),
        ("not one of shape (1, 1).", "out = np.array([[out]])"),
        ("$J = S/m$ their mean.", "out = out / 2"),
    ],
    "backward_propagation": [
        ("`dW` and `db` are derivatives of $J$.", "out['dW1'] = out['dW1'] * args[3].size"),
        ("derivatives of J, each in the shape of its parameter.", "out['db1'] = out['db1'][:, 0]"),
        ("derivatives of J, each in the shape of its parameter.", "out['dW2'] = out['dW2'].T"),
        ('``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``: derivatives of J,', "del out['db2']"),
    ],
    "backward_signals": [
        (
            '``"L"``: derivatives of the sum of the losses;',
            "out = {k: v / args[3].size if args[4] == 'L' else v for k, v in out.items()}",
        ),
        (
            '``"J"``: of their mean.',
            "out = {k: v * args[3].size if args[4] == 'J' else v for k, v in out.items()}",
        ),
        ('``"dZ2"``, shape (1, m), ``"dA1"`` and ``"dZ1"``,', "del out['dA1']"),
        ('``"dZ2"``, shape (1, m), ``"dA1"`` and ``"dZ1"``,', "out['dZ1'] = out['dZ1'].T"),
    ],
    "update_parameters": [
        (
            "Gradient descent takes a step against the gradient of $J$:",
            "out = {k: 2 * args[0][k] - v for k, v in out.items()}",
        ),
        (
            "of the same shapes, in any order.",
            "out = solved_update_parameters("
            "args[0], {'d' + k: g for k, g in zip(args[0], args[1].values())}, *args[2:])",
        ),
        ("1.2 where the caller says nothing.", "out = solved_update_parameters(*args[:2], 0.5)"),
        ('New parameters, ``"W1"``, ``"b1"``, ``"W2"`` and ``"b2"`` alone;', "out['rate'] = 1.2"),
    ],
    "nn_model": [
        (
            "as many as the caller says, not 4.",
            "out = solved_nn_model(args[0], args[1], 4, args[3])",
        ),
        ("parameters : dict Those after the last update.", "out = out, []"),
        (
            "after none of them the parameters are those of `initialize_parameters`.",
            "out = solved_nn_model(*args[:3], args[3] + 1)",
        ),
        (
            CHANCE,
            "out['W1'] = out['W1'] + 0.01 * np.random.default_rng().normal(size=out['W1'].shape)",
        ),
        (
            "on all examples at once.",
            "out = solved_nn_model(args[0][:, :2], args[1][:, :2], *args[2:])",
        ),
    ],
    "predict": [
        ("1 where A2 > 0.5, else 0;", "out = ~out"),
        ("1 where A2 > 0.5, else 0;", "out = forward_propagation(args[1], args[0])[0]"),
        (
            "and else 0, also at exactly 1/2.",
            "out = forward_propagation(args[1], args[0])[0] >= 0.5",
        ),
        ("predictions : array, shape (1, m)", "out = out[0]"),
    ],
}
RATE = """
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(X.shape[0], n_h, 1)
    for _ in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, 0.5)
    return parameters
"""
BREAKERS = [
    *(Breaker(MUTATION, (name,), after(name, line)) for name, line in CHANGES.items()),
    *(
        Breaker(clause, (name,), after(name, line))
        for name, cases in CASES.items()
        for clause, line in cases
    ),
    Breaker("each with the learning rate 1.2;", ("nn_model",), RATE),
    *(
        Breaker(clause, (name,), last_call("forward_propagation", name, 1))
        for clause, name in (
            (
                "As returned by your `forward_propagation` for X and these parameters.",
                "backward_propagation",
            ),
            ("As in `backward_propagation`.", "backward_signals"),
        )
    ),
]
#: What keeps the contract in another form: nothing may be lost.
HARMLESS = [
    "def compute_cost(A2, Y, parameters):\n"
    "    assert set(parameters) == {'W1', 'b1', 'W2', 'b2'}\n"
    "    return np.squeeze(-(Y @ np.log(A2).T + (1 - Y) @ np.log(1 - A2).T) / Y.shape[1])\n"
    "def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):\n"
    "    np.random.seed(3)\n"
    "    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])\n"
    "    for i in range(0, num_iterations):\n"
    "        A2, cache = forward_propagation(X, parameters)\n"
    "        cost = compute_cost(A2, Y, parameters)\n"
    "        grads = backward_propagation(parameters, cache, X, Y)\n"
    "        parameters = update_parameters(parameters, grads)\n"
    "    return parameters\n",
    "def predict(parameters, X):\n    return np.round(forward_propagation(X, parameters)[0])\n"
    "def layer_sizes(X, Y):\n    return [np.int64(len(X)), 4, len(Y)]\n",
]
