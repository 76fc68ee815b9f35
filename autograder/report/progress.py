"""A progress bar, where somebody looks at one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


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
