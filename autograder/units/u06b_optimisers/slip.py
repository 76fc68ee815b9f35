"""What a slip of an update is, and the parts that its edits are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from autograder.engine.diagnosis.misconception import Misconception
from autograder.networks import Array, Edit

Seen: TypeAlias = Mapping[str, Array]
#: The edits at one place, by the place's number.
Edited: TypeAlias = Callable[[int], dict[str, Edit]]
#: A misconception, a detail, and what it does to the graph of an update.
Slip: TypeAlias = tuple[Misconception, str, Edited]


def value_of(make: Callable[[Seen], Any]) -> Edit:
    """Another value, made of what was seen before."""
    return lambda value, seen: np.asarray(make(seen))


def value_from(make: Callable[[Array, Seen], Any]) -> Edit:
    """Another value, made of the right one and of what was seen before."""
    return lambda value, seen: np.asarray(make(value, seen))


def together(*parts: Edited) -> Edited:
    """The edits of several slips at once."""
    return lambda n: {wire: edit for part in parts for wire, edit in part(n).items()}
