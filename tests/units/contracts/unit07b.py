"""Unit 07b: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

UNCHANGED = "whatever comes in, the cache too, stays as it was."
OWN = "That of `rnn_forward` owns its data:"
CALLS = "`rnn_backward` calls `rnn_step_backward` once a step, at most."
NOBODY = "Behind it nobody divides."
CHANGES = {
    "rnn_step_forward": "args[4][:] += 1",
    "rnn_step_backward": "args[1][3][:] *= 2",
    "rnn_forward": "args[0][:] = 0",
    "rnn_backward": "args[0][:, 0] = 0",
}
#: Functions that go wrong where there is one example, as np.squeeze does.
SQUEEZED = {
    "rnn_step_forward": "out = np.squeeze(out[0]), out[1]",
    "rnn_step_backward": "out = out[0], np.squeeze(out[1]), *out[2:]",
    "rnn_forward": "out = np.squeeze(out[0]), out[1]",
    "rnn_backward": "out = out[0], np.squeeze(out[1]), *out[2:]",
}
#: Each array of a backward function, and what breaks its line in the docstring.
ARRAYS = {
    "rnn_step_backward": {
        "dx : array, shape (N, D)": "out = 2 * out[0], *out[1:]",
        "dprev_h : array, shape (N, H)": "out = out[0], out[1] + 1, *out[2:]",
        "dWx : array, shape (D, H)": "out = *out[:2], out[2].T, *out[3:]",
        "dWh : array, shape (H, H)": "out = *out[:3], out[3].T, out[4]",
        "db : array, shape (H,)": "out = *out[:4], out[4][None]",
    },
    "rnn_backward": {
        "dx : array, shape (N, T, D)": "out = np.moveaxis(out[0], 1, 0), *out[1:]",
        "dh0 : array, shape (N, H)": "out = out[0], 0 * out[1], *out[2:]",
        "dWx : array, shape (D, H)": "out = *out[:2], out[2].T, *out[3:]",
        "dWh : array, shape (H, H)": "out = *out[:3], out[3].T, out[4]",
        "db : array, shape (H,)": "out = *out[:4], out[4][:, None]",
    },
}
FORWARD = """
def rnn_forward(x, h0, Wx, Wh, b):
    states = [h0]
    for t in range(x.shape[1]):
        states.append(rnn_step_forward(x[:, t], states[-1], Wx, Wh, b)[0])
    held = np.stack(states, axis=1)
"""
#: The loop, reading x and the states from a cache that is a closure or an object.
LOOP = """
def rnn_backward(dh, cache):
    x, h, Wx, Wh = cache()
    dx, carry, dWx, dWh, db = np.zeros(x.shape), 0, 0, 0, 0
    for t in reversed(range(dh.shape[1])):
        dz = (dh[:, t] + carry) * (1 - h[:, t + 1] ** 2)
        dx[:, t], carry = dz @ Wx.T, dz @ Wh.T
        dWx, dWh, db = dWx + x[:, t].T @ dz, dWh + h[:, t].T @ dz, db + dz.sum(axis=0)
    return dx, carry, dWx, dWh, db
"""
BREAKERS = (
    [Breaker(UNCHANGED, (name,), after(name, line)) for name, line in CHANGES.items()]
    + [
        Breaker("rows are examples, weights stand on the right", (name,), after(name, line))
        for name, line in SQUEEZED.items()
    ]
    + [
        Breaker(clause, (name,), after(name, line))
        for name, lines in ARRAYS.items()
        for clause, line in lines.items()
    ]
    + [
        Breaker(f"As returned by your `{forward}`.", (backward,), last_call(forward, backward, 1))
        for forward, backward in (
            ("rnn_step_forward", "rnn_step_backward"),
            ("rnn_forward", "rnn_backward"),
        )
    ]
    + [
        Breaker(clause, functions, code)
        for clause, functions, code in (
            (
                NOBODY,
                ("rnn_step_backward",),
                after("rnn_step_backward", "out = *out[:2], *(v / len(args[0]) for v in out[2:])"),
            ),
            (
                NOBODY,
                ("rnn_backward",),
                after("rnn_backward", "out = *out[:4], out[4] / len(args[0])"),
            ),
            (
                "with the shape of `Q`.",
                ("rnn_backward",),
                after("rnn_backward", "out = tuple(v.sum(axis=0) for v in out)"),
            ),
            (
                OWN,
                ("rnn_backward",),
                f"{FORWARD}    return held[:, 1:].copy(), lambda: (x, held, Wx, Wh)\n{LOOP}",
            ),
            (
                OWN,
                ("rnn_backward",),
                f"{FORWARD}    return held[:, 1:], lambda: (x.copy(), held, Wx, Wh)\n{LOOP}",
            ),
            (
                OWN,
                ("rnn_backward",),
                "class Memory:\n    pass\n"
                + f"{FORWARD}    memory = Memory()\n    memory.held = x, held, Wx, Wh\n"
                + "    return held[:, 1:].copy(), memory\n"
                + LOOP.replace("cache()", "cache.held"),
            ),
            (
                CALLS,
                ("rnn_backward",),
                around(
                    "rnn_backward",
                    "rnn_step_backward(dh[:, 0], cache[0])",
                    "out = solved_rnn_backward(dh, cache)",
                    signature="dh, cache",
                ),
            ),
            (
                "through that step's own loss alone.",
                ("rnn_backward",),
                around(
                    "rnn_backward",
                    "total = np.cumsum(dh[:, ::-1], axis=1)[:, ::-1]",
                    "out = solved_rnn_backward(total, cache)",
                    signature="dh, cache",
                ),
            ),
            (
                "next_h : array, shape (N, H)",
                ("rnn_step_forward",),
                after("rnn_step_forward", "out = out[0].T, out[1]"),
            ),
            (
                "The states h_1, ..., h_T.",
                ("rnn_forward",),
                after(
                    "rnn_forward",
                    "out = np.concatenate([args[1][:, None], out[0]], axis=1)[:, :-1], out[1]",
                ),
            ),
            (
                "h : array, shape (N, T, H)",
                ("rnn_forward",),
                after("rnn_forward", "out = np.moveaxis(out[0], 1, 0), out[1]"),
            ),
        )
    ]
)
#: Right in another form.
HARMLESS = [
    f"{FORWARD}    x = x.copy()\n    return held[:, 1:].copy(), lambda: (x, held, Wx, Wh)\n{LOOP}",
    after("rnn_step_backward", "out = list(out)"),
]
