"""The recurrent network in columns, with its mistakes: x is (n_x, m, T), a is (n_a, m)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.concept_keys.clinic.case import Array, numerics

Arrays = dict[str, Array]
GRADED = ("x", "a0", "Wax", "Waa", "ba")


def drawn_rnn(rng: np.random.Generator, n_x: int, n_a: int, m: int, T: int) -> Arrays:
    """Inputs, weights and the upstream da, (n_a, m, T), of J = sum(da * a)."""
    return {
        "x": rng.normal(size=(n_x, m, T)),
        "a0": rng.normal(size=(n_a, m)) / 2,
        "Wax": rng.normal(size=(n_a, n_x)) / np.sqrt(n_x),
        "Waa": rng.normal(size=(n_a, n_a)) / np.sqrt(n_a),
        "ba": rng.normal(size=(n_a, 1)) / 2,
        "da": rng.normal(size=(n_a, m, T)),
    }


def states(v: Mapping[str, Array]) -> list[Array]:
    """a_0, a_1, ..., a_T."""
    a = [v["a0"]]
    for t in range(v["x"].shape[-1]):
        a.append(np.tanh(v["Wax"] @ v["x"][:, :, t] + v["Waa"] @ a[-1] + v["ba"]))
    return a


def right_rnn(v: Arrays) -> Arrays:
    """The gradients by complex steps, under the names of `rnn_backward`."""

    def cost(moved: Mapping[str, Array]) -> Array:
        after = states(moved)[1:]
        total: Array = sum((v["da"][:, :, t] * a).sum() for t, a in enumerate(after))
        return total

    found = numerics(cost, {name: v[name] for name in GRADED})
    return {f"d{name}": value for name, value in found.items()}


def rnn_backward(v: Arrays, id: str = "", limit: float = 0.0) -> Arrays:
    """dx, da0, dWax, dWaa and dba, with one mistake."""
    x, Wax, Waa, da = v["x"], v["Wax"], v["Waa"], v["da"]
    a, T = states(v), v["x"].shape[-1]
    dx = np.zeros_like(x)
    sums: Arrays = {"dWax": np.zeros_like(Wax), "dWaa": np.zeros_like(Waa)}
    sums["dba"] = np.zeros(()) if id == "db-sum-all" else np.zeros_like(v["ba"])
    carry = np.zeros_like(v["a0"])
    early = np.zeros_like(da)

    def add(t: int, dz: Array) -> None:
        dba = dz.sum(axis=1, keepdims=True)
        if id == "dba-broadcast-square":
            dba = dz.sum(axis=1)
        if id == "db-no-keepdims":
            sums["dba"], dba = sums["dba"].reshape(-1), dz.sum(axis=1)
        if id == "db-no-sum":
            dba = dz
        if id == "db-sum-all":
            dba = dz.sum()
        met = a[t + 1] if id == "dwaa-uses-a-next" else a[t]
        new = {"dWax": dz @ x[:, :, t].T, "dWaa": dz @ met.T, "dba": dba}
        if id == "dw-transposed":
            new["dWax"] = x[:, :, t] @ dz.T
            sums["dWax"] = sums["dWax"].reshape(new["dWax"].shape)
        for name, term in new.items():
            sums[name] = term if id == "bptt-overwrite-not-accumulate" else sums[name] + term

    def cell(t: int, signal: Array) -> Array:
        """One step back: fills dx, adds to the sums, returns da_prev."""
        dz = signal * (1 - a[t + 1] ** 2)
        dx[:, :, t] += Wax.T @ dz
        add(t, dz)
        if id == "waa-no-transpose":
            return Waa @ dz
        return Waa.T @ (signal if id == "da-prev-skips-tanh" else dz)

    steps = range(T) if id == "bptt-forward-direction" else reversed(range(T))
    for t in steps:
        arriving = da[:, :, t]
        if id == "bptt-last-loss-only" and t < T - 1:
            arriving = np.zeros_like(arriving)
        if id != "bptt-missing-da-prevt":
            arriving = arriving + carry
        if id == "clip-wrong-place":
            arriving = arriving * min(1.0, limit / float(np.linalg.norm(arriving)))
        early[:, :, t] = arriving
        carry = cell(t, arriving)
        if id == "bptt-double-count":  # this total is sent through all earlier steps once more
            again = carry
            for s in reversed(range(t)):
                again = cell(s, again)
    if id == "da0-not-returned":
        carry = early
    return {"dx": dx, "da0": carry, **sums}
