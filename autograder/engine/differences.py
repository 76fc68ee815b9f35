"""Central differences of the cost: a witness that knows nothing of edits or complex steps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.problem import Problem
from autograder.networks import Array, Edit
from autograder.networks.facts import TimeFacts
from autograder.oracle import directional

#: The step, and how far the differences may be off.
_H, _NEAR = 1e-5, 1e-5
#: How far arrays that are the same may be from each other, as a part of the largest entry.
_SAME = 2e-9


def unchanged(problem: Problem, arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Those of the arrays that a right function returns, as far as one random direction can tell.

    What differs a little in each entry may be among them too: they are looked at more closely.
    """
    if not arrays:
        return {}
    rng, sums, bounds = np.random.default_rng(20_240_602), [], []
    directions: dict[str, Array] = {}
    for row, (name, found) in enumerate(arrays.items()):
        node, factor = problem.claims[name].node, problem.claims[name].factor
        along = rng.uniform(0.5, 1.0, found.shape) * rng.choice([-1.0, 1.0], found.shape)
        block = directions.setdefault(node, np.zeros((len(arrays), *found.shape)))
        block[row] = factor * along
        sums.append(float((found * along).sum()))
        bounds.append(_SAME * found.size * max(float(np.abs(found).max(initial=0.0)), 1e-6))
    right = np.abs(directional(problem.graph, directions) - sums) <= bounds
    return {name: arrays[name] for name, same in zip(arrays, right, strict=True) if same}


def measured(problem: Problem, arrays: Mapping[str, Array]) -> bool:
    """Whether central differences at one entry of each array, the largest, agree with it.

    All are taken in one forward pass: for each array two steps, to both sides.
    """
    facts = problem.graph.facts
    if not arrays or (isinstance(facts, TimeFacts) and facts.k):
        return True  # a truncated gradient is no difference quotient
    steps = np.array([_H, -_H, _H / 3, -_H / 3])
    moves: dict[str, Array] = {}
    for n, (name, found) in enumerate(arrays.items()):
        node, place = problem.claims[name].node, int(np.abs(found).argmax())
        block = moves.setdefault(node, np.zeros((4 * len(arrays), *found.shape)))
        block.reshape(len(block), -1)[4 * n : 4 * n + 4, place] = steps
    run = problem.graph.run(edits={node: _moved(move) for node, move in moves.items()})
    costs = np.broadcast_to(np.real(run.seen["cost"]), 4 * len(arrays)).reshape(-1, 4)
    slopes = (costs[:, ::2] - costs[:, 1::2]) / (2 * steps[::2])
    return all(
        _agrees(problem.claims[name].factor, found, at_h, at_less)
        for (name, found), (at_h, at_less) in zip(arrays.items(), slopes, strict=True)
    )


def _agrees(factor: float, found: Array, slope: float, nearer: float) -> bool:
    if abs(slope - nearer) > _NEAR * max(1.0, abs(slope)):
        return True  # a kink lies between
    largest = float(found.reshape(-1)[np.abs(found).argmax()])
    return abs(factor * slope - largest) <= 10 * _NEAR * max(1.0, abs(largest))


def _moved(move: Array) -> Edit:
    return lambda value, seen: value + move
