"""When changes are looked for, for how long, and how much of them is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.engine.diagnosis import UNNAMED, VALUE
from autograder.engine.exercise import Exercise
from autograder.engine.findings import Findings
from autograder.engine.repair.defaults import other_default_of
from autograder.engine.repair.repaired import repaired
from autograder.engine.repair.source import source_of
from autograder.engine.repair.unread import unread
from autograder.engine.repair.words import line_of, told
from autograder.engine.repair.writers import writer
from autograder.engine.report.statement import said
from autograder.engine.report.verdict import Verdict
from autograder.engine.student import Student

#: Processor time for a change, of a mistake that has a name and of one that has none.
NAMED_SECONDS, SECONDS = 0.3, 2.0
#: Where there are properties alone, which make calls of their own; for all changes together.
ALONE_SECONDS = 1.2


@dataclass(frozen=True)
class Lines:
    """What is said of the student's own lines.

    Attributes
    ----------
    sentences : tuple of str
    instead : bool
        Whether they take the place of two names: one change is simpler than two mistakes.
    mends : bool
        Whether one change makes everything right: its line and question are the student's own.
    other_line : bool
        Whether that may be another line than the one that a name's formula stands for: one of
        another function, or one of two.
    """

    sentences: tuple[str, ...] = ()
    instead: bool = False
    mends: bool = False
    other_line: bool = False


def changes(
    exercise: Exercise,
    student: Student,
    findings: Findings,
    judged: Sequence[tuple[Verdict, str]],
    seed: int,
    whole: bool,
    exact: bool = False,
) -> Lines:
    """Return what is said of the student's own lines; of a mistake that has a name, the line alone.

    Parameters
    ----------
    exercise, student, findings, judged, seed
        As for `repaired`.
    whole : bool
        Whether a name explains all that is wrong.
    exact : bool
        Whether an exact sentence on what came back does.
    """
    if all(verdict.earned for verdict, _ in judged) or findings.order:
        return Lines()
    clear = whole and _is_named(findings)
    several = whole and findings.explanation is not None and len(findings.explanation.ids) > 1
    seconds = SECONDS if several or not (clear or exact) else NAMED_SECONDS
    seconds = seconds if findings.outcomes else min(seconds, ALONE_SECONDS)
    sole = clear and not several
    wrote = writer(exercise, student, findings, seed)
    found = repaired(exercise, student, findings, judged, seed, seconds, sole=sole)
    instead = several and len(found) == 1 and found[0].whole and found[0].change.count == 1
    other_line = any(one.function or one.change.besides for one in found)
    sentences = said(told(found) if instead or other_line or not clear else line_of(found))
    source = source_of(student.namespace.get(exercise.name))
    default = other_default_of(exercise, student)
    if not (found or clear or default or findings.errors) and source is not None:
        sentences = (unread(source, exercise.unread),)
    sentences = tuple(text for text in (wrote, default, *sentences) if text)
    return Lines(sentences, instead, len(found) == 1 and found[0].whole, other_line)


def _is_named(findings: Findings) -> bool:
    """Whether a mistake of the catalogue explains it."""
    named = findings.explanation is not None or findings.relative is not None
    ids = findings.explanation.ids if findings.explanation is not None else ()
    unnamed = any(id.startswith((UNNAMED, VALUE)) for id in ids)
    return named and not unnamed and not findings.errors
