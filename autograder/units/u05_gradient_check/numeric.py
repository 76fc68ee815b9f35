"""Unit 05: numeric derivatives. Functions are handed over as a name and data, see `function`."""

from __future__ import annotations

from functools import partial

import numpy as np

from autograder.engine.compare import compare
from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.locate.beside import beside
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.networks.functions import function
from autograder.units.u05_gradient_check import right
from autograder.units.u05_gradient_check.calling import (
    exact,
    judge,
    only_cut_off,
    slopes,
    through,
    unchanged,
)
from autograder.units.u05_gradient_check.moved import puts_back, rows_at_once
from autograder.units.u05_gradient_check.own_steps import own_steps, to_the_other_side
from autograder.units.u05_gradient_check.unmoved import never_moved

H = 1e-2  # large enough for the term h² to be seen, and to tell formulas apart


def cubic(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Array, Array]:
    """c and theta of order 1, away from zero."""
    c, theta = rng.uniform(0.5, 1.5, (2, *shape)) * rng.choice([-1.0, 1.0], (2, *shape))
    return c, theta


def is_one_sided(student: Student, rng: np.random.Generator) -> None:
    """is (f(θ + h) - f(θ)) / h of each entry, to either side.

    The slope to the right for h > 0, to the left for h < 0, of integers too.
    """
    for h in (H, -H):
        for shape in ((4,), (2, 1, 3)):
            c, theta = cubic(rng, shape)
            whole = np.sign(theta).astype(int) * 2
            # what is much smaller than h does not survive x + h - h
            for point in (theta, whole, (whole / 2).astype(np.float32), theta * 1e-9):
                reply = through(student, "one_sided", "cubic", c, point, h)
                unchanged(reply, "kind", "data", "theta")
                at = point.astype(float)
                right = 3 * c * at**2 + 3 * c * at * h + c * h**2
                known = {
                    **to_the_other_side(right - 6 * c * at * h, h),
                    ("it is the centred difference", ""): 3 * c * at**2 + c * h**2,
                    ("for a negative h it has the opposite sign", ""): np.sign(h) * right,
                    (
                        "entries that were moved before stay moved: put each back before the next "
                        "one is moved",
                        "",
                    ): np.cumsum(right).reshape(shape),
                    **own_steps(c, at, h, centred=False),
                }
                told = "" if point.dtype == float else f"for theta of dtype {point.dtype} "
                told += "it is not (f(θ + h) - f(θ)) / h of each entry"
                value = slopes("the slope", reply.value, shape)
                never_moved(student, "one_sided", point, h, value)
                judge(value, right, known, told)
        puts_back(student, "one_sided", *cubic(rng, (4,)), h, centred=False)


def is_centred(student: Student, rng: np.random.Generator) -> None:
    """is the centred difference of each entry.

    On a cubic every formula has its own error, term by term.
    """
    for h in (H, 3 * H):
        c, theta = cubic(rng, (4,))
        found = through(student, "numerical_gradient", "cubic", c, theta, h).value
        slope, f = 3 * c * theta**2, function("cubic", c)
        steps = np.eye(4) * h
        plus, minus = (np.array([f(theta + s * e) for e in steps]) for s in (1, -1))
        right = (plus - minus) / (2 * h)
        one, back = (plus - f(theta)) / h, (f(theta) - minus) / h
        precedence = "gradcheck-operator-precedence"
        known = {
            ("it is the one-sided difference (f(θ+h) - f(θ)) / h", "gradcheck-one-sided"): one,
            ("it is the one-sided difference (f(θ) - f(θ-h)) / h", "gradcheck-one-sided"): back,
            ("it is f₊ - f₋ / 2 * h", precedence): plus - minus / 2 * h,
            ("it is f₊ - f₋ / (2 h)", precedence): plus - minus / (2 * h),
            ("it is (f₊ - f₋) / 2 * h", precedence): (plus - minus) / 2 * h,
            ("it is (f₊ - f₋) / h: the two points lie 2 h apart", ""): 2 * right,
            ("it is (f(θ+h) - f(θ)) / (2 h): one of the two points is θ itself", ""): one / 2,
            ("it is (f(θ) - f(θ-h)) / (2 h): one of the two points is θ itself", ""): back / 2,
            ("it has the opposite sign", "sign-flip"): -right,
            ("it is f₊ - f₋, not divided by the distance of the points", ""): plus - minus,
            ("all entries are moved at once; move one and leave the others", ""): np.full(
                4, (f(theta + h) - f(theta - h)) / (2 * h)
            ),
            **own_steps(c, theta, h, centred=True),
        }
        value = slopes("the gradient", found, (4,))
        never_moved(student, "numerical_gradient", theta, h, value)
        judge(value, right, known, _other_step(value, slope, c, h))
        puts_back(student, "numerical_gradient", c, theta, h, centred=True)


