"""Run every small change of the reference solutions through the checks; who survives?

    python tests/mutation/survivors.py 04

prints the changes that pass every check of their unit. Each of them has to be listed, with the
reason, in survivors.json; the test beside this file compares.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from ast_mutants import Change, changes, namespace

from autograder.engine.exercise import Misshapen
from autograder.engine.findings import Findings
from autograder.engine.run import run
from autograder.engine.student import NotWritten, Student
from autograder.observe import StudentError
from autograder.units import EXERCISES, Exercise

LISTED = Path(__file__).with_name("survivors.json")
SEEDS = (0, 1)
#: Processor time that the checks of one function may take: a change can make a loop endless. Those
#: of no solution take more than a quarter of a second.
SECONDS = 2
#: A change can also make an array of any size.
BYTES = 3 * 2**30


class TooLong(BaseException):
    """The time is over."""


def listed() -> dict[str, str]:
    """Name of each known survivor, and why it is no mistake that a check should stop."""
    found: dict[str, str] = json.loads(LISTED.read_text("utf-8"))
    return found


def survivors(units: Sequence[str], processes: int | None = None) -> list[str]:
    """Names of the changes that pass every check."""
    found = (change for unit in units for change in changes(unit))
    # answers to a hunt are compared with a key that the hidden tests alone hold
    todo = [change for change in found if not change.function.startswith("answers")]
    with ProcessPoolExecutor(processes, initializer=_limit) as pool:
        passed = list(pool.map(survives, todo, chunksize=2))
    return [change.name for change, alive in zip(todo, passed, strict=True) if alive]


def survives(change: Change) -> bool:
    """Does the changed notebook pass every check of its unit?"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with np.errstate(all="ignore"):
                namespace(change.unit, change)
        except Exception:  # the changed cell itself does not run: nobody hands that in unnoticed
            return False
        return all(
            passes(exercise, Student(namespace(change.unit, change)), seed)
            for seed in SEEDS
            for exercise in _exercises(change)
        )


def passes(exercise: Exercise, student: Student, seed: int) -> bool:
    """What `evaluate` says, without looking for an explanation."""
    # again and again: the grader takes the first one for an answer, and goes on to the next trial
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, 0.2)
    try:
        trials = exercise.trials(student, np.random.default_rng(seed))
        findings = Findings([run(exercise, t, student) for t in trials if not t.diagnostic])
        rng = np.random.default_rng([seed, 1])
        return all(
            wanted.judge(exercise.name, findings, student, rng)[0].earned
            for wanted in exercise.properties
        )
    except (StudentError, NotWritten, Misshapen, TooLong):
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(number: int, frame: object) -> None:
    raise TooLong


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGVTALRM, _too_long)


def _exercises(change: Change) -> Iterator[Exercise]:
    """The changed function's own exercise first: it stops most; hunts have no key here."""
    unit = [
        exercise
        for exercise in EXERCISES.values()
        if exercise.unit == change.unit and not exercise.name.startswith("answers")
    ]
    yield from sorted(unit, key=lambda exercise: exercise.name != change.function)


if __name__ == "__main__":
    known = listed()
    for name in survivors(sys.argv[1:]):
        print("listed  " if name in known else "SURVIVES", name)
