"""An attribute that is not there: misspelt, of another object, or gone from NumPy."""

from __future__ import annotations

import ast
import builtins
import contextlib
import re
from types import ModuleType
from typing import Any

import numpy as np

from autograder.errors.peek import UNKNOWN, look_up
from autograder.errors.places import Place
from autograder.errors.pure import is_a
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import article, describe, near, some, type_name

#: What NumPy dropped after 2.0, and what came in its place; NumPy itself keeps the list of 2.0.
_LATER = {
    "product": "prod",
    "cumproduct": "cumprod",
    "in1d": "isin",
    "trapz": "trapezoid",
    "row_stack": "vstack",
    "msort": "sort",
    "bool8": "bool_",
    "int0": "intp",
    "uint0": "uintp",
    "object0": "object_",
    "str0": "str_",
    "bytes0": "bytes_",
}
#: Names from elsewhere, and what they are called here.
_MEANT = {
    "add": "append",
    "push": "append",
    "avg": "mean",
    "average": "mean",
    "length": "size",
    "len": "size",
}
_LOST = re.compile("module 'numpy' has no attribute '(\\w+)'")
_ARRAYS = (list, tuple, int, float)


def no_attribute(error: BaseException, place: Place) -> Statements:
    """AttributeError: of what, and which attributes are near."""
    node = next((n for n in place.nodes if isinstance(n, ast.Attribute)), None)
    name = node.attr if node is not None else getattr(error, "name", None)
    holder = place.peek(node.value) if node is not None else UNKNOWN
    if holder is UNKNOWN:
        owner = getattr(error, "obj", None)
        holder = UNKNOWN if owner is None else owner
    lost = _LOST.search(str(error))
    if node is None and lost is not None:  # NumPy raises without saying of what
        name, holder = lost[1], np
    if not isinstance(name, str) or (holder is UNKNOWN and node is None):
        return
    without = "`np`" if holder is np else "what stands there"
    code = place.quote(node.value) if node is not None else without
    if holder is np:
        yield from _of_numpy(name, code.strip("`"), place)
        return
    what = "" if holder is UNKNOWN else f"; it is {describe(holder)}"
    yield Statement(f"{code} has no attribute `{name}` in {place.line}{what}.")
    yield from _of_another(name, code, holder)
    spelt = near(name, _attributes(holder))
    if spelt:
        yield Statement(f"Spelt nearly so {'are' if len(spelt) > 1 else 'is'} {_ticks(spelt)}.")
    yield question(f"Is {code} what the line takes it for? Where did it get its value?")


def _of_another(name: str, code: str, holder: Any) -> Statements:
    """The attribute is one of an array, and this is none; or the other way round."""
    kind = type(holder)
    yield Statement(
        f"Arrays have `{name}`; {article(kind.__name__)} has none, until np.array makes an "
        "array of it.",
        lambda: kind in _ARRAYS and hasattr(np.ndarray, name),
    )
    yield Statement(
        "A function without a `return`, and a method that works in place such as `list.sort`, give "
        "None.",
        lambda: holder is None,
    )
    yield Statement(
        f"NumPy has the function `np.{name}`; an array is its argument.",
        lambda: kind is np.ndarray and callable(vars(np).get(name)),
    )
    yield Statement(
        f"Lists have `{name}`; an array keeps its size.",
        lambda: kind is np.ndarray and hasattr(list, name) and not hasattr(np, name),
    )
    yield Statement(
        f"{code} is the function itself: its result comes with brackets, {code[:-1]}(...)`.",
        lambda: callable(holder) and not is_a(holder, type | np.generic),
    )
    meant = _MEANT.get(name, "")
    yield Statement(
        f"What {article(type_name(holder))} has is `{meant}`.",
        bool(meant) and meant in _attributes(holder),
    )
    yield Statement(
        f"It has a key {name!r}, which stands in square brackets.",
        lambda: kind is dict and name in holder,
    )


def _of_numpy(name: str, module: str, place: Place) -> Statements:
    """NumPy has lost names in its second version; others are misspelt, or Python's own."""
    told = _numpy_advice(name)
    if told:
        yield Statement(f"`{module}.{name}` is no longer part of NumPy ({place.line}). {told}")
        yield question("Which line was written for an older NumPy, and what is its name today?")
        return
    yield Statement(f"NumPy has nothing called `{module}.{name}` ({place.line}).")
    spelt = near(name, (n for n in vars(np) if not n.startswith("_")))
    if spelt:
        yield Statement(
            f"Spelt nearly so {'are' if len(spelt) > 1 else 'is'} "
            f"{_ticks([f'{module}.{one}' for one in spelt])}."
        )
    yield Statement(
        f"`{name}` belongs to Python: it needs no `{module}.` before it.",
        lambda: name in vars(builtins),
    )
    own = look_up(name, place.frame)
    yield Statement(
        f"`{name}` is a name of your notebook, not of NumPy.",
        lambda: own is not UNKNOWN and name not in vars(builtins),
    )
    holders = [part for part in ("linalg", "random") if hasattr(getattr(np, part), name)]
    yield Statement(f"There is `{module}.{''.join(holders[:1])}.{name}`.", lambda: holders)
    yield question(f"What is the function called that you mean by `{module}.{name}`?")


def _numpy_advice(name: str) -> str:
    """What NumPy says of a name that it has dropped; empty if it never had it."""
    former = getattr(np, "__former_attrs__", {})
    if name in former and hasattr(builtins, name):
        kind = np.dtype(getattr(builtins, name)).name
        return (
            f"Python's own `{name}` does the same, and `np.{kind}` is NumPy's."
            if kind in vars(np)
            else f"Python's own `{name}` does the same."
        )
    expired = getattr(np, "__expired_attributes__", {})
    if name in expired:
        return str(expired[name]).replace("``", "`") or "It has no successor."
    later = _LATER.get(name, "")
    return f"Its place was taken by `np.{later}`." if later in vars(np) else ""


def _attributes(holder: Any) -> set[str]:
    if holder is UNKNOWN or holder is None:
        return set()
    if is_a(holder, ModuleType):
        return {name for name in vars(holder) if not name.startswith("_")}
    names = {name for kind in type(holder).__mro__ for name in vars(kind)}
    with contextlib.suppress(AttributeError):
        names |= set(object.__getattribute__(holder, "__dict__"))
    return {name for name in names if isinstance(name, str) and not name.startswith("_")}


def _ticks(names: list[str]) -> str:
    return some([f"`{name}`" for name in names], "and")
