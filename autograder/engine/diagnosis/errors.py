"""Misconceptions that an error message of NumPy gives away, where no number comes back."""

from __future__ import annotations

import re

KNOWN = (
    (
        # a += of (n, 1) and (n,), which together make (n, n)
        r"output operand with shape \((\d+),1\) doesn't match the broadcast shape \(\1,\1\)",
        "dba-broadcast-square",
    ),
)


def behind(message: str) -> str:
    """The id of the misconception behind an error message, or an empty string.

    Examples
    --------
    >>> behind("non-broadcastable output operand with shape (5,1) doesn't match the broadcast "
    ...        "shape (5,5)")
    'dba-broadcast-square'
    """
    return next((id for pattern, id in KNOWN if re.search(pattern, message)), "")
