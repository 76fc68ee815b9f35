"""A misconception in the words for one function: its own symbols, its own unit's lesson."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.engine.diagnosis import CATALOGUE, Misconception
from autograder.engine.exercise import Exercise
from autograder.engine.report.symbols import foreign, has_contract, symbols_of
from autograder.engine.report.verdict import Words

#: In the words on what is computed: the arguments that were changed.
CHANGED = "{changed}"
#: So many lines of a contract are shown at most.
_MOST = 3


def wording(
    misconception: Misconception,
    exercise: Exercise,
    family: str,
    detail: str = "",
    scope: str = "",
    wrong: Iterable[str] | None = (),
    place: str = "",
) -> Words:
    """Return the words on a misconception in a function.

    There may be words of its own for a `detail`, or for what it does to the argument at a `place`.
    Its line of formula is one whose symbols all stand in the function's contract, in the words
    for the function, for the family of its graphs, or for all; if there is none, the lines of the
    contract that make the `wrong` arrays; none where `wrong` is None.
    """
    of = detail or place
    entry = CATALOGUE.told(misconception, *_places(exercise, family), of=of)
    formula = line(misconception, exercise, family, of)
    if not formula and wrong is not None:
        formula = contract(exercise, family, wrong)
    read = tuple(
        (_section(section), CATALOGUE.lessons.link(section))
        for section in CATALOGUE.lessons.sections(exercise.unit, entry.section)
    )
    section = next(iter(CATALOGUE.lessons.sections(exercise.unit, entry.section)), "")
    return Words(
        entry.id,
        entry.title,
        entry.computed,
        formula,
        entry.ask,
        section,
        detail,
        scope,
        entry.mistake,
        read,
    )


def _places(exercise: Exercise, family: str) -> tuple[str, str, str]:
    """Return for what an entry may have words of its own; the later ones replace the earlier."""
    return family, exercise.name, f"{exercise.name} beside {family}"


def line(misconception: Misconception, exercise: Exercise, family: str, of: str = "") -> str:
    """Return the line of formula on a misconception that belongs to this function, or nothing."""
    told = (
        CATALOGUE.told(misconception, *_places(exercise, family), of=of),
        CATALOGUE.told(misconception, family, of=of),
        misconception,
    )
    if not has_contract(exercise.name):
        return told[0].formula
    symbols = symbols_of(exercise.name, family)
    lines = (entry.formula for entry in told if not foreign(entry.formula, symbols))
    return next(lines, "")


def contract(exercise: Exercise, family: str, wrong: Iterable[str]) -> str:
    """Return the lines of the contract that make these arrays; nothing where they are many."""
    lines = CATALOGUE.contract(exercise.name, family)
    known = (name if name in lines else name.rstrip("0123456789") for name in wrong)
    made = list(dict.fromkeys(lines[name] for name in known if name in lines))
    if not made and len(lines) == 1:  # what raised returned nothing that could be wrong
        made = list(lines.values())
    return ", ".join(made) if len(made) <= _MOST else ""


def _section(section: str) -> str:
    """``"lesson 04, A chain of layers"``; what no lesson has stands in the assignment."""
    if CATALOGUE.lessons.headings and not CATALOGUE.lessons.heading(section)[0]:
        return f"assignment {section}"
    return f"lesson {section}"
