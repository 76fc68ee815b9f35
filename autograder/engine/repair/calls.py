"""What may be changed in a call: the function, its axis, the order of its arguments, a range."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from autograder.engine.repair.brackets import closing
from autograder.engine.repair.change import Change, Kind, Slot, change, quoted, shifted

_SPREAD = (
    "Print the smallest of its numbers, the largest and the mean. Are they to be spread evenly, or "
    "as normal ones around 0?"
)
#: Functions that are taken for each other, and the question between them.
_GROUPS = (
    (("sum", "mean", "max"), "Of several numbers, is it their sum, their mean or the largest?"),
    (("argmax", "argmin"), "Is it the place of the largest, or of the smallest?"),
    (("maximum", "minimum"), "Is a number cut off where it is too large, or too small?"),
    (("var", "std"), "Is it the mean square of the differences, or its root?"),
    (("dot", "multiply", "outer"), "Is it a sum of products, a product of entries, or a table?"),
    (("zeros_like", "ones_like"), "With which number does it begin?"),
    (("tanh", "sigmoid", "relu"), "Which activation does the text have there?"),
    (("exp", "log", "sqrt", "square", "abs"), "What is done with each entry in the formula?"),
    (("floor", "ceil", "round"), "In which direction is it rounded?"),
    (("vstack", "hstack"), "Along which axis are they put together, and which one do they share?"),
    (("ravel", "flatten"), "Is it the same memory, or a copy?"),
    (
        ("standard_normal", "random"),
        _SPREAD,
    ),
    (("randn", "rand"), _SPREAD),
)
#: The axes over which a sum may run; with several, together.
_AXES = (0, 1, 2, (0, 1), (1, 2), (0, 2), (0, 2, 3))
#: Of so many functions that are alike one may do by chance.
_CHANCE = 5
#: Options that have changes of their own, or change no number.
_HARMLESS = ("axis", "keepdims", "dtype", "copy", "optimize", "out")
#: They leave entries out, or put them in another order.
_OF_LISTS = ("set", "sorted", "reversed", "list", "dict", "frozenset", "flip", "unique", "sort")
#: Of more arguments no two are exchanged.
_MANY = 5


def calls(slot: Slot, node: ast.Call) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    for group, ask in _GROUPS:
        for other in group if name in group else ():
            if other != name:
                told = f"another function in the place of {quoted(node.func)}"
                rank = 1 if len(group) < _CHANCE else 2
                yield change(slot, _called(node, other), told, ask, rank)
    for made, told in closing(node):
        yield change(slot, made, told, "Which part belongs together in the formula?")
    if len(node.args) == 2 and not node.keywords:
        told = f"the two arguments of {quoted(node)} in the other order"
        made = ast.Call(node.func, node.args[::-1], [])
        yield change(slot, made, told, "Which one comes first?", 0 if name == "dot" else 1)
    if 2 < len(node.args) <= _MANY:
        yield from _exchanged(slot, node)
    yield from _without(slot, node)
    if name in ("sum", "mean", "max", "var", "std", "norm", "argmax"):
        yield from _reductions(slot, node)
    if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        told = f"{quoted(node)} without {quoted(node.func)}"
        ask = f"What does {quoted(node.func)} do to what it is given, and does the formula do that?"
        if name in _OF_LISTS:
            ask = f"Which entries, in which order, does {quoted(node)} have, and which are needed?"
        yield change(slot, node.args[0], told, ask, 2)
    if name == "zeros":
        yield _from_below(slot, node)
    if name == "len" and len(node.args) == 1:
        yield from of_axes(slot, node.args[0], f"{quoted(node)}, which counts axis 0")
    if name == "range":
        yield from _ranges(slot, node)
    if isinstance(node.func, ast.Attribute) and name in ("append", "insert"):
        yield from _at_the_other_end(slot, node, node.func)


def _from_below(slot: Slot, node: ast.Call) -> Change:
    """A search for the largest that begins with 0."""
    lowest = ast.UnaryOp(ast.USub(), ast.Attribute(ast.Name("np", ast.Load()), "inf", ast.Load()))
    made = ast.Call(_called(node, "full").func, [*node.args[:1], lowest], [])
    told = f"another number to begin with than the 0 of {quoted(node)}"
    return change(slot, made, told, "If all that comes is negative, what is the largest?", 1)


def of_axes(slot: Slot, array: ast.expr, told: str) -> Iterator[Change]:
    """The length of one axis in the place of another length."""
    for axis in (1, 2, 0):
        shape = ast.Attribute(array, "shape", ast.Load())
        made = ast.Subscript(shape, ast.Constant(axis), ast.Load())
        ask = "What is counted there? Which axis is that?"
        yield change(slot, made, f"the length of another axis in the place of {told}", ask)


def _at_the_other_end(slot: Slot, node: ast.Call, func: ast.Attribute) -> Iterator[Change]:
    """What is put behind all others put before them, and the other way round."""
    held, first = func.value, ast.Constant(0)
    put = ast.Attribute(held, "insert" if func.attr == "append" else "append", ast.Load())
    args = [first, *node.args] if func.attr == "append" else node.args[1:]
    told = f"each new entry put at the other end of {quoted(held)}"
    yield change(slot, ast.Call(put, args, []), told, "In which order are they made, and read?", 1)


def _exchanged(slot: Slot, node: ast.Call) -> Iterator[Change]:
    """Two of several arguments, each in the place of the other."""
    for i, k in combinations(range(len(node.args)), 2):
        args = list(node.args)
        args[i], args[k] = args[k], args[i]
        told = f"{quoted(args[k])} and {quoted(args[i])} in the other order"
        ask = f"In which order does {quoted(node.func)} take its arguments?"
        yield change(slot, ast.Call(node.func, args, node.keywords), told, ask, 1)


def puts_together(slot: Slot) -> bool:
    """Whether several stand in a row that is no list of what is returned."""
    run_through = isinstance(slot.parent, (ast.For, ast.comprehension)) and slot.field == "iter"
    return run_through or isinstance(slot.parent, ast.Call)


def ordered(slot: Slot, node: ast.List | ast.Tuple) -> Iterator[Change]:
    """What is put together, in the other order: np.vstack([x, a]) for np.vstack([a, x])."""
    for i, k in combinations(range(len(node.elts)), 2):
        order = list(node.elts)
        order[i], order[k] = order[k], order[i]
        told = f"{quoted(node.elts[i])} and {quoted(node.elts[k])} in the other order"
        ask = "Which one comes first in the text, or in what this meets?"
        yield change(slot, type(node)(order, ast.Load()), told, ask)


def _without(slot: Slot, node: ast.Call) -> Iterator[Change]:
    """A call without one of its options: mode="edge", ddof=1; those of axes are changed too."""
    for option in node.keywords if isinstance(node.func, ast.Attribute) else ():
        if option.arg is not None and option.arg not in _HARMLESS:
            rest = [k for k in node.keywords if k is not option]
            told = f"`{option.arg}={quoted(option.value)[1:-1]}` in {quoted(node.func)} left out"
            ask = f"What does NumPy do without it? Look it up with help({ast.unparse(node.func)})."
            yield change(slot, ast.Call(node.func, node.args, rest), told, ask, 1)


def _called(node: ast.Call, other: str) -> ast.Call:
    """The same call of another function, which is NumPy's if this one is."""
    own = node.func
    plain = other in ("sigmoid", "relu")
    if isinstance(own, ast.Attribute) and not plain:
        func: ast.expr = ast.Attribute(own.value, other, ast.Load())
    elif plain:
        func = ast.Name(other, ast.Load())
    else:
        func = ast.Attribute(ast.Name("np", ast.Load()), other, ast.Load())
    return ast.Call(func, node.args, node.keywords)


