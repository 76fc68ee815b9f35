"""How the bank is put together.

A family is a module of right functions that call each other by name, as in a student's notebook.
A mutant replaces one of them by a function with one slip in it: mostly written as a change of the
right function (``change.py``), and as a complete function where it goes another way. Every variant
gets a namespace of its own, in which all functions are bound again: ``L_model_backward`` of a
variant calls the ``linear_backward`` of that variant.
"""

import builtins
import copy
import math
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

Namespace = dict[str, Any]
Student = TypeVar("Student", bound=Callable[..., Any])


@dataclass(frozen=True)
class Right:
    """A right implementation that differs from the usual one in form only."""

    name: str
    family: str
    replace: dict[str, Any]
    state: dict[str, Any] = field(default_factory=dict)

    def namespace(self) -> Namespace:
        """Return the functions of this variant, bound to each other, with fresh state."""
        return build(self.family, self.replace, self.state)


@dataclass(frozen=True)
class Mutant(Right):
    """A wrong implementation: the reference with one slip in ``function``.

    ``expected`` is the id in the catalogue of misconceptions, None if it has none (``reason`` then
    says why); ``also`` are other ids that describe the same numbers. ``equivalent`` is the argued
    reason why no legal input can tell this one from the truth.
    """

    function: str = ""
    expected: str | None = None
    also: tuple[str, ...] = ()
    reason: str = ""
    equivalent: str | None = None


@dataclass(frozen=True)
class Pair:
    """Two independent slips in one notebook."""

    first: Mutant
    second: Mutant

    @property
    def name(self) -> str:
        return f"{self.first.name} & {self.second.name}"

    @property
    def expected(self) -> tuple[str | None, str | None]:
        return self.first.expected, self.second.expected

    def namespace(self) -> Namespace:
        one, two = self.first, self.second
        return build(one.family, {**one.replace, **two.replace}, {**one.state, **two.state})


REFERENCES: dict[str, Namespace] = {}
MUTANTS: dict[str, Mutant] = {}
RIGHTS: dict[str, Right] = {}
PAIRS: dict[str, list[Pair]] = {}


def family(name: str, module: Namespace) -> None:
    """Register all functions and classes that `module` defines as the right ones of a family."""
    home = module["__name__"]
    mine = {k: v for k, v in module.items() if getattr(v, "__module__", None) == home}
    REFERENCES[name] = mine


def mutants_of(family_name: str) -> Callable[..., Callable[[Student], Student]]:
    """Return the decorator ``mutant(expected, of=...)`` of a family."""

    def mutant(expected: str | None, *, of: str, state: tuple[str, ...] = (), **more: Any) -> Any:
        def register(fn: Student) -> Student:
            kept = {key: fn.__globals__[key] for key in state}
            add_mutant(family_name, f"{of}/{fn.__name__}", fn, of, expected, kept, **more)
            return fn

        return register

    return mutant


def add_mutant(
    family_name: str,
    name: str,
    fn: Callable[..., Any],
    of: str,
    expected: str | None,
    state: dict[str, Any],
    **more: Any,
) -> None:
    """Register `fn` as a wrong version of the function `of`."""
    made = Mutant(name, family_name, {of: fn}, state, of, expected, **more)
    _add(MUTANTS, f"{family_name}:{name}", made)


def rights_of(family_name: str) -> Callable[..., Any]:
    """Return the decorator ``right`` of a family: over a function, or a class that holds several.

    ``@right("linear_backward")`` replaces one function; ``@right()`` over a class replaces all
    functions that the class body defines.
    """

    def right(of: str | None = None) -> Any:
        def register(thing: Any) -> Any:
            made = {of: thing} if of else _body(thing)
            name = f"{of}/{thing.__name__}" if of else thing.__name__
            _add(RIGHTS, f"{family_name}:{name}", Right(name, family_name, made))
            return thing

        return register

    return right


def pair(family_name: str, first: str, second: str) -> None:
    """Register the notebook that has the slips of two mutants in two different functions."""
    one, two = (MUTANTS[f"{family_name}:{name}"] for name in (first, second))
    assert one.function != two.function, (first, second)
    PAIRS.setdefault(family_name, []).append(Pair(one, two))


def build(family_name: str, replace: dict[str, Any], state: dict[str, Any]) -> Namespace:
    """Return a namespace in which the reference's functions, some replaced, see only each other.

    A key such as ``Value.__mul__`` replaces a method of a class.
    """
    ns: Namespace = {"__name__": "student", "__builtins__": builtins, "np": np, "math": math}
    ns.update(copy.deepcopy(state))
    whole = {k: v for k, v in replace.items() if "." not in k}
    for name, thing in {**REFERENCES[family_name], **whole}.items():
        methods = {k.split(".")[1]: v for k, v in replace.items() if k.startswith(f"{name}.")}
        ns[name] = _rebind(thing, ns, name, methods)
    return ns


def _rebind(thing: Any, ns: Namespace, name: str, methods: dict[str, Any]) -> Any:
    if isinstance(thing, types.FunctionType):
        code = thing.__code__.replace(co_name=name)
        bound = types.FunctionType(code, ns, name, thing.__defaults__, thing.__closure__)
        bound.__doc__, bound.__kwdefaults__ = thing.__doc__, thing.__kwdefaults__
        return bound
    if isinstance(thing, type) and thing.__bases__ == (object,):
        own = {k: v for k, v in vars(thing).items() if k not in ("__dict__", "__weakref__")}
        own = {k: _rebind(v, ns, k, {}) for k, v in {**own, **methods}.items()}
        return type(name, (), {**own, "__module__": "student"})
    return thing


def _body(cls: type) -> dict[str, Any]:
    return {k: v for k, v in vars(cls).items() if not k.startswith("__")}


def _add(table: dict[str, Any], key: str, made: Any) -> None:
    assert key not in table, f"{key} is in the bank twice"
    table[key] = made
