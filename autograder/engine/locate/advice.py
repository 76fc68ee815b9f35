"""What is said of arrays that nothing explains: where they are wrong, and a small instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.engine.exercise import Exercise
from autograder.engine.findings import Findings
from autograder.engine.locate import first_statements, loop_words
from autograder.engine.locate.again import again
from autograder.engine.locate.smallest import shown, smallest
from autograder.engine.report.statement import Statement
from autograder.engine.student import Student


@dataclass(frozen=True)
class Where:
    """What is said of where an answer is wrong.

    Attributes
    ----------
    sentences : tuple of str
    instance : str
        The smallest failing instance in words.
    exact : bool
        Whether the sentences say all of what was computed.
    """

    sentences: tuple[str, ...] = ()
    instance: str = ""
    exact: bool = False


def located(exercise: Exercise, student: Student, findings: Findings, visible: bool) -> Where:
    """Return where it is wrong, and the smallest failing instance.

    Numbers of an instance are told of `visible` ones alone, and only there smaller ones are tried.
    """
    raised = student.stopped is not None or any(o.trouble for o in findings.outcomes)
    if findings.blocked or findings.order or raised or exercise.works_out:
        return Where()
    if findings.loop is not None:
        loop = loop_words.told(findings.loop, findings.outcomes)
        said: tuple[Statement, ...] = (loop,) if loop.true else ()
    else:
        said = first_statements(exercise, [*findings.outcomes, *again(exercise, student)])
    small = smallest(exercise, student, findings.outcomes) if visible else None
    instance = shown(exercise, small) if small is not None else None
    text = instance.text if instance is not None and instance.true else ""
    return Where(tuple(s.text for s in said), text, _exact(said, findings))


def _exact(said: Sequence[Statement], findings: Findings) -> bool:
    """Whether one sentence says all of what was computed, or several do together."""
    gaps = [gap for outcome in findings.outcomes for gap in outcome.gaps.values()]
    wrong = {gap.name for gap in gaps if gap is not None and gap.wrong}
    about = {name for statement in said for name in statement.about}
    return any(statement.exact for statement in said) or (bool(wrong) and wrong <= about)
