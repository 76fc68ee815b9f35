"""Which questions an exam has: some of each unit, and some whose wrong answer is to be named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from autograder.concept_keys.named import PREFIX, can_be_named
from autograder.concepts import QUESTIONS
from autograder.concepts.question import Draw
from autograder.exam.failed import ExamFailed


def choose(units: Sequence[str], count: int, seed: str) -> list[str]:
    """The names of the questions, unit by unit.

    A quarter of them shows a wrong answer and asks for its mistake; more, where the bank has not
    enough others.

    Raises
    ------
    ExamFailed
        If a unit has no questions, or all of them together too few.
    """
    known = list(dict.fromkeys(question.unit for question in QUESTIONS.values()))
    for unit in units:
        if unit not in known:
            raise ExamFailed(
                f"there are no questions on unit {unit!r}; there are: {' '.join(known)}"
            )
    units = sorted(set(units), key=known.index)
    plain = _in_turn(units, seed, list(QUESTIONS))
    named = _in_turn(units, f"{seed}/named", [n for n, q in QUESTIONS.items() if can_be_named(q)])
    if not 1 <= count <= len(plain) + len(named):
        raise ExamFailed(
            f"{count} questions were asked for; the bank has 1 to {len(plain) + len(named)} on "
            f"{', '.join(units)}"
        )
    straight = plain[: max(count - count // 4, count - len(named))]
    named.sort(key=lambda name: name in straight)  # first those that are not asked anyway
    turned = [f"{PREFIX}{name}" for name in named[: count - len(straight)]]
    return sorted([*straight, *turned], key=lambda name: known.index(_unit(name)))


def _unit(name: str) -> str:
    return QUESTIONS[name.removeprefix(PREFIX)].unit


def _in_turn(units: Sequence[str], seed: str, names: Sequence[str]) -> list[str]:
    """The questions of the units in a random order, one of each unit in turn."""
    draw = Draw(f"exam/{seed}")
    mine = [[name for name in names if _unit(name) == unit] for unit in units]
    mixed = [draw.some(some, len(some)) for some in mine]
    turns = draw.some(mixed, len(mixed))
    return [name for name in chain.from_iterable(zip_longest(*turns)) if name]
