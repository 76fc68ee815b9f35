"""Clocks of the benchmarks: wall, processor and memory, of a process and of all that it starts."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_TICK = os.sysconf("SC_CLK_TCK")


def timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """The function, which adds its seconds to `spent`: of wall, of this thread's processor."""

    def timed(*args: Any, **kwargs: Any) -> Any:
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[0] += time.perf_counter() - wall
            spent[1] += time.thread_time() - cpu

    return timed


@contextlib.contextmanager
def measured(workers: int = 1) -> Iterator[dict[str, Any]]:
    """Seconds of wall and processor, and the largest memory of a worker with its sandbox."""
    found: dict[str, Any] = {}
    peak, over = {"all": 0, "self": 0}, threading.Event()
    me = os.getpid()

    def watch() -> None:
        while not over.wait(0.5):
            peak["all"] = max(peak["all"], _tree(me, _memory))
            peak["self"] = max(peak["self"], _memory(me))

    watcher = threading.Thread(target=watch)
    watcher.start()
    started, cpu = time.perf_counter(), _tree(me, _processor)
    try:
        yield found
    finally:
        found["wall"], found["cpu"] = time.perf_counter() - started, _tree(me, _processor) - cpu
        over.set()
        watcher.join()
    found["parent"] = peak["self"]
    found["memory"] = (peak["all"] - peak["self"]) / workers if workers > 1 else peak["all"]


def _tree(pid: int, of: Callable[[int], float]) -> Any:
    """Add something up over a process and all that descend from it."""
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        return of(pid) + sum(_tree(child, of) for child in children)
    except OSError:  # it has ended
        return 0


def _processor(pid: int) -> float:
    """Seconds of processor time of a process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICK


def _memory(pid: int) -> int:
    """Bytes in memory; what several processes share is divided among them."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
