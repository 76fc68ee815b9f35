"""Values that cross a link whole: taken apart at one end, put together at the other.

Each kind is a type whose parts are plain, and a function that refuses parts of other types: the
parts may come from a student's process.
"""

from __future__ import annotations

import dataclasses
import datetime
import inspect
import random
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import PosixPath
from typing import Any

import numpy as np

from .bounded import MANY, bounded_decimal, bounded_range
from .wire import MAX_NODES, WireFault

_DTYPE = re.compile(r"[<>|=][biufcSUmM]\d{1,9}(\[\w{1,4}\])?")
_POLYNOMIALS = ("Polynomial", "Chebyshev", "Legendre", "Laguerre", "Hermite", "HermiteE")

Apart = Callable[[Any], list[Any]]
Together = Callable[..., Any]


def _ints(make: Together) -> Together:
    def put(*parts: Any) -> Any:
        if not all(type(part) is int for part in parts):
            raise WireFault("not whole numbers")
        return make(*parts)

    return put


def _dtype(code: Any) -> Any:
    if type(code) is not str or not _DTYPE.fullmatch(code):
        raise WireFault("not a type of plain data")
    return np.dtype(code)


def _moment(*parts: Any) -> datetime.datetime:
    *numbers, offset = parts
    made = datetime.datetime(*numbers)
    return made if offset is None else made.replace(tzinfo=datetime.timezone(offset))


def _fields(value: datetime.datetime) -> list[Any]:
    return [*value.timetuple()[:6], value.microsecond, value.utcoffset()]


def _poly1d(coefficients: Any, variable: Any) -> np.poly1d:
    return np.poly1d(_vector(coefficients), variable=str(variable)[:20])


def _vector(value: Any) -> Any:
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind not in "biufc":
        raise WireFault("not a vector of numbers")
    return value


def _polynomial(name: str) -> Together:
    def put(*parts: Any) -> Any:
        return getattr(np.polynomial, name)(*map(_vector, parts))

    return put


def _parameter(name: Any, kind: Any, default: Any, annotation: Any) -> inspect.Parameter:
    told = {"default": default, "annotation": annotation}
    # an iterator's argument is called ".0"
    return inspect.Parameter(str(name).lstrip("."), inspect._ParameterKind(int(kind)), **told)


def _generator(name: Any, state: Any) -> np.random.Generator:
    bits = getattr(np.random, name)() if name in ("PCG64", "MT19937", "Philox", "SFC64") else None
    if bits is None:
        raise WireFault("not a source of random numbers")
    bits.state = state
    return np.random.Generator(bits)


def _old_generator(state: Any) -> np.random.RandomState:
    made = np.random.RandomState()
    made.set_state(state)
    return made


def _random(state: Any) -> random.Random:
    made = random.Random()
    made.setstate(state)
    return made


def _few(make: Together) -> Together:
    def put(*parts: Any) -> Any:
        if len(parts) > MAX_NODES:
            raise WireFault("too many values")
        return make(parts)

    return put


#: Name on the wire: (exact type, its parts, the value of these parts).
KINDS: dict[str, tuple[type, Apart, Together]] = {
    "frozenset": (frozenset, list, _few(frozenset)),
    "range": (range, lambda v: [v.start, v.stop, v.step], bounded_range),
    "slice": (slice, lambda v: [v.start, v.stop, v.step], slice),
    "ellipsis": (type(...), lambda v: [], lambda: ...),
    "notimplemented": (type(NotImplemented), lambda v: [], lambda: NotImplemented),
    "fraction": (Fraction, lambda v: [v.numerator, v.denominator], _ints(Fraction)),
    "decimal": (Decimal, lambda v: [str(v)], bounded_decimal),
    "date": (datetime.date, lambda v: [v.year, v.month, v.day], _ints(datetime.date)),
    "datetime": (datetime.datetime, _fields, _moment),
    "time": (
        datetime.time,
        lambda v: [v.hour, v.minute, v.second, v.microsecond],
        _ints(datetime.time),
    ),
    "timedelta": (
        datetime.timedelta,
        lambda v: [v.days, v.seconds, v.microseconds],
        _ints(datetime.timedelta),
    ),
    "path": (PosixPath, lambda v: [str(v)], PosixPath),
    "poly1d": (np.poly1d, lambda v: [v.coeffs, v.variable], _poly1d),
    "keys": (type({}.keys()), list, lambda *p: dict.fromkeys(p).keys()),
    "values": (type({}.values()), list, lambda *p: dict(enumerate(p)).values()),
    "items": (type({}.items()), list, lambda *p: dict(p).items()),
    "signature": (
        inspect.Signature,
        lambda v: [v.return_annotation, *v.parameters.values()],
        lambda back, *p: inspect.Signature(p, return_annotation=back),
    ),
    "parameter": (
        inspect.Parameter,
        lambda v: [v.name, int(v.kind), v.default, v.annotation],
        _parameter,
    ),
    **{
        name: (
            getattr(np.polynomial, name),
            lambda v: [v.coef, v.domain, v.window],
            _polynomial(name),
        )
        for name in _POLYNOMIALS
    },
}
#: Objects of which there is one in each process.
ONES: dict[str, Any] = {
    "field": dataclasses._FIELD,  # type: ignore[attr-defined]
    "missing": dataclasses.MISSING,
}
#: What a test may hand over, and no student may hand back: it decides what a test draws.
HANDED: dict[str, tuple[type, Apart, Together]] = {
    "generator": (
        np.random.Generator,
        lambda v: [type(v.bit_generator).__name__, v.bit_generator.state],
        _generator,
    ),
    "randomstate": (np.random.RandomState, lambda v: [v.get_state()], _old_generator),
    "random": (random.Random, lambda v: [v.getstate()], _random),
}
BY_TYPE: dict[type, str] = {kind: name for name, (kind, _, _) in (KINDS | HANDED).items()}


def kind_of(value: Any) -> str | None:
    """Return the name under which a value crosses whole; None if it does not."""
    if isinstance(value, np.dtype):
        return "dtype" if _DTYPE.fullmatch(value.str) else None
    if any(value is one for one in ONES.values()):
        return "one"
    if type(value) is range and value[MANY:]:
        return None
    return BY_TYPE.get(type(value))


def apart(kind: str, value: Any) -> list[Any]:
    """Return the parts of a value."""
    if kind == "one":
        return [next(name for name, one in ONES.items() if one is value)]
    return [value.str] if kind == "dtype" else (KINDS | HANDED)[kind][1](value)


def together(kind: str, parts: list[Any], trusted: bool) -> Any:
    """Make a value of its parts; raise `WireFault` if they are not such parts.

    Parameters
    ----------
    trusted : bool
        Whether the parts come from the grader's process.
    """
    if kind == "dtype":
        return _dtype(*parts)
    if kind == "one" and parts[0] in ONES:
        return ONES[parts[0]]
    known = KINDS | HANDED if trusted else KINDS
    if kind not in known:
        raise WireFault("unknown kind of value")
    try:
        return known[kind][2](*parts)
    except (ArithmeticError, AttributeError, LookupError) as error:
        raise WireFault(f"malformed {kind}") from error
