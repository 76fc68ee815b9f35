"""A bound on the time in which the grader makes something to be seen of what a student wrote.

Every reader of text knows input that it reads in quadratic time or worse: a regular expression, a
highlighter, Markdown. So what is made of a student's text is given up after a while, and shown
plainly instead. Python looks for signals in the middle of a regular expression too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from autograder import time_limit
from autograder.grading.sandbox.limits import stretch

Made = TypeVar("Made")

#: Seconds of processor time for one text, and for all that belong to one notebook.
ONE, ALL = 2.0, 8.0


class Patience:
    """What is left of the time for one notebook."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Begin another notebook."""
        self._left = ALL

    def spend(self, make: Callable[[], Made], instead: Callable[[], Made]) -> Made:
        """Return what `make` returns, or `instead` where that takes too long or nests too deep."""
        if self._left <= 0:
            return instead()
        started = time.thread_time()
        try:
            return time_limit.call(make, (), min(ONE, self._left) * stretch())  # type: ignore[no-any-return]
        except (time_limit.TimeLimit, RecursionError):
            return instead()
        finally:
            self._left -= time.thread_time() - started
