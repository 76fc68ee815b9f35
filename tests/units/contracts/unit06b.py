"""Unit 06b: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after

GD, MOMENTUM, RMSPROP, ADAM = (
    f"update_parameters_with_{name}" for name in ("gd", "momentum", "rmsprop", "adam")
)
UPDATES = (GD, MOMENTUM, RMSPROP, ADAM)
OWN = "each an array of floats of its own."
MUTATION = "no array and no dict that comes in is changed, new ones come out."
KEYS = "Each is a dict with the keys `dW1`, `db1`, ..., and no others;"
SHAPES = "each entry has the shape of its parameter."
BEFORE = "are those of the call: nothing is remembered in a function between calls."
DEFAULTS = "learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8"
CASES = {
    GD: [
        (MUTATION, "args[0]['W1'] -= 1"),
        ("a new dict of new arrays, with the same keys.", "out['rate'] = np.array(0.1)"),
        ("a new dict of new arrays, with the same keys.", "del out['b1']"),
        ("$$W_{new} = W - \\alpha\\, dW .$$", "out['b1'] = out['b1'] + 1e-3"),
        (
            "`W1`, `b1`, ..., `WL`, `bL`, of any number of layers.",
            "out = {k: out[k] for k in list(out)[:4]}",
        ),
    ],
    "initialize_velocity": [
        (MUTATION, "args[0].pop('b1')"),
        (KEYS, "out['t'] = 0"),
        (SHAPES, "out['db1'] = out['db1'][:, 0]"),
        ("zeros in the shape of each parameter,", "out['dW1'] += 1e-12"),
        (OWN, "out['dW2'] = out['dW1'] if len(out) > 2 else args[0]['W1']"),
        (OWN, "out['dW1'] = args[0]['W1']\nargs[0]['W1'] *= 0"),
        (OWN, "out = {name: array.astype(int) for name, array in out.items()}"),
    ],
    MOMENTUM: [
        (MUTATION, "args[1]['dW1'] *= 2"),
        (MUTATION, "args[2]['dW1'][...] = out[1]['dW1']"),
        (KEYS, "out[1]['W1'] = out[0]['W1']"),
        (SHAPES, "out[1]['db1'] = out[1]['db1'][:, 0]"),
        ("made with the new mean.", "out = solved_update_parameters_with_gd_like(args), out[1]"),
        ("of gradients, without the learning rate.", "out = out[0], _times(out[1], args[4])"),
    ],
    RMSPROP: [
        (MUTATION, "args[2].clear()"),
        (KEYS, "out[1]['dA1'] = out[1]['dW1']"),
        ("The new mean of the squares.", "out = out[0], _times(out[1], -1)"),
        ("$\\epsilon$ stands outside the root.", "out = _inside(*args), out[1]"),
        (
            "epsilon=1e-8):",
            "out = solved_update_parameters_with_rmsprop(*args[:5], *(args[5:] or (1e-3,)))",
        ),
        ("and is not corrected.", "out = out[0], _times(out[1], 2)"),
    ],
    "initialize_adam": [
        (MUTATION, "args[0]['b1'] += 1"),
        ("no array stands in both.", "out = out[0], out[0]"),
        ("no array stands in both.", "out = out[0], dict(out[0])"),
        ("v, s : dict Each as in `initialize_velocity`;", "out = out[0]"),
        ("v, s : dict Each as in `initialize_velocity`;", "out[1]['dW1'] += 1"),
    ],
    ADAM: [
        (MUTATION, "args[3]['db1'] += 1"),
        (KEYS, "out[2]['t'] = args[4]"),
        (
            "The new means, not corrected.",
            "out = out[0], _times(out[1], 1 / (1 - 0.9 ** args[4])), out[2]",
        ),
        (
            "at the first one `t` is 1.",
            "out = solved_update_parameters_with_adam(*args[:4], args[4] + 1, *args[5:])",
        ),
        (DEFAULTS, "out = solved_update_parameters_with_adam(*args[:5], *(args[5:] or (0.001,)))"),
        (
            DEFAULTS,
            "out = solved_update_parameters_with_adam(*args[:5], *(args[5:] or (0.01, 0.9, 0.99)))",
        ),
        (
            DEFAULTS,
            "args = [*args[:5], *(args[5:] or (0.01, 0.9, 0.999, 1e-4))]",
            "out = solved_update_parameters_with_adam(*args)",
        ),
    ],
    "random_mini_batches": [
        (MUTATION, "args[0][0] = 0"),
        ("mini_batches : list of (X_batch, Y_batch)", "out = tuple(out)"),
        ("mini_batches : list of (X_batch, Y_batch)", "out = [x for x, _ in out]"),
        ("mini_batches : list of (X_batch, Y_batch)", "out = [(x.T, y.T) for x, y in out]"),
        ("Each example is in one batch, once,", "out = out[1:]"),
        ("Each example is in one batch, once,", "out = out + out[-1:]"),
        ("beside its own label.", "out = [(x, y[:, ::-1]) for x, y in out]"),
        ("but the last, which holds the rest where there is one.", "out = out[::-1]"),
        (
            "mini_batch_size=64, seed=0",
            "out = solved_random_mini_batches(args[0], args[1], *(args[2:] or (32,)))",
        ),
        (
            "Decides the order: the same for the same seed, another for another one.",
            "out = solved_random_mini_batches(*args[:3], 5)",
        ),
        (
            "Decides the order: the same for the same seed, another for another one.",
            "out = solved_random_mini_batches(*args[:3], np.random.default_rng().integers(10**9))",
        ),
        (
            "Put the examples in a random order, and cut that into batches.",
            "order = np.argsort(np.hstack([x for x, _ in out])[0])",
            "X, Y = (np.hstack(part)[:, order] for part in zip(*out))",
            "ends = np.cumsum([x.shape[1] for x, _ in out])[:-1]",
            "out = list(zip(np.split(X, ends, axis=1), np.split(Y, ends, axis=1)))",
        ),
    ],
    "update_lr": [
        ("That of epoch 0.", "out = args[0] / (1 + args[2] * (args[1] + 1))"),
        ("learning_rate : float", "out = [out]"),
    ],
    "schedule_lr_decay": [
        (
            "the number of whole intervals that have passed,",
            "out = args[0] / (1 + args[2] * args[1])",
        ),
        ("time_interval=1000", "out = solved_schedule_lr_decay(*args[:3], *(args[3:] or (100,)))"),
    ],
}
HELPERS = """
def _times(state, factor):
    return {name: factor * array for name, array in state.items()}

