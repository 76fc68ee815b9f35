"""Unit 07: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

UNCHANGED = "whatever comes in, the caches and `parameters` too, stays as it was."
CALLS = "How often `rnn_cell_backward` was called: once for each loss and each step it reaches."
OWN = "Those of `rnn_forward` own their data:"
ONE_EXAMPLE = "columns are examples, the last axis is time."
CHANGES = {
    "rnn_cell_forward": "args[2]['ba'] += 1",
    "rnn_forward": "args[0][:] = 0",
    "output_backward": "args[0][:] -= args[1]",
    "rnn_cell_backward": "args[1][3]['Waa'] *= 2",
    "rnn_backward": "args[0][:, :, 0] = 0",
    "rnn_full_backward": "args[3]['Wya'] -= 0.1",
    "rnn_backward_tree": "args[0][:] = 0",
    "rtrl_dWaa": "args[1][:] = 0",
}
#: Functions that go wrong where there is one example, as np.squeeze does.
SQUEEZED = {
    "rnn_cell_forward": "out = tuple(np.squeeze(v) if v is not out[2] else v for v in out)",
    "rnn_forward": "out = np.squeeze(out[0]), *out[1:]",
    "output_backward": "out['da'] = np.squeeze(out['da'])",
    "rnn_cell_backward": "out['da_prev'] = np.squeeze(out['da_prev'])",
    "rnn_backward": "out['da0'] = np.squeeze(out['da0'])",
    "rnn_full_backward": "out['dx'] = np.squeeze(out['dx'])",
    "rnn_backward_tree": "out[0]['da0'] = np.squeeze(out[0]['da0'])",
}
FORWARD = """
def rnn_forward(x, a0, parameters):
    states, outputs, caches, a_next = [], [], [], a0
    for t in range(x.shape[2]):
        a_next, yt_pred, cache = rnn_cell_forward(x[:, :, t], a_next, parameters)
        states.append(a_next)
        outputs.append(yt_pred)
        caches.append(cache)
    a, y_pred = np.stack(states, axis=2), np.stack(outputs, axis=2)
"""
#: The solution's loop, reading x and the states from a cache that is an object.
LOOP = """
def rnn_backward(da, caches):
    x, a, p = caches()
    grads = {"dx": np.zeros(x.shape), "da0": np.zeros(da.shape[:2])}
    grads |= {"dWax": 0, "dWaa": 0, "dba": 0}
    for t in reversed(range(da.shape[2])):
        dz = (da[:, :, t] + grads["da0"]) * (1 - a[:, :, t + 1] ** 2)
        grads["dx"][:, :, t], grads["da0"] = p["Wax"].T @ dz, p["Waa"].T @ dz
        grads["dWax"] = grads["dWax"] + dz @ x[:, :, t].T
        grads["dWaa"] = grads["dWaa"] + dz @ a[:, :, t].T
        grads["dba"] = grads["dba"] + dz.sum(axis=1, keepdims=True)
    return grads
