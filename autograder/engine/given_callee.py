"""One mistake is punished once: a function is judged given that those it calls are right.

Where a function does not earn all of its properties and one that it builds on is wrong, a right one
is put in the place of that, in the notebook's names and for the length of the calls, and everything
is judged once more. What holds then is the function's own work: a caller of an empty function earns
nothing by that emptiness, it has to be right with a right one.

The stand-ins run on the side of the checks, also where the student's code runs in a process of its
own: there a call of theirs is handed over, and only the answer comes back. So no process with
student code ever holds a right function, and an answer is given during these calls alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import Exercise, exercise_of
from autograder.engine.finding import find
from autograder.engine.findings import Findings
from autograder.engine.properties import CARRIED
from autograder.engine.report.verdict import Verdict
from autograder.engine.student import Student
from autograder.errors.raised import unheard

#: A verdict, and the id of a misconception if the check knows it.
Verdicted = tuple[Verdict, str]
Judged = Sequence[Verdicted]


def before(exercise: Exercise, student: Student) -> list[str]:
    """The functions that one builds on, directly or not; the nearest first."""
    found: list[str] = []
    for name in exercise.after:
        found += [name, *before(exercise_of(name, student.namespace), student)]
    return list(dict.fromkeys(found))


def verdicts(
    exercise: Exercise,
    student: Student,
    findings: Findings,
    seed: int,
    common: int | None,
    first: Judged = (),
) -> Judged:
    """The verdict on each property; what was earned at `first` stays, and is not tried again."""
    chosen, found = seed if common is None else common, []
    known: Sequence[Verdicted | None] = first or [None] * len(exercise.properties)
    for number, (wanted, own) in enumerate(zip(exercise.properties, known, strict=True)):
        if own is None or not own[0].earned:
            # of its own generator: what one property draws is no matter of those before it
            rng = np.random.default_rng([chosen, 1, number])
            own = wanted.judge(exercise.name, findings, student, rng)
        found.append(own)
    return found


def wrong_callees(
    exercise: Exercise, student: Student, seed: int, common: int | None
) -> Iterator[str]:
    """Those functions before this one that have a mistake of their own."""
    for name in before(exercise, student):
        if callable(student.namespace.get(name)):
            callee = exercise_of(name, student.namespace)
            if not _stands(callee, student, seed, common):
                yield name


def with_right_callees(exercise: Exercise, student: Student, names: list[str]) -> Iterator[Student]:
    """The same student with right functions in these places; the first with all right counts.

    One for each layout of caches. In the last one all of them are right: a backward pass may be
    right for a wrong forward pass only, and a cache may hold nothing where nothing is read of it.
    """
    callees = {n: exercise_of(n, student.namespace) for n in before(exercise, student)}
    there = [n for n in callees if callees[n].right is not None and n not in student.unwritten]
    for layout in range(max((callees[n].layouts for n in names), default=0)):
        yield _with(student, [n for n in there if n in names], layout)
    # where none is wrong, what fails is its own: caches that share memory, say
    if any(n.endswith("forward") for n in names) and not set(there) <= set(names):
        yield _with(student, there, 0)


def _with(student: Student, names: list[str], layout: int) -> Student:
    """The deepest come first: what a cache looks like is learnt from a forward pass that runs."""
    now = student.beside()
    for name in reversed(names):
        make = exercise_of(name, student.namespace).right
        assert make is not None
        now.layout = layout
        now = student.beside({**now.given, name: make(now)})
    return now


def merged(first: Judged, second: Judged, told: Judged) -> Judged:
    """What is right as it stands, or with right callees; of the rest what is to be told."""
    found = []
    for own, given, other in zip(first, second, told, strict=True):
        if own[0].earned:
            found.append(own)
        elif given[0].earned:
            found.append((replace(given[0], status="carried", detail=CARRIED), ""))
        else:
            found.append(other)
    return found


def _stands(exercise: Exercise, student: Student, seed: int, common: int | None) -> bool:
    """Whether a function is right, given those that it calls; what is not written has no mistake.

    A grader's session remembers it while no function changes, mostly from its own test.
    """
    key = _key(exercise)
    found: bool | None = student.session.remembered(key)
    if found is None:
        found = student.stands.get(key)
    if found is None:
        with unheard():
            found = _found(exercise, student, seed, common)
        note_standing(exercise, student, found)
    return found


def note_standing(exercise: Exercise, student: Student, stands: bool) -> None:
    """Note whether a function is right, for the checks of those that call it."""
    student.stands[_key(exercise)] = stands
    student.session.remember(_key(exercise), stands)


def _key(exercise: Exercise) -> tuple[str, str, str]:
    return "stands", exercise.unit, exercise.name


def _found(exercise: Exercise, student: Student, seed: int, common: int | None) -> bool:
    one = student.beside()
    first = verdicts(exercise, one, find(exercise, one, seed, explained=False), seed, common)
    if all(verdict.earned for verdict, _ in first) or exercise.name in one.unwritten:
        return True
    wrong = list(wrong_callees(exercise, student, seed, common))
    for other in with_right_callees(exercise, student, wrong):
        found = find(exercise, other, seed, explained=False)
        first = merged(first, verdicts(exercise, other, found, seed, common, first), first)
        if other.given and all(verdict.earned for verdict, _ in first):
            return True
    return False
