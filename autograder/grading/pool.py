"""Run one function over many tasks in worker processes; a worker that dies loses nothing."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from autograder.grading.dask_cluster import run_on_cluster

Task = TypeVar("Task")
Result = TypeVar("Result")

_TRIES = 3


@dataclass(frozen=True)
class Lost:
    """A task that could not be done; `why` is one line."""

    why: str


def run_all(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    workers: int,
    scheduler: str | None = None,
) -> Iterator[tuple[Task, Result | Lost]]:
    """Yield (task, result) in the order of completion.

    Parameters
    ----------
    function : callable
        Importable by name.
    workers : int
        Processes on this machine.
    scheduler : str, optional
        Address of a Dask scheduler whose workers do the work instead.
    """
    if scheduler is not None:
        for task, done in run_on_cluster(function, tasks, scheduler):
            yield task, _lost(done) if isinstance(done, Exception) else done
        return
    if workers == 1 or len(tasks) == 1:
        _set_aside()
        for task in tasks:
            yield task, _attempt(function, task)
        return
    waiting = deque((task, 1) for task in tasks)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([function.__module__])
    while waiting:
        with ProcessPoolExecutor(
            min(workers, len(waiting)), mp_context=context, initializer=_prepare
        ) as pool:
            running: dict[Future[Result | Lost], tuple[Task, int]] = {}
            try:
                yield from _drain(pool, function, waiting, running, workers)
            except BrokenProcessPool:
                # whatever was running when a worker died is tried again, alone at the last
                for task, tries in running.values():
                    if tries < _TRIES:
                        waiting.append((task, tries + 1))
                    else:
                        yield task, Lost("the worker process died on it three times")
                workers = max(1, workers // 2)


def _drain(
    pool: ProcessPoolExecutor,
    function: Callable[[Task], Result],
    waiting: deque[tuple[Task, int]],
    running: dict[Future[Result | Lost], tuple[Task, int]],
    workers: int,
) -> Iterator[tuple[Task, Result | Lost]]:
    """Keep every worker busy with one task, and no more queued than can be lost."""
    while waiting or running:
        while waiting and len(running) < workers + 1:
            task, tries = waiting.popleft()
            running[pool.submit(_attempt, function, task)] = (task, tries)
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            result = future.result()
            task, _ = running.pop(future)
            yield task, result


def _prepare() -> None:
    """Let this worker not outlive a run that is killed; its sandbox ends with it."""
    _set_aside()
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _set_aside() -> None:
    """Spare the garbage collector all that was imported; it would look through it each time."""
    gc.collect()
    gc.freeze()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _attempt(function: Callable[[Task], Result], task: Task) -> Result | Lost:
    try:
        return function(task)
    except Exception as error:
        return _lost(error)


def _lost(error: Exception) -> Lost:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return Lost(f"{type(error).__name__}: {error}{place}"[:500])
