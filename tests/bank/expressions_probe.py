"""Unit 01 seen from outside: graphs as little programs, run on numbers and on Values."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, same
from .registry import Namespace

BINARY = "+*"


@dataclass(frozen=True)
class Instance:
    leaves: tuple[float, ...]
    steps: tuple[tuple[str, int, int], ...]  # an operation on two earlier nodes, by number
    arrays: bool = False

    @property
    def data(self) -> list[Any]:
        """The leaves: numbers, or three numbers at once."""
        return [np.array([x, 1.5 * x, 0.5 * x]) if self.arrays else x for x in self.leaves]

    @property
    def program(self) -> list[tuple[Any, ...]]:
        return [(name, i, j) if name in BINARY else (name, i) for name, i, j in self.steps]

    @property
    def edges(self) -> list[tuple[int, ...]]:
        """The numbers of the parents of each node."""
        steps = [(i, j) if name in BINARY else (i,) for name, i, j in self.steps]
        return [()] * len(self.leaves) + steps


@cache
def instances() -> tuple[Instance, ...]:
    """Return a fork, a + a, a chain of diamonds, every function, equal values, random graphs."""
    fork = Instance((3.0,), (("*", 0, 0), ("*", 1, 1), ("+", 2, 1)))
    double = Instance((0.7,), (("+", 0, 0), ("tanh", 1, 1)))
    diamonds = Instance((0.3,), tuple(("+", i, i) for i in range(6)))
    alike = Instance((2.0, 2.0), (("*", 0, 1), ("+", 2, 0), ("*", 3, 1)))
    # leaves 0.4, 1.7, -0.6; every function, log also below 1, relu also of a negative number
    steps = (("tanh", 0, 0), ("exp", 3, 3), ("*", 1, 4), ("relu", 5, 5), ("log", 6, 6))
    more = (("*", 2, 7), ("relu", 8, 8), ("relu", 2, 2), ("+", 9, 7), ("*", 11, 6), ("log", 0, 0))
    last = (("+", 12, 10), ("*", 13, 14))
    every = [Instance((0.4, 1.7, -0.6), (*steps, *more, *last), arrays) for arrays in (False, True)]
    random = [random_graph(seed, arrays=seed == 2) for seed in range(4)]
    return fork, double, diamonds, alike, *every, *random


def random_graph(seed: int, arrays: bool) -> Instance:
    rng = np.random.default_rng(seed)
    steps = []
    for i in range(3, 13):
        name = str(rng.choice(["+", "*", "tanh", "+", "*"]))
        steps.append((name, int(rng.integers(0, i)), int(rng.integers(max(0, i - 3), i))))
    return Instance(tuple(rng.uniform(0.3, 0.9, 3)), tuple(steps), arrays)


def run(one: Instance, bumped: int = -1, h: float = 0.0) -> list[Any]:
    """Return the value of every node, with `h` added at one node."""
    x = [v + h * (i == bumped) for i, v in enumerate(one.data)]
    for name, i, j in one.steps:
        if name in BINARY:
            new = x[i] + x[j] if name == "+" else x[i] * x[j]
        else:
            new = np.where(x[i] > 0, x[i], 0) if name == "relu" else getattr(np, name)(x[i])
        x.append(new + h * (len(x) == bumped))
    return x


def reached(one: Instance) -> list[int]:
    """Return the numbers of the nodes on which the last one depends."""
    found = {len(one.edges) - 1}
    for node in reversed(range(len(one.edges))):
        found |= set(one.edges[node]) if node in found else set()
    return sorted(found)


def ways(one: Instance) -> list[int]:
    """Return the number of ways from the last node down to each node."""
    count = [0] * len(one.edges)
    count[-1] = 1
    for node in reversed(range(len(count))):
        for parent in one.edges[node]:
            count[parent] += count[node]
    return count


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one graph."""
    one, h = instances()[index], 1e-5
    found: Observation = {f"numbers.{n}": x for n, x in enumerate(run(one))}
    found["order is one"] = 1.0
    for node in range(len(one.edges)):
        slope = (run(one, node, h)[-1] - run(one, node, -h)[-1]) / (2 * h)
        for how in ("backward", "backward again", "backward_tree"):
            found[f"{how}.{node}"] = slope
        found[f"count_paths.{node}"] = ways(one)[node]
    for how in ("backward", "backward_tree"):
        found[f"{how} leaves its answer in grad"] = 1.0
    found["backward.visits"] = len(reached(one))
    found["backward_tree.visits"] = sum(ways(one))
    return found


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one graph."""
    seen: Observation = {}
    one = instances()[index]
    try:
        nodes = ns["build"](one.program, one.data)
        root, used = nodes[-1], reached(one)
        seen |= {f"numbers.{n}": x for n, x in enumerate(ns["numbers"](nodes))}
        order = ns["positions"](ns["topo_order"](root), nodes)
        seen["order is one"] = float(is_order(order, used, one))
        for how in ("backward", "backward again", "backward_tree"):
            name = how.split()[0]
            grads, seen[f"{name}.visits"] = ns[name](root, nodes)
            shape = np.shape(one.data[0])
            seen |= {f"{how}.{i}": np.broadcast_to(g, shape) for i, g in enumerate(grads)}
        for name in ("backward", "backward_tree"):
            grads, _ = ns[name](root, nodes)
            left = [node.grad for node in nodes]
            seen[f"{name} leaves its answer in grad"] = float(same(left, grads))
        for i, node in enumerate(nodes):
            seen[f"count_paths.{i}"] = ns["count_paths"](root, node)
    except Exception as error:  # a student's function may raise anything
        seen["raises"] = type(error).__name__
    return seen


def is_order(order: list[int], nodes: list[int], one: Instance) -> bool:
    """Tell whether every node is listed once, after its parents, and no other."""
    place = {n: i for i, n in enumerate(order)}
    if sorted(order) != nodes:
        return False
    return all(place[parent] < place[n] for n in order for parent in one.edges[n])
