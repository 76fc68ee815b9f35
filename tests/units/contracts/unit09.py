"""Unit 09: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

UNCHANGED = "whatever comes in, the cache too, stays as it was."
OWN = "Those of `lstm_forward` own their data:"
COLUMNS = "Columns are examples;"
NOBODY = "Behind it nobody divides."
CHANGES = {
    "lstm_cell_forward": "args[2][:] += 1",
    "lstm_cell_backward": "args[1][:] *= 2",
    "lstm_forward": "args[0][:] = 0",
    "lstm_backward": "args[0][:, :, 0] = 0",
    "gru_cell_forward": "args[1][:] += 1",
    "gru_cell_backward": "args[1][2][:] *= 2",
}
#: Functions that go wrong where there is one example, as np.squeeze does.
SQUEEZED = {
    "lstm_cell_forward": "out = out[0], np.squeeze(out[1]), *out[2:]",
    "lstm_cell_backward": 'out["dc_prev"] = np.squeeze(out["dc_prev"])',
    "lstm_forward": "out = np.squeeze(out[0]), *out[1:]",
    "lstm_backward": 'out["da0"] = np.squeeze(out["da0"])',
    "gru_cell_forward": "out = np.squeeze(out[0]), out[1]",
    "gru_cell_backward": 'out["dxt"] = np.squeeze(out["dxt"])',
}
#: Each part of a docstring's list of arrays, and code that breaks it.
ARRAYS = {
    "lstm_cell_backward": {
        "dxt, shape (n_x, m);": 'out["dxt"] = 2 * out["dxt"]',
        "da_prev, dc_prev, shape (n_a, m);": 'out["da_prev"] = out["da_prev"] + 1',
        "dWf, dWi, dWc, dWo, shape (n_a, n_a + n_x);": 'out["dWi"] = out["dWi"].T',
        "dbf, dbi, dbc, dbo, shape (n_a, 1).": 'out["dbo"] = out["dbo"][:, 0]',
    },
    "lstm_backward": {
        "dx, shape (n_x, m, T_x);": 'out["dx"] = np.moveaxis(out["dx"], 2, 0)',
        "da0, shape (n_a, m);": 'out["da0"] = 0 * out["da0"]',
        "dWf, dWi, dWc, dWo, shape (n_a, n_a + n_x);": 'out["dWc"] = out["dWc"][:, ::-1]',
        "dbf, dbi, dbc, dbo, shape (n_a, 1).": 'out["dbf"] = out["dbi"]',
    },
    "gru_cell_backward": {
        "dxt, shape (n_x, m);": 'out["dxt"] = -out["dxt"]',
        "dc_prev, shape (n_a, m);": 'out["dc_prev"] = 0 * out["dc_prev"]',
        "dWu, dWr, dWc, shape (n_a, n_a + n_x);": 'out["dWr"] = out["dWu"]',
        "dbr, dbc, shape (n_a, 1).": 'out["dbr"] = out["dbr"].T',
    },
}
RETURNED = {
    "lstm_cell_forward": {
        "a_next : array, shape (n_a, m)": "out = out[0].T, *out[1:]",
        "c_next : array, shape (n_a, m)": "out = out[0], np.tanh(out[1]), *out[2:]",
        "The softmax of Wy a_next + by.": "out = *out[:2], np.log(out[2]), out[3]",
    },
    "lstm_forward": {
        "The hidden states of all steps.": "out = out[0][:, :, ::-1], *out[1:]",
        "The predictions of all steps.": "out = out[0], 0 * out[1], *out[2:]",
        "The cell states of all steps.": "out = *out[:2], np.moveaxis(out[2], 2, 0), out[3]",
    },
    "gru_cell_forward": {"c_next : array, shape (n_a, m)": "out = out[0] / 2, out[1]"},
}
DIVIDED = "{name: array / args[0].shape[1] for name, array in out.items()}"
#: What the loop does with the cell of the unit, and caches that are a closure.
SHARED = """
def lstm_forward(x, a0, parameters):
    a, y, c, (cells, _) = solved_lstm_forward(x, a0, parameters)
    return a, y, c, lambda: ({cells}, x)

