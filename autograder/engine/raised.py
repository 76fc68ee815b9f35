"""Errors that a property met while it called the function: kept, and each told once."""

from __future__ import annotations

from autograder.observe import StudentError


def same(error: BaseException, known: StudentError) -> bool:
    """Whether a line raised again what it raised before."""
    return (
        isinstance(error, StudentError)
        and (error.kind, error.where) == (known.kind, known.where)
        and bool(error.where)
    )


def raised(error: BaseException | None) -> list[StudentError]:
    """Return what there is to tell of it: an error of the student's side."""
    return [error] if isinstance(error, StudentError) else []