def _reductions(slot: Slot, node: ast.Call) -> Iterator[Change]:
    """An axis that is missing or too many, and whether it is kept."""
    given = {k.arg: k for k in node.keywords}
    rest = [k for k in node.keywords if k.arg not in ("axis", "keepdims")]
    keep = ast.keyword("keepdims", ast.Constant(True))
    if "axis" not in given and len(node.args) < 2 + (not isinstance(node.func, ast.Attribute)):
        for axis in _AXES:
            for more in ([keep], []):
                also = [ast.keyword("axis", ast.parse(repr(axis), mode="eval").body), *more]
                over = "an axis" if isinstance(axis, int) else f"{len(axis)} axes together"
                told = f"{over} in {quoted(node)}{', kept with length 1' if more else ''}"
                ask = f"Over which index does {quoted(node.func)} run, and which one is left?"
                yield change(slot, ast.Call(node.func, node.args, [*rest, *also]), told, ask, 0)
        return
    if "keepdims" not in given:
        told = f"{quoted(node)} with its axis kept, with length 1"
        ask = "Print its shape, and that of what it meets. Which axis meets which?"
        yield change(slot, ast.Call(node.func, node.args, [*node.keywords, keep]), told, ask, 0)
    told = f"{quoted(node)} over all axes"
    yield change(slot, ast.Call(node.func, node.args, rest), told, rank=1)


def _ranges(slot: Slot, node: ast.Call) -> Iterator[Change]:
    turn = ast.Call(ast.Name("reversed", ast.Load()), [node], [])
    told = f"{quoted(node)} in the other direction"
    yield change(slot, turn, told, "In which order does the loop have to visit them?")
    zero, one = ast.Constant(0), ast.Constant(1)
    starts = [[one, *node.args]] if len(node.args) == 1 else [[zero, *node.args[1:]]]
    for args in starts:
        made = ast.Call(node.func, args, [])
        yield change(slot, made, f"{quoted(node)} from another start", "Which one is the first?")
    for k in range(min(len(node.args), 2)):
        told = f"{quoted(node)} with an end moved by one"
        for moved in shifted(Slot(node, "args", k), told):
            yield replace(moved, kind=Kind.RANGE)
