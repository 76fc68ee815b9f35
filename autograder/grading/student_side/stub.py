"""The package as a notebook sees it while it is graded: it can import, but not check itself."""

from __future__ import annotations

from typing import Any

__all__ = ["CheckFailed", "check", "example", "grade", "hint"]


class CheckFailed(AssertionError):
    """Raised in an ordinary notebook by a check that does not hold; never here."""


def check(*_: Any, **__: Any) -> None:
    """Say that checks are not made on this side."""
    print("While a notebook is graded, the grader runs its own checks.")


def example(*_: Any, **__: Any) -> tuple[Any, ...]:
    """Hand over nothing: instances stay with the grader."""
    print("While a notebook is graded, there are no examples.")
    return ()


def hint(*_: Any, **__: Any) -> None:
    """Say nothing: hints are for the student's own machine."""
    print("While a notebook is graded, there are no hints.")


def grade(*_: Any, **__: Any) -> None:
    """Do nothing: a test cell that runs here is a copy, and its verdict counts for nothing."""
