"""A few words on values, names and code, for sentences that students read."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Sequence
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np

from autograder.errors.pure import is_a, shape_of

_WORSE = 0.1  # how much less alike than the nearest a name may be
_LONGEST = 60  # characters of code that one sentence quotes
_TYPE_NAME = type.__dict__["__name__"]
_NUMBERS = {"i": "whole numbers", "u": "whole numbers", "b": "booleans", "c": "complex numbers"}


def article(word: str) -> str:
    """The word with its article.

    Examples
    --------
    >>> article("int"), article("list"), article("uint8"), article("ndarray")
    ('an int', 'a list', 'a uint8', 'an ndarray')
    """
    start = word.lower()
    vowel = start[:1] in "aeiou" and not start.startswith(("uint", "uni", "use"))
    return f"{'an' if vowel or start.startswith('nd') else 'a'} {word}"


def type_name(value: Any) -> str:
    """The name of a value's type, without asking the type itself."""
    return str(_TYPE_NAME.__get__(type(value)))[:80]


def count(number: int, noun: str) -> str:
    """``"1 value"``, ``"3 values"``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def some(names: Sequence[str], conjunction: str = "and", most: int = 8) -> str:
    """A few names in a row: ``"a, b and 4 more"``."""
    if len(names) < 2:
        return "".join(names)
    first, last = (names[:most], None) if len(names) > most + 1 else (names[:-1], names[-1])
    return f"{', '.join(first)} {conjunction} {last or f'{len(names) - most} more'}"


def near(wanted: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names that are spelt nearly as the wanted one, the nearest first."""
    names = {name for name in known if isinstance(name, str) and name != wanted}
    same = sorted(name for name in names if sorted(name.lower()) == sorted(wanted.lower()))
    if len(wanted) < 3:
        begun = [name for name in sorted(names) if len(wanted) == 2 and name[:-1] == wanted]
        return [*(name for name in same if name.lower() == wanted.lower()), *begun][:most]
    cutoff = 0.75 if len(wanted) > 3 else 0.6
    rest = difflib.get_close_matches(wanted[:80], sorted(names), most, cutoff)
    best = _likeness(wanted, rest[0]) if rest else 0.0
    rest = [name for name in rest if _likeness(wanted, name) > best - _WORSE]
    return list(dict.fromkeys([*same, *rest]))[:most]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def code(node: ast.AST, lines: Sequence[str] = ()) -> str:
    """A piece of the student's code in backticks, on one line and not too long."""
    found = ast.get_source_segment("".join(lines), node) if lines else None
    text = " ".join((found or ast.unparse(node)).split()).replace("`", "'")
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"


def describe(value: Any) -> str:
    """What a value is: its kind, its shape, how many items; no number but a size or an index."""
    kind = type(value)
    if value is None or kind is bool:
        return str(value)
    if kind is int:
        return f"the number {value}" if -(10**9) < value < 10**9 else "a large int"
    if kind is str:
        return repr(value if len(value) <= 30 else value[:29] + "…")
    if is_a(value, np.ndarray | np.generic):
        return _array(value)
    if kind in (tuple, list):
        return _items(value)
    if kind is dict:
        return f"a dict with {keys(value)}" if value else "an empty dict"
    if is_a(value, ModuleType):
        return "a module"
    if is_a(value, FunctionType | BuiltinFunctionType | np.ufunc):
        return "a function"
    return (
        f"the class {_TYPE_NAME.__get__(value)}" if is_a(value, type) else article(type_name(value))
    )


def _array(value: Any) -> str:
    if type(value) is not np.ndarray:
        return "a number" if is_a(value, np.number) else article(type_name(value))
    what = _NUMBERS.get(value.dtype.kind, "" if value.dtype.kind == "f" else value.dtype.name)
    return f"an array of {what + ', ' if what else ''}shape {value.shape}"


def _items(value: Any) -> str:
    kind = article(type_name(value))
    if not value:
        return f"an empty {type_name(value)}"
    if type(value) is tuple and all(type(item) is int for item in value):
        return f"the tuple {value}"
    shown = [_short(item) for item in value[:4]]
    more = ", …" if len(value) > 4 else ""
    return f"{kind} of {count(len(value), 'item')}: {', '.join(shown)}{more}"


def _short(value: Any) -> str:
    if type(value) is np.ndarray:
        return f"an array {value.shape}"
    if type(value) in (tuple, list):
        return f"{article(type_name(value))} of {len(value)}"
    return article(type_name(value)) if value is not None else "None"


def keys(value: dict[Any, Any], most: int = 8) -> str:
    """``"the keys 'W1' and 'b1'"``; keys of other types than str and int are named by type."""
    told = [
        repr(k) if type(k) in (str, int) else article(type_name(k)) for k in list(value)[: most + 2]
    ]
    told += ["…"] * (len(value) - len(told))
    return f"the {'key' if len(told) == 1 else 'keys'} {some(told, most=most)}"


def shapes(*pairs: tuple[str, Any]) -> str:
    """``"`W` has shape (3, 5) and `dZ` has shape (3, 7)"``, each name once."""
    told = [f"{name} has shape {shape_of(value)}" for name, value in dict(pairs).items()]
    return some(told, most=4)
