"""What a submission may use."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from autograder.time_limit import CALL_SECONDS, TEST_SECONDS

MAX_STRETCH = 6
_CORES = os.cpu_count() or 1  # asked for once: the system is slow to say, and every call needs it


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
            "file": self.file,
            "cpu": int(self.submission_seconds),
            "processes": self.processes,
        }


def stretch() -> float:
    """By how much seconds are lengthened, because so many processes share the machine's cores.

    A limit is meant for a quiet machine. It is not stretched by ordinary full use, and only so
    far that a class of endless loops comes to its end. What a submission itself runs is one
    process of the crowd, however many they are.
    """
    crowd = (_others[0] + 1 if _others else os.getloadavg()[0]) / _CORES
    return float(min(max(1, round(crowd)), MAX_STRETCH))


def note_others(running: float, seconds: float) -> None:
    """Note how many threads that are not the submission's ran or wanted to, lately.

    Parameters
    ----------
    running : float
        Counted at this moment.
    seconds : float
        Since they were counted last.
    """
    # before the first submission nobody's own load is in the machine's
    before = _others[0] if _others else max(os.getloadavg()[0] - 1, 0.0)
    weight = 1 - math.exp(-seconds / _MEMORY)
    _others[:] = [before + weight * (max(running, 0.0) - before)]


_others: list[float] = []  # the mean over the last seconds
_MEMORY = 20.0  # seconds
