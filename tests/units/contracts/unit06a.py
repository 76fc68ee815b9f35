"""Unit 06a: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after

MUTATION = "A function changes no array, no dictionary and no cache that it is given."
NUMBERS = "go out as floating-point numbers, float64 or float32."
COST, BACK = "compute_cost_with_regularization", "backward_propagation_with_regularization"
DROP, DROPPED = "forward_propagation_with_dropout", "backward_propagation_with_dropout"
CHANGES = {
    COST: "args[2]['W1'] += 1",
    BACK: "args[2][2][:] = 0",
    DROP: "args[1]['b3'] -= 1",
    DROPPED: "args[2][1][:] = 1",
    "embedding_forward": "args[1][0] = 0",
    "embedding_backward": "args[0][:] = 0",
    "clip_by_value": "args[0]['dWaa'] *= 0.5",
    "clip_by_norm": "args[0].clear()",
}
KEYS = '``"dZ3"``, ``"dW3"``, ``"db3"``, ``"dA2"``, ``"dZ2"``, ``"dW2"``, ``"db2"``, ``"dA1"``,'
ORDER = "(Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) in this order."
CASES = {
    COST: [
        ("J, a number and not an array of shape (1, 1).", "out = np.array([[out]])"),
        (
            "Biases are not in it.",
            "out += args[3] / 2 / args[1].size * sum(np.sum(args[2][f'b{n}']**2) for n in (1, 2))",
        ),
        (
            "the sum of the squares of all weights of all layers, with a factor.",
            "out -= args[3] / 2 / args[1].size * np.sum(args[2]['W3'] ** 2)",
        ),
        (NUMBERS, "out = int(out)"),
    ],
    BACK: [
        ("`dW` and `db` are derivatives of $J$.", "out['dW2'] = out['dW2'] * args[1].size"),
        (
            "derivatives of the sum of the losses, to which a penalty adds nothing.",
            "out['dA1'] = out['dA1'] / args[1].size",
        ),
        (
            "derivatives of the sum of the losses, to which a penalty adds nothing.",
            "out['dZ1'] = out['dZ1'] / args[1].size",
        ),
        ("each in the shape of what it belongs to.", "out['db2'] = out['db2'][:, 0]"),
        (KEYS, "del out['dA2']"),
        (NUMBERS, "out = {k: v.astype(np.float16) for k, v in out.items()}"),
    ],
    DROP: [
        ("with probability `keep_prob`:", "out = out[0], (out[1][0], 1 - out[1][1], *out[1][2:])"),
        ("With 1 none is dropped.", "out = (out[0] * 0.9 if args[-1] == 1 else out[0]), out[1]"),
        (ORDER, "out = out[0], (out[1][1], out[1][0], *out[1][2:])"),
        (ORDER, "out = out[0], out[1][:13]"),
        (
            "in the shapes of Z1 and Z2, each entry drawn by itself;",
            "out = out[0], (out[1][0], out[1][1][:, :1], *out[1][2:])",
        ),
        (
            "A1 and A2 are masked and scaled.",
            "out = out[0], (*out[1][:2], out[1][2] * args[2], *out[1][3:])",
        ),
        ("A3 : array, shape (1, m)", "out = out[0][0], out[1]"),
    ],
    DROPPED: [
        (
            "the mask and the division by keep_prob are in them already.",
            "out['dA2'] = args[2][12].T @ out['dZ3']",
        ),
        (
            "before the mask:",
            "out['dA1'] = args[2][8].T @ out['dZ2']",
        ),
        ("without a penalty.", "out['dW1'] = out['dW1'] + args[2][3]"),
        ("With the same keys as before.", "del out['dZ1']"),
    ],
    "embedding_forward": [("out : array, shape (N, T, D)", "out = out.reshape(-1, out.shape[-1])")],
    "embedding_backward": [
        ("Words that stand nowhere have rows, too: of zeros.", "out = out[: args[1].max() + 1]"),
        ("dW : array, shape (V, D)", "out = out.T"),
        ("the derivative is the sum over them", "out = out / args[1].size"),
    ],
    "clip_by_value": [
        ("New arrays under the same keys.", "out = list(out.values())"),
        (
            "is brought into the range from $-c$ to $c$;",
            "out = {k: np.minimum(g, args[1]) for k, g in args[0].items()}",
        ),
    ],
    "clip_by_norm": [
        ("New arrays under the same keys.", "del out['db']"),
        (
            "May be zeros: then zeros come out.",
            "out = {k: g if g.any() else g + np.nan for k, g in out.items()}",
        ),
    ],
}
#: Masks whose entries are not drawn one by one.
TOGETHER = (
    "rng.random((1, Z.shape[1])) + 0 * Z < keep_prob",
    "rng.random((len(Z), 1)) + 0 * Z < keep_prob",
    "np.resize(rng.permutation(np.arange(Z.size) < round(keep_prob * Z.size)), Z.shape)",
    "rng.random(Z.shape).argsort(axis=0).argsort(axis=0) < round(keep_prob * len(Z))",
    "rng.random(Z.shape)[:, np.arange(Z.shape[1]) // 2] < keep_prob",
    "rng.random(Z.shape)[np.arange(len(Z)) // 2] < keep_prob",
)
BREAKERS = [
    *(
        Breaker(
            "each entry drawn by itself;",
            (DROP,),
            f"""
