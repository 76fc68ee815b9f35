"""One array beside the right one, in a sentence, for properties that make their own calls."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.locate import of_cases
from autograder.engine.locate.case import Case
from autograder.engine.locate.written import written
from autograder.networks import Array

#: Arrays with more entries are not written out.
MOST = 8
#: How the array is called while it is compared.
_IT = "it"


def beside(
    name: str,
    found: Array,
    right: Array,
    symbols: Mapping[str, Array] | None = None,
    instead: Mapping[str, Array] | None = None,
) -> str:
    """Return what a wrong array is beside the right one: both, and what relates them.

    Parameters
    ----------
    name : str
        How it is called in the sentence.
    found, right : array
    symbols : mapping of str to array
        Arguments, by the names of the contract.
    instead : mapping of str to array
        Others that may stand in its place, by what they are called.
    """
    case = Case(
        "",
        {_IT: np.asarray(found, dtype=float)},
        {_IT: np.asarray(right, dtype=float)},
        frozenset([_IT]),
        {},
        dict(symbols or {}),
        instead={_IT: dict(instead or {})},
    )
    told = next((statement.text for statement in of_cases([case]) if statement.true), "")
    told = told.replace(f"What you return as {_IT} is", "That is").rstrip(".")
    told = told.replace(f"what you return as {_IT}", _IT).replace(
        f"the right {_IT}", "the right one"
    )
    return f"{name} {_numbers(found, right)}{f'. {told}' if told else ''}"


def _numbers(found: Array, right: Array) -> str:
    if max(np.size(found), np.size(right)) > MOST:
        return "has other numbers than the right one"
    # so many digits that the two can be told apart
    for digits in (4, 7, 10, 16):
        one, other = (written(np.asarray(a), digits=digits) for a in (found, right))
        if one != other:
            break
    return f"is {one}; right is {other}"
