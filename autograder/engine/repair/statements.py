"""What may be changed in one statement: `=` for `+=`, a line too many, a line too early."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from autograder.engine.repair import conditions, moves, new_arrays
from autograder.engine.repair.change import Change, Slot, at, quoted, slots
from autograder.engine.repair.scope import alike

#: So many lines before a loop may belong into it.
_BEFORE = 4
#: What may stand in a loop or out of it.
_LINES = (ast.Assign, ast.AugAssign, ast.Expr, ast.If)


def changes(tree: ast.AST) -> Iterator[Change]:
    """Yield what may be changed in the statements of a function."""
    for block in moves.blocks(tree):
        yield from _of_block(*block)


def _of_block(parent: ast.AST, field: str, body: list[Any]) -> Iterator[Change]:
    for k, statement in enumerate(body):
        slot = Slot(parent, field, k)
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
            yield _left_out(slot, statement)
        if isinstance(statement, (ast.Assign, ast.AugAssign)):
            yield from _assigned(slot, statement)
        yield from new_arrays.in_one(slot)
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Return)):
            yield from _exchanged(statement)
        if isinstance(statement, (ast.For, ast.While)):
            yield from _loop(parent, field, k, statement)
            yield from _before(Slot(parent, field), body, k, statement)
        if isinstance(statement, ast.If):
            yield from conditions.of_if(statement)
            yield from moves.out_of_if(parent, field, k, statement)
    yield from moves.in_block(parent, field, body)
    yield from _drawn_in(parent, field, body)


def _left_out(slot: Slot, statement: ast.stmt) -> Change:
    """A line too many: what counts or scales is one more often than what makes an array."""
    rank, ask = 2, "Which part of the formula, or of the text, is it?"
    if isinstance(statement, ast.If) and isinstance(statement.body[0], (ast.Continue, ast.Break)):
        told = "this condition, and what stands below it, left out"
        return _one(slot, at(ast.Pass(), statement), told, "What is skipped there, and why?", 0)
    if isinstance(statement, ast.AugAssign):
        scales = isinstance(statement.op, (ast.Mult, ast.Div))
        rank = 0 if isinstance(statement.value, ast.Constant) else 1 if scales else 2
    return _one(slot, at(ast.Pass(), statement), "this line left out", ask, rank)


def _drawn_in(parent: ast.AST, field: str, body: list[Any]) -> Iterator[Change]:
    """`v *= c` behind `v = A @ b`, with c at b: a factor that belongs inside of a product."""
    for k in range(1, len(body)):
        line, before = body[k], body[k - 1]
        scaled = isinstance(line, ast.AugAssign) and isinstance(line.op, (ast.Mult, ast.Div))
        if not scaled or not isinstance(before, ast.Assign):
            continue
        if isinstance(before.value, ast.Name):  # a second name: a copy is what it lacks
            continue
        if ast.unparse(before.targets[0]) != ast.unparse(line.target):
            continue
        told = f"the factor {quoted(line.value)} inside of the line before, {quoted(before)}"
        ask = f"With what is {quoted(line.value)} multiplied in the formula, entry by entry?"
        left_out = (Slot(parent, field, k), at(ast.Pass(), line))
        for slot in slots(before):
            if (
                isinstance(slot.node, (ast.Name, ast.Subscript, ast.BinOp))
                and slot.field != "slice"
            ):
                if isinstance(getattr(slot.node, "ctx", None), ast.Store):
                    continue
                made = at(ast.BinOp(slot.node, line.op, line.value), slot.node)
                yield Change(((slot, made), left_out), line.lineno, told, ask, 0)


def _exchanged(statement: ast.stmt) -> Iterator[Change]:
    """Two names that stand in one line, each in the place of the other."""
    held: dict[str, list[Slot]] = {}
    for slot in slots(statement):
        if isinstance(slot.node, ast.Name) and isinstance(slot.node.ctx, ast.Load):
            held.setdefault(slot.node.id, []).append(slot)
    for one, other in combinations(held, 2):
        if alike(one, other):
            puts = [(s, at(ast.Name(other, ast.Load()), s.node)) for s in held[one]]
            puts += [(s, at(ast.Name(one, ast.Load()), s.node)) for s in held[other]]
            told = f"`{one}` and `{other}` exchanged"
            ask = f"What does each of the two meet in the formula, `{one}` and `{other}`?"
            line = min(s.node.lineno for s, _ in puts)  # a statement may have several
            yield Change(tuple(puts), line, told, ask, 1)


def _one(slot: Slot, node: Any, told: str, ask: str, rank: int) -> Change:
    return Change(((slot, node),), slot.node.lineno, told, ask, rank)


def _assigned(slot: Slot, node: ast.Assign | ast.AugAssign) -> Iterator[Change]:
    yield from _added(slot, node) if isinstance(node, ast.AugAssign) else _written(slot, node)


def _added(slot: Slot, node: ast.AugAssign) -> Iterator[Change]:
    target, value = node.target, node.value
    told = f"{quoted(target)} written anew, and not changed by what it held"
    ask = f"What does {quoted(target)} hold before this line, in each round?"
    yield _one(slot, at(ast.Assign([target], value), node), told, ask, 0)
    other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    made = at(ast.AugAssign(target, other, value), node)
    yield _one(slot, made, f"the other sign before {quoted(value)}", "Which sign has it?", 0)
    for operator in (ast.Mult(), ast.Div()):
        if not isinstance(node.op, type(operator)):
            told = f"another operator before {quoted(value)}"
            made = at(ast.AugAssign(target, operator, value), node)
            yield _one(slot, made, told, "What is done with the two in the formula?", 1)


def _written(slot: Slot, node: ast.Assign) -> Iterator[Change]:
    target, *more = node.targets
    if more:
        return
    if isinstance(target, (ast.Name, ast.Subscript)):
        of_dicts = isinstance(node.value, (ast.Dict, ast.DictComp))
        joined: ast.operator = ast.BitOr() if of_dicts else ast.Add()
        joined = ast.BitAnd() if conditions.is_truth(node.value) else joined
        sign = {ast.BitOr: "|=", ast.Add: "+=", ast.BitAnd: "&="}[type(joined)]
        told = f"`{sign}` for `=`, so that what {quoted(target)} held before is kept"
        ask = "What has to be in it at the end, and what of that does this line write over?"
        yield _one(slot, at(ast.AugAssign(target, joined, node.value), node), told, ask, 0)
        less = f"`-=` for `=`, so that {quoted(node.value)} is taken off what was there"
        yield _one(slot, at(ast.AugAssign(target, ast.Sub(), node.value), node), less, ask, 1)
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            # a key that no line before gave a value: it begins with 0
            get = ast.Attribute(target.value, "get", ast.Load())
            held = ast.Call(get, [target.slice, ast.Constant(0)], [])
            begun = ast.Assign([target], ast.BinOp(held, ast.Add(), node.value))
            yield _one(slot, at(begun, node), told, ask, 1)
    if isinstance(target, ast.Tuple) and len(target.elts) > 1:
        for i, k in combinations(range(len(target.elts)), 2):
            order = list(target.elts)
            order[i], order[k] = order[k], order[i]
            told = f"{quoted(target.elts[i])} and {quoted(target.elts[k])} in the other order"
            made = at(ast.Assign([ast.Tuple(order, ast.Store())], node.value), node)
            # neighbours are exchanged more often than what stands far apart, and a shape hardly
            # ever: one size for another is a wrong name further down
            rank = 2 if getattr(node.value, "attr", "") == "shape" else 0 if k == i + 1 else 1
            yield _one(slot, made, told, "In which order does what is on the right come?", rank)


def _with_body(loop: ast.For | ast.While, body: Sequence[Any]) -> Any:
    """The same loop over other lines."""
    return at(type(loop)(**vars(loop) | {"body": list(body)}), loop)


def _loop(parent: ast.AST, field: str, k: int, loop: ast.For | ast.While) -> Iterator[Change]:
    """The first and the last line of a loop, and those beside it, in or out of it."""
    body: list[Any] = getattr(parent, field)
    whole = Slot(parent, field)

    for at_end in (True, False):
        if len(loop.body) > 1:
            line = loop.body[-1] if at_end else loop.body[0]
            inner = loop.body[:-1] if at_end else loop.body[1:]
            new = [_with_body(loop, inner), line] if at_end else [line, _with_body(loop, inner)]
            made = [*body[:k], *new, *body[k + 1 :]]
            told = f"this line outside of the loop of line {loop.lineno}"
            yield Change(((whole, made),), line.lineno, told, "How often should it run?", 1)
        if at_end:
            yield from _behind(whole, body, k, loop)
        place = k + 1 if at_end else k - 1
        if 0 <= place < len(body) and isinstance(body[place], _LINES):
            line = body[place]
            new = [*loop.body, line] if at_end else [line, *loop.body]
            low, high = min(place, k), max(place, k)
            made = [*body[:low], _with_body(loop, new), *body[high + 1 :]]
            told = f"this line inside of the loop of line {loop.lineno}"
            yield Change(((whole, made),), line.lineno, told, "How often should it run?", 1)


def _before(whole: Slot, body: list[Any], k: int, loop: ast.For | ast.While) -> Iterator[Change]:
    """A line some lines before a loop that belongs into it, if the loop takes no parts of it."""
    nodes = [n for part in loop.body for n in ast.walk(part)]
    filled = [n.value for n in nodes if isinstance(n, ast.Subscript)]
    filled += [n.target for n in nodes if isinstance(n, ast.AugAssign)]
    kept = {n.id for n in filled if isinstance(n, ast.Name)}
    for place in range(max(0, k - _BEFORE), k - 1):  # the one just before it is tried already
        line = body[place]
        made_here = {n.id for n in ast.walk(line) if isinstance(n, ast.Name)} & kept
        if isinstance(line, ast.Assign) and not made_here:
            other = _with_body(loop, [line, *loop.body])
            told = f"this line inside of the loop of line {loop.lineno}"
            made = [*body[:place], *body[place + 1 : k], other, *body[k + 1 :]]
            yield Change(((whole, made),), line.lineno, told, "How often should it run?", 2)


def _behind(whole: Slot, body: list[Any], k: int, loop: ast.For | ast.While) -> Iterator[Change]:
    """Several lines behind a loop that belong into it."""
    for end in range(k + 3, len(body) + 1):
        if not isinstance(body[end - 1], (ast.Assign, ast.AugAssign, ast.Expr)):
            return
        inner = [*loop.body, *body[k + 1 : end]]
        other = _with_body(loop, inner)
        told = f"this line and the {end - k - 2} after it inside of the loop of line {loop.lineno}"
        made = [*body[:k], other, *body[end:]]
        yield Change(((whole, made),), body[k + 1].lineno, told, "How often should they run?", 1)
