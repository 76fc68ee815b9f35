"""Unit 00: the products of two arrays that have a given shape."""

from __future__ import annotations

from itertools import product as pairs

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.units.u00_shapes.ledger import Shape, shown


def fitting(p: Shape, q: Shape, target: Shape) -> set[str]:
    """The products of P and Q, each as it is or transposed, that have the target's shape."""
    found = set()
    for one, other in (("P", "Q"), ("Q", "P")):
        for mark, other_mark in pairs(("", ".T"), repeat=2):
            left, right = (p, q) if one == "P" else (q, p)
            left, right = (left[::-1] if mark else left), (right[::-1] if other_mark else right)
            if left[1] == right[0] and (left[0], right[1]) == target:
                found.add(f"{one}{mark} @ {other}{other_mark}")
    return found


def _listed(student: Student, p: Shape, q: Shape, target: Shape) -> set[str]:
    value = student.call("products_that_fit", p, q, target)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wanting(f"expected a list of strings such as 'P @ Q.T', found {shown(value)}")
    found = [" @ ".join(part.strip() for part in item.split("@")) for item in value]
    if len(set(found)) != len(found):
        raise Wanting("a product is listed twice")
    return set(found)


def _stray(listed: set[str]) -> str:
    """Why the first of these is no answer."""
    letters = sorted(part.strip().removesuffix(".T") for part in min(listed).split("@"))
    return "does not fit" if letters == ["P", "Q"] else "is no product of P and Q, each once"


def lists_those_that_fit(student: Student, rng: np.random.Generator) -> None:
    """lists the products that fit, and no other.

    All of the eight products that fit, and no other.
    """
    n, k, m = (int(x) for x in rng.permutation([3, 4, 5]))
    for p, q, target in (
        ((n, m), (k, m), (n, k)),
        ((n, k), (n, m), (k, m)),
        ((n, m), (k, m), (k, n)),
        ((n, n), (n, m), (n, m)),
        ((n, n), (n, m), (m, n)),
        ((n, m), (n, m), (n, n)),
        ((n, m), (n, m), (n, m)),
        ((n, 1), (1, m), (n, m)),
    ):
        found, right = _listed(student, p, q, target), fitting(p, q, target)
        where = f"P {p}, Q {q}, wanted {target}"
        if right - found:
            raise Wanting(f"{where}: {min(right - found)} fits and is not listed")
        if found - right:
            raise Wanting(f"{where}: {min(found - right)} is listed and {_stray(found - right)}")


def a_square_decides_nothing(student: Student, rng: np.random.Generator) -> None:
    """lists all eight where everything is square.

    Three squares: all eight fit; and they do not where one size differs.
    """
    n = int(rng.integers(2, 9))
    found = _listed(student, (n, n), (n, n), (n, n))
    every = fitting((n, n), (n, n), (n, n))
    if found - every:
        stray = min(found - every)
        raise Wanting(f"all shapes ({n}, {n}): {stray} is listed and {_stray(found - every)}")
    if len(found) != 8:
        missing = sorted(every - found)
        raise Wanting(
            f"all shapes ({n}, {n}): it lists {len(found)} of the eight products, and all fit; "
            f"missing: {', '.join(missing)}",
            "shape-check-is-proof" if len(found) == 1 else "",
        )
    wide, target = (n, n + 1), (n, n)
    found, right = _listed(student, wide, wide, target), fitting(wide, wide, target)
    if found != right:
        listed, fit = (", ".join(sorted(names)) or "none" for names in (found, right))
        raise Wanting(
            f"P and Q of shape {wide}, wanted {target}: it lists {listed}; those that fit: {fit}"
        )


register(
    Exercise(
        "products_that_fit",
        "00",
        no_trials,
        nothing,
        (
            Property(
                "lists_exactly_those_that_fit",
                holds=lists_those_that_fit,
            ),
            Property(
                "knows_that_squares_decide_nothing",
                holds=a_square_decides_nothing,
            ),
        ),
    )
)


hunt(
    "answers_00",
    "00",
    "ABCD",
    (
        "right",
        "dw-transposed",
        "row-vs-column-layout",
        "elementwise-vs-matmul",
        "forgotten-transpose",
    ),
)
