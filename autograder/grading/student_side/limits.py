"""What a student's process may use, set by itself before the first line of student code."""

from __future__ import annotations

import os
import resource
import signal
from types import FrameType

from autograder.time_limit import TimeLimit as TimeLimit

from . import syscalls


def apply(limits: dict[str, int]) -> None:
    """Set hard limits: ``memory`` and ``file`` in bytes, ``cpu`` in seconds, ``processes``.

    The process that calls this was forked by the sandbox's first one, to which it can do nothing.
    """
    _set(resource.RLIMIT_AS, _address_space() + limits["memory"])
    _set(resource.RLIMIT_FSIZE, limits["file"])
    _set(resource.RLIMIT_CPU, limits["cpu"])
    _set(resource.RLIMIT_NPROC, limits["processes"])
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, 256)
    first = os.getppid()
    # from here on nothing that the notebook does to these limits has an effect
    syscalls.refuse({1, first, os.getpgid(first)} - {0})


def start_clock(seconds: float) -> None:
    """Raise `TimeLimit` in the main thread after so many seconds, and again every half second."""
    signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)


def stop_clock() -> None:
    """Call off the alarm."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(number: int, frame: FrameType | None) -> None:
    raise TimeLimit("stopped: it took longer than the time limit")


def _set(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _address_space() -> int:
    """Bytes of address space that the imported libraries already take."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()
