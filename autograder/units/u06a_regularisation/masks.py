"""Unit 06a: the cache of a forward pass with dropout taken apart, and its masks looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import Barrier, Wanting, take
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u06a_regularisation.instances import Instance, shapes

#: The order of the cache.
NAMES = ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")
#: How many standard deviations the part that is kept may be away from keep_prob.
ERRORS = 6.5


def opened(student: Student, drawn: Instance, *keep_prob: float) -> tuple[Any, dict[str, Array]]:
    """A3, and the cache by the names of what it holds.

    Raises
    ------
    Misshapen, Barrier
        If there are not as many arrays as names, or one has another shape than its name says.
    """
    args = (drawn.X, Parameters(drawn.parameters), *keep_prob)
    returned = student.call("forward_propagation_with_dropout", *args)
    A3, cache = take("A3", "cache")(returned).values()
    found = take(*NAMES)(cache)
    for name in NAMES:
        shape = (
            drawn.parameters[name].shape
            if name[0] in "Wb"
            else (len(drawn.parameters[f"b{name[1]}"]), drawn.X.shape[1])
        )
        value = np.asarray(found[name])
        if name[0] == "D" and value.dtype.kind in "biu" and value.shape == shape:
            continue
        flaw = form(f"{name} in the cache", found[name], shape)
        if flaw is not None and flaw.wrong:
            raise Barrier(flaw.message)
    return A3, {name: np.asarray(value, dtype=float) for name, value in found.items()}


def drawn_masks(student: Student, rng: np.random.Generator) -> None:
    """Look at the masks of a wide network.

    Raises
    ------
    Wanting
        If they are no masks of zeros and ones, of which a part near keep_prob is kept.
    """
    drawn = _masks(student, rng)
    # a mask of another kind may keep as many by chance, but not for every keep_prob
    straight = {name for name, D, keep_prob in drawn if not _keeps(D, 1 - keep_prob)}
    for name, D, keep_prob in drawn:
        _look_at(name, D, keep_prob, name not in straight)
    for (_, one, _), (_, other, _) in zip(drawn[::2], drawn[1::2], strict=True):
        if np.array_equal(one, other):
            raise Wanting("D1 and D2 are the same mask; draw one for each layer")

    for name, D, _ in drawn[2:]:  # where fewer are kept, so that two equal ones are no chance
        for one, told in (
            (D, "two units are on for the same examples"),
            (D.T, "two examples keep"),
        ):
            if len(np.unique(one, axis=0)) < len(one):
                more = "" if one is D else " the same units"
                raise Wanting(f"in {name} {told}{more}; each entry is drawn by itself")
    if _counted(drawn) and _counted(_masks(student, rng)):
        raise Wanting(
            "D1 and D2 keep just keep_prob of their units each time; where each entry is drawn by "
            "itself, the number that is kept is a matter of chance too"
        )
    if any(not _keeps(D, 0.5) for D in _pair(student, rng).values()):
        raise Wanting("called without keep_prob it does not keep one half of the units")


def _masks(student: Student, rng: np.random.Generator) -> list[tuple[str, Array, float]]:
    """Two pairs of masks of 50 units and 60 examples, each with its name and keep_prob."""
    both = (0.8, 0.35)
    return [(name, D, p) for p in both for name, D in _pair(student, rng, p).items()]


def _pair(student: Student, rng: np.random.Generator, *keep_prob: float) -> dict[str, Array]:
    """D1 and D2 of 50 units and 60 examples."""
    m, widths = 60, (4, 50, 50)
    parameters = {name: rng.normal(size=shape) for name, shape in shapes(*widths).items()}
    X, Y = rng.normal(size=(widths[0], m)), np.zeros((1, m))
    _, kept = opened(student, Instance(X, Y, parameters, {}), *keep_prob)
    return {name: kept[name] for name in ("D1", "D2")}


def _counted(drawn: list[tuple[str, Array, float]]) -> bool:
    """Whether all masks keep as many as keep_prob says, up to less than one."""
    return all(abs(D.sum() - keep_prob * D.size) < 1 for _, D, keep_prob in drawn)


def _bound(D: Array, keep_prob: float) -> float:
    """How far the part that is kept may be from keep_prob."""
    return ERRORS * float(np.sqrt(keep_prob * (1 - keep_prob) / D.size))


def _keeps(D: Array, part: float) -> bool:
    return bool(np.isin(D, (0, 1)).all() and abs(float(D.mean()) - part) < _bound(D, part))


def _look_at(name: str, D: Array, keep_prob: float, inverted: bool) -> None:
    if not np.isin(D, (0, 1)).all():
        raise Wanting(f"{name} holds other numbers than 0 and 1")
    part, spread = float(D.mean()), float(np.sqrt(keep_prob * (1 - keep_prob)))
    bound = _bound(D, keep_prob)
    told = f"with keep_prob = {keep_prob:g} {name} keeps {part:.0%} of {D.size} units"
    if inverted:
        raise Wanting(told, "dropout-mask-inverted")
    if (D[:, :1] == D).all():
        raise Wanting(f"{name} is the same for all examples; each example needs draws of its own")
    if (D[:1] == D).all():
        raise Wanting(f"{name} keeps or drops all units of an example together")
    if abs(part - keep_prob) > bound:
        raise Wanting(told)
    for axis, what in ((0, "unit"), (1, "example")):
        parts = D.mean(axis=1 - axis)
        if np.abs(parts - keep_prob).max() > ERRORS * spread / np.sqrt(D.shape[1 - axis]):
            raise Wanting(f"{name} keeps some {what}s far more often than others")
        if np.ptp(parts) == 0:
            raise Wanting(
                f"{name} keeps just as many entries of each {what}; each entry is drawn by itself"
            )


def is_masked(found: Mapping[str, Any], n: int, W: Array, keep_prob: float) -> bool:
    """Whether dA is what came back, with some mask of zeros and ones, scaled or not."""
    dA, dZ = found[f"dA{n}"], found.get(f"dZ{n + 1}")
    if getattr(dZ, "shape", None) != (len(W), dA.shape[1]) or not dA.any():
        return False
    arrived = W.T @ dZ
    return any(is_right(dA, arrived * (dA != 0) / factor) for factor in (1.0, keep_prob))
