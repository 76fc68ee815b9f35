"""Wrong versions for which a recogniser of the catalogue may be needed, and what is told of them.

They come from the bank and from the slips of the units' own tests. A *recogniser* is a form of a
misconception, known by (id, place among the entry's forms), or a relative of a trial, known by
(id, detail, exercise).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any
from unittest import mock

import bank
import engines_01
import mutants_08
import numpy as np
import test_unit00
import test_unit02
from ast_mutants import namespace
from helpers.briefly import evaluate_briefly
from helpers.untouched import beside_the_solution
from measure import UNITS, exercises

from autograder.engine import evaluate as evaluation
from autograder.engine import finding
from autograder.engine.diagnosis.forms import BehaviourForm, Form
from autograder.engine.finding import Tried, attempt
from autograder.engine.report.verdict import Words
from autograder.engine.student import Student
from autograder.engine.trial import Trial
from autograder.units import CATALOGUE, EXERCISES, Exercise

Recogniser = tuple[Any, ...]
#: Chooses the instances.
SEED = 5
#: Families whose forms are the images of another one's: what needs those needs these.
IMAGES = {"rnn_rows"}


@dataclass(frozen=True)
class Witness:
    """A wrong version, the exercises that may tell its mistake, and the id that they should."""

    name: str
    namespace: Callable[[], dict[str, Any]]
    exercises: tuple[Exercise, ...]
    expected: str


def witnesses() -> Iterator[Witness]:
    """Yield all wrong versions whose mistake has an id."""
    for family in (name for name in UNITS if name not in IMAGES):
        for one in bank.mutants(family):
            if one.expected and not one.equivalent:
                at = tuple(exercises(family, [one.function]))
                made = Witness(f"{family}:{one.name}", one.namespace, at, one.expected)
                right = partial(bank.reference, family)
                callers = (other for other in at if one.function in _below(other))
                yield made
                yield from (_inlined(made, right, caller) for caller in callers)
    for module in (engines_01, mutants_08):
        for label, (name, replaced, id) in module.MUTANTS.items():
            make = partial(module.notebook, **replaced)
            made = Witness(f"{name}: {label}", make, (EXERCISES[name],), id)
            yield made
            if replaced.keys() - {name}:
                yield _inlined(made, module.notebook, EXERCISES[name])
    for slips in (test_unit00.SLIPS, test_unit02.MUTANTS):
        for number, (name, function, id) in enumerate(slips):
            if id:
                make = lambda n=name, f=function: {n: f}  # noqa: E731
                yield Witness(f"{name}: {number}", make, (EXERCISES[name],), id)


def _below(exercise: Exercise) -> set[str]:
    """The functions that one builds on, directly or not."""
    found: set[str] = set()
    for name in exercise.after:
        found |= {name} | _below(EXERCISES[name])
    return found


def _inlined(wrong: Witness, right: Callable[[], dict[str, Any]], caller: Exercise) -> Witness:
    """The caller with copies of its own of the wrong functions, beside right ones.

    So a learner who writes the body of the cell into the loop makes the mistake of the cell there,
    where no right callee can be put in.
    """

    def namespace() -> dict[str, Any]:
        return right() | {caller.name: wrong.namespace()[caller.name]}

    return Witness(f"{wrong.name}, inside {caller.name}", namespace, (caller,), wrong.expected)


@dataclass(frozen=True)
class Told:
    """What one exercise told of one witness: the words by id, and the recognisers behind them."""

    words: dict[str, Words]
    by: frozenset[Recogniser]


@cache
def _idea(form: Form) -> Form:
    """What a form is, wherever it occurs: families share forms, or have their images."""
    return replace(form.mirrors or form, on=(), detail="")


def _place(form: Form) -> int:
    """The place of a form among those of its entry; of a shared one, of the first."""
    ideas = [_idea(other) for other in CATALOGUE.of(form.misconception.id)]
    return ideas.index(_idea(form))


@cache
def _places() -> dict[int, tuple[str, int]]:
    """The id of the mistake and the place of each form of the catalogue."""
    return {id(form): (name, _place(form)) for name in CATALOGUE for form in CATALOGUE.of(name)}


class Tries:
    """What came of the trials of one wrong version, and which of its callees are right.

    Both are the same whatever the catalogue holds: a search without one recogniser is on the same
    evidence. Relatives, which belong to trials, are taken from those that are kept.
    """

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}
        self.stands: dict[Any, bool] | None = None
        self._dropped: tuple[str, str] | None = None

    @contextmanager
    def dropping(self, id: str, detail: str) -> Iterator[None]:
        """Hand out what is kept without the relatives of this id and detail."""
        self._dropped = id, detail
        yield
        self._dropped = None

    def attempt(self, exercise: Exercise, student: Student, seed: int) -> Tried:
        """Run the trials as `autograder.engine.finding.attempt` does, but once."""
        key = exercise.unit, exercise.name, seed, tuple(sorted(student.given)), student.layout
        if key not in self._kept:
            before = len(student.errors)
            tried = attempt(exercise, student, seed)
            noted = {name: getattr(student, name) for name in ("called", "stopped")}
            kept = _copied(tried, None), student.errors[before:], noted
            self._kept[key] = *kept, set(student.unwritten), dict(student.latest)
            return tried
        kept, errors, noted, unwritten, latest = self._kept[key]
        student.errors += errors
        student.unwritten |= unwritten
        student.latest.update(latest)
        for name, value in noted.items():
            setattr(student, name, value)
        return _copied(kept, self._dropped)


def _copied(tried: Tried, dropped: tuple[str, str] | None) -> Tried:
    """The same of the same trials: what is found of them is entered into the outcomes."""

    def trial(one: Trial) -> Trial:
        left = (r for r in one.relatives if (r.id, r.detail) != dropped)
        return one if dropped is None else replace(one, relatives=tuple(left))

    outcomes = [
        replace(o, trial=trial(o.trial), gaps=dict(o.gaps), lent=set(o.lent))
        for o in tried.outcomes
    ]
    extra = [trial(one) for one in tried.extra]
    return Tried(outcomes, extra, tried.blocked, list(tried.errors))


@cache
def _right(family: str) -> dict[str, Any]:
    return bank.reference(family)


def _student(witness: Witness, tries: Tries) -> Student:
    student = Student(witness.namespace())
    if tries.stands is None:
        family = witness.name.partition(":")[0]
        known = beside_the_solution(student, _right(family)) if family in UNITS else student
        tries.stands = known.stands
    student.stands = tries.stands
    return student


def told(witness: Witness, exercise: Exercise, tries: Tries | None = None) -> Told:
    """Evaluate one exercise, and note what was recognised by what."""
    tries = tries or Tries()
    found, by = [], set[Recogniser]()
    find = evaluation.find

    def noting(other: Exercise, student: Student, seed: int) -> Any:
        findings = find(other, student, seed)
        found.extend([findings] if other is exercise else [])
        return findings

    trying = mock.patch.object(finding, "attempt", tries.attempt)
    with mock.patch.object(evaluation, "find", noting), trying, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a wrong function may divide by zero
        report = evaluate_briefly(exercise, _student(witness, tries), SEED, visible=False)
    words = {one.id: one for one in report.diagnosis}
    for findings in found:
        causes = findings.explanation.causes if findings.explanation else ()
        # what was read off the graph alone stands in no catalogue
        by |= {_places()[id(cause.form)] for cause in causes if id(cause.form) in _places()}
        if findings.relative:
            by.add((findings.relative.id, findings.relative.detail, exercise.name))
    for name in words:  # of acts only the entry is told
        acts = [form for form in CATALOGUE.of(name) if isinstance(form, BehaviourForm)]
        by |= {(name, _place(form)) for form in acts}
    return Told(words, frozenset(one for one in by if one[0] in words))


@contextmanager
def without(form: tuple[str, int]) -> Iterator[None]:
    """Take a form out of the catalogue for a while."""
    name, place = form
    taken = _idea(CATALOGUE.of(name)[place])
    kept = [other for other in CATALOGUE.forms(Form) if _idea(other) != taken]
    with mock.patch.object(CATALOGUE, "_forms", kept):
        yield


def without_relative(exercise: Exercise, id: str, detail: str) -> Exercise:
    """Return the exercise as it is, but for the relatives of this id and detail."""

    def trials(student: Student, rng: Any) -> Iterator[Any]:
        for trial in exercise.trials(student, rng):
            left = (r for r in trial.relatives if (r.id, r.detail) != (id, detail))
            yield replace(trial, relatives=tuple(left))

    return replace(exercise, trials=trials)


def is_needed(
    recogniser: Recogniser,
    witness: Witness,
    exercise: Exercise,
    words: Words,
    tries: Tries | None = None,
) -> bool:
    """Tell whether without the recogniser other words are told of its mistake, or none."""
    tries = tries or Tries()
    if len(recogniser) == 2:
        with without(recogniser):
            left = told(witness, exercise, tries)
    else:
        with tries.dropping(*recogniser[:2]):
            left = told(witness, without_relative(exercise, *recogniser[:2]), tries)
    return left.words.get(recogniser[0]) != words


def all_recognisers() -> set[Recogniser]:
    """Return every form of the catalogue, and every relative in the trials of right functions."""
    found: set[Recogniser] = {(id, _place(form)) for id in CATALOGUE for form in CATALOGUE.of(id)}
    solved = {unit: namespace(unit) for unit in sorted({e.unit for e in EXERCISES.values()})}
    for exercise in EXERCISES.values():
        student = Student(solved[exercise.unit])
        for trial in exercise.trials(student, np.random.default_rng(SEED)):
            found |= {(r.id, r.detail, exercise.name) for r in trial.relatives}
    return found
