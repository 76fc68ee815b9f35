"""A division by zero: what stands below the bar."""

from __future__ import annotations

import ast

from autograder.errors.operands import operator_of
from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import describe


def division(error: BaseException, place: Place) -> Statements:
    """ZeroDivisionError: what stands below the bar."""
    found = operator_of(place)
    if found is None:
        yield Statement(f"{place.at}, something is divided by zero.")
    else:
        below = place.quote(found[2])
        names = {n.id for n in ast.walk(found[2]) if isinstance(n, ast.Name)}
        yield Statement(
            f"{place.at}, {place.quote(place.nodes[0])} divides by {below}, which is 0 there."
        )
        for name in sorted(names - {below.strip("`")}):
            value = place.peek(ast.Name(name, ast.Load()))
            yield Statement(
                f"`{name}` is {describe(value)}.",
                value is not UNKNOWN and not callable(value),
            )
    yield question(
        "May that number be 0 with these sizes, and what does the formula say then? Does the "
        "loop or "
        "the count begin one too early?"
    )