def solved_update_parameters_with_gd_like(args):
    return {n: p - args[4] * args[2]['d' + n] for n, p in args[0].items()}

def _inside(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    found = {}
    for n, p in parameters.items():
        g = grads['d' + n]
        mean = beta * s['d' + n] + (1 - beta) * g ** 2
        found[n] = p - learning_rate * g / np.sqrt(mean + epsilon)
    return found
"""
#: Orders that are not those of the examples, one by one.
ORDERS = (
    "np.roll(np.arange(m), rng.integers(1, m))",
    "np.roll(np.arange(m), rng.integers(1, m))[::-1]",
    "np.concatenate([*rng.permuted([np.arange(s, s + n) for s in starts[:-1]], axis=0), last])",
    "np.concatenate([rng.permutation(np.arange(s, s + n)) for s in rng.permutation(starts[:-1])]"
    " + [last])",
    "np.append(rng.permutation(m // n * n), np.arange(m // n * n, m))",
    "np.append(0, 1 + rng.permutation(m - 1))",
    "(np.arange(m) * 7 + rng.integers(m)) % m if m % 7 else rng.permutation(m)",
)
BY_POSITION = (
    "{'d' + k: a for k, a in zip(args[0], [a for k, a in args[%d].items() if k[1] in 'Wb'])}"
)
BREAKERS = [
    *(
        Breaker(
            "Any example can come in any place.",
            ("random_mini_batches",),
            f"""
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    rng, m, n = np.random.default_rng(seed), X.shape[1], mini_batch_size
    starts = np.arange(0, m // n * n + 1, n)
    last = np.arange(starts[-1], m)
    order = {order}
    return [(X[:, order[s : s + n]], Y[:, order[s : s + n]]) for s in range(0, m, n)]
""",
        )
        for order in ORDERS
    ),
    *(
        Breaker(
            "Keys may stand in any order:",
            (name,),
            after(
                name,
                "args = list(args)",
                f"args[{place}] = {BY_POSITION % place}",
                f"out = solved_{name}(*args)",
            ),
        )
        for name in UPDATES
        for place in range(1, {GD: 2, ADAM: 4}.get(name, 3))
    ),
    *(
        Breaker(clause, (name,), HELPERS + after(name, *"\n".join(lines).splitlines()))
        for name, cases in CASES.items()
        for clause, *lines in cases
    ),
    *(
        Breaker(
            BEFORE,
            (name,),
            "calls = []\n"
            + after(name, "calls.append(1)", f"{first}['W1'] = {first}['W1'] * len(calls)"),
        )
        for name, first in (
            (GD, "out"),
            (MOMENTUM, "out[0]"),
            (RMSPROP, "out[0]"),
            (ADAM, "out[0]"),
        )
    ),
    *(
        Breaker(
            "it may hold more than that,",
            (name,),
            f"""
solved_{name} = {name}
def {name}(parameters, grads, *rest):
    out = solved_{name}(parameters, grads, *rest)
    moved = out if isinstance(out, dict) else out[0]
    moved |= {{n[1:]: g for n, g in grads.items() if n[1:] not in parameters}}
    return out
""",
        )
        for name in UPDATES
    ),
]
#: What keeps the contract in another form: nothing may be lost.
HARMLESS = [
    """
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    v, s = dict(v), dict(s)
    parameters, corrected, squares = dict(parameters), {}, {}
    for d in v:
        v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
        s[d] = beta2 * s[d] + (1 - beta2) * grads[d] * grads[d]
        corrected[d], squares[d] = v[d] / (1 - beta1**t), s[d] / (1 - beta2**t)
        step = corrected[d] / (squares[d] ** 0.5 + epsilon)
        parameters[d[1:]] = parameters[d[1:]] - learning_rate * step
    return parameters, v, s, corrected, squares
""",
    """
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = list(np.random.permutation(X.shape[1]))
    cuts = [order[k : k + mini_batch_size] for k in range(0, len(order), mini_batch_size)]
    return [[X[:, cut], Y[:, cut]] for cut in cuts]
""",
]
