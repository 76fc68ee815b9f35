"""A limit on the time of one call, in the process and the thread that make it.

Where the system has an alarm (Linux and macOS, in the main thread) it interrupts the call; anywhere
else a second thread does what it can, which is nothing against a single long operation of NumPy.
Code that catches the limit with a bare ``except`` is interrupted again, after irregular and ever
so short times: one of them hits it between its handler and the next round of its loop.
"""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from random import Random
from types import FrameType
from typing import Any

#: Seconds for one call of a student's function, and for all calls of one check or test together.
CALL_SECONDS, TEST_SECONDS = 10.0, 30.0

_AGAIN = 0.2  # seconds in which an honest function unwinds
_SHORTEST, _RANGE = 2e-6, 250.0


class TimeLimit(BaseException):
    """The running cell or call took too long; not an Exception, so that few handlers catch it."""


def call(function: Callable[..., Any], args: Sequence[Any], seconds: float | None = None) -> Any:
    """Return ``function(*args)``; raise `TimeLimit` in it after so many seconds.

    Afterwards the alarm, its handler and a timer that ran before are as they were.
    """
    stop = _start(seconds) if seconds is not None else None
    try:
        return _inside(function, args)
    finally:
        if stop is not None:
            stop()


def _inside(function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """The border: only what is called from here is interrupted."""
    return function(*args)


def _start(seconds: float) -> Callable[[], None] | None:
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer"):
        return _alarm(seconds)
    return _watch(seconds)


def _runs(frame: FrameType | None) -> bool:
    """Whether a frame lies inside of a call that is limited."""
    frame = frame.f_back if frame is not None else None
    while frame is not None:
        if frame.f_code is _inside.__code__:
            return True
        frame = frame.f_back
    return False


def _pauses() -> Callable[[], float]:
    """Times to the next interruption: one that is patient, then ever so short ones."""
    made: list[Random] = []  # nearly no call needs one

    def pause() -> float:
        if not made:
            made.append(Random(0))  # the student's own random numbers stay as they are
            return _AGAIN
        return float(_SHORTEST * _RANGE ** made[0].random())

    return pause


def _alarm(seconds: float) -> Callable[[], None]:
    pause, started = _pauses(), time.monotonic()
    over: list[bool] = []  # all in one thread: an Event costs as much as all of the rest

    def ring(number: int, frame: FrameType | None) -> None:
        if over:
            return
        inside = _runs(frame)
        signal.setitimer(signal.ITIMER_REAL, pause() if inside else 1e-3)
        if inside:
            raise TimeLimit

    def stop() -> None:
        over.append(True)  # a last ring must not set the alarm anew
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
        sys.unraisablehook = told
        if left:
            passed = time.monotonic() - started
            signal.setitimer(signal.ITIMER_REAL, max(left - passed, 1e-3), interval)

    def unraisable(lost: sys.UnraisableHookArgs) -> None:
        # it rang in a finaliser, which swallowed it: it rings again, and there is nothing to tell
        if not issubclass(lost.exc_type, TimeLimit):
            told(lost)

    told, sys.unraisablehook = sys.unraisablehook, unraisable
    before = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
    return stop


def _watch(seconds: float) -> Callable[[], None] | None:
    """Interrupt the calling thread from a second one; None where there can be no other thread."""
    thread, over, pause = threading.get_ident(), threading.Event(), _pauses()
    rung: list[float] = []

    def interrupt() -> None:
        set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc
        set_exception(ctypes.c_ulong(thread), ctypes.py_object(TimeLimit))

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            inside = _runs(sys._current_frames().get(thread))
            if inside:
                rung.append(wait)
                interrupt()
            wait = max(pause(), 5e-3)

    def stop() -> None:
        # The last interruption may be on its way. It is not taken back, as Python would keep a mark
        # of it for ever, and 3.11 turns in a circle where such a mark meets `sys.setprofile`: one
        # more is sent after it, and awaited here.
        while watcher.is_alive() or rung:
            try:
                over.set()
                watcher.join()
                if rung:
                    rung.clear()
                    interrupt()
                    while True:
                        pass
            except TimeLimit:
                continue

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
    except RuntimeError:  # a browser has one thread alone
        return None
    return stop
