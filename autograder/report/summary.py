"""What a class book shows: which properties hold, what holds the class back, who needs help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.report.classbook import Answer, ClassBook, Submission

# Below this share of the points, a student is listed among those who may need help.
LOW = 0.6


@dataclass(frozen=True)
class Rate:
    """How one check went in the class.

    Attributes
    ----------
    sentence : str
        The property in words.
    held, failed, unchecked : int
        Students for whom it holds, does not, or could not be looked at.
    """

    check: str
    sentence: str
    held: int
    failed: int
    unchecked: int

    @property
    def share(self) -> float:
        """Share of the class for whom the property holds."""
        return self.held / max(1, self.held + self.failed + self.unchecked)


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


@dataclass(frozen=True)
class Concern:
    """A student who may need help, and why."""

    submission: Submission
    named: tuple[str, ...]
    unexplained: tuple[str, ...]
    unwritten: tuple[str, ...]


def rates(book: ClassBook) -> list[Rate]:
    """How each check went, in the order of the assignment."""
    answers: dict[str, list[Answer]] = {check: [] for check in book.checks()}
    for submission in book.submissions:
        for answer in submission.tested():
            answers[answer.check].append(answer)
    return [_rate(check, given) for check, given in answers.items()]


def _rate(check: str, answers: Sequence[Answer]) -> Rate:
    count = Counter(_kind(answer) for answer in answers)
    told = (v for a in answers for v in a.report.get("verdicts", ()) if v["check"] == check)
    sentence = next((str(v["sentence"]) for v in told), check.partition("__")[2].replace("_", " "))
    return Rate(check, sentence, count["held"], count["failed"], count["unchecked"])


def _kind(answer: Answer) -> str:
    if answer.held:
        return "held"
    return "unchecked" if answer.status in ("not checked", "not run") else "failed"


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
            students=_unique(student for student, _ in seen),
            functions=_unique(answer.function for _, answer in seen),
            points=sum(answer.max_score - answer.score for _, answer in seen),
        )
        for id, seen in found.items()
    ]
    return sorted(made, key=lambda o: (-len(o.students), -o.points, o.id))


def riddles(book: ClassBook) -> list[Riddle]:
    """Unexplained wrong answers, grouped by identical numbers; the largest groups first.

    The instances of a hidden test are the same for everyone, so equal wrong arrays mean that
    these students share a bug. Several tests on which the same students agree are one group.
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
        Riddle(_unique(check.partition("__")[0] for check in checks), tuple(checks), students)
        for students, checks in joined.items()
    ]
    return sorted(made, key=lambda r: (-len(r.students), r.students))


def concerns(book: ClassBook) -> list[Concern]:
    """Students with few points, and students whom nothing in the catalogue explains."""
    found = []
    for submission in book.submissions:
        if submission.unreadable:
            continue
        answers = [answer for answer in submission.tested() if not answer.held]
        concern = Concern(
            submission,
            _unique(str(said["title"]) for a in answers for said in a.diagnosis),
            _unique(a.function for a in answers if a.fingerprint),
            _unique(a.function for a in answers if _is_unwritten(a)),
        )
        if submission.share < LOW or concern.unexplained:
            found.append(concern)
    return sorted(found, key=lambda c: (c.submission.share, c.submission.student))


def raising(book: ClassBook) -> list[tuple[str, tuple[str, ...]]]:
    """Functions that stop with an error, and whose; those that were not written are left out."""
    found: dict[str, list[str]] = {}
    for submission in book.submissions:
        for answer in submission.tested():
            if not answer.held and not answer.diagnosis and "raised" in answer.message:
                found.setdefault(answer.function, []).append(submission.student)
    return [(function, _unique(students)) for function, students in found.items()]


def _is_unwritten(answer: Answer) -> bool:
    return answer.status == "not checked" and (
        "not written" in answer.message or "not defined" in answer.message
    )


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
