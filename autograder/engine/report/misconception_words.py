"""A misconception in the words for one function: its own symbols, its own unit's lesson."""

from __future__ import annotations

import re
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
    ask = entry.ask
    if wrong is not None:
        # of two mistakes, each may say which array it is about
        wrong = list(wrong)
        wrong = [name for name in wrong if _names(detail, name)] or wrong
        lines = CATALOGUE.contract(exercise.name, family)
        if not formula or _is_of_others(formula, lines, wrong):
            formula = contract(exercise, family, wrong) or formula
        ask = _asked(ask, lines, wrong)
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
        ask,
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
    known = (name if name in lines else _letters(name) for name in wrong)
    made = list(dict.fromkeys(lines[name] for name in known if name in lines))
    if not made and len(lines) == 1:  # what raised returned nothing that could be wrong
        made = list(lines.values())
    return ", ".join(made) if len(made) <= _MOST else ""


def _is_of_others(formula: str, lines: Iterable[str], wrong: Iterable[str]) -> bool:
    """Whether a line of formula makes arrays of the contract, and names none of the wrong ones."""
    made = [name for name in lines if _names(formula, f"{name} =")]
    named = {form for name in wrong for form in (name, _letters(name))}
    return bool(made) and not any(_names(formula, name) for name in named)


def _asked(ask: str, lines: Iterable[str], wrong: Iterable[str]) -> str:
    """The question, put of the gradient of a parameter that is wrong, where it is of another."""
    about = [name for name in lines if _names(ask, name)]
    letters = {_letters(name) for name in wrong}
    if len(about) != 1 or len(letters) != 1 or letters & set(about):
        return ask
    (one,), (other,) = about, letters
    if not (_PARAMETER.fullmatch(one) and _PARAMETER.fullmatch(other)):
        return ask
    for old, new in ((one, other), (one[1:], other[1:])):
        ask = re.sub(rf"\b{old}\b", new, ask)
    return ask


def _names(text: str, name: str) -> bool:
    """Whether a name stands in a text, as a word."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _letters(name: str) -> str:
    return name.rstrip("0123456789")


#: The gradient of a parameter; what is asked of one can be asked of another.
_PARAMETER = re.compile(r"d(W\w*|w|b\w*|gamma|[QKV])")


def _section(section: str) -> str:
    """``"lesson 04, A chain of layers"``; what no lesson has stands in the assignment."""
    if CATALOGUE.lessons.headings and not CATALOGUE.lessons.heading(section)[0]:
        return f"assignment {section}"
    return f"lesson {section}"
