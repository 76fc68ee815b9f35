"""When a submission was handed in, from a file that may hold anything."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.utils import gettz, parse_utc

from autograder.grading.submission.read import Unreadable, read_bytes

_OFFSET = re.compile(r"\s([+-])(\d\d):?(\d\d)?\Z")
_ZONE = re.compile(r"\s([A-Za-z][A-Za-z_/+-]*\d*)\Z")
# hours of those zones of RFC 5322 that the tables of zones do not have
_RFC = {"EDT": -4, "CST": -6, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7}
_DATE = re.compile(r"\d{4}")  # without a year, today's date would be filled in
_NOON = re.compile(r"\s+([AP]M)\b", re.IGNORECASE)  # nbgrader takes it for a zone
_MAX = 200  # characters; a date has about thirty


def read_timestamp(folder: str | Path) -> datetime | None:
    """Return the time in ``timestamp.txt`` in UTC; None if there is no file, or no time in it."""
    try:
        text = _text(folder)
        moment = _moment(text) if _DATE.search(text) else None
    except (OSError, Unreadable, ValueError, OverflowError):
        return None
    return moment if isinstance(moment, datetime) else None


def unread_timestamp(folder: str | Path) -> list[str]:
    """Say in one line, or none, that ``timestamp.txt`` is there and holds no time."""
    try:
        text = _text(folder)
    except OSError:
        return []
    except (Unreadable, ValueError) as error:
        return [f"timestamp.txt cannot be read ({error}): taken for in time"]
    if not text or read_timestamp(folder) is not None:
        return []
    return [f"timestamp.txt holds no time that is understood, {text[:40]!r}: taken for in time"]


def _text(folder: str | Path) -> str:
    return read_bytes(Path(folder, "timestamp.txt"))[:_MAX].decode("utf-8").strip()


def _moment(text: str) -> Any:
    """Read a time; nbgrader itself takes the offset of "13:30 +0200" for 200 seconds."""
    text = _NOON.sub(r"\1", text)
    offset = _OFFSET.search(text)
    if offset is None:
        zone = _ZONE.search(text)
        if zone is None or zone[1].upper() in ("Z", "UT"):
            return parse_utc(text)
        if (west := _RFC.get(zone[1].upper())) is not None:
            return parse_utc(text[: zone.start()]) - timedelta(hours=west)
        if gettz(zone[1]) is None:
            raise ValueError(f"no zone is called {zone[1]}")
        return parse_utc(text)
    sign, hours, minutes = offset.groups(default="0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return parse_utc(text[: offset.start()]) - (ahead if sign == "+" else -ahead)
