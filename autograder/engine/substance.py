"""Is there anything in an answer? What an empty one has as well earns points only beside that.

An answer that returns zeros leaves its inputs unchanged, has the right shapes and says the same
twice. So does one that returns its argument, or numbers made of the shapes alone. An answer has
substance if one of its arrays, which is no copy of what it was given and not always the same,

- is right in two trials; or
- is what a known mistake returns; or
- moves as the right one moves: over several draws of the same sizes, its entries' deviations from
  their means and those of the right entries are correlated, in whatever units and with either sign.

Whoever divides by m once too often, loses a term or transposes a factor has all of that; who has
written down nothing has none.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Misshapen, Trial
from autograder.engine.findings import Findings, Outcome
from autograder.engine.report.verdict import Verdict
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.observe import StudentError

#: Said of what an empty answer has as well.
EMPTY = "not counted yet: an answer of zeros passes this too; it counts once one array is right"
#: Correlated deviations: at least so much, and so many standard errors of independent numbers.
LEAST, ERRORS = 0.25, 5.5
#: Draws of each trial; fewer once there are so many entries.
DRAWS, ENTRIES = 32, 400
#: After these draws it is looked whether more are needed.
LOOKS = (5, 11)

Pair = tuple[Array, Array]


def has_substance(exercise: Exercise, student: Student, seed: int, findings: Findings) -> bool:
    """Whether an answer is more than an empty one."""
    outcomes = [outcome for outcome in findings.outcomes if outcome.gaps]
    if not outcomes:
        return False
    if not any(outcome.wrong for outcome in outcomes):
        return True
    letters = various(outcomes)
    own = [(o, n) for o in outcomes for n in _own_arrays(o.trial, o.returned, o.wanted, letters)]
    if own and (findings.explanation or findings.relative or findings.loop):
        return True
    right: dict[int, bytes] = {}
    for outcome, name in own:
        if _right(outcome, name):
            right.setdefault(id(outcome), np.asarray(outcome.returned[name]).tobytes())
    return len(set(right.values())) > 1 or (bool(own) and _moves(exercise, student, seed, letters))


def counted(exercise: Exercise, findings: Findings, verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that stay: without substance nothing is carried, nor what is not `alone`."""
    pairs = list(zip(exercise.properties, verdicts, strict=True))
    compared = any(outcome.gaps for outcome in findings.outcomes)
    other = not compared and any(v.earned for wanted, v in pairs if wanted.alone)
    if findings.substance or other:
        return [verdict for _, verdict in pairs]
    return [
        replace(verdict, status="not checked", detail=EMPTY)
        if verdict.status == "carried" or (verdict.earned and not wanted.alone)
        else verdict
        for wanted, verdict in pairs
    ]


def _right(outcome: Outcome, name: str) -> bool:
    """Whether an array is right, and could not have been guessed."""
    if name not in outcome.gaps:
        return False
    gap = outcome.gaps[name]
    wanted = outcome.wanted.get(name, outcome.returned[name])
    guessed = np.ptp(wanted) == 0 and float(np.max(wanted)).is_integer()
    return (gap is None or not gap.wrong) and not guessed


def _letter(name: str) -> str:
    """``"dW"`` for dW1, dW2, ..."""
    return name.rstrip("0123456789")


def various(outcomes: Iterable[Outcome]) -> set[str]:
    """The letters under which more than one number was returned."""
    found: dict[str, set[float]] = {}
    for outcome in outcomes:
        for name, array in _numbers(outcome.returned).items():
            found.setdefault(_letter(name), set()).update(np.unique(array)[:2].tolist())
    return {letter for letter, numbers in found.items() if len(numbers) > 1}


def _numbers(returned: Mapping[str, Any]) -> dict[str, Array]:
    """The returned arrays and numbers, if finite, in whatever precision."""
    found = {}
    for name, value in returned.items():
        if isinstance(value, (np.ndarray, np.generic, float, int)):
            array = np.asarray(value)
            if array.dtype.kind in "fiu" and array.size and np.isfinite(array).all():
                found[name] = array.astype(float)
    return found


def _own_arrays(
    trial: Trial, returned: Mapping[str, Any], wanted: Mapping[str, Array], letters: Container[str]
) -> Iterator[str]:
    """Names of the returned arrays under these letters that are no copies of an argument."""
    given = [leaf for leaf in _leaves(trial.args) if leaf.dtype.kind == "f" and leaf.size]
    for name, found in _numbers(returned).items():
        right = np.asarray(wanted.get(name, found))
        if _letter(name) in letters and not any(_copies(found, leaf, right) for leaf in given):
            yield name


