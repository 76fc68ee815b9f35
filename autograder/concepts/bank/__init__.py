"""All questions, by name, in the order of the units.

A file holds the questions of some units; a function whose name is ``u04_signal`` asks question
``04_signal``.
"""

from __future__ import annotations

from types import ModuleType

from autograder.concepts.bank import checks, columns, gates, graphs, rows, time
from autograder.concepts.question import Question


def _questions(part: ModuleType) -> list[Question]:
    return [
        Question(name[1:], ask)
        for name, ask in vars(part).items()
        if name[0] == "u" and name[1:3].isdecimal()
    ]


QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in sorted(
        (q for part in (graphs, rows, columns, checks, time, gates) for q in _questions(part)),
        key=lambda question: question.unit,
    )
}
