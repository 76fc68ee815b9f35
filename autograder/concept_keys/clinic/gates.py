"""Case 12: which node of the chain."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.concept_keys.clinic.case import Array, Case, Chart, numerics, told

Arrays = dict[str, Array]
_SHOWN = ("Wf", "Wi", "Wc", "Wo", "xt", "a_prev", "c_prev")


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def _forward(v: Mapping[str, Array]) -> Arrays:
    u = np.concatenate([v["a_prev"], v["xt"]])
    z = {k: v[f"W{k}"] @ u + v[f"b{k}"] for k in "fico"}
    gate = {k: np.tanh(z[k]) if k == "c" else _sigmoid(z[k]) for k in "fico"}
    c = gate["f"] * v["c_prev"] + gate["i"] * gate["c"]
    return {**gate, "u": u, "next": c, "a": gate["o"] * np.tanh(c)}


def _backward(v: Arrays, id: str) -> Arrays:
    """The gradients of J = sum(da * a_next + dc * c_next), with one mistake."""
    s, da, dc_next = _forward(v), v["da"], v["dc"]
    f, i, g, o, c_prev = s["f"], s["i"], s["c"], s["o"], v["c_prev"]
    th = np.tanh(s["next"])
    slope = 1 - (np.tanh(th) if id == "lstm-tanh-of-tanh" else th) ** 2
    by_a, by_c = da * o * slope, dc_next
    if id == "lstm-dc-next-missing":
        by_c = np.zeros_like(by_c)
    if id == "lstm-da-misses-c":
        by_a = np.zeros_like(by_a)
    dc = by_a + by_c
    gates = {"f": c_prev * f * (1 - f), "i": g * i * (1 - i), "c": i * (1 - g**2)}
    dz = {k: dc * slope for k, slope in gates.items()}
    dz["o"] = da * (s["next"] if id == "lstm-o-without-tanh" else th) * o * (1 - o)
    if id == "lstm-c-next-for-c-prev":
        dz["f"] = dc * s["next"] * f * (1 - f)
    if id == "lstm-gate-derivative-missing":
        dz["f"], dz["i"], dz["o"] = dc * c_prev, dc * g, da * th
    if id == "lstm-parenthesis":
        dz["f"] = dc_next * c_prev + by_a * c_prev * f * (1 - f)
        dz["i"] = dc_next * g + by_a * g * i * (1 - i)
        dz["c"] = dc_next * i + by_a * i * (1 - g**2)
    ways = "fio" if id == "lstm-gate-path-missing" else "fico"
    du: Array = np.sum([v[f"W{k}"].T @ dz[k] for k in ways], axis=0)
    n = len(f)
    kept = np.ones_like(f) if id == "lstm-dc-prev-no-forget" else f
    found = {f"W{k}": dz[k] @ s["u"].T for k in "fico"}
    return {**found, "a_prev": du[:n], "xt": du[n:], "c_prev": dc * kept}


def _cell(id: str, rng: np.random.Generator) -> Chart:
    n_x, n, m = 2, 3, 4

    def row(kind: str = "") -> list[str]:
        v = {f"W{k}": rng.normal(size=(n, n + n_x)) / 2 for k in "fico"}
        v |= {f"b{k}": rng.normal(size=(n, 1)) / 2 for k in "fico"}
        v |= {"xt": rng.normal(size=(n_x, m)), "a_prev": rng.normal(size=(n, m)) / 2}
        v["c_prev"], v["da"], v["dc"] = rng.normal(size=(3, n, m))
        if kind in ("da", "dc"):
            v[kind][:] = 0
        if kind == "open":
            v["bf"] = v["bf"] + 60  # the sigmoid is 1 to the last digit

        def cost(moved: Mapping[str, Array]) -> Array:
            s = _forward({**v, **moved})
            return np.asarray((v["da"] * s["a"] + v["dc"] * s["next"]).sum())

        found = _backward(v, id)
        right = numerics(cost, {name: v[name] for name in _SHOWN if name in found})
        cells = {name: told(found[name], right[name]) for name in _SHOWN}
        if kind == "open":  # its slope is rounding alone: nothing to compare
            cells["Wf"] = "–"
        return list(cells.values())

    rows = {
        "both arrive": row(),
        "dc_next = 0": row("dc"),
        "da_next = 0": row("da"),
        "forget gate 1": row("open"),
    }
    return Chart([(name, *cells) for name, cells in rows.items()])


CELL = Case(
    "09",
    ("instance", *(f"d{name}" for name in _SHOWN)),
    _cell,
    {
        "lstm-parenthesis": "`dzf = dc_next * c_prev + o * (1 - th**2) * c_prev * da_next "
        "* f * (1 - f)`, and so in i and c̃",
        "lstm-dc-next-missing": "`dc = da_next * o * (1 - th**2)`",
        "lstm-da-misses-c": "`dc = dc_next`",
        "lstm-dc-prev-no-forget": "`dc_prev = dc`",
        "lstm-gate-derivative-missing": "`dzf = dc * c_prev`, and so in i and o",
        "lstm-tanh-of-tanh": "`1 - np.tanh(th)**2`, where th is tanh(c_next)",
        "lstm-c-next-for-c-prev": "`dzf = dc * c_next * f * (1 - f)`",
        "lstm-o-without-tanh": "`dzo = da_next * c_next * o * (1 - o)`",
        "lstm-gate-path-missing": "the candidate is left out of `da_prev` and `dxt`",
    },
)