def _other_step(found: Array, slope: Array, c: Array, h: float) -> str:
    """The centred error of a cubic is c h²: it betrays another step."""
    squares = (found - slope) / c
    if np.ptp(squares) < 1e-6 and squares.mean() > -1e-6:
        return f"it is a centred difference with another step than the h = {h:g} it was given"
    return "it is not the centred difference (f(θ + h) - f(θ - h)) / (2 h) of each entry"


def keeps_the_shape(student: Student, rng: np.random.Generator) -> None:
    """returns theta's shape, entry by entry."""
    for shape in ((3, 2), (2, 1, 3), (1,)):
        c, theta = cubic(rng, shape)
        found = through(student, "numerical_gradient", "cubic", c, theta, 1e-4).value
        value = slopes("the gradient", found, shape)
        right = 3 * c * theta**2 + c * 1e-8
        if compare("the gradient", value, right) is not None:
            _differs_only_there(student, c, theta, value)
            told = rows_at_once(value, right) or beside("the gradient", value, right)
            raise Wanting(f"for theta of shape {shape} {told}")


def _differs_only_there(student: Student, c: Array, theta: Array, value: Array) -> None:
    """Whether the shape changes a number cannot be told while those of flat arrays are wrong."""
    name = "numerical_gradient"
    flat = through(student, name, "cubic", c.ravel(), theta.ravel(), 1e-4).value
    flat = slopes("the gradient", flat, (theta.size,))
    if np.allclose(value.ravel(), flat, rtol=1e-6):
        raise NotWritten(name, "the differences have to be right first")


def takes_other_types(student: Student, rng: np.random.Generator) -> None:
    """is right for theta of integers and of float32 too."""
    theta = rng.choice([-3, -2, 2, 3], 4)
    c = rng.uniform(0.5, 1.5, 4)
    for kind, given, id in (
        ("cubic", theta, "gradcheck-integer-dtype"),
        ("waves", (theta / 2).astype(np.float32), "gradcheck-float32"),
    ):
        right = exact(kind, c, given.astype(float))
        found = np.asarray(through(student, "numerical_gradient", kind, c, given, 1e-5).value)
        if only_cut_off(found, right, given.dtype):
            raise Wanting(
                f"for theta of dtype {given.dtype} the slopes are right and cut off, as in an "
                f"array of dtype {given.dtype}: put them into an array of float64"
            )
        if found.shape != (4,) or found.dtype != np.float64:
            raise Wanting(
                f"for theta of dtype {given.dtype} it returns {found.dtype} of shape "
                f"{found.shape}; expected float64 of theta's shape",
                id,
            )
        scale = np.abs(right).max()
        if np.abs(found - right).max() <= 1e-6 * scale:
            continue
        wide = through(student, "numerical_gradient", kind, c, given.astype(float), 1e-5).value
        if np.allclose(found, wide, rtol=1e-6):  # the type of theta changes nothing
            raise NotWritten("numerical_gradient", "it has to be right for theta of floats first")
        raise Wanting(f"with theta of dtype {given.dtype} the numbers are wrong", id)


def leaves_theta(name: str, student: Student, rng: np.random.Generator) -> None:
    """leaves theta unchanged."""
    c, theta = cubic(rng, (7,))
    theta[-3:] *= 1e-9  # what is much smaller than h does not survive x + h - h
    _asks_f(student, name, c, theta)
    if "2" in through(student, name, "waves", c, theta, 1e-5).changed:
        raise Wanting("it changes theta in place; x + h - h is not always x: work on a copy")


def keeps_theta(name: str) -> Property:
    told = "leaves theta unchanged"
    return Property("leaves_theta_unchanged", told, holds=partial(leaves_theta, name))


def _asks_f(student: Student, name: str, c: Array, theta: Array) -> None:
    """What does not look at f leaves theta alone as well: that shows nothing."""
    first, again, other = (
        slopes("the gradient", through(student, name, "waves", data, theta, 1e-5).value, (7,))
        for data in (c, c, 2 * c)
    )
    if np.array_equal(first, other) or not np.array_equal(first, again):
        raise NotWritten(name, f"counts once what {name} returns depends on f")


register(
    Exercise(
        "one_sided",
        "05",
        no_trials,
        nothing,
        (Property("is_the_slope_on_one_side", holds=is_one_sided),),
        right=right.one_sided,
    )
)
register(
    Exercise(
        "numerical_gradient",
        "05",
        no_trials,
        nothing,
        (
            Property("is_centred", holds=is_centred),
            Property("keeps_the_shape", holds=keeps_the_shape),
            Property("takes_integers_and_float32", holds=takes_other_types),
            keeps_theta("numerical_gradient"),
        ),
        after=("one_sided",),
        right=right.numerical_gradient,
    )
)