def {DROP}(X, parameters, keep_prob=0.5):
    rng, A, cache = np.random.default_rng(), X, ()
    for n in (1, 2):
        W, b = parameters[f"W{{n}}"], parameters[f"b{{n}}"]
        Z = W @ A + b
        D = {mask}
        A = relu(Z) * D / keep_prob
        cache += (Z, D, A, W, b)
    Z3 = parameters["W3"] @ A + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, (*cache, Z3, A3, parameters["W3"], parameters["b3"])
""",
        )
        for mask in TOGETHER
    ),
    *(Breaker(MUTATION, (name,), after(name, line)) for name, line in CHANGES.items()),
    *(
        Breaker(clause, (name,), after(name, line))
        for name, cases in CASES.items()
        for clause, line in cases
    ),
    Breaker(
        "and by 1 if not.",
        ("clip_by_norm",),
        "def clip_by_norm(gradients, max_norm):\n"
        "    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values())) or 1.0\n"
        "    return {k: g * max_norm / norm for k, g in gradients.items()}\n",
    ),
    Breaker(
        "every array is multiplied by the same factor",
        ("clip_by_norm",),
        "def clip_by_norm(gradients, max_norm):\n"
        "    norms = {k: np.linalg.norm(g) or 1.0 for k, g in gradients.items()}\n"
        "    return {k: g * min(1, max_norm / norms[k]) for k, g in gradients.items()}\n",
    ),
    Breaker(
        "**by the same mask**.",
        (DROPPED,),
        after(
            DROPPED,
            "D = np.random.default_rng(0).random(args[2][1].shape) < args[3]",
            "out['dA1'] = args[2][8].T @ out['dZ2'] * D / args[3]",
        ),
    ),
]
#: What keeps the contract in another form: nothing may be lost.
HARMLESS = [
    "def clip_by_norm(gradients, max_norm):\n"
    "    norms = [np.linalg.norm(g) for g in gradients.values()]\n"
    "    factor = max_norm / (np.linalg.norm(norms) + 1e-10)\n"
    "    return {k: g * factor if factor < 1 else g.copy() for k, g in gradients.items()}\n"
    "def embedding_backward(dout, words, V):\n"
    "    dW = np.zeros((V, dout.shape[2]))\n"
    "    for v in range(V):\n        dW[v] = dout[words == v].sum(axis=0)\n"
    "    return dW\n",
    "def clip_by_value(gradients, maxValue):\n"
    "    return {k: np.sign(g) * np.minimum(np.abs(g), maxValue) for k, g in gradients.items()}\n",
]
