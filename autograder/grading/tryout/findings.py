"""What the points of a master and of its release say of an assignment's tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_CLOSE = 1e-6
_MARK = "a line '# autograder: inside' in it lets it run in the student's process"
_SEE = "docs/guarantees.md says what that gives up"


@dataclass(frozen=True)
class Points:
    """What one notebook got from one test cell; `message` says why it did not get all.

    `valued` tells whether the cell's own value says so, and nothing was raised.
    """

    points: float
    message: str = ""
    valued: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a test cell.

    Attributes
    ----------
    cell : str
        ``notebook/grade_id``.
    error : bool
        Whether students' points would be wrong; otherwise it is worth a look.
    what, advice : str
    """

    cell: str
    error: bool
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.what}. What to do: {self.advice}."


@dataclass(frozen=True)
class Cell:
    """What a test cell gave to the master and to the released notebook, here and in a kernel.

    `kernel` and `kernel_release` are None where no ordinary kernel was asked, as it is known to
    agree: the checks of this package are held to that by tests of its own.
    """

    name: str
    most: float
    master: Points
    release: Points
    kernel: Points | None = None
    kernel_release: Points | None = None


def findings(cell: Cell) -> list[Finding]:
    """Judge one test cell.

    An error is whatever gives honest students other points than its author meant: a right answer
    that gets less than all, or points that differ from an ordinary kernel's. Two things are told
    and are no error: a test whose value gives the master less than all, here as in the kernel, and
    one that gives points for the notebook as it was handed out. Some courses mean it.
    """
    kernel, most = cell.kernel, cell.most
    if kernel is not None and not _equal(kernel.points, most):
        what = f"the master's own solution gets {kernel.points:g} of {most:g} points in an ordinary"
        said = f" kernel as well{_because(kernel)}"
        if kernel.valued and _equal(kernel.points, cell.master.points):
            return [Finding(cell.name, False, what + said, "if that is not meant, mend the test")]
        return [Finding(cell.name, True, what + said, "mend the solution or the test")]
    if not _equal(cell.master.points, most):
        what = f"the master's own solution gets {cell.master.points:g} of {most:g} points"
        what += " here, and all in an ordinary kernel" if kernel is not None else ""
        return [Finding(cell.name, True, what + _because(cell.master), _advice(kernel))]
    other = cell.kernel_release
    if other is not None and not _equal(other.points, cell.release.points):
        what = (
            f"the notebook as it is handed out gets {cell.release.points:g} of {most:g} points "
            f"here, and {other.points:g} in an ordinary kernel{_because(cell.release)}"
        )
        return [Finding(cell.name, True, what, _advice(other))]
    if cell.release.points > 0:
        what = (
            f"the notebook as it is handed out gets {cell.release.points:g} of {most:g} points: "
            "this test asks nothing of the student"
        )
        advice = "if that is not meant, test what the student writes"
        return [Finding(cell.name, False, what, advice)]
    return []


def _advice(kernel: Any) -> str:
    if kernel is None:
        return "mend the solution or the test"
    return f"rewrite the test without what its message names, or mark it: {_MARK}; {_SEE}"


def _because(points: Points) -> str:
    return f" ({points.message})" if points.message else ""


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(1.0, abs(other))
