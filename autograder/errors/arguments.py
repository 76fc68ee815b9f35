"""A call with too many, too few or unknown arguments."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType, FunctionType, MethodType
from typing import Any

import numpy as np

from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import is_a
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import code, count, near, some

_WHICH = (
    "Which of the two has an argument too many or too few: the call, or the first line of the "
    "function?"
)


@dataclass(frozen=True)
class Signature:
    """What a function takes, as its code says."""

    name: str
    names: tuple[str, ...]
    needed: int
    keywords: frozenset[str]
    open: bool
    named_only: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"({', '.join(self.names)})" if self.names else ""
        if self.needed < len(self.names):
            return f"takes {self.needed} to {count(len(self.names), 'argument')} {told}"
        return f"takes {count(len(self.names), 'argument')}{' ' if told else ''}{told}"

    def wrong(self, given: int, named: Sequence[str]) -> bool:
        """Whether it refuses so many arguments and these names."""
        if given > len(self.names) and not self.open:
            return True
        return bool(self.unknown(named) or self.missing(given, named))

    def unknown(self, named: Sequence[str]) -> list[str]:
        """Names in the call that it does not know."""
        known = {*self.names, *self.keywords}
        return [n for n in named if n not in known and "**" not in known]

    def missing(self, given: int, named: Sequence[str]) -> list[str]:
        """Names of arguments that the call leaves out."""
        places = [n for n in self.names[given : self.needed] if n not in named]
        return places + [n for n in self.named_only if n not in named]


def signature(function: Any) -> Signature | None:
    """What a function of the notebook takes; None for anything else."""
    bound = 0
    if is_a(function, type):  # making an object calls its __init__
        function = next(
            (vars(k)["__init__"] for k in function.__mro__ if "__init__" in vars(k)), None
        )
        bound = 1
    if type(function) is MethodType:
        function, bound = function.__func__, 1
    if type(function) is not FunctionType:
        return None
    body: CodeType = function.__code__
    names = body.co_varnames[bound : body.co_argcount]
    keywords = body.co_varnames[body.co_argcount :][: body.co_kwonlyargcount]
    needed = len(names) - len(function.__defaults__ or ())
    optional = function.__kwdefaults__ or {}
    extra = {"**"} if body.co_flags & inspect.CO_VARKEYWORDS else set()
    required = tuple(k for k in keywords if k not in optional)
    open_ = bool(body.co_flags & inspect.CO_VARARGS)
    return Signature(
        function.__name__, names, needed, frozenset({*keywords, *extra}), open_, required
    )


def refused(function: Any, args: Sequence[Any]) -> Statements:
    """The checks' own call was refused: what the function takes, and what it is called with."""
    takes = signature(function)
    if takes is None or not takes.wrong(len(args), ()):
        return
    missing = takes.missing(len(args), ())
    yield Statement(
        f"Your function `{takes.name}` {takes}; the checks call it with "
        f"{count(len(args), 'argument')}, by "
        f"their place{f', so {_ticks(missing)} would get no value' if missing else ''}."
    )
    yield Statement(
        "A name that was used twice is a frequent reason: the cell that ran last decides what "
        "it stands "
        "for."
    )
    yield Statement(
        "What to try: put the call in the text of the exercise beside the first line of your "
        "function.",
        role="try",
    )
    yield question("Which of the two has an argument too many or too few?")


def at_call(node: ast.Call, place: Place) -> Statements:
    """TypeError of a call in the student's code."""
    given, named = len(node.args), [word.arg for word in node.keywords if word.arg]
    if any(isinstance(arg, ast.Starred) for arg in node.args) or len(named) < len(node.keywords):
        return
    function = place.peek(node.func)
    theirs = numpy_function(function, node, place)
    takes = signature(function) if function is not UNKNOWN else _of_object(node, place)
    if takes is not None and theirs is None:
        yield from _own(takes, given, named, node, place)
    elif is_a(theirs, np.ufunc):
        yield Statement(
            f"{place.at}, {place.quote(node)} hands {count(given, 'argument')} to "
            f"{code(node.func)}, which takes {count(theirs.nin, 'array')}.",
            not theirs.nin <= given <= theirs.nin + theirs.nout,
        )
        yield from _near_keyword(named, ("out", "where", "axis", "dtype", "keepdims"), node)
    elif theirs is not None:
        known = parameters(theirs)
        yield Statement(
            f"{place.at}, {place.quote(node)} hands over {count(given, 'argument')}, and "
            f"{code(node.func)} takes {len(known)} at most: {some(known, most=6)}.",
            0 < len(known) < given,
        )
        yield question("Which of these arguments is one too many?", 0 < len(known) < given)
        yield from _near_keyword(named, known, node)


def numpy_function(function: Any, node: ast.Call, place: Place) -> Any:
    """The function of NumPy that is called, or that takes what the called method takes; or None."""
    if isinstance(node.func, ast.Attribute):
        holder = place.peek(node.func.value)
        if type(holder) is np.random.Generator:
            return vars(np.random.Generator).get(node.func.attr)
        if type(holder) is np.ndarray:
            return vars(np).get(node.func.attr)
    return function if any(function is f for f in vars(np).values()) else None


def _of_object(node: ast.Call, place: Place) -> Signature | None:
    """What a method of one of the notebook's objects takes."""
    holder = place.peek(node.func.value) if isinstance(node.func, ast.Attribute) else UNKNOWN
    if holder is UNKNOWN or not isinstance(node.func, ast.Attribute):
        return None
    found = (vars(k)[node.func.attr] for k in type(holder).__mro__ if node.func.attr in vars(k))
    method = next(found, None)
    return signature(MethodType(method, holder)) if type(method) is FunctionType else None


def _own(
    takes: Signature, given: int, named: list[str], node: ast.Call, place: Place
) -> Statements:
    handed = count(given + len(named), "argument")
    yield Statement(
        f"{place.at}, {place.quote(node)} hands over {handed}, and `{takes.name}` {takes}.",
        lambda: takes.wrong(given, named),
    )
    missing, unknown = takes.missing(given, named), takes.unknown(named)
    yield Statement(f"{_ticks(missing)} would get no value.", lambda: missing)
    for name in unknown:
        spelt = near(name, (*takes.names, *takes.keywords))
        yield Statement(
            "It has no argument "
            f"`{name}`{f'; spelt nearly so is {_ticks(spelt)}' if spelt else ''}."
        )
    yield question(_WHICH, lambda: takes.wrong(given, named))


def _near_keyword(named: Sequence[str], known: Sequence[str], node: ast.Call) -> Statements:
    for name in named:
        if name in known or not known:
            continue
        spelt = near(name, known)
        end = f"spelt nearly so is {_ticks(spelt)}" if spelt else f"it has {some(known)}"
        yield Statement(f"{code(node.func)} has no argument `{name}`; {end}.")
        yield question("What does the function call that argument?")


def parameters(function: Any) -> tuple[str, ...]:
    """The names of the arguments of one of NumPy's functions, as far as it tells."""
    if function is None:
        return ()
    try:
        found = tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()
    return () if "args" in found else tuple(name for name in found if name != "self")


def _ticks(names: Sequence[str]) -> str:
    return some([f"`{name}`" for name in names])
