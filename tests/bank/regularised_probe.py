"""Unit 06a seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = ((3, 5, 4, 7), (2, 3, 6, 11), (4, 4, 4, 6))  # n_x, n_1, n_2, m
BETWEEN = ("dZ3", "dA2", "dZ2", "dA1", "dZ1")
KEPT, LAMBD = 0.7, 3.0
GRADS = {"dWaa": (4, 4), "dWax": (4, 3), "dWya": (2, 4), "db": (4, 1), "dby": (2, 1)}


@dataclass(frozen=True, eq=False)
class Instance:
    X: np.ndarray  # (n_x, m)
    Y: np.ndarray  # (1, m)
    parameters: Arrays
    masks: Arrays
    words: np.ndarray
    W: np.ndarray
    dout: np.ndarray
    gradients: Arrays


def forward(one: Instance, bump: Arrays, dropped: bool) -> Arrays:
    """Return Z, A and the mean of the losses; dA1 bumps relu(Z1), in front of the mask."""
    p = {name: value + bump.get(f"d{name}", 0) for name, value in one.parameters.items()}
    found, A = {}, one.X
    for n in (1, 2):
        found[f"Z{n}"] = p[f"W{n}"] @ A + p[f"b{n}"] + bump.get(f"dZ{n}", 0)
        A = np.maximum(found[f"Z{n}"], 0) + bump.get(f"dA{n}", 0)
        A = A * one.masks[f"D{n}"] / KEPT if dropped else A
        found[f"A{n}"] = A
    found["Z3"] = p["W3"] @ A + p["b3"] + bump.get("dZ3", 0)
    found["A3"] = A = 1 / (1 + np.exp(-found["Z3"]))
    found["C"] = np.array(-np.mean(one.Y * np.log(A) + (1 - one.Y) * np.log(1 - A)))
    weights = sum(np.sum(p[f"W{n}"] ** 2) for n in (1, 2, 3))
    found["J"] = found["C"] + LAMBD / 2 / one.Y.size * weights
    return found


@cache
def instances() -> tuple[Instance, ...]:
    """Return screened instances: both labels, masks that drop units that are on, no kink near."""
    rng, found = np.random.default_rng(61), list[Instance]()
    while len(found) < len(SHAPES):
        n_x, n_1, n_2, m = SHAPES[len(found)]
        widths = ((n_1, n_x), (n_2, n_1), (1, n_2))
        p = {f"W{n}": rng.normal(size=shape) * 0.7 for n, shape in enumerate(widths, 1)}
        p |= {f"b{n}": rng.normal(size=(shape[0], 1)) * 0.4 for n, shape in enumerate(widths, 1)}
        masks = {f"D{n}": rng.integers(0, 2, (w, m)) for n, w in ((1, n_1), (2, n_2))}
        words = np.resize(rng.permutation([5, 2, 5, 0, 1, 2, 5, 5, 1, 4]), (2, 5))
        g = {name: rng.normal(size=s) * rng.uniform(0.2, 6) for name, s in GRADS.items()}
        W, dout = rng.normal(size=(7, 3)), rng.normal(size=(2, 5, 3))
        Y = rng.integers(0, 2, (1, m)) * 1.0
        one = Instance(rng.normal(size=(n_x, m)), Y, p, masks, words, W, dout, g)
        Z = [forward(one, {}, way)[f"Z{n}"] for way in (True, False) for n in (1, 2)]
        if 0 < Y.mean() < 1 and min(np.abs(z).min() for z in Z) > 1e-2:
            found.append(one)
    return tuple(found)


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one, (_, _, _, m) = instances()[index], SHAPES[index]
    name, names = "backward_propagation_with_", [f"d{k}" for k in one.parameters]
    found: Observation = {
        "compute_cost_with_regularization.J": forward(one, {}, False)["J"],
        "forward_propagation_with_dropout.A3": forward(one, {}, False)["A3"],
        "forward_propagation_with_dropout(drawn).as asked": 1.0,
        "embedding_forward.out": np.stack([[one.W[w] for w in row] for row in one.words]),
    }
    for tag, dropped, cost in (("regularization", False, "J"), ("dropout", True, "C")):
        for key in (*names, *BETWEEN):
            like = (one.parameters | forward(one, {}, dropped))[key[1:]]
            slope = central(
                lambda v, k=key, d=dropped, c=cost: float(forward(one, {k: v}, d)[c]),
                np.zeros(like.shape),
            )
            found[f"{name}{tag}.{key}"] = slope * (m if key in BETWEEN else 1)
    found["embedding_backward.dW"] = central(
        lambda W: float((W[one.words] * one.dout).sum()), one.W
    )
    g, norm = (
        one.gradients,
        np.linalg.norm(np.concatenate([a.ravel() for a in one.gradients.values()])),
    )
    found |= {f"clip_by_value.{k}": np.minimum(np.maximum(a, -1), 1) for k, a in g.items()}
    for tag, part in (("", 0.5), ("(short)", 1.5)):
        found |= {f"clip_by_norm{tag}.{k}": a * min(1, part) for k, a in g.items()}
    found |= {f"clip_by_norm(zeros).{k}": 0 * a for k, a in g.items()}
    assert norm > 1
    return expected_behaviour(found)


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance."""
    one = instances()[index]
    look, p, D = Observer(ns), one.parameters, one.masks
    plain, dropped = forward(one, {}, False), forward(one, {}, True)
    look("compute_cost_with_regularization", plain["A3"], one.Y, p, LAMBD, parts=lambda r: {"J": r})
    args = (one.X, one.Y, cached(plain, p, {}), LAMBD)
    look("backward_propagation_with_regularization", *args, parts=dict)
    name = "forward_propagation_with_dropout"
    look(name, one.X, p, 1.0, parts=lambda r: {"A3": r[0]})
    wide = instances()[0]
    wide_p = {
        k: np.resize(v, (WIDE[k[1]][0], WIDE[k[1]][1] if k[0] == "W" else 1)) for k, v in p.items()
    }
    X = np.resize(wide.X, (3, 70))
    look(name, X, wide_p, KEPT, tag="(drawn)", parts=lambda r: as_asked(r, X, wide_p))
    args = (one.X, one.Y, cached(dropped, p, D), KEPT)
    look("backward_propagation_with_dropout", *args, parts=dict)
    look("embedding_forward", one.words, one.W, parts=lambda r: {"out": r})
    look("embedding_backward", one.dout, one.words, 7, parts=lambda r: {"dW": r})
    g = one.gradients
    norm = float(np.linalg.norm(np.concatenate([a.ravel() for a in g.values()])))
    look("clip_by_value", g, 1.0, parts=dict)
    look("clip_by_norm", g, 0.5 * norm, parts=dict)
    look("clip_by_norm", g, 1.5 * norm, tag="(short)", parts=dict)
    look("clip_by_norm", {k: 0 * a for k, a in g.items()}, 1.0, tag="(zeros)", parts=dict)
    return look.seen


