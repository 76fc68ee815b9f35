"""Unit 10b seen from outside: gradients by central differences, words by counting.

What is drawn cannot be foreseen, so a word is looked at where large weights leave no choice, and
counted over many seeds where they do.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
#: n_a, V and the word; the newline is the last letter here, and letter 2 where words are drawn.
CASES = ((5, 6, [3, 0, 3, 4]), (4, 4, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]), (3, 5, []))
NAMES = ("Wax", "Waa", "b", "Wya", "by")
IX = {"x": 0, "y": 1, "\n": 2, "z": 3, "w": 4}


@dataclass(frozen=True, eq=False)
class Instance:
    parameters: Arrays
    a_prev: np.ndarray
    X: list[int | None]
    Y: list[int]
    large: Arrays  # gradients to clip


@cache
def instances() -> tuple[Instance, ...]:
    rng, found = np.random.default_rng(102), []
    for n_a, V, word in CASES:
        shapes = {"Wax": (n_a, V), "Waa": (n_a, n_a), "b": (n_a, 1), "Wya": (V, n_a), "by": (V, 1)}
        parameters = {k: 0.8 * rng.normal(size=s) for k, s in shapes.items()}
        if len(word) > 6:
            parameters["by"][word[0]] = -3
        large = {f"d{k}": 3 * rng.normal(size=s) for k, s in shapes.items()}
        a_prev = 0.5 + 0.3 * rng.normal(size=(n_a, 1))
        found.append(Instance(parameters, a_prev, [None, *word], [*word, V - 1], large))
    return tuple(found)


def one_step(p: Arrays, a: np.ndarray, k: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Return state and probabilities, number by number where that is short."""
    z = p["Waa"] @ a + p["b"] + (0 if k is None else p["Wax"][:, [k]])
    a = np.tanh(z)
    scores = [math.exp(s) for s in (p["Wya"] @ a + p["by"])[:, 0]]
    return a, np.array([[s / sum(scores)] for s in scores])


def loss(p: Arrays, one: Instance) -> tuple[float, np.ndarray]:
    a, total = one.a_prev, 0.0
    for k, y in zip(one.X, one.Y, strict=True):
        a, probs = one_step(p, a, k)
        total -= math.log(probs[y, 0])
    return total, a


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    p = one.parameters
    a, probs = one_step(p, one.a_prev, 1)
    L, last = loss(p, one)
    slopes = {
        k: central(lambda w, k=k: loss({**p, k: w}, one)[0], p[k])  # type: ignore[misc]
        for k in NAMES
    }
    bounded = {k: np.where(abs(g) > 5, 5 * np.sign(g), g) for k, g in slopes.items()}
    found: Observation = {
        "rnn_step_forward.a_next": a,
        "rnn_step_forward.p_t": probs,
        "rnn_forward.loss": L,
        "optimize.loss": L,
        "optimize.a": last,
    }
    for k in NAMES:
        g = one.large[f"d{k}"]
        found[f"clip.d{k}"] = np.where(abs(g) > 2, 2 * np.sign(g), g)
        found[f"rnn_backward.d{k}"] = slopes[k]
        found[f"optimize.d{k}"] = bounded[k]
    found = expected_behaviour(found)
    del found["optimize changes its arguments"]
    for k in NAMES:
        found[f"moved.{k}"] = p[k] - 0.1 * bounded[k]
        found[f"moved by default.{k}"] = p[k] - 0.01 * bounded[k]
    return found | dict.fromkeys(SEEN, 0.0)


