"""Unit 05: which entry the gradient check of a network calls the worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.engine.exercise import Wanting
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u04_network.instances import mlp_instance
from autograder.units.u05_gradient_check.calling import measure
from autograder.units.u05_gradient_check.checked import Arrays, Place, checked, gradients
from autograder.units.u05_gradient_check.kinks import SIZES, M, on_a_kink


def names_the_worst(student: Student, rng: np.random.Generator) -> None:
    """gives each array its own error and names the worst entry.

    One entry off by 1 %, of the smallest array too, is named with its index.
    """
    drawn = mlp_instance(rng, SIZES, M)
    sign, named = int(rng.choice([-1, 1])), []
    for name in ("b2", "W1", "b3", "W2"):
        sign = -sign  # both occur: a gap is as large with either
        grads = gradients(drawn)
        right = {n: g.copy() for n, g in grads.items()}
        index = _spoil(grads, name, sign, rng)
        answer = checked(student, drawn, grads)
        errors = answer.errors
        wanted = measure(grads[name], right[name])
        if not any(errors.values()):
            # where everything is flagged nothing is left to compare
            count = len(answer.flagged)
            id = "" if count else "gradcheck-self-compare"
            flagged = f"; {count} entries are flagged as kinks" if count else ""
            raise Wanting(f"a gradient that is wrong has error 0.0{flagged}", id)
        if abs(errors[name] - wanted) > 0.02 * wanted:
            flat = [np.concatenate([g[n].ravel() for n in g]) for g in (grads, right)]
            common = (np.linalg.norm(flat[0] - flat[1]) / sum(map(np.linalg.norm, flat)), "norm")
            largest = (np.abs(flat[0] - flat[1]).max() / np.abs(flat[1]).max(), "scale")
            for value, what in (common, largest):
                if abs(errors[name] - value) <= 0.02 * value:
                    raise Wanting(
                        f"errors[{name!r}] is relative to one {what} of all arrays together",
                        "gradcheck-global-norm-hides",
                    )
            raise Wanting(
                f"one entry of {name} is off by 1 % of the largest, and errors[{name!r}] is "
                f"{errors[name]:.2g}"
            )
        named.append(_Named(answer.worst, (name, index), grads, right))
    for one in named:
        if one.found != one.wanted:
            told = (
                f"{one.wanted[0]} has the largest error of all arrays, and in it the entry "
                f"{list(one.wanted[1])} is furthest off; your function names {one.found}"
            )
            raise Wanting(told + _rule(named, one))
    _looks_past_kinks(student, rng)


def _looks_past_kinks(student: Student, rng: np.random.Generator) -> None:
    """An entry with a kink is off by more than the wrong one, and is left out."""
    drawn, jump = on_a_kink(rng)
    grads, index = gradients(drawn), (1, int(rng.integers(SIZES[0])))
    right = grads["W1"].copy()
    grads["W1"][index] += 0.1 * jump
    answer, size = checked(student, drawn, grads), measure(grads["W1"], right)
    counted = abs(answer.errors["W1"] - size) > 0.02 * size or answer.errors["b1"] > 1e-6
    if counted or not answer.kinks:  # a property of its own asks for that
        return
    worst = answer.worst
    if worst[0] == "W1" and worst[1][:1] == (0,):
        raise Wanting(
            f"your function names {worst}, where a unit stands on its kink: such an entry is left "
            f"out, of the errors and of the search for the worst one; that is {('W1', index)}"
        )
    if worst != ("W1", index):
        raise Wanting(f"beside a kink {('W1', index)} is off; your function names {worst}")


@dataclass(frozen=True)
class _Named:
    """The entry that was named as the worst, and the one that was to be."""

    found: Place
    wanted: Place
    grads: Arrays
    right: Arrays


def _rule(named: list[_Named], first: _Named) -> str:
    """By which other rule all of them were named, in words; empty if by none of these."""
    for told, chosen in _by_other_rules(first).items():
        for k in range(len(chosen)):  # of all arrays, or of the one with the largest error
            # of one array alone another rule can have the same answer by chance
            if all(one.found == _by_other_rules(one)[told][k] for one in named):
                return f", {told}"
    place, index = first.found
    grads, right, name = first.grads, first.right, first.wanted[0]
    sizes = {n: measure(grads[n], right[n]) for n in grads}
    if place in sizes and sizes[place] == min(sizes.values()) < sizes[name]:
        return f", and {place} is the array with the smallest error"
    there = place in grads and index in np.ndindex(grads[place].shape)
    if there and grads[place][index] == right[place][index]:
        return (
            f", an entry that is not off at all. Print the array whose largest entry yours looks "
            f"for: is it |numeric - analytic| of {name}, the array with the largest error, and "
            "without signs?"
        )
    return ""


def _by_other_rules(one: _Named) -> dict[str, tuple[Place, Place]]:
    """What other rules choose, of all arrays and of the one with the largest error."""
    name, grads, right = one.wanted[0], one.grads, one.right
    gaps = {n: grads[n] - right[n] for n in grads}
    signed = "an entry that is off the other way counts as well"
    rules = {
        "the largest difference of all arrays together. Choose the array first, the one with the "
        "largest error, and then the entry of it that is furthest off": {
            n: np.abs(g) for n, g in gaps.items()
        },
        f"the largest analytic minus numeric, with its sign; {signed}": gaps,
        f"the largest numeric minus analytic, with its sign; {signed}": {
            n: -g for n, g in gaps.items()
        },
        "the one that is furthest off by its own size; the whole array has one scale": {
            n: np.abs(g / np.where(right[n] == 0, np.inf, right[n])) for n, g in gaps.items()
        },
        "the largest entry of the gradient itself": {n: np.abs(g) for n, g in grads.items()},
    }
    found: dict[str, tuple[Place, Place]] = {}
    mean = max(gaps, key=lambda n: float(np.abs(gaps[n]).mean()))
    there = mean, _largest(np.abs(gaps[mean]))
    found["the entry that is furthest off in the array with the largest mean difference"] = (
        there,
        there,
    )
    for told, by in rules.items():
        over_all = max(by, key=lambda n: float(by[n].max()))
        found[told] = (over_all, _largest(by[over_all])), (name, _largest(by[name]))
    return found


def _largest(array: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(array.argmax(), array.shape))


def _spoil(
    grads: dict[str, Array], name: str, sign: int, rng: np.random.Generator
) -> tuple[int, ...]:
    """Put one entry of an array 1 % of its largest off, up or down; return its index.

    Elsewhere are smaller errors that look larger to those who measure otherwise: of the smallest
    entry of the array by its own size, and of the array with the largest entries by theirs.
    """
    largest = max(grads, key=lambda n: float(np.abs(grads[n]).max()))
    if largest != name:
        entry = np.unravel_index(np.abs(grads[largest]).argmax(), grads[largest].shape)
        grads[largest][entry] *= 1.006
    array, size = grads[name], float(np.abs(grads[name]).max())
    small = np.unravel_index(np.abs(array).argmin(), array.shape)
    indices = [i for i in np.ndindex(array.shape) if array.size == 1 or i != small]
    index = indices[int(rng.integers(len(indices)))]
    if array.size > 1:
        array[small] += 0.002 * size
    array[index] += 0.01 * size * sign
    return index