def _copies(found: Array, leaf: Array, right: Array) -> bool:
    """Whether all numbers stand in an argument, or are one multiple of it where none is due."""
    first = found.reshape(-1)[0]  # looked for alone at first, which decides nearly always
    if (leaf == first).any() and np.isin(found, leaf).all():
        return True
    return _proportional(found, leaf) and not _proportional(right, leaf)


def _proportional(a: Array, b: Array) -> bool:
    if a.size != b.size or a.size < 2:
        return False
    product = abs(float(np.vdot(a, b)))
    return product >= (1 - 1e-12) * float(np.linalg.norm(a) * np.linalg.norm(b))


def _leaves(value: Any, depth: int = 0) -> Iterator[Array]:
    """The arrays in nested containers, which a cache of the student's may be."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (dict, list, tuple)) and depth < 6:
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item, depth + 1)


def _moves(exercise: Exercise, student: Student, seed: int, letters: Container[str]) -> bool:
    """Whether some array moves with the right one, over draws of the same sizes."""
    kept: dict[tuple[int, str], list[Pair]] = {}
    for draw in range(DRAWS):
        try:
            rng = np.random.default_rng([seed, 2, draw])
            for key, pair in _draw(exercise, student, rng, letters):
                kept.setdefault(key, []).append(pair)
        except (NotWritten, StudentError, Misshapen):
            return False
        if draw and sum(len(pairs) * pairs[0][0].size for pairs in kept.values()) > ENTRIES:
            break
        if draw in LOOKS and _some_follows(kept):
            return True
    return _some_follows(kept)


def _some_follows(kept: Mapping[tuple[int, str], list[Pair]]) -> bool:
    alone = [{key: pairs} for key, pairs in kept.items()]
    return any(_follows(p) for part in (kept, *alone) for p in _by_letter(part).values())


def _draw(
    exercise: Exercise, student: Student, rng: np.random.Generator, letters: Container[str]
) -> Iterator[tuple[tuple[int, str], Pair]]:
    """What one draw of the trials gives: (number of the trial, name), found and right."""
    for number, trial in enumerate(exercise.trials(student, rng)):
        if trial.diagnostic:
            continue
        returned = (trial.unpack or exercise.unpack)(student.call(exercise.name, *trial.args))
        right = _right_ones(trial, [n for n in returned if _letter(n) in letters])
        for name in _own_arrays(trial, returned, right, letters):
            found, wanted = np.asarray(returned[name], dtype=float), right.get(name)
            if wanted is not None and found.size == wanted.size:
                yield (number, name), (found.reshape(-1), np.reshape(wanted, -1))


def _right_ones(trial: Trial, names: Container[str]) -> dict[str, Array]:
    """The right arrays of these names; each of the others would cost a gradient."""
    right = dict(trial.values)
    if trial.problem is not None:
        claims = {name: c for name, c in trial.problem.claims.items() if name in names}
        right |= trial.problem.reading(claims).truth()
    return right


def _by_letter(kept: Mapping[tuple[int, str], list[Pair]]) -> dict[str, list[Pair]]:
    """Deviations from the means over the draws, under ``"dW"`` for dW1, dW2, ...

    Those of the sizes of the entries as well, under ``"|dW|"``: an inverted mask shows in these.
    """
    found: dict[str, list[Pair]] = {}
    for (_, name), pairs in kept.items():
        if len(pairs) < 2 or len({a.size for a, _ in pairs}) > 1:
            continue
        sides = [np.array(side) for side in zip(*pairs, strict=True)]
        found.setdefault(_letter(name), []).append(_deviations(*sides))
        found.setdefault(f"|{_letter(name)}|", []).append(_deviations(*map(np.abs, sides)))
    return found


def _deviations(found: Array, right: Array) -> Pair:
    """From the means over the first axis; the largest is 1."""
    first, second = (side - side.mean(axis=0) for side in (found, right))
    return first / (np.abs(first).max() or 1.0), second / (np.abs(second).max() or 1.0)


def _follows(pairs: list[Pair]) -> bool:
    found, right = (np.concatenate([p[side].reshape(-1) for p in pairs]) for side in (0, 1))
    sizes = float(np.linalg.norm(found) * np.linalg.norm(right))
    draws = min(len(p[0]) for p in pairs)
    least = max(LEAST, ERRORS / np.sqrt(found.size * (1 - 1 / draws)))
    return bool(sizes) and abs(float(found @ right)) >= least * sizes
