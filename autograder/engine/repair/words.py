"""What is said of a change that was found: the line, and what is to be changed in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from autograder.engine.repair.change import quoted
from autograder.engine.repair.found import Repair
from autograder.engine.report.statement import Statement

#: So much of a line is quoted.
_LONGEST = 120
#: Of more arrays not each is told.
_FEW = 6


def told(repairs: Sequence[Repair]) -> Iterator[Statement]:
    """Yield a statement on each change; each was run before it is said."""
    for number, repair in enumerate(repairs):
        change = repair.change
        again = "One more change" if number else "One change"
        if change.count > 1:
            again = "Two changes"
        make = "makes" if change.count == 1 else "make"
        right = "everything right" if repair.whole else f"{_arrays(repair)} right"
        right = f"every array right where {repair.where}" if repair.where else right
        of = f" of `{repair.function}`" if repair.function else ""
        where = f", on each of the {repair.trials} examples tried" if repair.trials > 1 else ""
        where = ", on the example tried" if repair.trials == 1 else where
        where = where if repair.whole else ""  # on some of them it may have been right before
        yield Statement(
            f"{again} in line {change.line}{of}, `{_quoted(repair.line)}`, {make} {right}{where}: "
            f"{_told(repair)}. "
            f"Ask yourself: {change.ask}",
            lambda repair=repair: bool(repair.mended),  # type: ignore[misc]
        )


def line_of(repairs: Sequence[Repair]) -> Iterator[Statement]:
    """Yield where the one change is, where what is wrong has a name already."""
    for repair in repairs if len(repairs) == 1 else ():
        of = f" of `{repair.function}`" if repair.function else ""
        yield Statement(
            f"One change in line {repair.change.line}{of}, `{_quoted(repair.line)}`, "
            f"makes everything right: {_told(repair)}.",
            lambda repair=repair: repair.whole and repair.change.count == 1,  # type: ignore[misc]
        )


#: How often the same piece may stand in a line, in words.
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


def _pattern(piece: str) -> str:
    """What finds a name, a number or a text in a line, in quotes of either kind."""
    bare = piece.strip("`")
    if bare[:1] in ("'", '"'):
        return rf"['\"]{re.escape(bare[1:-1])}['\"]"
    return rf"(?<![\w.]){re.escape(bare)}(?![\w.])"


def _before(repair: Repair, piece: str) -> int:
    """How often a piece of code stands in its line before the place that is changed."""
    slot, _ = repair.change.puts[0]
    begins = int(slot.node.col_offset) - repair.indent
    found = [match.start() for match in re.finditer(_pattern(piece), repair.line)]
    return min(max(sum(place <= begins for place in found) - 1, 0), len(_PLACES) - 1)


def _told(repair: Repair) -> str:
    """What is changed; of equal pieces of one line, which of them is meant."""
    slot, _ = repair.change.puts[0]
    piece = quoted(slot.node) if isinstance(slot.node, (ast.Name, ast.Constant)) else ""
    alike = re.findall(_pattern(piece), repair.line)
    said = repair.change.told
    if piece and said.endswith(f"in the place of {piece}") and len(alike) > 1:
        line, around = repair.line.replace('"', "'"), quoted(slot.parent)
        once = line.count(around[1:-1]) < 2 and len(re.findall(_pattern(piece), around)) < 2
        if isinstance(slot.parent, ast.expr) and once:
            said += f", in {around}"
        elif isinstance(slot.parent, ast.expr):
            said += f", where it stands the {_PLACES[_before(repair, piece)]} time in this line"
        elif isinstance(slot.parent, (ast.Assign, ast.AugAssign)) and slot.field == "value":
            said += ", right of the equals sign"
    elif not piece and isinstance(slot.node, ast.expr):
        own = quoted(slot.node)
        longer = [own.strip("`")] if own in said else re.findall("`([^`]+)`", said)[-1:]
        if longer and len(re.findall(_pattern(longer[0]), repair.line)) > 1:
            told = f"{_PLACES[_before(repair, longer[0])]} time in this line"
            said += f", where `{longer[0]}` stands the {told}"
    return said + repair.change.besides


def _arrays(repair: Repair) -> str:
    names = [name for name in repair.mended if name]
    if not names or len(names) > _FEW:
        return "some of it" if names else "the call"
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _quoted(line: str) -> str:
    text = " ".join(line.partition("  #")[0].split()).replace("`", "'")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
