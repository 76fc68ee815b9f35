"""Two arrays that do not fit on either side of an operator, or as a product."""

from __future__ import annotations

import ast
import re
from typing import Any

import numpy as np

from autograder.errors.peek import UNKNOWN, combine
from autograder.errors.places import Place
from autograder.errors.pure import is_plain, shape_of
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import describe, shapes

Shape = tuple[int, ...]
SIGNS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
}
#: What makes an operand a slope.
_SLOPE = re.compile(r"[<>]|\b1(\.0)? - ")
_SQUARE = re.compile(
    r"non-broadcastable output operand with shape \((\d+),1\) doesn't match the broadcast shape "
    r"\(\1,\1\)"
)
_TRANSPOSED = (
    "Write the shapes under the formula of the lesson: does one of the two stand transposed "
    "there, or "
    "in the other place, or should another array stand here?"
)
_BESIDE = (
    "Which of the two has another shape than the formula says, and which line gave it that shape?"
)


def operator_of(place: Place) -> tuple[ast.operator, ast.expr, ast.expr, bool] | None:
    """The operator at which the line stopped, its two sides, and whether it works in place."""
    node = next((n for n in place.nodes if isinstance(n, ast.BinOp | ast.AugAssign)), None)
    if isinstance(node, ast.BinOp):
        return node.op, node.left, node.right, False
    return (node.op, node.target, node.value, True) if isinstance(node, ast.AugAssign) else None


def at_operator(error: BaseException, place: Place) -> Statements:
    """ValueError at ``a @ b``, ``a * b``, ``a += b``: the operands and their shapes."""
    found = operator_of(place)
    if found is None:
        return
    op, left, right, in_place = found
    one, other = place.peek(left), place.peek(right)
    if in_place and isinstance(op, ast.MatMult):
        in_place = False
    sides = ((place.quote(left), one), (place.quote(right), other))
    whole = place.quote(place.nodes[0])
    sign = f"{SIGNS.get(type(op), '')}{'=' if in_place else ''}"
    if not (_is_array(one) or _is_array(other)) or not (is_plain(one) and is_plain(other)):
        yield from _one_side(whole, sides, place)
    elif isinstance(op, ast.MatMult):
        yield from products(whole, sides, place, "`@`")
    else:
        yield from beside(whole, sides, place, f"`{sign}`")
        if in_place:
            yield from _written_into(whole, sides, op, place)
        yield from _meant_product(op, sides)
        yield question(_BESIDE)


def _is_array(value: Any) -> bool:
    return type(value) is np.ndarray


def _one_side(whole: str, sides: Any, place: Place) -> Statements:
    """What is known of the operands, where one of them comes out of a call."""
    for name, value in sides:
        yield Statement(
            f"{place.at}, at {whole}, {name} is {describe(value)}.",
            value is not UNKNOWN,
        )
    for name, value in sides:
        yield Statement(
            f"{name} is made in that line: put it into a line of its own and print its shape.",
            value is UNKNOWN,
        )
    yield question(_BESIDE)


def clash(one: Shape, other: Shape) -> tuple[int, int] | None:
    """The first two lengths from the right that do not go beside each other.

    Examples
    --------
    >>> clash((5, 7), (3, 7)), clash((5, 7), (5,)), clash((5, 1), (7,))
    ((5, 3), (7, 5), None)
    """
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next(((a, b) for a, b in pairs if a != b and 1 not in (a, b)), None)


def beside(whole: str, sides: Any, place: Place, sign: str) -> Statements:
    """Entry by entry: the axes are matched from the right."""
    one, other = (shape_of(value) for _, value in sides)
    pair = clash(one, other)
    yield Statement(
        f"{place.at}, at {whole}, {shapes(*sides)}. Beside {sign} the axes are matched from the "
        f"right, and two lengths have to be equal, or one of them 1: here {pair and pair[0]} meets "
        f"{pair and pair[1]}.",
        lambda: pair is not None,
    )
    flat, full = sorted((one, other), key=len)
    yield Statement(
        f"An array of shape {flat} lies along the last axis; one number a row takes shape "
        f"{(*flat, 1)}, as keepdims=True keeps it.",
        lambda: pair is not None and len(flat) == 1 and len(full) == 2 and flat[0] == full[0],
    )


def _written_into(whole: str, sides: Any, op: ast.operator, place: Place) -> Statements:
    """``a += b`` where the result is larger than what it is written into."""
    (target, one), (_, other) = sides
    if clash(shape_of(one), shape_of(other)) is not None:
        return
    made = shape_of(combine(op, one, other))
    yield Statement(
        f"{place.at}, at {whole}, {shapes(*sides)}. Together they make shape {made}, which does "
        f"not fit into {target}.",
        lambda: made != shape_of(one),
    )


def square(error: BaseException, place: Place) -> bool:
    """Whether (n,) is added in place to (n, 1), which together make (n, n).

    Where the second operand comes out of a call, it stands in no frame any more: then the two
    shapes are those that NumPy's own exception names.
    """
    theirs = type(error) is ValueError and not any(isinstance(n, ast.Raise) for n in place.nodes)
    if theirs and _SQUARE.fullmatch(str(error)):
        return True
    found = operator_of(place)
    if found is None or not found[3] or not isinstance(found[0], ast.Add):
        return False
    one, other = shape_of(place.peek(found[1])), shape_of(place.peek(found[2]))
    return len(one) == 2 and one[1] == 1 and other == one[:1] and one[0] > 1


def _meant_product(op: ast.operator, sides: Any) -> Statements:
    """Point to `@`, but not beside a slope, which belongs to each entry: ``Z > 0``, ``1 - A``."""
    (first, one), (second, other) = sides
    yield Statement(
        "`*` multiplies entry by entry; a sum over a shared index, as in a product of "
        "matrices, is `@`.",
        lambda: (
            isinstance(op, ast.Mult)
            and not _SLOPE.search(f"{first} {second}")
            and one.ndim == other.ndim == 2
            and (one.shape[1] in other.shape or one.shape[0] == other.shape[0])
        ),
    )


def products(whole: str, sides: Any, place: Place, sign: str) -> Statements:
    """A product of matrices: the inner two lengths."""
    one, other = (shape_of(value) for _, value in sides)
    if not one or not other:
        single = sides[0] if not one else sides[1]
        yield Statement(
            f"{place.at}, at {whole}, {single[0]} is {describe(single[1])}; {sign} takes two "
            "arrays."
        )
        yield question(
            "Should this be a product of numbers, with `*`, or has an array become a number?"
        )
        return
    inner = one[-1], other[-2 if len(other) > 1 else -1]
    yield Statement(
        f"{place.at}, at {whole}, {shapes(*sides)}. In a product the inner two lengths have to be "
        f"equal: here {inner[0]} meets {inner[1]}.",
        lambda: inner[0] != inner[1],
    )
    yield from _stacks(whole, sides, place, sign)
    yield question(_TRANSPOSED)


def _stacks(whole: str, sides: Any, place: Place, sign: str) -> Statements:
    """With three axes, `@` multiplies the matrices along the first."""
    one, other = (shape_of(value) for _, value in sides)
    yield Statement(
        f"With more than two axes, {sign} multiplies the last two and goes along the others.",
        lambda: sign == "`@`" and max(len(one), len(other)) > 2,
    )
    yield Statement(
        f"{place.at}, at {whole}, {shapes(*sides)}; the axes before the last two do not fit.",
        lambda: (
            sign == "`@`"
            and min(len(one), len(other)) > 2
            and clash(one[:-2], other[:-2]) is not None
        ),
    )
