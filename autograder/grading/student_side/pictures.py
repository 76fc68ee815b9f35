"""Pictures that every notebook of an assignment draws alike, drawn before the first submission."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any


def draw(name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Draw one of the course's pictures now, and let later calls with these arguments return it.

    Matplotlib's fonts and formulas are remembered on the way, which makes a submission's own
    pictures quicker too.
    """
    with contextlib.suppress(Exception):  # the cell that asks for it will say what is wrong
        from autograder import figures

        function = getattr(figures, name)
        setattr(
            figures, name, _remembering(function, _key(args, kwargs), function(*args, **kwargs))
        )


def _remembering(function: Callable[..., Any], known: object, picture: Any) -> Callable[..., Any]:
    @wraps(function)
    def remembered(*args: Any, **kwargs: Any) -> Any:
        if _key(args, kwargs) == known:
            return picture
        return function(*args, **kwargs)

    return remembered


def _key(args: Any, kwargs: dict[str, Any]) -> object:
    """Arguments with their types, as 1, 1.0 and True are equal; None if they are not plain."""
    values = [*args, *(kwargs[name] for name in sorted(kwargs))]
    if not all(isinstance(value, int | float | str | None) for value in values):
        return None
    return len(args), sorted(kwargs), [(type(value), value) for value in values]
