"""A report as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from autograder.engine.report.verdict import MARKS, Example, ReportData, Verdict, Words
from autograder.networks import Array

#: A factor below this is the rounding of a zero.
_NOTHING = 1e-12
#: The sizes of an instance, and products of two, are small; any ratio is one of larger numbers.
#: Beside the other number what is so small is a rounding error: it is written as 0.
_ROUNDING = 1e-12
_LARGEST = 60

#: What the paragraphs on a misconception begin with, after what was computed.
TITLES = ("The line it concerns", "Ask yourself", "Read")

#: What an example is compared with, by its kind.
OTHERS = {
    "gradient": "the numeric gradient is",
    "own": "the numeric gradient of your forward pass is",
    "value": "expected is",
}


def text(report: ReportData) -> str:
    """The whole report in words, for terminals, grade books and screen readers."""
    held = sum(v.earned for v in report.verdicts)
    lines = [f"{report.function}: {held} of {len(report.verdicts)} properties hold"]
    if report.note:
        lines.append(report.note)
    for verdict, detail in details(report):
        brackets = f" ({detail})" if detail else ""
        lines.append(f"  {MARKS[verdict.status]} {verdict.sentence}{brackets}")
    return "\n".join([*lines, *sentences(report)])


def details(report: ReportData) -> Iterator[tuple[Verdict, str]]:
    """Each verdict with its reason; a reason that was told already is not told again."""
    told = [report.note]
    for verdict in report.verdicts:
        again = any(verdict.detail in before for before in told)
        told.append(verdict.detail)
        yield verdict, _again(verdict) if again else verdict.detail


def _again(verdict: Verdict) -> str:
    words = {"not checked": "not checked", "carried": "likewise", "failed": "as above"}
    return words.get(verdict.status, "")


def sentences(report: ReportData) -> list[str]:
    """What is said below the list of properties, a paragraph a line."""
    if report.again:
        return [repeated(report)]
    said = [gap_sentence(report.example)] if report.example else []
    for words, beginning in begun(report.diagnosis):
        said += [f"{title}: {told}" for title, told in paragraphs(words, beginning)]
    return said + [report.certainty] * bool(report.certainty) + list(report.advice)


def repeated(report: ReportData) -> str:
    """What stands in the place of words that an earlier check of the function has told."""
    titles = "; ".join(words.title for words in report.diagnosis)
    return f"As told above: {titles}." if titles else "What is told above holds here too."


def computed(words: Words) -> str:
    """What was computed instead, with the form and the layers in brackets."""
    if words.unnamed:
        return words.computed
    told = f"{words.title} {words.detail}"
    scope = "" if words.scope.removeprefix("the ") in told else words.scope
    where = ", ".join(part for part in (words.detail, scope) if part)
    return f"{words.computed} ({words.title}{': ' + where if where else ''})"


def begun(diagnosis: Sequence[Words]) -> Iterator[tuple[Words, str]]:
    """Yield each misconception with the words that it begins with: several are no alternatives."""
    for number, words in enumerate(diagnosis, 1):
        several = f"Mistake {number} of {len(diagnosis)}, what you computed"
        yield words, several if len(diagnosis) > 1 else "What you computed"


def paragraphs(words: Words, beginning: str) -> Iterator[tuple[str, str]]:
    """Yield what is said of a misconception, with the words that each paragraph begins with."""
    yield beginning, f"{computed(words)}."
    yield from ((TITLES[0], words.formula),) if words.formula else ()
    yield from ((TITLES[1], words.ask),) if words.ask else ()
    places = [place for place, _ in sections(words)]
    if places:
        yield TITLES[2], ended("; ".join(places))


def sections(words: Words) -> tuple[tuple[str, str], ...]:
    """Return where to read, this unit's lesson first, with the address of each section."""
    return words.read or ((f"lesson {words.section}", ""),) * bool(words.section)


def ended(sentence: str) -> str:
    """End a sentence with a full stop; a heading may be a question."""
    return sentence if sentence.endswith("?") else f"{sentence}."


def gap_sentence(example: Example) -> str:
    """The worst entry in words: where, what was found, what was expected."""
    found, wanted = (np.asarray(a)[example.worst] for a in (example.found, example.wanted))
    index = f"[{', '.join(map(str, example.worst))}]" if example.worst else ""
    least = _ROUNDING * max(abs(float(found)), abs(float(wanted)))
    found, wanted = (0.0 if abs(n) < least else float(n) for n in (found, wanted))
    other, digits = OTHERS[example.kind], _digits(found, wanted)
    ratio = _ratio(np.asarray(example.found), np.asarray(example.wanted))
    return (
        f"On an example with {example.label}, {example.name}{index} is {_number(found, digits)}; "
        f"{other} {_number(wanted, digits)}{f': {ratio}' if ratio else ''}."
    )


def _digits(found: float, wanted: float) -> int:
    """So many digits that the two numbers are seen to differ, five at least."""
    scale = max(abs(found), abs(wanted))
    gap = abs(found - wanted)
    if not 0 < gap < scale:  # nan, infinite, or no near miss
        return 5
    return min(17, max(5, 2 - int(np.floor(np.log10(gap / scale)))))


def _number(value: float, digits: int = 5) -> str:
    return f"{value + 0.0:.{digits}g}"  # adding zero turns -0.0 into 0.0


def _ratio(found: Array, wanted: Array) -> str:
    """Say so if every entry is off by one and the same factor.

    Of a single entry any factor could be said: it is said if it is a whole number or one over it.
    """
    with np.errstate(all="ignore"):
        ratios = found / wanted
    middle = float(np.median(ratios)) if np.isfinite(ratios).all() else 0.0
    if abs(middle) < _NOTHING or not np.allclose(ratios, middle, rtol=1e-6):
        return ""
    factor = _factor(middle)
    if factor == "1":  # it differs further behind the point than a sentence reads
        return ""
    if found.size == 1 and not re.fullmatch(r"-?(1/)?\d+", factor):
        return ""
    who = "it" if found.size == 1 else "every entry"
    if factor == "-1":
        return f"{who} has the opposite sign"
    return f"{who} is {factor} {'of' if '/' in factor else 'times'} what it should be"


def _factor(ratio: float) -> str:
    """``"7"``, ``"1/7"``, ``"-1"``, ``"7/5"``, as the texts have it; else ``"1.01"``."""
    size, sign = abs(ratio), "-" if ratio < 0 else ""
    near = Fraction(size).limit_denominator(_LARGEST)
    if size < 1:  # 1/343 is as simple as 343
        inverse = Fraction(1 / size).limit_denominator(_LARGEST)
        near = 1 / inverse if inverse.denominator == 1 else near
    simple = 1 in (near.numerator, near.denominator) or near.numerator <= _LARGEST
    exact = near > 0 and np.isclose(float(near), size, rtol=1e-6)
    return f"{sign}{near}" if simple and exact else f"{ratio:.4g}"
