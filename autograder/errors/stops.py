"""Exceptions that say: stop. The student's own, an assertion, depth, memory, time, exit."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from typing import Any

from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place, parent
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import describe, some


def raised_by(place: Place) -> ast.Raise | None:
    """The student's own `raise`, if the exception comes from one."""
    return next((n for n in place.nodes if isinstance(n, ast.Raise)), None)


def own_raise(error: BaseException, place: Place) -> Statements:
    """An exception that the student's code raises by itself."""
    yield Statement(f"The `raise` in {place.line} stopped it.", lambda: raised_by(place))
    around = _condition(place)
    if around is not None:
        yield Statement(
            f"It stands under {place.quote(around.test)}, which held for what the checks "
            "handed over."
        )
        yield from _operands(around.test, place)
    yield Statement(
        "What to try: call the function in a cell of its own, with arguments that the contract "
        "allows.",
        role="try",
    )
    yield question(
        "Is that condition what the contract says, and should the function raise here at all?",
        around is not None,
    )
    yield question("In which case does the contract say that the function raises?")


def _condition(place: Place) -> ast.If | None:
    """The `if` whose first branch the place stands in."""
    node: Any = place.node
    while node is not None and not isinstance(node, ast.FunctionDef):
        around = parent(node)
        if isinstance(around, ast.If) and any(node is part for part in around.body):
            return around
        node = around
    return None


def failed_assertion(error: BaseException, place: Place) -> Statements:
    """AssertionError: the student's own `assert`, and what its two sides are."""
    node: Any = place.node
    while node is not None and not isinstance(node, ast.Assert):
        node = parent(node)
    if node is None:
        yield Statement(
            f"An assertion does not hold in {place.line}, at {place.quote(place.nodes[0])}.",
            lambda: place.nodes,
        )
        yield question("Which of the two values is not what you expect?")
        return
    yield Statement(f"The `assert` in {place.line} does not hold: {place.quote(node.test)}.")
    yield from _operands(node.test, place)
    yield question(
        "Which side is not what you expect? If the values are right by the contract, the "
        "assertion asks "
        "for too much."
    )


def _operands(test: ast.expr, place: Place) -> Statements:
    """The sides of a comparison, as far as they are sizes, shapes or kinds."""
    if not isinstance(test, ast.Compare):
        return
    for part in [test.left, *test.comparators]:
        value = place.peek(part)
        yield Statement(
            f"{place.quote(part)} is {value if type(value) is tuple else describe(value)}.",
            (
                value is not UNKNOWN
                and not isinstance(part, ast.Constant)
                and (type(value) is not tuple or all(type(n) is int for n in value))
            ),
        )


def too_deep(error: BaseException, found: Sequence[Place]) -> Statements:
    """RecursionError: which functions call each other without an end."""
    calls = Counter(place.function for place in found if place.code.co_name == place.function)
    most = [name for name, times in calls.items() if times > 20]
    first = next((place for place in reversed(found) if place.function in most), None)
    yield Statement(
        f"`{''.join(most)}` calls itself again and again, in line {first.number if first else 0}, "
        "until Python stops it.",
        len(most) == 1,
    )
    yield Statement(
        f"{some([f'`{name}`' for name in most])} call each other again and again, until Python "
        "stops "
        "them.",
        len(most) > 1,
    )
    yield Statement(
        "What to try: print the arguments in the first line of the function, and watch how "
        "they change "
        "from call to call.",
        role="try",
    )
    yield question(
        "In which case should the function return without a further call, and does each call "
        "come nearer "
        "to that case?"
    )


def too_large(error: BaseException, place: Place) -> Statements:
    """MemoryError: an array that does not fit into memory."""
    shape = getattr(error, "shape", None)
    yield Statement(
        f"{place.at}, an array of shape {shape} is asked for, for which there is no memory.",
        lambda: type(shape) is tuple,
    )
    yield Statement(
        f"{place.at}, more memory is asked for than there is.",
        lambda: type(shape) is not tuple,
    )
    yield question(
        "Which axes should that array have, and does something grow in a loop without an end?"
    )


def too_long(found: Sequence[Place]) -> Statements:
    """A time limit: where the function was, and whether the loop around it can end."""
    place = found[-1]
    yield Statement(f"When it was stopped, it was in {place.line}.")
    yield Statement(
        "What to try: print the names that the loop changes, once a round, and stop it after ten.",
        role="try",
    )
    place, loop = next(
        ((one, loop) for one in reversed(found) if (loop := _while(one))), (place, None)
    )
    if loop is not None:
        names = {n.id for n in ast.walk(loop.test) if isinstance(n, ast.Name)}
        ways_out = [n for n in ast.walk(loop) if isinstance(n, ast.Break | ast.Return | ast.Raise)]
        changed = {
            n.id for n in ast.walk(loop) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        touched = {
            n.value.id
            for n in ast.walk(loop)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
        }
        calls = any(isinstance(n, ast.Call) for n in ast.walk(loop.test))
        where = f"line {loop.lineno} of `{place.function}`"
        head = f"The loop in {where}, `while {place.quote(loop.test)[1:]},"
        yield Statement(
            f"{head} has no `break` and no `return`.",
            lambda: not names and not calls and not ways_out,
        )
        yield Statement(
            f"{head} changes nothing that its condition looks at, and has no `break` and no "
            "`return`.",
            lambda: names and not calls and not ways_out and not names & (changed | touched),
        )
        yield Statement(
            "An `except` that names no kind of error catches everything, also the attempt to "
            "stop it.",
            any(isinstance(n, ast.ExceptHandler) and n.type is None for n in ast.walk(loop)),
        )
        for name in sorted(names & changed):
            value = place.peek(ast.Name(name, ast.Load()))
            yield Statement(f"`{name}` was {value} then.", type(value) is int)
        yield question("Which line of that loop brings its end nearer, in every round?")
    yield question(
        "How many rounds should its loops have with these sizes, and how many do they have?"
    )


def _while(place: Place) -> ast.While | None:
    node: Any = place.node
    while node is not None and not isinstance(node, ast.While):
        node = parent(node)
    if node is not None:
        return node
    inside = (n for n in ast.walk(place.definition or ast.Pass()) if isinstance(n, ast.While))
    return next((n for n in inside if n.lineno <= place.number <= (n.end_lineno or 0)), None)


def leaving(error: BaseException, place: Place) -> Statements:
    """SystemExit: a function that ends the whole program."""
    yield Statement(
        f"What stands in {place.line} ends the whole program; a function hands its result back "
        "with `return`, and the notebook goes on."
    )
    yield question("What should the function return here?")
