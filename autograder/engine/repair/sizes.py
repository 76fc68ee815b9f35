"""The size of an array, or a name, in the place of a number that was written down."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

import numpy as np

from autograder.engine.repair.change import Change, Slot, change, quoted
from autograder.engine.repair.scope import Scope

#: Smaller numbers count something else: axes, powers, the two of a mean.
_LEAST = 3


def changes(within: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield numbers for which a size is taken, its root, or what a name holds."""
    sizes, scalars = list(_sizes(scope)), [n for n in scope.numbers() if not np.ndim(scope.held[n])]
    for slot in within:
        node = slot.node
        value = node.value if isinstance(node, ast.Constant) else None
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            continue
        for name in scalars if not isinstance(slot.parent, ast.keyword) else ():
            told = f"a name in the place of {quoted(node)}"
            ask = f"Is it {quoted(node)} whatever comes in, and in each round of a loop?"
            powered = isinstance(slot.parent, ast.BinOp) and isinstance(slot.parent.op, ast.Pow)
            rank = 2 if isinstance(value, int) and not powered else 1
            yield change(slot, ast.Name(name, ast.Load()), told, ask, rank)
        if value >= _LEAST:
            told = f"a size in the place of {quoted(node)}"
            ask = f"Is it {quoted(node)} whatever comes in? What is it the size of?"
            for size in sizes:
                yield change(slot, size, told, ask, 1)
                root = ast.Attribute(ast.Name("np", ast.Load()), "sqrt", ast.Load())
                yield change(slot, ast.Call(root, [size], []), told, ask, 2)


def _sizes(scope: Scope) -> Iterator[ast.expr]:
    """The sizes of arrays along their axes; two that are equal here differ elsewhere."""
    for name in scope.numbers():
        for axis in range(np.ndim(scope.held[name])):
            shape = ast.Attribute(ast.Name(name, ast.Load()), "shape", ast.Load())
            yield ast.Subscript(shape, ast.Constant(axis), ast.Load())
