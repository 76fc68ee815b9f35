"""Back-propagation, taught and graded: ``check(f)`` tells which gradient f computed.

The names are loaded when they are first used, so that ``import autograder`` is instant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.engine.report.report import CheckFailed
    from autograder.hints import hint
    from autograder.suite import check, example, grade

_HOMES = {
    "check": "suite",
    "example": "suite",
    "grade": "suite",
    "hint": "hints",
    "CheckFailed": "engine.report.report",
}

__all__ = ["CheckFailed", "check", "example", "grade", "hint"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"autograder.{_HOMES[name]}"), name)
