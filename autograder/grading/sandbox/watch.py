"""Watch a submission's processes from outside of the sandbox, where nothing in it can reach.

Their memory together is bounded, and the machine's load is told without theirs: limits are longer
on a busy machine, and a student's own processes must not make it one. Where they are a crowd, they
step back: the process that runs the cells has to answer in time beside them, and so has the
submission that is graded next to it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from autograder.grading.sandbox.limits import note_others

_PAUSE = 0.1  # seconds between two looks
_COUNTED = 5  # of these looks, one counts what runs
_CROWD = 8  # processes of a submission; a pool for a handful of cores keeps its place
_LAST = 19  # the lowest priority


class Watch:
    """Looks at the processes below one process until it is told to stop.

    Parameters
    ----------
    root : int
        The sandbox's outermost process. What lies below it now is the sandbox itself.
    most : int
        Bytes that all other processes below it may take together, beyond the libraries that they
        share with the sandbox. What copies of one process share is counted for each of them.
    """

    def __init__(self, root: int, most: int) -> None:
        self._root, self._most = root, most
        self._sandbox = {root, *_below(root)}
        self._libraries = max(map(_private, self._sandbox))
        self._over: threading.Event | None = None

    def start(self) -> None:
        """Begin, with a thread of its own."""
        self.stop()
        self._over = threading.Event()
        threading.Thread(target=self._watch, args=(self._over,), daemon=True).start()

    def stop(self) -> None:
        """End; a look that is under way may still come to its end."""
        if self._over is not None:
            self._over.set()

    def _watch(self, over: threading.Event) -> None:
        looks = 0
        while not over.wait(_PAUSE):
            pids = list(_below(self._root))
            others = [pid for pid in pids if pid not in self._sandbox]
            if sum(max(_private(pid) - self._libraries, 0) for pid in others) > self._most:
                for pid in others if not over.is_set() else ():
                    with contextlib.suppress(OSError):
                        os.kill(pid, signal.SIGKILL)
            if len(others) > _CROWD:
                _step_back(others)
            looks += 1
            if looks % _COUNTED == 0:
                note_others(_running() - sum(map(_running_in, pids)), _PAUSE * _COUNTED)


def _below(root: int) -> Iterator[int]:
    """Yield all that descends from a process; the kernel hands orphans to one of them."""
    waiting = [root]
    while waiting:
        with contextlib.suppress(OSError):  # it has ended
            for task in Path(f"/proc/{waiting.pop()}/task").iterdir():
                children = [int(pid) for pid in (task / "children").read_text().split()]
                yield from children
                waiting += children


def _step_back(pids: list[int]) -> None:
    """Give processes the lowest priority, but those that answer the grader.

    Those have a session of their own. A process that makes itself one keeps its priority too; it
    takes the time from the others of its submission, and limits elsewhere are stretched for it.
    """
    for pid in pids:
        with contextlib.suppress(OSError):  # it has ended, or is not ours to change
            if os.getsid(pid) != pid:
                os.setpriority(os.PRIO_PROCESS, pid, _LAST)


def _private(pid: int) -> int:
    """Bytes of a process that are no file's."""
    try:
        resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()


def _running() -> int:
    """Threads of the whole machine that run or want to, without this one."""
    return int(Path("/proc/loadavg").read_text().split()[3].partition("/")[0]) - 1


def _running_in(pid: int) -> int:
    """Those of one process."""
    count = 0
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            # the state follows the name, which may hold anything, in brackets
            count += (task / "stat").read_text().rpartition(")")[2].split()[0] == "R"
    return count
