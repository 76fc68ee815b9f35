"""Unit 05: the curve of the error against h, and the h to choose."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.networks.functions import function
from autograder.units.u05_gradient_check.calling import array, measure, through, unchanged

#: Steps in which truncation shows, and two in which rounding does; in no order, and one twice.
HS = (1e-3, 1e-10, 1e-1, 1e-12, 1e-2, 1e-1)
TRUNCATED = 1e-3
METHODS = ("one-sided", "centred", "complex step")


def _waves(rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """c, theta, and the slopes of sum(c exp(sin theta)), none of them small."""
    c, theta = rng.uniform(0.5, 1.5, 3), rng.uniform(-1.0, 1.0, 3)
    return c, theta, c * np.exp(np.sin(theta)) * np.cos(theta)


def predicted(c: Array, theta: Array, slopes: Array, method: str, h: float) -> float:
    """The error of a method's gradient, by that method's formula."""
    f, found = function("waves", c), np.empty(len(theta))
    for k, e in enumerate(np.eye(len(theta))):
        if method == "complex step":
            found[k] = f(theta + 1j * h * e).imag / h
        elif method == "centred":
            found[k] = (f(theta + h * e) - f(theta - h * e)) / (2 * h)
        else:
            found[k] = (f(theta + h * e) - f(theta)) / h
    return measure(found, slopes)


def curves_bend(student: Student, rng: np.random.Generator) -> None:
    """holds each method's error at each h: truncation right, rounding left.

    Right of the valley h, h² and h²; left of it rounding, and none for the complex step. Entry k
    belongs to hs[k], in whatever order the steps come.
    """
    c, theta, slopes = _waves(rng)
    hs = list(HS)
    for steps in (hs, np.array(hs)):
        reply = through(student, "u_curve", "waves", c, theta, slopes, steps)
        unchanged(reply, "kind", "data", "theta", "true", "hs")
        if not isinstance(reply.value, dict) or set(reply.value) != set(METHODS):
            raise Wanting(f"expected a dict with the keys {', '.join(METHODS)}")
        for method in METHODS:
            _bends(reply.value[method], c, theta, slopes, method)


def _bends(curve: Any, c: Array, theta: Array, slopes: Array, method: str) -> None:
    line = array(f"the curve {method!r}", curve, (len(HS),))
    off = [k for k, h in enumerate(HS) if not _holds(line[k], c, theta, slopes, method, h)]
    if off and _holds_sorted(line, c, theta, slopes, method):
        raise Wanting(
            f"the curve {method!r} holds the right errors in another order than the steps: "
            f"entry k belongs to hs[k], and hs is {list(HS)}, in no order, with one step twice"
        )
    if off:
        raise Wanting(_which(line, off[0], c, theta, slopes, method))


def _holds(error: float, c: Array, theta: Array, slopes: Array, method: str, h: float) -> bool:
    """Whether an error is that of a method at h: by its formula, or of the size of rounding."""
    if h >= TRUNCATED:
        return bool(0.99 <= error / predicted(c, theta, slopes, method, h) <= 1.01)
    if method == "complex step":
        return bool(error <= 1e-13)
    return bool(1e-19 / h < error < 1e-13 / h)


def _holds_sorted(line: Array, c: Array, theta: Array, slopes: Array, method: str) -> bool:
    """Whether the errors are those of the steps from the smallest to the largest, or back."""
    return any(
        all(_holds(e, c, theta, slopes, method, h) for e, h in zip(line, steps, strict=True))
        for steps in (sorted(HS), sorted(HS, reverse=True), HS[::-1])
    )


def _which(line: Array, k: int, c: Array, theta: Array, slopes: Array, method: str) -> str:
    error, h = line[k], HS[k]
    if np.ptp(line) <= 1e-9 * abs(error):
        return f"the curve {method!r} is {error:.3g} at every h: does h reach the method?"
    if h < TRUNCATED and method == "complex step":
        return f"the complex step has an error at h = {h:g}; nothing is subtracted"
    if h < TRUNCATED:
        return f"the error of {method!r} at h = {h:g} is not that of rounding"
    for other in METHODS:
        if other != method and abs(error / predicted(c, theta, slopes, other, h) - 1) < 1e-3:
            return f"the curve {method!r} holds the errors of {other!r}"
    right = predicted(c, theta, slopes, method, h)
    return (
        f"at h = {h:g} the curve {method!r} is {error:.3g}; the relative error of that method is "
        f"{right:.3g} there"
    )


register(
    Exercise(
        "u_curve",
        "05",
        no_trials,
        nothing,
        (
            Property(
                "bends_where_rounding_takes_over",
                holds=curves_bend,
            ),
        ),
        after=("numerical_gradient", "complex_step", "relative_error"),
    )
)


def in_the_valley(student: Student, rng: np.random.Generator) -> None:
    """lies in the valley of the centred curve.

    At this h a centred difference is nearly as good as it can be.
    """
    h = student.namespace.get("best_h")
    if h is None or h is Ellipsis:
        raise NotWritten("best_h", "`best_h` is not written yet")
    if not isinstance(h, (int, float, np.number)) or isinstance(h, bool) or not 0 < h < 1:
        raise Wanting("best_h should be one number between 0 and 1")
    grid, ratios, fixed = 10.0 ** np.arange(-8.0, -2.0, 0.5), [], np.random.default_rng(5)
    for _ in range(25):  # the same for everybody: no luck at the valley's edge
        drawn = _waves(fixed)
        best = np.median([predicted(*drawn, "centred", float(g)) for g in grid[4:7]])
        ratios.append(predicted(*drawn, "centred", float(h)) / best)
    if np.median(ratios) > 200:
        side = "large" if h > 1e-5 else "small"
        raise Wanting(
            f"h = {h:g} is {side}: the error is {np.median(ratios):.0f} times that in the valley",
            f"gradcheck-epsilon-too-{side}",
        )


register(
    Exercise(
        "best_h",
        "05",
        no_trials,
        nothing,
        (Property("lies_in_the_valley", holds=in_the_valley),),
    )
)

hunt(
    "answers_05",
    "05",
    "ABCDE",
    (
        "gradcheck-integer-dtype",
        "gradcheck-float32",
        "gradcheck-epsilon-too-large",
        "gradcheck-epsilon-too-small",
        "gradcheck-kink",
        "gradcheck-random-forward",
        "gradcheck-self-compare",
        "gradcheck-half-fixed",
        "gradcheck-operator-precedence",
    ),
)
