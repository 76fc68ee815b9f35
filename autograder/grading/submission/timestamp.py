"""When a submission was handed in, from a file that may hold anything."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from autograder.grading.submission.read import Unreadable, read_bytes

_OFFSET = re.compile(r"\s([+-])(\d\d):?(\d\d)?\Z")
_MAX = 200  # characters; a date has about thirty


def read_timestamp(folder: str | Path) -> datetime | None:
    """Return the time in ``timestamp.txt`` in UTC; None if there is no file, or no time in it."""
    try:
        text = read_bytes(Path(folder, "timestamp.txt"))[:_MAX].decode("utf-8").strip()
        moment = _moment(text) if text else None
    except (OSError, Unreadable, ValueError, OverflowError):
        return None
    return moment if isinstance(moment, datetime) else None


def _moment(text: str) -> Any:
    """Read a time; nbgrader itself takes the offset of "13:30 +0200" for 200 seconds."""
    offset = _OFFSET.search(text)
    if offset is None:
        return parse_utc(text)
    sign, hours, minutes = offset.groups(default="0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return parse_utc(text[: offset.start()]) - (ahead if sign == "+" else -ahead)
