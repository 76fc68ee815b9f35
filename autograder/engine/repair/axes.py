"""What may be changed where axes are moved: a reshape for a transpose, einsum's letters, an index.

np.reshape takes the entries in the order in which they lie, whatever they mean; it moves no axis.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations
from string import ascii_letters

from autograder.engine.repair.change import Change, Slot, change, quoted

#: Of more axes the orders are not tried.
_AXES = 4
_LIES = (
    "Take 1, 2, 3, ... for the entries: in which order does reshape read them, and which of them "
    "have to stand beside each other?"
)
_LETTERS = "Which index of each array does every letter count, and which of them are summed over?"
_PLACES = "Which axis of the result does each index belong to?"


def changes(within: Iterable[Slot]) -> Iterator[Change]:
    """Yield what may be changed in calls that reshape or sum, and in indices."""
    for slot in within:
        node = slot.node
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "")
            if name == "reshape" and isinstance(node.func, ast.Attribute):
                yield from _reshaped(slot, node, node.func)
            elif name == "transpose":
                yield from _in_any_order(slot, node)
            elif name == "einsum" and node.args and isinstance(node.args[0], ast.Constant):
                yield from _letters(Slot(node, "args", 0), node)
        elif isinstance(node, ast.Attribute) and node.attr == "T":
            yield from _reshaped_and_turned(slot, node.value)
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
            yield from _indices(Slot(node, "slice"), node)


def _reshaped(slot: Slot, node: ast.Call, func: ast.Attribute) -> Iterator[Change]:
    """Yield `x.transpose(...).reshape(n, k)` and `x.T` for `x.reshape(n, k)`."""
    free = getattr(func.value, "id", "") == "np"
    if free and not node.args:
        return
    array, sizes = (node.args[0], node.args[1:]) if free else (func.value, node.args)
    told = f"the axes of {quoted(array)} in another order in the place of {quoted(node)}"
    yield change(slot, _moved(array, ()), told, _LIES, 0)
    told = f"the axes of {quoted(array)} in another order before {quoted(node)}"
    for count in range(2, _AXES + 1):
        for order in list(permutations(range(count)))[1:]:
            made = ast.Call(ast.Attribute(_moved(array, order), "reshape", ast.Load()), sizes, [])
            yield change(slot, made, told, _LIES, 1)


def _reshaped_and_turned(slot: Slot, node: ast.expr) -> Iterator[Change]:
    """Yield `x.reshape(k, n)` for `x.reshape(n, k).T`: the axes are kept, not exchanged."""
    called = getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and called == "reshape" and len(node.args) > 1:
        args = [*node.args[:-2], node.args[-1], node.args[-2]]
        told = f"its sizes in the other order in the place of `.T` at {quoted(node)}"
        yield change(slot, ast.Call(node.func, args, []), told, _LIES, 1)


def _in_any_order(slot: Slot, node: ast.Call) -> Iterator[Change]:
    """Yield the call with its axes in each other order; two exchanged are told elsewhere."""
    holder = node.args[-1] if node.args else None
    axes = holder.elts if isinstance(holder, (ast.Tuple, ast.List)) else node.args
    numbers = [a.value for a in axes if isinstance(a, ast.Constant) and type(a.value) is int]
    if len(numbers) != len(axes) or not 2 < len(axes) <= _AXES:
        return
    array = node.args[0] if holder in node.args[1:] else getattr(node.func, "value", None)
    if isinstance(array, ast.expr) and not (isinstance(array, ast.Name) and array.id == "np"):
        for order in permutations(numbers):
            told = f"the axes of {quoted(array)} in another order than in {quoted(node)}"
            yield change(slot, _moved(array, order), told, _PLACES, 1)


def _moved(array: ast.expr, order: Sequence[int]) -> ast.expr:
    func = ast.Attribute(array, "transpose", ast.Load())
    return ast.Call(func, [ast.Constant(axis) for axis in order], [])


def _letters(slot: Slot, node: ast.Call) -> Iterator[Change]:
    """Yield einsum's letters with two exchanged in one array, or one in the place of another."""
    text = slot.node.value
    if not isinstance(text, str):
        return
    told = f"other letters in {quoted(slot.node)}"
    inner, arrow, outer = text.replace(" ", "").partition("->")
    parts = [*inner.split(","), outer]
    for k, part in enumerate(parts):
        for other in dict.fromkeys(_other_words(part, sorted(set(text) & set(ascii_letters)))):
            new = [*parts[:k], other, *parts[k + 1 :]]
            made = ast.Constant(f"{','.join(new[:-1])}{arrow}{new[-1]}")
            yield change(slot, made, told, _LETTERS, 1)


def _other_words(word: str, letters: Sequence[str]) -> Iterator[str]:
    for i, k in combinations(range(len(word)), 2):
        yield word[:i] + word[k] + word[i + 1 : k] + word[i] + word[k + 1 :]
    for i in range(len(word)):
        for letter in letters:
            if letter != word[i]:
                yield word[:i] + letter + word[i + 1 :]


def _indices(slot: Slot, node: ast.Subscript) -> Iterator[Change]:
    """Yield `x[:, t]` for `x[t, :]`: two indices, each in the place of the other."""
    elements = slot.node.elts
    for i, k in combinations(range(len(elements)), 2):
        order = list(elements)
        order[i], order[k] = order[k], order[i]
        if ast.dump(elements[i]) != ast.dump(elements[k]):
            told = f"two of the indices in {quoted(node)} in the other order"
            yield change(slot, ast.Tuple(order, ast.Load()), told, _PLACES, 1)
