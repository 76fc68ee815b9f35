"""No exam can be made; apart, since it is caught where there may be no keys."""

from __future__ import annotations


class ExamFailed(Exception):
    """No exam can be made of what was asked for; nothing was written."""
