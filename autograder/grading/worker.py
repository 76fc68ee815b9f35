"""The task of a worker: a trial of its sandbox before its first submission, then grading.

What cannot be graded for a fault of the machine's comes back as `Refused`, never as points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from autograder.grading import task
from autograder.grading.dask_cluster import NoCluster, connect, in_turn
from autograder.grading.notebook.exchange import Died
from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.selftest import BrokenSandbox, ready, try_again
from autograder.grading.sandbox.strength import NoIsolation
from autograder.grading.task import Job, Outcome

_DEATH = re.compile(r"cell \d+: ")  # how `notebook` tells of a cell that ended its process


@dataclass(frozen=True)
class Refused:
    """A submission that was not graded, as the machine could not; `why` is for the instructor."""

    why: str


def grade_submission(job: Job) -> Outcome | Refused:
    """Grade one submission in a sandbox that is known to work.

    Raises
    ------
    Died
        If this submission cannot be opened in a sandbox that is sound.
    """
    try:
        ready(job.limits, job.root)
        try:
            outcome = task.grade_submission(job)
        except Died:
            try_again(job.limits, job.root, died=True, earned=False)
            raise
        points = [p for sheet in outcome.sheets.values() for p in sheet.points.values()]
        died = any(_DEATH.match(note) for note in outcome.notes)
        try_again(job.limits, job.root, died, any(points) or outcome.unreadable)
    except NoIsolation as error:
        return Refused(str(error))
    return outcome


def try_workers(scheduler: str, limits: Limits, secret: Path) -> None:
    """Try the sandbox of every worker of a Dask cluster; one that joins later tries its own.

    Raises
    ------
    BrokenSandbox
        If any of them cannot grade; the message names it.
    NoCluster
        If Dask is not installed or nothing answers at the address.
    """
    if find_spec("distributed") is None:
        raise NoCluster("Dask is not installed: it comes with the extra 'cluster'")
    with connect(scheduler) as client:
        asked = {
            worker: client.submit(
                *(in_turn, _why_not, (limits, secret)),
                workers=[worker],
                allow_other_workers=True,  # if it ends meanwhile, this must not wait for it
                pure=False,
            )
            for worker in client.nthreads()
        }
        found = {
            worker: str(future.exception() or future.result()) for worker, future in asked.items()
        }
    broken = [f"{worker} says: {why}" for worker, why in found.items() if why]
    if broken:
        many = f"{len(broken)} of {len(found)} workers of the cluster cannot grade"
        raise BrokenSandbox(f"{many}; {broken[0]}")


def _why_not(what: tuple[Limits, Path]) -> str:
    """On a worker: why it cannot grade; empty if it can."""
    try:
        ready(*what)
    except NoIsolation as error:
        return str(error)
    return ""
