"""Take what a function returned apart, or say why that cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.errors.words import article

Unpack = Callable[[Any], dict[str, Any]]


class Misshapen(Exception):
    """What came back cannot be taken apart: wrong number of values, not a dict, keys missing."""


@dataclass(frozen=True)
class Taken:
    """Unpacks a tuple of as many values as there are names."""

    names: tuple[str, ...]

    def __call__(self, value: Any) -> dict[str, Any]:
        """Return the values by name; what begins with an underscore is left out."""
        if len(self.names) == 1:
            return {self.names[0]: value}
        expected = f"{len(self.names)} values: {', '.join(n.lstrip('_') for n in self.names)}"
        if not isinstance(value, (tuple, list)):
            raise Misshapen(_misshapen(value, expected))
        if len(value) != len(self.names):
            raise Misshapen(f"it returned {len(value)} values, expected {expected}")
        pairs = zip(self.names, value, strict=True)
        return {name: item for name, item in pairs if not name.startswith("_")}


@dataclass(frozen=True)
class Values:
    """Unpacks a tuple of values with these names in a way of its own."""

    names: tuple[str, ...]
    apart: Unpack

    def __call__(self, value: Any) -> dict[str, Any]:
        """Return what is compared, by name."""
        return self.apart(value)


def take(*names: str) -> Taken:
    """Unpack a tuple of that many values; a single name stands for the value itself.

    Names that start with an underscore (a cache) are not looked at.
    """
    return Taken(names)


def take_dict(value: Any) -> dict[str, Any]:
    """Unpack a dict with string keys, such as ``grads``."""
    if not isinstance(value, dict):
        raise Misshapen(_misshapen(value, "a dict such as {'dW1': ..., 'db1': ...}"))
    return {str(key): item for key, item in value.items()}


def kinds_of(value: Any) -> str:
    """What came back, by its kinds: ``"dict"``, ``"two values, ndarray and dict"``."""
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return f"two values, {' and '.join(type(item).__name__ for item in value)}"
    return type(value).__name__


def _misshapen(value: Any, expected: str) -> str:
    """What came back in the place of several values or of a dict, with a hint where one is due."""
    kind = type(value).__name__
    if value is None:
        return f"it returned None, expected {expected}; is a `return` missing?"
    hint = "; does `yield` stand where `return` is meant?" if kind == "generator" else ""
    found = "one array" if kind == "ndarray" else article(kind)
    return f"it returned {found}, expected {expected}{hint}"
