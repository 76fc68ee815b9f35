"""Run one function over many tasks in worker processes; a worker that dies loses nothing."""

from __future__ import annotations

import multiprocessing
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_TRIES = 3


@dataclass(frozen=True)
class Lost:
    """A task that could not be done; `why` is one line."""

    why: str


def run_all(
    function: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> Iterator[tuple[Task, Result | Lost]]:
    """Yield (task, result) in the order of completion."""
    if workers == 1 or len(tasks) == 1:
        for task in tasks:
            yield task, _attempt(function, task)
        return
    waiting = deque((task, 1) for task in tasks)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([function.__module__])
    while waiting:
        with ProcessPoolExecutor(min(workers, len(waiting)), mp_context=context) as pool:
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


def _attempt(function: Callable[[Task], Result], task: Task) -> Result | Lost:
    try:
        return function(task)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return Lost(f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"[:500])
