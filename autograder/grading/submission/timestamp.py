"""When a submission was handed in, from a file that may hold anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.grading.submission.read import Unreadable, read_bytes

_MAX = 200  # characters; a date has about thirty


def read_timestamp(folder: str | Path) -> datetime | None:
    """Return the time in ``timestamp.txt`` in UTC; None if there is no file, or no time in it."""
    try:
        text = read_bytes(Path(folder, "timestamp.txt"))[:_MAX].decode("utf-8")
        moment = parse_utc(text.strip()) if text.strip() else None
    except (OSError, Unreadable, ValueError, OverflowError):
        return None
    return moment if isinstance(moment, datetime) else None