"""
BREAKERS = (
    [Breaker(UNCHANGED, (name,), after(name, line)) for name, line in CHANGES.items()]
    + [Breaker(ONE_EXAMPLE, (name,), after(name, line)) for name, line in SQUEEZED.items()]
    + [
        Breaker(f"As returned by your `{forward}`.", (backward,), last_call(forward, backward, 1))
        for forward, backward in (
            ("rnn_cell_forward", "rnn_cell_backward"),
            ("rnn_forward", "rnn_backward"),
            ("rnn_forward", "rnn_backward_tree"),
        )
    ]
    + [
        Breaker(clause, functions, code)
        for clause, functions, code in (
            (
                "the sum over the steps of the mean over the examples.",
                ("output_backward", "rnn_full_backward"),
                after("output_backward", "out = {k: v * args[1].shape[1] for k, v in out.items()}"),
            ),
            (
                "the sum over the steps of the mean over the examples.",
                ("output_backward",),
                after("output_backward", "out = {k: v / args[1].shape[2] for k, v in out.items()}"),
            ),
            (
                "behind them nobody divides.",
                ("rnn_cell_backward",),
                after(
                    "rnn_cell_backward",
                    "for k in ('dWax', 'dWaa'): out[k] = out[k] / args[0].shape[1]",
                ),
            ),
            (
                "behind them nobody divides.",
                ("rnn_backward",),
                after("rnn_backward", "out['dba'] = out['dba'] / args[0].shape[1]"),
            ),
            (
                OWN,
                ("rnn_backward",),
                FORWARD.replace("x[:, :, t], a_next", "x[:, :, t], a_next")
                + "    return a, y_pred, lambda: (x, np.dstack([a0, a]), parameters)\n"
                + LOOP,
            ),
            (
                OWN,
                ("rnn_backward",),
                FORWARD
                + "    held = np.dstack([a0, a])\n"
                + "    return held[:, :, 1:], y_pred, lambda: (x.copy(), held, parameters)\n"
                + LOOP,
            ),
            (
                OWN,
                ("rnn_backward",),
                "class Memory:\n    pass\n"
                + FORWARD
                + "    memory = Memory()\n"
                + "    memory.x, memory.a, memory.p = x, np.dstack([a0, a]), parameters\n"
                + "    return a, y_pred, memory\n"
                + LOOP.replace("caches()", "caches.x, caches.a, caches.p"),
            ),
            (
                "`rnn_backward` calls `rnn_cell_backward` once a step, at most.",
                ("rnn_backward",),
                "def rnn_backward(da, caches):\n    return rnn_backward_tree(da, caches)[0]",
            ),
            (
                "`rnn_backward` calls `rnn_cell_backward` once a step, at most.",
                ("rnn_backward",),
                around(
                    "rnn_backward",
                    "rnn_cell_backward(da[:, :, 0], caches[0][0])",
                    "out = solved_rnn_backward(da, caches)",
                    signature="da, caches",
                ),
            ),
            (
                "a_next : array, shape (n_a, m)",
                ("rnn_cell_forward",),
                after("rnn_cell_forward", "out = out[1], out[0], out[2]"),
            ),
            (
                "yt_pred : array, shape (n_y, m)",
                ("rnn_cell_forward",),
                after("rnn_cell_forward", "out = out[0], out[1] / out[1].sum(), out[2]"),
            ),
            (
                "The states a_1, ..., a_T.",
                ("rnn_forward",),
                after(
                    "rnn_forward",
                    "out = np.dstack([args[1], out[0]])[:, :, :-1], out[1], out[2]",
                ),
            ),
            (
                "y_pred : array, shape (n_y, m, T_x)",
                ("rnn_forward",),
                after("rnn_forward", "out = out[0], np.moveaxis(out[1], 2, 0), out[2]"),
            ),
            (
                "through its own loss alone;",
                ("output_backward",),
                after(
                    "output_backward", "out['da'] = np.cumsum(out['da'][:, :, ::-1], 2)[:, :, ::-1]"
                ),
            ),
            (
                "``dWya`` (n_y, n_a); ``dby`` (n_y, 1).",
                ("output_backward",),
                after("output_backward", "out['dby'] = out['dby'][:, 0]"),
            ),
            (
                "``dxt`` (n_x, m), ``da_prev`` (n_a, m), ``dWax`` (n_a, n_x), ``dWaa`` (n_a, n_a), "
                "``dba`` (n_a, 1).",
                ("rnn_cell_backward",),
                after("rnn_cell_backward", "out['dba'] = out['dba'][:, 0]"),
            ),
            (
                "``dx`` (n_x, m, T_x), ``da0`` (n_a, m),",
                ("rnn_backward",),
                after("rnn_backward", "del out['da0']"),
            ),
            (
                "The keys of `rnn_backward`, and ``dWya`` (n_y, n_a), ``dby`` (n_y, 1).",
                ("rnn_full_backward",),
                after("rnn_full_backward", "del out['dWya']"),
            ),
            (
                CALLS,
                ("rnn_backward_tree",),
                "def rnn_backward_tree(da, caches):\n    T = da.shape[2]\n"
                "    return rnn_backward(da, caches), T * (T + 1) // 2",
            ),
            (
                CALLS,
                ("rnn_backward_tree",),
                after("rnn_backward_tree", "out = out[0], args[0].shape[2]"),
            ),
            (
                "by one traversal for each loss with `rnn_cell_backward`.",
                ("rnn_backward_tree",),
                "def cell(da_next, cache):\n"
                "    a_next, a_prev, xt, p = cache\n"
                "    dz = da_next * (1 - a_next**2)\n"
                "    back = {'dxt': p['Wax'].T @ dz, 'da_prev': p['Waa'].T @ dz}\n"
                "    back |= {'dWax': dz @ xt.T, 'dWaa': dz @ a_prev.T}\n"
                "    return back | {'dba': dz.sum(axis=1, keepdims=True)}\n"
                "def rnn_backward_tree(da, caches):\n"
                "    (steps, x), calls = caches, 0\n"
                "    grads = {'dx': np.zeros(x.shape), 'da0': 0, 'dWax': 0, 'dWaa': 0, 'dba': 0}\n"
                "    for loss in range(da.shape[2]):\n"
                "        signal = da[:, :, loss]\n"
                "        for t in reversed(range(loss + 1)):\n"
                "            back = cell(signal, steps[t])\n"
                "            signal, calls = back['da_prev'], calls + 1\n"
                "            grads['dx'][:, :, t] += back['dxt']\n"
                "            for n in ('dWax', 'dWaa', 'dba'):\n"
                "                grads[n] = grads[n] + back[n]\n"
                "        grads['da0'] = grads['da0'] + signal\n"
                "    return grads, calls",
            ),
            (
                "calls : int",
                ("rnn_backward_tree",),
                after("rnn_backward_tree", "out = out[0], float(out[1])"),
            ),
            *(
                (
                    "dWaa without a call of `rnn_backward`, `rnn_backward_tree` or "
                    "`rnn_full_backward`.",
                    ("rtrl_dWaa",),
                    "def rtrl_dWaa(x, a0, parameters, da):\n"
                    "    caches = rnn_forward(x, a0, parameters)[2]\n"
                    f"    return {call}['dWaa']",
                )
                for call in ("rnn_backward(da, caches)", "rnn_backward_tree(da, caches)[0]")
            ),
            (
                "dWaa : array, shape (n_a, n_a)",
                ("rtrl_dWaa",),
                after("rtrl_dWaa", "out = out[None]"),
            ),
        )
    ]
)

#: What keeps the contract in another form.
HARMLESS = [
    FORWARD
    + "    held = np.dstack([a0, a]), x.copy()\n"
    + "    return a, y_pred, lambda: (held[1], held[0], parameters)\n"
    + LOOP
    + """
def rnn_backward_tree(da, caches):
    (x, a, p), calls = caches(), 0
    grads = {"dx": np.zeros(x.shape), "da0": 0, "dWax": 0, "dWaa": 0, "dba": 0}
    for loss in range(da.shape[2]):
        signal = da[:, :, loss]
        for t in reversed(range(loss + 1)):
            back = rnn_cell_backward(signal, (a[:, :, t + 1], a[:, :, t], x[:, :, t], p))
            signal, calls = back["da_prev"], calls + 1
            grads["dx"][:, :, t] += back["dxt"]
            grads |= {name: grads[name] + back[name] for name in ("dWax", "dWaa", "dba")}
        grads["da0"] = grads["da0"] + signal
    return grads, calls
"""
]
