"""The exam as nbgrader's master: questions, answer cells with solutions, hidden tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.authoring.cells import Cell
from autograder.concept_keys.key import Key
from autograder.concept_keys.named import PREFIX, asked_of, shown
from autograder.concepts import Asked
from autograder.concepts.answers import letters
from autograder.concepts.question import LETTER
from autograder.concepts.recall import as_markdown

_HEAD = """\
# {title}

{count} questions, {count} points. Write each answer in the cell below its question, in the form
that stands there, and run the cell: `answer_1 = 2/3`."""
_ID = """\
**Your id.** The numbers are drawn from it. Write it as the grade book has it, run the cell, then
run the cells with the questions."""


def exam_cells(title: str, names: Sequence[str], seed: str, student: str) -> list[Cell]:
    """The cells of the master.

    Parameters
    ----------
    student : str
        Whose answers the solutions are, where each student has other numbers; "" for one sheet.
    """
    cells = [Cell("markdown", _HEAD.format(title=title, count=len(names)))]
    if student:
        cells += [
            Cell("code", "from autograder.concepts.recall import one_question"),
            Cell("markdown", _ID),
            Cell("code", _solution("student", "your id", repr(student)), solution="student"),
        ]
    for number, name in enumerate(names, 1):
        cells += _question(number, name, seed, student)
    return cells


def _question(number: int, name: str, seed: str, student: str) -> Iterator[Cell]:
    own = bool(student) and not name.startswith(PREFIX)
    first = f"{seed}/{number}"
    question, asked, key = asked_of(name, f"{first}/{student.casefold()}" if own else first)
    if own:
        yield Cell("code", f"one_question({name!r}, {first!r}, {number}, student)")
    else:
        yield Cell("markdown", as_markdown(f"{number}", question, asked))
    answer = f"answer_{number}"
    yield Cell("code", _solution(answer, "...", written(asked, key)), solution=answer)
    called = f"hold({name!r}, {first!r}, {answer}{', student' if own else ''})"
    yield Cell("code", _test(answer, called), grade=f"{answer}__is_right", points=1)


def written(asked: Asked, key: Key) -> str:
    """The right answer as Python, as a student would write it."""
    if asked.form == LETTER:
        place = [name for name, _ in asked.choices].index(str(key.right))
        return f'"{letters(asked)[place]}"'
    return shown(key.right)


def _solution(name: str, shown_as: str, right: str) -> str:
    return f"# {name} = {shown_as}\n### BEGIN SOLUTION\n{name} = {right}\n### END SOLUTION"


def _test(answer: str, called: str) -> str:
    return (
        f"# {answer}: is right (1 point)\n### BEGIN HIDDEN TESTS\n"
        f"from autograder.concept_keys.hold import hold\n{called}\n### END HIDDEN TESTS"
    )
