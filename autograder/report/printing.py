"""What commands print beside plain lines: JSON, and a bar of progress."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.console import fits


def print_json(value: Any) -> None:
    """Print a value as JSON, whatever the console's encoding is."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    # in JSON an escape is the character; a stand-in for it would be another value
    print(text if fits(text) else json.dumps(value, indent=1))


@contextmanager
def bar(unit: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on a terminal; nothing in a log, or where tqdm is not installed."""
    try:
        from tqdm import tqdm  # type: ignore[import-untyped]
    except ImportError:
        yield Namespace(total=total, update=lambda: None)
        return
    with tqdm(unit=unit, total=total, disable=None, leave=False) as made:
        yield made
