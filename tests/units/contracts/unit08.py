"""Unit 08: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around

UNCHANGED = "no array and no dictionary that comes in is changed."
CHANGES = {
    "step_jacobian": "args[0][:] = 1 - args[0] ** 2",
    "state_gradients": "args[0][:] = 0",
    "grad_norms": "args[1][:] = 0",
    "truncated_bptt": "args[3]['Waa'] += 1",
    "chunked_train_step": "args[3]['ba'] -= 0.1",
}
TRAIN = """
def chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm):
    names, state, start_state = ("Wax", "Waa", "ba"), a0, a0
    for start in range(0, x.shape[2], {k}):
        part = slice(start, start + {k})
        grads = truncated_bptt(x[:, :, part], y[:, :, part], {state}, parameters, {k})
        before = states(x[:, :, part], state, parameters)[:, :, -1]
        length = np.sqrt(sum((grads[f"d{{n}}"] ** 2).sum() for n in {normed}))
        rate = learning_rate * {factor}
        parameters = {{n: parameters[n] - rate * grads[f"d{{n}}"] for n in names}}
        after = states(x[:, :, part], state, parameters)[:, :, -1]
        {more}
        state = {next}
    return parameters, {last}
"""
RULES = {
    "k": "k",
    "state": "state",
    "normed": "names",
    "factor": "min(1.0, max_norm / length)",
    "more": "",
    "next": "before",
    "last": "state",
}


def trains(**rules: str) -> str:
    """A training step that keeps all rules but these."""
    return TRAIN.format(**(RULES | rules))


ONE_FACTOR = "One factor for all arrays keeps the direction:"
CUT = "Gradients of J with the derivative cut after steps k, 2k, ..."
BREAKERS = [Breaker(UNCHANGED, (name,), after(name, line)) for name, line in CHANGES.items()] + [
    Breaker(clause, (function,), code)
    for function, clause, code in (
        (
            "truncated_bptt",
            "The factor $1/m$ is in `da` already; do not divide again.",
            after("truncated_bptt", "out = {n: g / args[0].shape[1] for n, g in out.items()}"),
        ),
        (
            "state_gradients",
            "The factor $1/m$ is in `da` already; do not divide again.",
            after("state_gradients", "out = out / args[0].shape[1]"),
        ),
        (
            "truncated_bptt",
            "the last may be shorter.",
            around(
                "truncated_bptt",
                "T = x.shape[2] - (x.shape[2] % k if k < x.shape[2] else 0)",
                "out = solved_truncated_bptt(x[:, :, :T], y[:, :, :T], a0, parameters, k)",
                signature="x, y, a0, parameters, k",
            ),
        ),
        (
            "chunked_train_step",
            "the last may be shorter.",
            around(
                "chunked_train_step",
                "T = x.shape[2] // k * k or x.shape[2]",
                "out = solved_chunked_train_step(x[:, :, :T], y[:, :, :T], *more)",
                signature="x, y, *more",
            ).replace("*more):", "*more):\n    k = more[2]"),
        ),
        (
            "truncated_bptt",
            "With $k \\ge T$ there is one.",
            around(
                "truncated_bptt",
                "if k > x.shape[2]:",
                "    raise ValueError('the chunk is longer than the sequence')",
                "out = solved_truncated_bptt(x, y, a0, parameters, k)",
                signature="x, y, a0, parameters, k",
            ),
        ),
        (
            "chunked_train_step",
            "With $k \\ge T$ there is one.",
            around(
                "chunked_train_step",
                "assert more[2] <= x.shape[2]",
                "out = solved_chunked_train_step(x, y, *more)",
                signature="x, y, *more",
            ),
        ),
        (
            "truncated_bptt",
            "Steps $1 \\dots k$, then $k + 1 \\dots 2k$, and so on;",
            around(
                "truncated_bptt",
                "out = solved_truncated_bptt(x, y, a0, parameters, k + 1)",
                signature="x, y, a0, parameters, k",
            ),
        ),
        (
            "step_jacobian",
            "Entry (i, j): the derivative of unit i of a_t with respect to unit j of a_{t-1}.",
            after("step_jacobian", "out = out.T"),
        ),
        (
            "step_jacobian",
            "a_next : array, shape (n_a,)",
            "def step_jacobian(a_next, Waa):\n    return (1 - a_next**2) @ Waa",
        ),
        (
            "state_gradients",
            "``g[:, :, t]`` belongs to a_t.",
            after("state_gradients", "out = out[:, :, ::-1]"),
        ),
        (
            "state_gradients",
            "g : array, shape (n_a, m, T + 1)",
            after("state_gradients", "out = out[:, :, 1:]"),
        ),
        (
            "state_gradients",
            "g : array, shape (n_a, m, T + 1)",
            after("state_gradients", "out = out if out.shape[1] > 1 else out[:, 0]"),
        ),
        (
            "state_gradients",
            "$a_0$ is a state, too; it has no loss of its own.",
            after("state_gradients", "out[:, :, 0] = 0"),
        ),
        (
            "grad_norms",
            "At t the square root of the sum of the squares of all entries of ``g[:, :, t]``.",
            after("grad_norms", "out = out**2"),
        ),
        (
            "grad_norms",
            "At t the square root of the sum of the squares of all entries of ``g[:, :, t]``.",
            "def grad_norms(da, a, parameters):\n"
            "    g = state_gradients(da, a, parameters)\n"
            "    return np.array([np.linalg.norm(g[:, :, t], 2) for t in range(g.shape[2])])",
        ),
        ("grad_norms", "norms : array, shape (T + 1,)", after("grad_norms", "out = out[:, None]")),
        ("grad_norms", "norms : array, shape (T + 1,)", after("grad_norms", "out = list(out)")),
        (
            "truncated_bptt",
            CUT,
            around(
                "truncated_bptt",
                "out = solved_truncated_bptt(x, y, a0, parameters, x.shape[2])",
                signature="x, y, a0, parameters, k",
            ),
        ),
        (
            "truncated_bptt",
            '``"dWax"``, ``"dWaa"``, ``"dba"`` of the shapes of the parameters;',
            after("truncated_bptt", "out['dba'] = out['dba'][:, 0]"),
        ),
        (
            "truncated_bptt",
            '``"da0"`` (n_a, m).',
            after("truncated_bptt", "del out['da0']"),
        ),
        (
            "truncated_bptt",
            "The *state* passes each border,",
            around(
                "truncated_bptt",
                "out = {}",
                "for s in range(0, x.shape[2], k):",
                "    part = slice(s, s + k)",
                "    one = solved_truncated_bptt(x[:, :, part], y[:, :, part], a0, parameters, k)",
                "    out = {n: g + out.get(n, 0) for n, g in one.items() if n != 'da0'} | {",
                "        'da0': out.get('da0', one['da0'])}",
                signature="x, y, a0, parameters, k",
            ),
        ),
        ("chunked_train_step", ONE_FACTOR, trains(normed='["Waa"]')),
        ("chunked_train_step", ONE_FACTOR, trains(factor="max_norm / length")),
        ("chunked_train_step", ONE_FACTOR, trains(factor="1.0")),
        (
            "chunked_train_step",
            "The next chunk starts from the last state that was computed *before* the update;",
            trains(next="after", last="before"),
        ),
        (
            "chunked_train_step",
            "`a0` gets no update.",
            trains(more="state = before = before - 0.01 * rate * grads['da0']"),
        ),
        ("chunked_train_step", "with one update for each chunk.", trains(k="x.shape[2]")),
        ("chunked_train_step", "states from the carried state,", trains(state="start_state")),
        (
            "chunked_train_step",
            "The state after the last step, as it was before the last update.",
            trains(last="after"),
        ),
        (
            "chunked_train_step",
            "The state after the last step, as it was before the last update.",
            trains(last="start_state"),
        ),
        (
            "chunked_train_step",
            "a_last : array, shape (n_a, m)",
            trains(last="state[:, :, None]"),
        ),
        (
            "chunked_train_step",
            '``"Wax"``, ``"Waa"``, ``"ba"`` after the last update.',
            after("chunked_train_step", "out = args[3], out[1]"),
        ),
        (
            "chunked_train_step",
            '``"Wax"``, ``"Waa"``, ``"ba"`` after the last update.',
            after("chunked_train_step", "out = tuple(out[0].values()), out[1]"),
        ),
    )
]

#: What keeps the contract in another form.
HARMLESS = [trains()]
