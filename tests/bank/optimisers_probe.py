"""Unit 06b seen from outside: what a history of gradients must lead to, by its weights.

No recurrence here: a state is the sum of all gradients so far, each with its weight, and a
corrected mean is numpy.average.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .probe import Observation, Observer, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SIZES = (((3, 5, 2), 3), ((4, 4, 4), 2), ((2, 1), 5))  # widths, and the number of the update
RATE, BETA, BETA_1, BETA_2, EPSILON = 0.3, 0.6, 0.7, 0.85, 0.1


@dataclass(frozen=True, eq=False)
class Instance:
    parameters: Arrays
    history: tuple[Arrays, ...]  # the gradients of all updates, this one's last


@cache
def instances() -> tuple[Instance, ...]:
    """Return parameters of several networks, with gradients that led there."""
    rng, found = np.random.default_rng(66), []
    for widths, t in SIZES:
        shapes: dict[str, tuple[int, int]] = {}
        for n, (before, width) in enumerate(zip(widths[:-1], widths[1:], strict=True), 1):
            shapes |= {f"W{n}": (width, before), f"b{n}": (width, 1)}
        parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        drawn = ({f"d{n}": 1 + rng.normal(size=s) for n, s in shapes.items()} for _ in range(t))
        found.append(Instance(parameters, tuple(drawn)))
    return tuple(found)


def summed(history: tuple[Arrays, ...], beta: float, power: int = 1) -> Arrays:
    """Return the state after these gradients, each with its weight."""
    t = len(history)
    weights = [(1 - beta) * beta ** (t - k) for k in range(1, t + 1)]
    return {
        name: np.sum([w * g[name] ** power for w, g in zip(weights, history, strict=True)], axis=0)
        for name in history[0]
    }


def averaged(history: tuple[Arrays, ...], beta: float, power: int = 1) -> Arrays:
    """Return the mean of these gradients, the weights falling by beta."""
    weights = beta ** np.arange(len(history))[::-1]
    return {
        name: np.average([g[name] ** power for g in history], axis=0, weights=weights)
        for name in history[0]
    }


def moved(one: Instance, along: Arrays, squares: Arrays | None = None, **more: float) -> Arrays:
    """Return the parameters after a step."""
    rate, epsilon = more.get("rate", RATE), more.get("epsilon", EPSILON)
    found = {}
    for name, value in one.parameters.items():
        by = 1.0 if squares is None else np.sqrt(squares[f"d{name}"]) + epsilon
        found[name] = value - rate * along[f"d{name}"] / by
    return found


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    g = one.history[-1]
    v, s = summed(one.history, BETA), summed(one.history, BETA, 2)
    first, second = summed(one.history, BETA_1), summed(one.history, BETA_2, 2)
    means = averaged(one.history, BETA_1), averaged(one.history, BETA_2, 2)
    plain = averaged(one.history, 0.9), averaged(one.history, 0.999, 2)
    zeros = {name: 0 * array for name, array in g.items()}
    small = {name: 1e-3 * array for name, array in g.items()}
    wanted = {
        "update_parameters_with_gd": moved(one, g),
        "initialize_velocity": named(zeros, "v"),
        "update_parameters_with_momentum": moved(one, v) | named(v, "v"),
        "update_parameters_with_rmsprop": moved(one, g, s) | named(s, "s"),
        "update_parameters_with_rmsprop(plain)": moved(
            one, small, {name: (1 - BETA) * a**2 for name, a in small.items()}, epsilon=1e-8
        ),
        "initialize_adam": named(zeros, "v") | named(zeros, "s"),
        "update_parameters_with_adam": moved(one, *means) | named(first, "v") | named(second, "s"),
        "update_parameters_with_adam(plain)": moved(one, *plain, rate=0.01, epsilon=1e-8),
        "random_mini_batches": {"off": 0.0, "the order of X": 0.0},
        "random_mini_batches(plain)": {"off": 0.0, "the order of X": 0.0},
        "update_lr": {"rate": 0.5 / (1 + 0.3 * 7)},
        "schedule_lr_decay": {"rate": 0.5 / (1 + 0.3 * 2)},
        "schedule_lr_decay(plain)": {"rate": 0.5 / (1 + 0.3 * 3)},
    }
    found: Observation = {f"{f}.{key}": v for f, made in wanted.items() for key, v in made.items()}
    found = expected_behaviour(found)
    return found | {"velocity shared": 0.0, "adam shared": 0.0, "seed ignored": 0.0}


def named(state: Arrays, letter: str) -> Arrays:
    return {f"{letter}_{name}": array for name, array in state.items()}


def last_first(arrays: Arrays) -> Arrays:
    """Return the same arrays; the dict begins with those of the last layer."""
    return {name: arrays[name] for name in sorted(arrays, key=lambda n: -int(n[2:]))}


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance."""
    one, look, t = instances()[index], Observer(ns), len(instances()[index].history)
    p, g, past = one.parameters, last_first(one.history[-1]), one.history[:-1]
    update = "update_parameters_with_"
    look(f"{update}gd", p, g, RATE, parts=dict)
    look("initialize_velocity", p, parts=lambda r: named(r, "v"))
    v, s = last_first(summed(past, BETA)), last_first(summed(past, BETA, 2))
    look(f"{update}momentum", p, g, v, BETA, RATE, parts=lambda r: r[0] | named(r[1], "v"))
    numbers = BETA, RATE, EPSILON
    look(f"{update}rmsprop", p, g, s, *numbers, parts=lambda r: r[0] | named(r[1], "s"))
    small = {name: 1e-3 * array for name, array in g.items()}
    zeros = {name: 0 * array for name, array in g.items()}
    look(f"{update}rmsprop", p, small, zeros, BETA, RATE, tag="(plain)", parts=lambda r: r[0])
    look("initialize_adam", p, parts=lambda r: named(r[0], "v") | named(r[1], "s"))
    v, s = summed(past, BETA_1), summed(past, BETA_2, 2)
    numbers = t, RATE, BETA_1, BETA_2, EPSILON
    look(
        f"{update}adam",
        *(p, g, v, s, *numbers),
        parts=lambda r: r[0] | named(r[1], "v") | named(r[2], "s"),
    )
    v, s = summed(past, 0.9), summed(past, 0.999, 2)
    look(f"{update}adam", p, g, v, s, t, tag="(plain)", parts=lambda r: r[0])
    around(look, index)
    look.seen["velocity shared"] = shared(ns, "initialize_velocity", p)
    look.seen["adam shared"] = shared(ns, "initialize_adam", p)
    return look.seen


