"""Unit 06a: the lines of a way back, each by what the student's own lines handed to it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.formulas import Formula
from autograder.networks import Array

_ABOVE = "W_next.T @ dZ_next"


def lines(
    value: Mapping[str, Array],
    truth: Mapping[str, Array],
    lambd: float = 0.0,
    keep_prob: float = 0.0,
) -> dict[str, Formula]:
    """Return the formula of every array of a way back through three layers.

    Parameters
    ----------
    value : mapping of str to array
        X, Y, and by layer W, Z, A, and D where there are masks.
    truth : mapping of str to array
        The right arrays, whose shapes the student's own have to have.
    lambd, keep_prob : float
        Of the penalty, and of dropout; 0 where there is none.
    """
    found: dict[str, Formula] = {}
    numbers = {"m": value["X"].shape[1]} | ({"lambd": lambd} if lambd else {"keep_prob": keep_prob})
    for n in (3, 2, 1):
        A_prev = value[f"A{n - 1}"] if n > 1 else value["X"]
        held = {"dZ": truth[f"dZ{n}"], "A_prev": A_prev, "W": value[f"W{n}"], **numbers}
        own = {"dZ": f"dZ{n}"}
        spelt = {"dZ": f"dZ{n}", "A_prev": f"A{n - 1}" if n > 1 else "X", "W": f"W{n}"}
        dW = "(dZ @ A_prev.T + lambd * W) / m" if lambd else "dZ @ A_prev.T / m"
        found[f"dW{n}"] = Formula(dW, held, spelt, _OF_W if lambd else (), own)
        found[f"db{n}"] = Formula("np.sum(dZ, axis=1) / m", held, spelt, _OF_B * bool(lambd), own)
        if n == 3:
            top = {"A": value["A3"], "Y": value["Y"], **numbers}
            found["dZ3"] = Formula("A - Y", top, {"A": "A3"}, own={})
            continue
        above = {"dZ_next": truth[f"dZ{n + 1}"], "W_next": value[f"W{n + 1}"]}
        own = {"dZ_next": f"dZ{n + 1}"}
        spelt |= {"dZ_next": f"dZ{n + 1}", "W_next": f"W{n + 1}", "dA": f"dA{n}", "D": f"D{n}"}
        spelt |= {"Z": f"Z{n}", "A": f"A{n}"}
        held = {**above, "Z": value[f"Z{n}"], "A": value[f"A{n}"], **numbers}
        if not lambd:
            held["D"] = np.asarray(value[f"D{n}"], dtype=float)
        dA = _ABOVE if lambd else f"{_ABOVE} * D / keep_prob"
        found[f"dA{n}"] = Formula(dA, held, spelt, _OF_A * bool(lambd), own)
        held["dA"], own["dA"] = truth[f"dA{n}"], f"dA{n}"
        found[f"dZ{n}"] = Formula("dA * (Z > 0)", held, spelt, () if lambd else _OF_Z, own)
    return found


#: Another penalty before W; one where there is none; lines in another order.
_OF_W = ("dZ @ A_prev.T / m + lambd / (2 * m) * W", "dZ @ A_prev.T / m + lambd / (2 * m) * W**2")
_OF_B = ("(np.sum(dZ, axis=1) + lambd * np.sum(W, axis=1)) / m",)
_OF_A = (f"{_ABOVE} + lambd / m * A",)
_OF_Z = (f"{_ABOVE} * (Z > 0)", f"{_ABOVE} * D * (Z > 0)", "dA * D / keep_prob * (Z > 0)")