#: What may be noticed of words.
SEEN = (
    "sure words off",
    "echo off",
    "frequencies off",
    "draws hang together",
    "seed off",
    "fifty off",
    "sample changes its arguments",
)


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance."""
    one, look = instances()[index], Observer(ns)
    p, V = one.parameters, len(one.parameters["by"])
    look(
        "rnn_step_forward",
        *(p, one.a_prev, np.eye(V)[:, [1]]),
        parts=lambda r: dict(zip(("a_next", "p_t"), r, strict=True)),
    )
    made = look("rnn_forward", one.X, one.Y, one.a_prev, p, parts=lambda r: {"loss": r[0]})
    cached = None if made is None else made[1]
    look("rnn_backward", one.X, one.Y, p, cached, parts=lambda r: five(r[0]))
    look("clip", one.large, 2.0, parts=lambda r: dict(r))
    trained = {k: v.copy() for k, v in p.items()}
    args = (one.X, one.Y, one.a_prev)
    look(
        "optimize",
        *(*args, trained, 0.1),
        parts=lambda r: {"loss": r[0], **five(r[1]), "a": r[2]},
    )
    look.seen.pop("optimize changes its arguments", None)
    for label, rate in (("moved", (0.1,)), ("moved by default", ())):
        mine = {k: v.copy() for k, v in p.items()}
        try:
            ns["optimize"](*args, mine, *rate)
        except Exception:  # a slip may raise anything
            continue
        look.seen |= {f"{label}.{k}": mine[k].copy() for k in NAMES}
    try:
        words(look, ns, index)
    except Exception:  # as above: then nothing of words is seen
        look.seen["sample raises"] = 1.0
    return look.seen


def five(gradients: Arrays) -> Arrays:
    return {f"d{k}": gradients[f"d{k}"] for k in NAMES}


def words(look: Observer, ns: Namespace, index: int) -> None:
    """Note 1 for each thing that is off."""
    p = {k: v.copy() for k, v in sure().items()}
    kept = {k: v.copy() for k, v in p.items()}

    def sample(network: Arrays, seed: int) -> list[int]:
        return [int(k) for k in ns["sample"](network, IX, seed)]

    off = dict.fromkeys(SEEN, 0.0)
    off["sure words off"] = float(sample(p, 3) != greedy(sure()))
    off["sample changes its arguments"] = float(any((p[k] != kept[k]).any() for k in p))
    drawn = [sample(echo(), seed)[:2] for seed in range(12)]
    off["echo off"] = float(any(len(w) < 2 or w[0] != w[1] for w in drawn))
    chance, shares = independent()
    drawn = [sample(chance, 7 * seed + index) for seed in range(300)]
    count = np.bincount([w[0] for w in drawn if w], minlength=5) / len(drawn)
    off["frequencies off"] = float(np.abs(count - shares).max() > 0.12)
    same = [w[0] == w[1] for w in drawn if len(w) > 1]
    off["draws hang together"] = float(not same or np.mean(same) > 0.55)
    again = [sample(chance, 7 * seed + index) for seed in range(20)]
    off["seed off"] = float(again != drawn[:20] or len(set(map(tuple, drawn))) < 5)
    off["fifty off"] = float(sample(endless(), 1) != [3] * 50 + [2])
    look.seen |= off


@cache
def sure() -> Arrays:
    """A network with weights so large that each letter has a probability of nearly 0 or 1."""
    for seed in range(2000):
        rng = np.random.default_rng(seed)
        shapes = {"Wax": (8, 5), "Waa": (8, 8), "b": (8, 1), "Wya": (5, 8), "by": (5, 1)}
        p = {k: 12 * rng.normal(size=s) for k, s in shapes.items()}
        word = greedy(p)
        if 5 < len(word) < 20 and len(set(word[:3])) == 3:
            return p
    raise AssertionError("no such network")


def greedy(p: Arrays) -> list[int]:
    """Return the word that a sure network writes; empty where it is not sure."""
    a, k, word = np.zeros((8, 1)), None, []
    while len(word) < 50 and k != IX["\n"]:
        a, probs = one_step(p, a, k)
        k = int(probs.argmax())
        word.append(k)
        if probs.max() < 1 - 1e-7:
            return []
    return word


def echo() -> Arrays:
    """Writes some letter, then the same one again, without end."""
    n = 5
    by = 20.0 * np.ones((n, 1))
    by[IX["\n"]] = -20
    eye = np.eye(n)
    zeros = np.zeros((n, n))
    return {"Wax": 40 * eye, "Waa": zeros, "b": -20 * np.ones((n, 1)), "Wya": 20 * eye, "by": by}


def independent() -> tuple[Arrays, np.ndarray]:
    """Return a network that reads nothing, and its probabilities."""
    shares = np.array([0.5, 0.2, 0.2, 0.1 - 1e-9, 1e-9])
    by = np.log(shares)[:, None]
    zeros = np.zeros((5, 3))
    inner = {"Wax": zeros.T, "Waa": np.zeros((3, 3)), "b": np.zeros((3, 1))}
    return {**inner, "Wya": zeros, "by": by}, shares


def endless() -> Arrays:
    p, _ = independent()
    return {**p, "by": np.array([[-30.0], [-30], [-30], [30], [-30]])}
