"""Run one function over many tasks on a Dask cluster; the counterpart of `pool` for many machines.

Dask gives a task whose worker has died to another worker. What a task writes goes to a folder of
its own, and only the caller, one process, stores results: a task that ran twice counts once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from itertools import islice
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 3  # tasks a thread of the cluster that are handed out at a time
_CONNECT = 20  # seconds
_ONE_AT_A_TIME = threading.Lock()


class NoCluster(Exception):
    """There is no cluster to work on; the message says why."""


def run_on_cluster(
    function: Callable[[Task], Result], tasks: Sequence[Task], scheduler: str
) -> Iterator[tuple[Task, Result | Exception]]:
    """Yield (task, result or what it failed with) in the order of completion.

    Parameters
    ----------
    function : callable
        Importable on the workers under the same name.
    scheduler : str
        Address of a Dask scheduler: ``tcp://host:8786``.

    Raises
    ------
    NoCluster
        If Dask is not installed or nothing answers at the address. A scheduler that goes away
        later raises nothing: all that is unfinished fails with it.
    """
    if not tasks:
        return
    try:
        from distributed import as_completed
    except ImportError as error:
        raise NoCluster("Dask is not installed: it comes with the extra 'cluster'") from error
    with connect(scheduler) as client:
        threads = sum(client.nthreads().values())
        left = iter(tasks)
        running: dict[Any, Task] = {}

        def submit(task: Task) -> Any:
            # not pure: the same submission graded again is another task
            future = client.submit(in_turn, function, task, pure=False)
            running[future] = task
            return future

        first = [submit(task) for task in islice(left, max(1, threads) * _AHEAD)]
        results = as_completed(first, loop=client.loop)
        for future in results:
            task = running.pop(future)
            result, failure = _ended(future)
            yield task, result if failure is None else failure
            if isinstance(failure, NoCluster):  # what is handed in from here on never comes back
                yield from ((lost, failure) for lost in (*running.values(), *left))
                return
            for following in islice(left, 1):
                results.add(submit(following))


def connect(scheduler: str) -> Any:
    from distributed import Client

    try:
        return Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"no Dask scheduler answers at {scheduler}: {error}") from error


def _ended(future: Any) -> tuple[Any, Exception | None]:
    """The result, or what came in its place."""
    try:
        return future.result(), None
    except CancelledError:  # also where the connection is lost while the result is on its way
        return None, NoCluster("the connection to the cluster was lost")
    except Exception as error:
        return None, error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return None, RuntimeError(str(error))


def in_turn(function: Callable[[Task], Result], task: Task) -> Result:
    """Run on a worker: a process has one sandbox, however many threads Dask gives it."""
    with _ONE_AT_A_TIME:
        return function(task)