def lstm_backward(da, caches):
    cells, x = caches()
    return solved_lstm_backward(da, (cells, x))
"""
SOLVED = "solved_lstm_forward, solved_lstm_backward = lstm_forward, lstm_backward\n"
VIEWS = "[(*k[:3], k[3], *k[4:8], x[:, :, t], k[9]) for t, k in enumerate(cells)]"
STATES = (
    "[(a[:, :, t], c[:, :, t], *k[2:]) for t, k in enumerate(cells)]"  # what the cell reads of it
)
BREAKERS = (
    [Breaker(UNCHANGED, (name,), after(name, line)) for name, line in CHANGES.items()]
    + [Breaker(COLUMNS, (name,), after(name, line)) for name, line in SQUEEZED.items()]
    + [
        Breaker(clause, (name,), after(name, line))
        for table in (ARRAYS, RETURNED)
        for name, lines in table.items()
        for clause, line in lines.items()
    ]
    + [
        Breaker(f"As returned by your `{forward}`.", (backward,), last_call(forward, backward, n))
        for forward, backward, n in (
            ("lstm_cell_forward", "lstm_cell_backward", 2),
            ("lstm_forward", "lstm_backward", 1),
            ("gru_cell_forward", "gru_cell_backward", 1),
        )
    ]
    + [
        Breaker(NOBODY, (name,), after(name, f"out = {DIVIDED}"))
        for name in ("lstm_cell_backward", "lstm_backward", "gru_cell_backward")
    ]
    + [
        Breaker(OWN, ("lstm_backward",), SOLVED + SHARED.format(cells=kept))
        for kept in (VIEWS, STATES)
    ]
    + [
        Breaker(
            "`lstm_backward` calls `lstm_cell_backward` once a step, at most.",
            ("lstm_backward",),
            around(
                "lstm_backward",
                "lstm_cell_backward(da[:, :, 0], da[:, :, 0], caches[0][0])",
                "out = solved_lstm_backward(da, caches)",
                signature="da, caches",
            ),
        ),
        Breaker(
            "with respect to $a$ of that step through that step's own loss alone.",
            ("lstm_backward",),
            around(
                "lstm_backward",
                "total = np.cumsum(da[:, :, ::-1], axis=2)[:, :, ::-1]",
                "out = solved_lstm_backward(total, caches)",
                signature="da, caches",
            ),
        ),
        Breaker(
            "The $a$ before the first step is `a0`, the $c$ before it is zero.",
            ("lstm_forward",),
            "def lstm_forward(x, a0, parameters):\n"
            "    a, c, parts, caches = a0, a0, [], []\n"
            "    for t in range(x.shape[2]):\n"
            "        a, c, y, cache = lstm_cell_forward(x[:, :, t], a, c, parameters)\n"
            "        parts.append((a, y, c))\n"
            "        caches.append(cache)\n"
            "    a, y, c = (np.stack(part, axis=2) for part in zip(*parts, strict=True))\n"
            "    return a, y, c, (caches, x.copy())\n",
        ),
        Breaker(
            "$u = 1$ takes the candidate",
            ("gru_cell_forward",),
            around(
                "gru_cell_forward",
                "p = dict(parameters, Wu=-parameters['Wu'], bu=-parameters['bu'])",
                "out = solved_gru_cell_forward(xt, c_prev, p)",
                signature="xt, c_prev, parameters",
            ),
        ),
    ]
)
#: Right in another form.
HARMLESS = [
    SOLVED
    + SHARED.format(cells="[(*k[:8], k[8].copy(), dict(k[9])) for k in cells]").replace(
        "lambda: (", "lambda x=x.copy(): ("
    ),
    after("lstm_cell_backward", "out = dict(reversed(out.items()))"),
]
