"""Run every small change of the reference solutions through the checks; who survives?

    python tests/mutation/survivors.py 04

prints the changes that pass every check of their unit. Each of them has to be listed, with the
reason, in survivors.json; the test beside this file compares.
"""

from __future__ import annotations

import json
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ast_mutants import Change, changes, namespace

from autograder.checks import EXERCISES, Exercise
from autograder.checks.student import Student
from autograder.evaluate import evaluate

LISTED = Path(__file__).with_name("survivors.json")
SEEDS = (0, 1, 2)
SECONDS = 30


def listed() -> dict[str, str]:
    """Name of each known survivor, and why it is no mistake that a check should stop."""
    found: dict[str, str] = json.loads(LISTED.read_text("utf-8"))
    return found


def survivors(units: Sequence[str], processes: int | None = None) -> list[str]:
    """Names of the changes that pass every check."""
    todo = [change for unit in units for change in changes(unit)]
    with ProcessPoolExecutor(processes) as pool:
        passed = list(pool.map(survives, todo, chunksize=4))
    return [change.name for change, alive in zip(todo, passed, strict=True) if alive]


def survives(change: Change) -> bool:
    """Does the changed notebook pass every check of its unit?"""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return all(
                evaluate(exercise, Student(namespace(change.unit, change)), seed).passed
                for seed in SEEDS
                for exercise in _exercises(change)
            )
    except Exception:  # the changed cell itself does not run: nobody hands that in unnoticed
        return False
    finally:
        signal.alarm(0)


def _too_long(number: int, frame: object) -> None:
    raise TimeoutError


def _exercises(change: Change) -> Iterator[Exercise]:
    unit = [exercise for exercise in EXERCISES.values() if exercise.unit == change.unit]
    yield from sorted(unit, key=lambda exercise: exercise.name != change.function)


if __name__ == "__main__":
    known = listed()
    for name in survivors(sys.argv[1:]):
        print("listed  " if name in known else "SURVIVES", name)
