"""Writing files that others read: complete or not at all, and harmless in a spreadsheet."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

# A spreadsheet takes a cell that starts with one of these for a formula.
_NUMBER = re.compile(r"-|[-+]?\d+([.,]\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_atomically(path: Path, text: str) -> Path:
    """Write a file so that whoever reads it at any moment finds the old one or the new one.

    What is no valid Unicode (a file name of another system) is written as an escape.
    """
    data = text.encode("utf-8", "backslashreplace")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise
    return path


def to_json(value: Any) -> str:
    """Plain data as JSON text; nan and infinity, which JSON does not have, are refused."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def harmless(value: object) -> object:
    """Return text so that no spreadsheet runs it: a formula gets an apostrophe in front.

    Numbers stay as they are, and so does a lone ``-``, which other systems write for "never".
    """
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def to_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180): quoted where it must be, formulas disarmed, numbers short."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(_short(value)) for value in row])
    return target.getvalue()


def _short(value: object) -> object:
    """Points as people write them: 3, not 3.0; at most four digits after the point."""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return "" if value is None else value


def read_csv(path: Path) -> list[list[str]]:
    """Read a file that another system wrote.

    Raises
    ------
    ValueError
        If it is no CSV in UTF-8, or empty; the message names the file.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path} is no CSV file in UTF-8: {error}") from None
    if not rows:
        raise ValueError(f"{path} is empty")
    return rows
