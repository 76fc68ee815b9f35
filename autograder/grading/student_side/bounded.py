"""Numbers and ranges that a student's process sends, of a size that a test can bear."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import Any

from .wire import WireFault

MANY = 10_000_000  # numbers that a range has at most
_LONGEST = 1000  # digits of a number


def bounded_range(*parts: Any) -> range:
    """Make a range, unless a test could walk along it for ever."""
    made = range(*map(operator.index, parts))
    if made[MANY:]:
        raise WireFault("a range too long")
    return made


def bounded_decimal(digits: Any) -> Decimal:
    """Make a decimal number, unless it is too long, or would be as an integer."""
    if type(digits) is not str or len(digits) > _LONGEST:
        raise WireFault("not a decimal number")
    made = Decimal(digits)
    if made.is_finite() and abs(made.adjusted()) > _LONGEST:  # as an integer it has no end
        raise WireFault("not a decimal number")
    return made
