"""Classes that both ends of a link have under one name: they are named on the wire, never sent."""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import inspect
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

#: Packages whose classes an object may be told to be an instance of.
LIBRARIES = frozenset(
    [
        "builtins",
        "collections",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "inspect",
        "itertools",
        "matplotlib",
        "numbers",
        "numpy",
        "pandas",
        "pathlib",
        "random",
        "re",
        "scipy",
        "sympy",
        "types",
    ]
)
_BUILTIN = {
    found.__name__: found
    for place in (builtins, types)
    for found in vars(place).values()
    if isinstance(found, type) and found.__module__ == "builtins"
}
# harmless to call, whatever name a student's process sends
_PLAIN = frozenset(
    [
        *(bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset),
        *(object, range, slice, type(None), types.FunctionType, types.GeneratorType),
        *(collections.OrderedDict, collections.Counter, collections.deque, collections.defaultdict),
        *(fractions.Fraction, decimal.Decimal, np.ndarray, np.poly1d, inspect.Parameter.empty),
        *(datetime.date, datetime.datetime, datetime.time, datetime.timedelta),
        *(np.polynomial.Polynomial, np.random.Generator, inspect.Signature),
    ]
)


def find(module: Any, qualname: Any) -> type | None:
    """Return the class of a library that was imported here; runs no code to find it."""
    if not isinstance(module, str) or not isinstance(qualname, str):
        return None
    if module == "builtins" and qualname in _BUILTIN:
        return _BUILTIN[qualname]
    root = module.partition(".")[0]
    if root not in LIBRARIES and root not in sys.stdlib_module_names:
        return None
    found: Any = sys.modules.get(module)
    for name in qualname.split("."):
        found = vars(found).get(name) if isinstance(found, type | types.ModuleType) else None
    if not isinstance(found, type):
        return None
    # of the rest of Python's own library no more than what may be raised
    return found if root in LIBRARIES or issubclass(found, Exception) else None


def name_of(kind: type) -> tuple[str, str] | None:
    """Return (module, name) under which `find` gives this class; None if it does not."""
    told = kind.__dict__.get("__module__"), kind.__qualname__
    if isinstance(kind, type) and kind.__module__ == "builtins":
        told = "builtins", kind.__qualname__
    return told if find(*told) is kind else None  # type: ignore[return-value]


def is_plain(kind: type) -> bool:
    """Whether a class may come from a student's process as a value, which a test may then call."""
    if kind in _PLAIN or issubclass(kind, np.generic):
        return True
    return issubclass(kind, Exception) and name_of(kind) is not None


def lineage(kind: type) -> Iterator[tuple[str, str]]:
    """Yield the names of the classes of modules that a class is derived from, or is."""
    for base in kind.__mro__[:-1]:
        named = name_of(base) or (str(base.__module__), base.__qualname__)
        if named[0] != "__main__":
            yield named