WIDE = {"1": (40, 3), "2": (50, 40), "3": (1, 50)}


def cached(values: Arrays, p: Arrays, masks: Arrays) -> tuple[Any, ...]:
    found: list[Any] = []
    for n in "123":
        found += [values[f"Z{n}"], *([masks[f"D{n}"]] if f"D{n}" in masks else [])]
        found += [values[f"A{n}"], p[f"W{n}"], p[f"b{n}"]]
    return tuple(found)


def as_asked(returned: Any, X: np.ndarray, p: Arrays) -> Observation:
    """Tell whether masks have the spread of chance, and what was returned follows from them."""
    A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, out, W3, b3) = returned
    good = np.shape(D1) == (40, 70) and np.shape(D2) == (50, 70)
    good = good and set(np.unique(D1)) == set(np.unique(D2)) == {0, 1}
    if good:
        for D in (D1, D2):
            good &= abs(np.mean(D) - KEPT) < 0.06 and np.std(np.mean(D, 0)) < 0.2
            good &= 0 < np.std(np.mean(D, 1)) < 0.2 and np.std(np.mean(D, 0)) > 0
        right = np.maximum(p["W1"] @ X + p["b1"], 0) * D1 / KEPT
        good &= np.allclose(A1, right)
        right = np.maximum(p["W2"] @ right + p["b2"], 0) * D2 / KEPT
        right = 1 / (1 + np.exp(-(p["W3"] @ right + p["b3"])))
        good &= np.allclose(A3, right) and np.allclose(out, right)
        held = {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
        good &= all(np.array_equal(held[name], value) for name, value in p.items())
    return {"as asked": float(good)}
