"""Unit 01 seen from outside: graphs as little programs, run on floats and on Values."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation
from .registry import Namespace

BINARY = {"+": "__add__", "*": "__mul__", "-": "__sub__"}


@dataclass(frozen=True)
class Instance:
    leaves: tuple[float, ...]
    steps: tuple[tuple[str, int, int], ...]  # an operation on two earlier nodes, by number


@cache
def instances() -> tuple[Instance, ...]:
    """Return a fork, a + a, a chain of diamonds, every function, equal values, random graphs."""
    fork = Instance((3.0,), (("*", 0, 0), ("*", 1, 1), ("+", 2, 1)))
    double = Instance((0.7,), (("+", 0, 0), ("tanh", 1, 1)))
    diamonds = Instance((0.3,), tuple(("+", i, i) for i in range(6)))
    alike = Instance((2.0, 2.0), (("*", 0, 1), ("-", 2, 0), ("+", 3, 1)))
    names = (("tanh", 0, 0), ("exp", 2, 2), ("*", 1, 3), ("relu", 4, 4), ("log", 5, 5))
    functions = Instance((0.4, 1.7), (*names, ("-", 6, 0), ("relu", 7, 7), ("*", 8, 6)))
    return fork, double, diamonds, alike, functions, *(random_graph(seed) for seed in range(3))


def random_graph(seed: int) -> Instance:
    rng = np.random.default_rng(seed)
    steps = []
    for i in range(3, 13):
        name = str(rng.choice(["+", "*", "-", "tanh", "+", "*"]))
        steps.append((name, int(rng.integers(0, i)), int(rng.integers(max(0, i - 3), i))))
    return Instance(tuple(rng.uniform(0.3, 0.9, 3)), tuple(steps))


def run(one: Instance, bumped: int = -1, h: float = 0.0) -> float:
    """Return the value of the last node, with `h` added at one node."""
    x = [v + h * (i == bumped) for i, v in enumerate(one.leaves)]
    for name, i, j in one.steps:
        if name in BINARY:
            new = {"+": x[i] + x[j], "*": x[i] * x[j], "-": x[i] - x[j]}[name]
        else:
            new = max(0.0, x[i]) if name == "relu" else getattr(math, name)(x[i])
        x.append(new + h * (len(x) == bumped))
    return x[-1]


def parents(one: Instance) -> list[tuple[int, ...]]:
    steps = [(i, j) if name in BINARY else (i,) for name, i, j in one.steps]
    if any(name == "-" for name, _, _ in one.steps):
        return []  # a difference may be made of a product: its nodes are the student's own
    return [() for _ in one.leaves] + steps


def reached(one: Instance) -> list[int]:
    """Return the numbers of the nodes on which the last one depends."""
    edges = [()] * len(one.leaves) + [(i, j) if n in BINARY else (i,) for n, i, j in one.steps]
    found = {len(edges) - 1}
    for node in reversed(range(len(edges))):
        found |= set(edges[node]) if node in found else set()
    return sorted(found)


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one graph."""
    one, h = instances()[index], 1e-5
    last = len(one.leaves) + len(one.steps) - 1
    found: Observation = {"value": run(one), "order is one": 1.0}
    for node in reached(one):
        slope = (run(one, node, h) - run(one, node, -h)) / (2 * h)
        for how in ("backward", "backward again", "backward_tree"):
            found[f"{how}.{node}"] = slope
    edges = parents(one)
    if edges:
        visits, paths = [1] * len(edges), [[0] * len(one.leaves) for _ in edges]
        for i, mine in enumerate(edges):
            visits[i] += sum(visits[j] for j in mine)
            for leaf in range(len(one.leaves)):
                paths[i][leaf] = (i == leaf) + sum(paths[j][leaf] for j in mine)
        found["backward_tree.visits"] = visits[last]
        found |= {f"count_paths.{leaf}": n for leaf, n in enumerate(paths[last])}
    return found


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one graph."""
    seen: Observation = {}
    one = instances()[index]
    try:
        nodes: list[Any] = [ns["Value"](v) for v in one.leaves]
        for name, i, j in one.steps:
            method = getattr(nodes[i], BINARY.get(name, name))
            nodes.append(method(nodes[j]) if name in BINARY else method())
        root, used = nodes[-1], reached(one)
        seen["value"] = root.data
        seen["order is one"] = float(
            is_order(ns["topo_order"](root), root, [nodes[i] for i in used])
        )
        for how in ("backward", "backward again"):
            ns["backward"](root)
            seen |= {f"{how}.{i}": nodes[i].grad for i in used}
        grad, seen["backward_tree.visits"] = ns["backward_tree"](root)
        seen |= {f"backward_tree.{i}": grad[nodes[i]] for i in used}
        for leaf in range(len(one.leaves)):
            seen[f"count_paths.{leaf}"] = ns["count_paths"](root, nodes[leaf])
    except Exception as error:  # a student's function may raise anything
        seen["raises"] = type(error).__name__
    return seen


def is_order(order: list[Any], root: Any, nodes: list[Any]) -> bool:
    """Tell whether every node is listed once, after its parents, the root last."""
    place = {id(node): i for i, node in enumerate(order)}
    all_once = len(place) == len(order) and all(id(node) in place for node in nodes)
    ordered = all(place.get(id(p), 99) < place[id(n)] for n in order for p in n.parents)
    return all_once and ordered and order[-1] is root