def around(look: Observer, index: int) -> None:
    """Look at mini-batches and rates."""
    m, size = ((23, 5), (12, 4), (130, 64))[index]
    X = np.arange(2 * m, dtype=float).reshape(2, m)
    Y = X[:1] + 0.5
    look("random_mini_batches", X, Y, size, 3, parts=lambda r: batched(r, m, size))
    look("random_mini_batches", X, Y, tag="(plain)", parts=lambda r: batched(r, m, 64))
    orders = [np.hstack([b[0] for b in look.ns["random_mini_batches"](X, Y, 4, n)]) for n in (1, 2)]
    look.seen["seed ignored"] = float(np.array_equal(*orders))
    look("update_lr", 0.5, 7, 0.3, parts=lambda r: {"rate": r})
    look("schedule_lr_decay", 0.5, 7, 0.3, 3, parts=lambda r: {"rate": r})
    look("schedule_lr_decay", 0.5, 3456, 0.3, tag="(plain)", parts=lambda r: {"rate": r})


def batched(found: list[tuple[np.ndarray, np.ndarray]], m: int, size: int) -> Observation:
    """Tell whether the batches hold each pair once, and whether they are in the order of X."""
    counts = [x.shape[1] for x, _ in found]
    good = counts == [size] * (m // size) + [m % size] * (m % size > 0)
    good = good and all(np.array_equal(x[:1] + 0.5, y) for x, y in found)
    first = np.concatenate([x[0] for x, _ in found] or [np.zeros(0)])
    good = good and np.array_equal(np.sort(first), np.arange(m))
    return {"off": float(not good), "the order of X": float(np.array_equal(first, np.arange(m)))}


def shared(ns: Namespace, name: str, parameters: Arrays) -> float:
    """Tell whether two entries of the state, or one and a parameter, are one array."""
    made = ns[name](parameters)
    states = made if isinstance(made, tuple) else (made,)
    arrays = [a for state in states for a in state.values()] + list(parameters.values())
    pairs = ((a, b) for n, a in enumerate(arrays) for b in arrays[:n])
    return float(any(np.shares_memory(a, b) for a, b in pairs))
