"""Changes that do as well as the one that was found: which of them is the slip nobody knows."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.engine.repair.change import LACKING, Change, Kind
from autograder.engine.repair.expressions import LARGE
from autograder.engine.repair.missing import scales


def either(first: Change, other: Change) -> Change:
    """The first change, with the other line that does as well."""
    besides = f", or in its place {other.told} in line {other.line}, which does as well"
    return replace(first, besides=besides)


def by_luck(change: Change) -> bool:
    """Whether it may make up for another line that is the slip: a number, a divisor, a round."""
    return change.kind in (Kind.NUMBER, Kind.POWER, Kind.DIVISOR, Kind.RANGE)


def is_compared(change: Change) -> bool:
    """Whether a number is changed in a comparison: a case that never holds may do by luck."""
    return change.kind is Kind.NUMBER and isinstance(change.puts[0][0].parent, ast.Compare)


def may_be(first: Change, other: Change) -> bool:
    """Whether another change may be the slip, where the first one is right by luck."""
    number = is_compared(first) and other.kind is Kind.NUMBER
    return by_luck(first) and (is_other(other) or (number and not is_compared(other)))


def adds_the_same(one: Change, other: Change) -> bool:
    """Whether two changes add the same factor, or the same term, at two places."""
    both = [change.puts[0][1] for change in (one, other)]
    if not all(isinstance(made, ast.BinOp) for made in both):
        return False
    (op, right), (other_op, other_right) = [(type(m.op), ast.unparse(m.right)) for m in both]
    return op is other_op and right == other_right


def is_other(change: Change) -> bool:
    """Whether it is something else for a name: where that does as well, it is the likelier one."""
    return change.kind in (Kind.NAME, Kind.EXPRESSION)


def likelier(first: Change, other: Change) -> tuple[Change, Change]:
    """Two changes that do as well, the likelier first: a name before a number or a range.

    A number in a comparison comes last: with it a case may never hold. An expression in the place
    of a name is tried in many ways: it is right by luck more often than a number, but not more
    often than a divisor.
    """
    better = other.kind is Kind.NAME or is_compared(first)
    turned = better or (is_other(other) and first.kind is Kind.DIVISOR)
    return (other, first) if turned else (first, other)


def is_rival(first: Change, other: Change, sole: bool) -> bool:
    """Whether a change says as likely as the first one that another line is at fault.

    Where the `sole` line is asked for, of anything that is as likely.
    """
    same = sole or (other.kind in LACKING and adds_the_same(other, first))
    # twice a number in one line is twice the product of another one
    scaled = sole and scales(other) and (scales(first) or first.kind is Kind.NUMBER)
    likely = (other.rank <= first.rank and same) or scaled or may_be(first, other)
    return likely and other.line != first.line


def rivals_first(first: Change, rest: Iterable[Change]) -> list[Change]:
    """The other changes, in front those that a right line may be made up for by the first one.

    A factor does as well at several places; what is another name in truth may look like one.
    """

    def place(other: Change) -> int:
        likely = may_be(first, other) or (first.kind is Kind.NUMBER and scales(other))
        return 0 if scales(first) and scales(other) else 1 if likely else 2

    return sorted((other for other in rest if other.line != first.line), key=place)


#: What may do as well by chance, where other places of the line are the slip.
_BY_CHANCE = (Kind.NUMBER, Kind.POWER, Kind.NAME)
#: What the slip may be then, the likeliest first.
_AS_WELL = (Kind.WHOLE, Kind.FACTOR, *_BY_CHANCE)


def _is_large(change: Change) -> bool:
    """Whether a number stands for infinity: a factor makes it larger, and is no formula."""
    node = change.puts[0][0].node
    value = node.value if isinstance(node, ast.Constant) else 0
    return isinstance(value, (int, float)) and abs(value) >= LARGE


def in_the_same_line(first: Change, ordered: Iterable[Change]) -> Iterator[Change]:
    """Yield what else may be the slip in the line of a number or of a name that was found.

    Where other brackets do, a term too many may: one that is zero with these brackets.
    """
    likely = (Kind.PART,) if first.kind is Kind.BRACKETS else _AS_WELL
    if first.kind in (*_BY_CHANCE, Kind.BRACKETS) and not _is_large(first):
        here = [o for o in ordered if o.line == first.line]
        if first.kind is not Kind.BRACKETS:
            here = [o for o in here if o.puts[0][0] != first.puts[0][0]]
        for kind in likely:
            yield from (other for other in here if other.kind is kind)


def or_else(first: Change, other: Change) -> Change:
    """The first change, with another one of the same line that does as well."""
    besides = f", or {other.told}, which does as well"
    return replace(first, besides=besides, ask="Which of the two is not as in the formula?")
