"""What a run over a class comes to: a row a submission, and the table at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Graded:
    """One row of the table at the end.

    Attributes
    ----------
    student : str
    status : str
        ``graded``, ``repaired`` (graded, see the notes), ``zero`` (nothing readable was handed in),
        ``graded before`` or ``not graded``.
    score, max_score : float or None
        Points, less the penalty for being late.
    notes : tuple of str
        What had to be put right, or why it could not be graded.
    seconds : float
        Time in the worker.
    isolation : str
        What held the student's code; empty if nothing was run now.
    penalty : float
        For being late; taken off already.
    waiting : float
        Points of cells that a person has still to grade.
    """

    student: str
    status: str
    score: float | None = None
    max_score: float | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    isolation: str = ""
    penalty: float = 0.0
    waiting: float = 0.0

    @property
    def words(self) -> str:
        """The status, and what the points do not say."""
        late = f", {self.penalty:g} taken off for being late" if self.penalty else ""
        open_ = f", {self.waiting:g} wait for a person to grade" if self.waiting else ""
        return f"{self.status}{late}{open_}"


def print_table(rows: Sequence[Graded]) -> None:
    """Print who was graded, with how many points, and what was wrong with the submission."""
    width = max([len(row.student) for row in rows] + [7])
    for row in rows:
        points = "" if row.score is None else f"{row.score:g} / {row.max_score:g}"
        print(f"{row.student:<{width}}  {points:>12}  {row.words}")
        for note in row.notes:
            print(f"{'':<{width}}  {'':>12}  - {note}")
    counts = Counter(row.status for row in rows)
    print(", ".join(f"{count} {status}" for status, count in counts.items()) or "no submissions")
    for isolation in sorted({row.isolation for row in rows} - {""}):
        print(f"isolation: {isolation}")
