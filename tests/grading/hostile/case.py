"""A hostile submission, and what has to come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WRONG = {
    "square": "def square(x):\n    return x",
    "layer": (
        "def layer_forward(A, W):\n    return W @ A, (A, W)\n\n\n"
        "def layer_backward(dZ, cache):\n    return 0 * cache[0], 0 * cache[1]"
    ),
    "total": "def total(x):\n    return 0.0",
    "answers": "answers = {}",
}
# What these wrong answers earn without any trick: `square` does leave its input alone.
EARNED = {
    "square__value": 0.0,
    "square__keeps_its_input": 1.0,
    "layer__gradient": 0.0,
    "total__partial": 0.0,
    "answers__right": 0.0,
}


@dataclass(frozen=True)
class Case:
    """One trick.

    Attributes
    ----------
    name : str
    first, last : str
        A cell put before and after everything else.
    answers : dict
        Answers that differ from the base.
    right : bool
        Whether the base is the right answers; by default they are wrong, and a trick that works
        would earn points.
    edit : callable, optional
        Changes the notebook's JSON.
    folder : callable, optional
        Changes the submission's folder.
    points : dict
        Points that differ from what the base earns; None: at most what the base earns.
    shows : tuple of str
        What the graded notebook must contain, outputs and repairs.
    """

    name: str
    first: str = ""
    last: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    right: bool = False
    edit: Callable[[dict[str, Any]], None] | None = None
    folder: Callable[[Path], None] | None = None
    points: dict[str, float | None] = field(default_factory=dict)
    shows: tuple[str, ...] = ()


def trick(name: str, source: str, **more: Any) -> Case:
    """A cell at the top that would make wrong answers pass."""
    return Case(name, first=source, **more)
