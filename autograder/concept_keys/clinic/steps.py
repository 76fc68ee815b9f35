"""Cases 8 and 11: what an update does with a gradient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.concept_keys.clinic.case import Array, Case, Chart, as_fraction, factor, number
from autograder.concept_keys.clinic.columns_in_time import drawn_rnn, rnn_backward

_BETAS = (0.9, 0.999)


class Adam:
    """Adam for one number, with one mistake."""

    def __init__(self, id: str, rate: float):
        self.id, self.rate = id, rate
        self.v, self.s, self.t = 0.0, 0.0, 0

    def step(self, g: float) -> float:
        """What is taken off w."""
        id, (beta1, beta2) = self.id, _BETAS
        if id == "adam-betas-swapped":
            beta1, beta2 = beta2, beta1
        self.t += 1
        v = beta1 * self.v + (1 - beta1) * g
        s = beta2 * self.s + (1 - beta2) * g**2
        if id == "adam-square-of-mean":
            s = beta2 * self.s + (1 - beta2) * v**2
        t = self.t + 1 if id == "adam-t-off-by-one" else self.t
        by1, by2 = 1 - beta1**t, 1 - beta2**t
        if id == "adam-power-of-one-minus-beta":
            by1, by2 = (1 - beta1) ** t, (1 - beta2) ** t
        if id == "adam-bias-correction-missing":
            by1 = by2 = 1.0
        self.v, self.s = (v / by1, s) if id == "adam-corrected-carried-on" else (v, s)
        under = s / by2 if id == "optimiser-root-missing" else np.sqrt(s / by2)
        twice = self.rate if id == "optimiser-learning-rate-twice" else 1.0
        return float(twice * self.rate * (v / by1) / (under + 1e-8))


def _adam(id: str, rng: np.random.Generator) -> Chart:
    rate, large = float(rng.choice([0.05, 0.1])), float(rng.choice([3.0, 4.0]))

    def moves(gradients: Sequence[float], which: str) -> list[str]:
        adam = Adam(which, rate)
        return [number(adam.step(g) / rate) for g in gradients]

    runs = {
        f"every gradient {large:.0f}": [large] * 4,
        "every gradient 0.5": [0.5] * 4,
        "gradients 1, −1, 1, −1": [1.0, -1.0, 1.0, -1.0],
    }
    rows = []
    for name, gradients in runs.items():
        rows.append((name, "right", *moves(gradients, "")))
        rows.append(("", "patient", *moves(gradients, id)))
    curves = {"right": _costs("", rate), "patient": _costs(id, rate)}
    return Chart(rows, f"learning rate {rate}", curves=curves)


def _costs(id: str, rate: float, updates: int = 60) -> list[float]:
    """J = w² / 2 from w = 2, rounded, and no further than 20: pictures need no more."""
    w, adam, costs = 2.0, Adam(id, rate), []
    for _ in range(updates):
        costs.append(round(min(w**2 / 2, 20.0), 4))
        w = float(np.clip(w - adam.step(w), -1e6, 1e6))
    return costs


ADAM = Case(
    "06b",
    ("run", "who", *(f"update {t}" for t in (1, 2, 3, 4))),
    _adam,
    {
        "adam-bias-correction-missing": "the step is made with `v` and `s` as they are",
        "adam-t-off-by-one": "the first correction has `t = 2`",
        "adam-power-of-one-minus-beta": "`v / (1 - beta1)**t`, and `s` likewise",
        "adam-betas-swapped": "0.999 for `v`, 0.9 for `s`",
        "adam-square-of-mean": "`s = beta2 * s + (1 - beta2) * v**2`",
        "adam-corrected-carried-on": "`v` is divided by its correction, and kept so",
        "optimiser-root-missing": "`v_corrected / (s_corrected + epsilon)`",
        "optimiser-learning-rate-twice": "the learning rate stands in the step twice",
    },
)


def _clip(id: str, rng: np.random.Generator) -> Chart:
    limit = float(rng.choice([1.0, 2.0]))
    rows: list[tuple[str, ...]] = []
    for told, wanted in (("long", 6 * limit), ("short", limit / 4)):
        v = drawn_rnn(rng, 3, 4, 5, 4)
        size = _norm(_of(v, ""))
        v = {**v, "da": v["da"] * wanted / size}
        before = _of(v, "")
        after = _clipped(id, v, before, limit)
        for name in before:
            rows.append((f"{told}: {name}", *_pair(before[name], after[name])))
        rows.append((f"{told}: all", *_pair(_flat(before), _flat(after))))
    return Chart(rows, f"limit {limit:.0f}")


def _of(v: dict[str, Array], id: str, limit: float = 0.0) -> dict[str, Array]:
    found = rnn_backward(v, id, limit)
    return {name: found[name] for name in ("dWax", "dWaa", "dba")}


def _flat(grads: dict[str, Array]) -> Array:
    return np.concatenate([grad.ravel() for grad in grads.values()])


def _norm(grads: dict[str, Array]) -> float:
    return float(np.linalg.norm(_flat(grads)))


def _clipped(
    id: str, v: dict[str, Array], before: dict[str, Array], limit: float
) -> dict[str, Array]:
    norm = _norm(before)
    if id == "clip-copies-not-inplace":
        return before
    if id == "clip-value-vs-norm":
        return {name: np.clip(grad, -limit, limit) for name, grad in before.items()}
    if id == "clip-wrong-place":
        return _of(v, id, limit)
    if id == "clip-other-norm":
        norm = float(np.abs(_flat(before)).sum())
    by = limit / norm
    if id != "clip-below-the-limit":
        by = min(1.0, by)
    return {name: grad * by for name, grad in before.items()}


def _pair(before: Array, after: Array) -> tuple[str, ...]:
    k = factor(after, before)
    ratio = "no one number" if k is None else as_fraction(k)
    norms = (number(float(np.linalg.norm(grad))) for grad in (before, after))
    return (*norms, ratio, number(float(np.abs(after).max())))


CLIP = Case(
    "08",
    ("gradient", "norm before", "norm after", "after / before", "largest entry after"),
    _clip,
    {
        "clip-value-vs-norm": "`np.clip(grad, -limit, limit)` on each array",
        "clip-below-the-limit": "`grad * limit / norm`, whatever the norm is",
        "clip-copies-not-inplace": "the clipped arrays are made, and the old ones returned",
        "clip-other-norm": "`norm` is the sum of the absolute values",
        "clip-wrong-place": "the signal is clipped at each step of the loop, and nothing after it",
    },
)
