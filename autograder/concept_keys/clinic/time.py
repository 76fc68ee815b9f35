"""Cases 9 and 10: which step, which sum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.concept_keys.clinic.case import RIGHT, Array, Case, Chart, numerics, told
from autograder.concept_keys.clinic.columns_in_time import drawn_rnn, right_rnn, rnn_backward

Arrays = dict[str, Array]
_SUMS = ("da0", "dWax", "dWaa", "dba")


def _columns(id: str, rng: np.random.Generator) -> Chart:
    def row(kind: str = "", T: int = 3) -> list[str]:
        v = drawn_rnn(rng, 2, 3, 4, T)
        if kind == "last":
            v["da"][:, :, :-1] = 0
        if kind == "symmetric":
            v["Waa"] = (v["Waa"] + v["Waa"].T) / 2
        if kind == "small":
            v |= {name: v[name] / 1000 for name in ("x", "a0", "ba")}
        found, right = rnn_backward(v, id), right_rnn(v)
        steps = [told(found["dx"][:, :, t], right["dx"][:, :, t]) for t in range(T)]
        return [*steps, *["–"] * (3 - T), *(told(found[name], right[name]) for name in _SUMS)]

    first = row()
    nodes = ("x->z1", "x->z2", "x->z3", "a0", "Wax", "Waa", "ba")
    wrong = [name for name, cell in zip(nodes, first, strict=True) if cell != RIGHT]
    rows = {
        "T = 3": first,
        "T = 1": row(T=1),
        "da at the last step only": row("last"),
        "Waa symmetric": row("symmetric"),
        "x, a0, ba / 1000": row("small"),
    }
    return Chart([(name, *cells) for name, cells in rows.items()], wrong=wrong)


COLUMNS = Case(
    "07",
    ("instance", "dx_1", "dx_2", "dx_3", *_SUMS),
    _columns,
    {
        "bptt-missing-da-prevt": "`rnn_cell_backward(da[:, :, t], caches[t])`",
        "waa-no-transpose": "`da_prev = Waa @ dz`",
        "da-prev-skips-tanh": "`da_prev = Waa.T @ da_next`",
        "bptt-double-count": (
            "each total is sent through all earlier steps, beside the carry; `da0` is the carry"
        ),
        "bptt-last-loss-only": "`da` enters at the last step, and at no other",
        "bptt-overwrite-not-accumulate": "`dWax = ...` where `dWax += ...` belongs, all three sums",
        "dwaa-uses-a-next": "`dWaa += dz @ a_next.T`",
        "bptt-forward-direction": "`for t in range(T)`",
    },
    only=("bptt-missing-da-prevt", "bptt-double-count", "waa-no-transpose"),
)

_ROWS = ("dx", "dh0", "dWx", "dWh", "db")


def _drawn(rng: np.random.Generator, N: int, T: int) -> Arrays:
    D, H = 3, 4
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0": np.tanh(rng.normal(size=(N, H)) / 2),
        "Wx": rng.normal(size=(D, H)) / np.sqrt(D),
        "Wh": rng.normal(size=(H, H)) / np.sqrt(H),
        "b": rng.normal(size=H) / 2,
        "dh": rng.normal(size=(N, T, H)),
    }


def _states(v: Mapping[str, Array]) -> list[Array]:
    h = [v["h0"]]
    for t in range(v["x"].shape[1]):
        h.append(np.tanh(v["x"][:, t] @ v["Wx"] + h[-1] @ v["Wh"] + v["b"]))
    return h


def _rnn_rows(v: Arrays, id: str) -> Arrays:
    """The gradients of J = sum(dh * h), with one mistake; x is (N, T, D)."""
    x, h = v["x"], _states(v)
    N, T, _ = x.shape
    after = np.stack(h[1:], axis=1)
    found = {f"d{name}": np.zeros_like(v[name]) for name in ("x", "Wx", "Wh", "b")}
    carry: Array = np.zeros_like(v["h0"])
    for t in reversed(range(T)):
        prev = h[t]
        if id == "negative-index-wrap":
            prev = after[:, t - 1]
        if id == "dwaa-uses-a-next":
            prev = h[t + 1]
        slope = 1 - h[t + 1] ** 2
        if id == "tanh-prime-of-a-prev":
            slope = 1 - h[t] ** 2
        if id == "tanh-applied-twice":
            slope = 1 - np.tanh(h[t + 1]) ** 2
        dz = (v["dh"][:, t] + carry) * slope
        found["dx"][:, t] = dz @ v["Wx"].T
        if id == "dx-accumulated" and t < T - 1:
            found["dx"][:, t] += found["dx"][:, t + 1]
        found["dWx"] += x[:, t].T @ dz
        found["dWh"] += prev.T @ dz
        found["db"] += dz.sum(axis=0)
        carry = dz @ (v["Wh"] if id == "waa-no-transpose" else v["Wh"].T)
    over = {"rnn-divide-by-m-again": N, "divide-by-T": T}.get(id, 1)
    for name in ("dWx", "dWh", "db"):
        found[name] /= over
    if id == "divide-by-T":
        found["dx"], carry = found["dx"] / T, carry / T
    return {**found, "dh0": carry}


def _in_rows(id: str, rng: np.random.Generator) -> Chart:
    some, steps = (int(n) for n in rng.permutation([3, 4, 5, 6])[:2])

    def row(kind: str = "", N: int = some, T: int = steps) -> list[str]:
        v = _drawn(rng, N, T)
        if kind == "no way through time":
            v["Wh"][:] = 0
            v["dh"][:, :-1] = 0
        if kind == "still":  # the bias is such that no step changes the state
            v["x"][:] = v["x"][:, :1]
            moved = v["x"][:, 0] @ v["Wx"] + v["h0"] @ v["Wh"]
            v["b"] = (np.arctanh(v["h0"]) - moved)[0]
        if kind == "symmetric":
            v["Wh"] = (v["Wh"] + v["Wh"].T) / 2

        def cost(moved: Mapping[str, Array]) -> Array:
            return np.asarray((v["dh"] * np.stack(_states(moved)[1:], axis=1)).sum())

        found = _rnn_rows(v, id)
        right = numerics(cost, {name: v[name] for name in ("x", "h0", "Wx", "Wh", "b")})
        return [told(found[name], right[name[1:]]) for name in _ROWS]

    rows = {
        f"N = {some}, T = {steps}": row(),
        f"N = 1, T = {steps}, h_t = h_0": row("still", N=1),
        f"N = {some}, T = 1": row(T=1),
        "the first, Wh symmetric": row("symmetric"),
        f"the first, Wh = 0, dh at t = {steps} only": row("no way through time"),
    }
    return Chart([(name, *cells) for name, cells in rows.items()])


ROWS = Case(
    "07b",
    ("instance", *_ROWS),
    _in_rows,
    {
        "negative-index-wrap": "`h[:, t - 1]` is read at t = 0 too",
        "dwaa-uses-a-next": "`dWh += next_h.T @ dz`",
        "tanh-prime-of-a-prev": "`dz = dnext_h * (1 - prev_h**2)`",
        "tanh-applied-twice": "`dz = dnext_h * (1 - np.tanh(next_h)**2)`",
        "waa-no-transpose": "`dprev_h = dz @ Wh`",
        "rnn-divide-by-m-again": "`dWx`, `dWh` and `db` are divided by N",
        "divide-by-T": "everything is divided by T",
        "dx-accumulated": "`dx` is added up over the steps",
    },
)
