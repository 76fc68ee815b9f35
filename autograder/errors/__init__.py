"""What went wrong where a student's function raised: told from the exception's type and its frame.

An exception is never judged by the words of its message. The frame holds what the names in the
line that stopped stand for, and the code says which of them meet in the operation that failed;
so operands are told with their shapes, and names with those that are near. Nothing of the
student's is called to find that out, and a sentence that is a guess is an object with a condition,
which is evaluated before the sentence is said. Standard library and NumPy only: this runs in the
student's notebook and, with the same words, in the sandbox.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from autograder.errors import (
    arguments,
    attributes,
    calls_numpy,
    division,
    entries,
    keys,
    kinds,
    names,
    operands,
    stops,
    truth,
    unpacking,
)
from autograder.errors.chain import chain
from autograder.errors.origin import handed_over
from autograder.errors.otherwise import attempt, whatever_is_there
from autograder.errors.places import Place, places
from autograder.errors.statement import Role, Statements, collected, question, said

ROLES: tuple[Role, ...] = ("told", "try", "ask")
_LONGEST = 1200
_DEEP = 50  # calls within calls: a recursion, whose way says nothing


@dataclass(frozen=True)
class Account:
    """What is said of one exception.

    Attributes
    ----------
    where : str
        The innermost line of the student's own code; empty if the call itself was refused.
    function : str
        The function that this line belongs to.
    told : tuple of str
        Paragraphs: what happened, how the line was reached, what to ask oneself.
    kind : str
        ``"square"`` where (n,) was added in place to (n, 1); otherwise empty.
    """

    where: str = ""
    function: str = ""
    told: tuple[str, ...] = ()
    kind: str = ""


def account(
    error: BaseException,
    names: Mapping[str, Any] | None,
    called: tuple[Any, Sequence[Any]] | None = None,
    explained: bool = True,
) -> Account:
    """Explain an exception.

    Parameters
    ----------
    error : BaseException
    names : mapping or None
        The namespace that the student's code runs in.
    called : tuple of (function, arguments), optional
        The call that was made from outside.
    explained : bool
        Whether more is said of it than where it was raised.
    """
    found = places(error.__traceback__, names)
    if not found and not explained:
        return Account()
    if not found:
        refused = (
            arguments.refused(*called) if called and isinstance(error, TypeError) else iter(())
        )
        return Account(told=_paragraphs(error, refused, ()))
    place = found[-1]
    text = f": {place.text}" if place.text else ""
    where = f"line {place.number}, in {place.function}{text}"
    if isinstance(error, NotImplementedError) or not explained:
        return Account(where, place.function)
    kind = "square" if isinstance(error, ValueError) and operands.square(error, place) else ""
    return Account(where, place.function, _paragraphs(error, _explain(error, found), found), kind)


def _paragraphs(
    error: BaseException, statements: Statements, found: Sequence[Place]
) -> tuple[str, ...]:
    """What happened; how it came to that, and what to try; what to ask oneself."""
    holding = collected(statements)
    told, tries, asked = (said(holding, role) for role in ROLES)
    if not told:
        return ()
    way = said(collected(chain(found))) if _may_be_handed_over(error, found) else []
    if not way and not tries and found:
        tries = [attempt(found[-1])]
    parts = (" ".join(told), " ".join([*way, *tries[:1]]), f"Ask yourself: {asked[0]}")
    return tuple(part[:_LONGEST] for part in parts)


def _may_be_handed_over(error: BaseException, found: Sequence[Place]) -> bool:
    """Whether what a caller handed over may be behind it."""
    if isinstance(error, NameError | ImportError | SystemExit) or len(found) > _DEEP:
        return False
    if not found or type(error).__name__ == "TimeLimit" or not handed_over(found[-1]):
        return False
    node = found[-1].node
    return not (
        isinstance(node, ast.Attribute) and isinstance(found[-1].peek(node.value), ModuleType)
    )


def _explain(error: BaseException, found: Sequence[Place]) -> Statements:
    """What is said by type and place, and what always can be."""
    place = found[-1]
    if isinstance(error, RecursionError):
        yield from stops.too_deep(error, found)
    elif _is(error, "TimeLimit"):
        yield from stops.too_long(found)
    elif stops.raised_by(place):
        yield from stops.own_raise(error, place)
    else:
        rule = next((rule for kind, rule in _RULES if _is(error, kind)), None)
        statements = collected(rule(error, place)) if rule is not None else []
        if not said(statements):
            yield from whatever_is_there(place)
        yield from statements
    yield question("Which of the values in that line is not what the line takes it for?")


def _is(error: BaseException, kind: Any) -> bool:
    """By type; `TimeLimit` is told by its name, as the sandbox has one of its own."""
    return type(error).__name__ == kind if isinstance(kind, str) else isinstance(error, kind)


def _value(error: BaseException, place: Place) -> Statements:
    """ValueError: by the code at which it happened; where that cannot be read nothing is known."""
    if place.node is None:
        return iter(())
    if unpacking.target_of(place) is not None:
        return unpacking.unpacking(error, place)
    sides = operands.operator_of(place)
    if sides is not None:
        strange = any(type(place.peek(side)) in (tuple, list) for side in sides[1:3])
        return kinds.wrong_kind(error, place) if strange else operands.at_operator(error, place)
    if isinstance(place.node, ast.Subscript):
        return calls_numpy.at_assignment(error, place)
    if isinstance(place.node, ast.Call) and not _asks_for_truth(place):
        return calls_numpy.at_call(error, place)
    return truth.ambiguous(error, place)


def _asks_for_truth(place: Place) -> bool:
    """Whether one of Python's own functions compares an array as a whole."""
    node = place.node
    return isinstance(node, ast.Call) and truth.is_builtin(place.peek(node.func))


def _type(error: BaseException, place: Place) -> Statements:
    """TypeError: by the code at which it happened."""
    if unpacking.target_of(place) is not None:
        yield from unpacking.unpacking(error, place)
        return
    if isinstance(place.node, ast.Call):
        told = collected(arguments.at_call(place.node, place))
        yield from told
        if said(told):
            return
    if isinstance(place.node, ast.Subscript) and isinstance(place.node.ctx, ast.Store):
        yield from calls_numpy.at_assignment(error, place)
    yield from kinds.wrong_kind(error, place)


_RULES: tuple[tuple[Any, Any], ...] = (
    (UnboundLocalError, names.no_value_yet),
    (NameError, names.unknown_name),
    (AttributeError, attributes.no_attribute),
    (KeyError, keys.no_key),
    (IndexError, entries.no_entry),
    (ZeroDivisionError, division.division),
    (AssertionError, stops.failed_assertion),
    (ImportError, names.missing_import),
    (MemoryError, stops.too_large),
    (SystemExit, stops.leaving),
    (ValueError, _value),
    (TypeError, _type),
)
