"""What is said of arrays that nothing explains: where they are wrong, and a small instance."""

from __future__ import annotations

from autograder.engine.exercise import Exercise
from autograder.engine.findings import Findings
from autograder.engine.locate import located_sentences
from autograder.engine.locate.again import again
from autograder.engine.locate.loop_words import told
from autograder.engine.locate.smallest import shown, smallest
from autograder.engine.report.statement import said
from autograder.engine.student import Student


def located(
    exercise: Exercise, student: Student, findings: Findings, visible: bool
) -> tuple[tuple[str, ...], str]:
    """Return the sentences on where it is wrong, and the smallest failing instance in words.

    Numbers of an instance are told of `visible` ones alone, and only there smaller ones are tried.
    """
    raised = student.stopped is not None or any(o.trouble for o in findings.outcomes)
    if findings.blocked or findings.order or raised or exercise.works_out:
        return (), ""
    if findings.loop is not None:
        where = said([told(findings.loop, findings.outcomes)])
    else:
        where = located_sentences(exercise, [*findings.outcomes, *again(exercise, student)])
    small = smallest(exercise, student, findings.outcomes) if visible else None
    instance = shown(exercise, small) if small is not None else None
    return where, instance.text if instance is not None and instance.true else ""
