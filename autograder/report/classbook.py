"""What is known of a graded assignment, as plain data: students, their answers, the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One graded cell of one student.

    Attributes
    ----------
    check : str
        Its ``grade_id``: ``function__property`` for a hidden test.
    score, max_score : float
        Points, those that a person gave in the place of the grader's included.
    manual : float or None
        What a person gave, if a person did.
    waits : bool
        Whether a person still has to look at it.
    status : str
        ``passed``, ``carried``, ``failed``, ``not checked``, ``error``, ``not run``, or
        ``by hand`` for a cell that no test grades.
    message : str
        Why it did not pass, in a line.
    said : str
        All that the student is told, as plain text.
    report : mapping
        The verdict's JSON, without pictures; empty if the cell did not get as far as a verdict.
    inside : bool
        Whether the test ran in the student's process, which could tamper with it.
    """

    check: str
    score: float
    max_score: float
    manual: float | None = None
    waits: bool = False
    status: str = "by hand"
    message: str = ""
    said: str = ""
    report: Mapping[str, Any] = field(default_factory=dict)
    inside: bool = False

    @property
    def function(self) -> str:
        """The function that the check is about; the name itself where there is none."""
        return self.check.partition("__")[0]

    @property
    def tested(self) -> bool:
        """Whether a hidden test graded it."""
        return self.status != "by hand"

    @property
    def open(self) -> bool:
        """Whether there are no points yet: a person gives them, and has not."""
        return not self.tested and self.waits and self.manual is None

    @property
    def held(self) -> bool:
        """Whether the property holds, as far as the function itself is concerned."""
        return self.status in ("passed", "carried")

    @property
    def diagnosis(self) -> tuple[Mapping[str, Any], ...]:
        """The words on each misconception that explains the answer; empty where none does."""
        return () if self.held else tuple(self.report.get("diagnosis", ()))

    @property
    def fingerprint(self) -> str:
        """Equal for students who gave the same unexplained wrong arrays; or empty."""
        return "" if self.held or self.diagnosis else str(self.report.get("fingerprint", ""))


@dataclass(frozen=True)
class Submission:
    """One student's graded submission.

    Attributes
    ----------
    student : str
    score, max_score : float
        All points, less the penalty for being late.
    penalty : float
    answers : tuple of Answer
        In the order of the assignment.
    notes : tuple of str
        What had to be put right before it could be graded, and what happened while it ran.
    unreadable : str
        Why nothing could be read; empty otherwise.
    isolation : str
        What held the student's code while it ran.
    first_name, last_name, email, lms_id : str
        As in nbgrader's list of students; empty where it does not know.
    """

    student: str
    score: float
    max_score: float
    penalty: float = 0.0
    answers: tuple[Answer, ...] = ()
    notes: tuple[str, ...] = ()
    unreadable: str = ""
    isolation: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        """``Last, First``, or the id where no name is known."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.student

    @property
    def share(self) -> float:
        """Points as a share of all points, from 0 to 1."""
        return self.score / self.max_score if self.max_score else 0.0

    def tested(self) -> Iterator[Answer]:
        """The answers that hidden tests graded."""
        return (answer for answer in self.answers if answer.tested)


@dataclass(frozen=True)
class ClassBook:
    """One assignment of a class.

    Attributes
    ----------
    assignment : str
    submissions : tuple of Submission
        By student id.
    waiting : tuple of str
        Students who handed something in that is not graded yet.
    silent : tuple of str
        Students on nbgrader's list who handed in nothing.
    """

    assignment: str
    submissions: tuple[Submission, ...]
    waiting: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def max_score(self) -> float:
        """All points that can be had."""
        return max((s.max_score for s in self.submissions), default=0.0)

    def checks(self) -> list[str]:
        """The hidden tests, in the order of the assignment."""
        seen = (a.check for s in self.submissions for a in s.tested())
        return list(dict.fromkeys(seen))

    def functions(self) -> list[str]:
        """The functions that they test, in the same order."""
        return list(dict.fromkeys(check.partition("__")[0] for check in self.checks()))


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Each item once, in the order of its first appearance."""
    return tuple(dict.fromkeys(items))
