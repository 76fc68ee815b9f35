"""Unit 05: the complex step, a derivative without a difference."""

from __future__ import annotations

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.locate.beside import beside
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u05_gradient_check import right
from autograder.units.u05_gradient_check.calling import exact, only_cut_off, slopes, through
from autograder.units.u05_gradient_check.numeric import cubic, keeps_theta
from autograder.units.u05_gradient_check.unmoved import never_moved


def is_complex_step(student: Student, rng: np.random.Generator) -> None:
    """is right to the last digits with a tiny step.

    Im f(theta + i h e_k) / h, right to the last digits, with a step as small as one likes.
    """
    for h, shape in ((1e-20, (4,)), (1e-100, (2, 1, 3))):
        c, theta = cubic(rng, shape)
        found = through(student, "complex_step", "waves", c, theta, h).value
        value, right = slopes("the gradient", found, shape), exact("waves", c, theta)
        never_moved(student, "complex_step", theta, h, value, 1j)
        if not np.any(value):
            raise Wanting("all entries are 0: the step has to be imaginary, and Im f is needed")
        off = np.abs(value - right).max() / np.abs(right).max()
        if not off <= 1e-13:
            told = beside("the gradient", value, right, instead=_of_all(right))
            if off < 1e-4:
                told = f"its largest relative error is {off:.0e}; expected is 1e-13 at most"
            raise Wanting(f"with h = {h:g} {told}")
    _of_integers(student, rng)


def _of_all(right: Array) -> dict[str, Array]:
    return {
        "the sum of all slopes, in every entry: one entry is to move at a time": np.full_like(
            right, right.sum()
        )
    }


def _of_integers(student: Student, rng: np.random.Generator) -> None:
    theta = rng.choice([-2, 2], 3)
    c = rng.uniform(0.5, 1.5, 3)
    found = through(student, "complex_step", "cubic", c, theta, 1e-20).value
    value = slopes("the gradient", found, theta.shape)
    right = 3.0 * c * theta**2
    if only_cut_off(value, right, theta.dtype):
        raise Wanting(
            "with theta of integers the slopes are right and cut off, as in an array of integers: "
            "put them into an array of float64"
        )
    if not np.allclose(value, right, rtol=1e-13):
        raise Wanting("with theta of integers the numbers are wrong", "gradcheck-integer-dtype")


register(
    Exercise(
        "complex_step",
        "05",
        no_trials,
        nothing,
        (
            Property("is_right_to_the_last_digits", holds=is_complex_step),
            keeps_theta("complex_step"),
        ),
        right=right.complex_step,
    )
)
