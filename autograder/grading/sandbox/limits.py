"""What a submission may use."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import lru_cache

from autograder.time_limit import CALL_SECONDS, TEST_SECONDS

MAX_STRETCH = 6


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes; each is there so that no submission can hold up the class.

    Attributes
    ----------
    cell_seconds, call_seconds, test_seconds, submission_seconds : float
        Wall time of one student cell, one call of a student's function, all calls of one test
        cell, and everything together.
    memory : int
        Bytes that a process may take beyond the libraries that are loaded already.
    total : int
        Bytes that all processes of a submission may take together.
    file : int
        Bytes of one written file.
    processes : int
        Processes and threads of one submission.
    deaths : int
        How often a notebook's process is started again after a cell has killed it.
    """

    cell_seconds: float = 30.0
    call_seconds: float = CALL_SECONDS
    test_seconds: float = TEST_SECONDS
    submission_seconds: float = 300.0
    memory: int = 2 << 30
    total: int = 4 << 30
    file: int = 64 << 20
    processes: int = 192
    deaths: int = 4

    def quota(self) -> dict[str, int]:
        """What the student's process sets for itself before it runs anything."""
        return {
            "memory": self.memory,
            "total": self.total,
            "file": self.file,
            "cpu": int(self.submission_seconds),
            "processes": self.processes,
        }


def stretch() -> float:
    """By how much seconds are lengthened, because so many processes share the machine's cores.

    A limit is meant for a quiet machine. It is not stretched by ordinary full use, and only so
    far that a class of endless loops comes to its end.
    """
    return _stretch(int(time.monotonic()))


@lru_cache(maxsize=1)
def _stretch(_second: int) -> float:
    """Ask once a second; there are a thousand limits in that time."""
    crowd = os.getloadavg()[0] / (os.cpu_count() or 1)
    return float(min(max(1, round(crowd)), MAX_STRETCH))
