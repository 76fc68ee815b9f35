"""A step that f never sees: what is moved is another array than the one that f is handed."""

from __future__ import annotations

import numpy as np

from autograder.engine.exercise import Wanting
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.observe import StudentError
from autograder.units.u05_gradient_check.calling import through


def never_moved(
    student: Student, name: str, theta: Array, h: float, found: Array, unit: complex = 1.0
) -> None:
    """Complain where f is handed the same numbers at each call.

    Asked where all that came back is 0. An f that counts its calls, but is 0 where theta was
    moved, then gives something else if theta never was.
    """
    if np.any(found):
        return
    try:
        seen = through(student, name, "untouched", (theta, unit), theta, h).value
        counted = bool(np.any(np.asarray(seen, dtype=float)))
    except (NotWritten, StudentError, TypeError, ValueError):
        return
    if counted:
        raise Wanting(
            "it is 0 everywhere, and f is handed the very same numbers at each call: what you move "
            "is another array than the one that f gets (.flatten() makes a copy, .reshape() of a "
            "transpose too). Print, in the loop, what goes into f"
        )
