"""The mistakes of a class: those that have a name, and those that are known to be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.report.classbook import Answer, ClassBook, unique


@dataclass(frozen=True)
class Obstacle:
    """One misconception, and what it costs this class.

    Attributes
    ----------
    title, computed, ask, section : str
        The catalogue's words; `section` names the lesson that cures it.
    mistake : bool
        False for another convention, which is no error of arithmetic.
    students : tuple of str
        Who has it.
    functions : tuple of str
        Where it shows, in the order of the assignment.
    points : float
        What the class lost to it, together.
    """

    id: str
    title: str
    computed: str
    ask: str
    section: str
    mistake: bool
    students: tuple[str, ...]
    functions: tuple[str, ...]
    points: float

    @property
    def named(self) -> bool:
        """Whether the catalogue, and so the atlas, has it; else its id tells an edit of a graph."""
        return ": " not in self.id


@dataclass(frozen=True)
class Cure:
    """A section of a lesson, and who would gain by reading it again.

    Attributes
    ----------
    titles : tuple of str
        The mistakes that it cures, the most frequent first.
    points : float
        What the class lost to them, together.
    """

    section: str
    students: tuple[str, ...]
    titles: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Riddle:
    """Wrong answers that nothing explains, and that are equal for these students to the last digit.

    Attributes
    ----------
    functions : tuple of str
        Where they show; the first is the place to look, the others build on it.
    checks : tuple of str
    students : tuple of str
    """

    functions: tuple[str, ...]
    checks: tuple[str, ...]
    students: tuple[str, ...]


def obstacles(book: ClassBook) -> list[Obstacle]:
    """The misconceptions found, the most frequent first."""
    found: dict[str, list[tuple[str, Answer]]] = {}
    words: dict[str, Mapping[str, Any]] = {}
    for submission in book.submissions:
        for answer in submission.tested():
            for said in answer.diagnosis:
                found.setdefault(said["id"], []).append((submission.student, answer))
                words.setdefault(said["id"], said)
    made = [
        Obstacle(
            id,
            title=words[id]["title"],
            computed=words[id]["computed"],
            ask=words[id]["ask"],
            section=words[id]["section"],
            mistake=words[id].get("mistake", True),
            students=unique(student for student, _ in seen),
            functions=unique(answer.function for _, answer in seen),
            points=sum(answer.max_score - answer.score for _, answer in seen),
        )
        for id, seen in found.items()
    ]
    return sorted(made, key=lambda o: (-len(o.students), -o.points, o.id))


def cures(book: ClassBook) -> list[Cure]:
    """The sections to teach again, that for the most students first."""
    found: dict[str, dict[tuple[str, str], float]] = {}
    for submission in book.submissions:
        for answer in submission.tested():
            for said in (said for said in answer.diagnosis if said["section"]):
                lost = found.setdefault(str(said["section"]), {})
                lost[submission.student, answer.check] = answer.max_score - answer.score
    known = obstacles(book)
    made = [
        Cure(
            section,
            unique(student for student, _ in lost),
            tuple(o.title for o in known if o.section == section),
            sum(lost.values()),
        )
        for section, lost in found.items()
    ]
    return sorted(made, key=lambda c: (-len(c.students), -c.points, c.section))


def riddles(book: ClassBook) -> list[Riddle]:
    """Unexplained wrong answers, grouped by identical numbers; the largest groups first.

    A fingerprint is of the visible instances, which are the same for everyone, so equal ones mean
    that these students share a bug. Several tests on which the same students agree are one group.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for submission in book.submissions:
        for answer in submission.tested():
            if answer.fingerprint:
                groups.setdefault((answer.check, answer.fingerprint), []).append(submission.student)
    joined: dict[tuple[str, ...], list[str]] = {}
    for (check, _), students in groups.items():
        joined.setdefault(tuple(students), []).append(check)
    made = [
        Riddle(unique(check.partition("__")[0] for check in checks), tuple(checks), students)
        for students, checks in joined.items()
    ]
    return sorted(made, key=lambda r: (-len(r.students), r.students))
