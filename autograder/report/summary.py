"""What a class book shows of checks and students: which properties hold, who needs help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.report.classbook import Answer, ClassBook, Submission, unique

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


def concerns(book: ClassBook) -> list[Concern]:
    """Students with few points, and students whom nothing in the catalogue explains."""
    found = []
    for submission in book.submissions:
        if submission.unreadable:
            continue
        answers = [answer for answer in submission.tested() if not answer.held]
        concern = Concern(
            submission,
            unique(str(said["title"]) for a in answers for said in a.diagnosis),
            unique(a.function for a in answers if a.fingerprint),
            unique(a.function for a in answers if _is_unwritten(a)),
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
    return [(function, unique(students)) for function, students in found.items()]


def remarks(book: ClassBook) -> list[tuple[str, str, tuple[str, ...]]]:
    """Answers that pass and are worth a look: the function, a reason, and whose they are."""
    found: dict[str, dict[str, str]] = {}
    for submission in book.submissions:
        for answer in submission.tested():
            if said := str(answer.report.get("remark", "")):
                found.setdefault(answer.function, {}).setdefault(submission.student, said)
    return [(name, next(iter(who.values())), tuple(who)) for name, who in found.items()]


def _is_unwritten(answer: Answer) -> bool:
    return answer.status == "not checked" and (
        "not written" in answer.message or "not defined" in answer.message
    )
