"""How the tests are spread over several workers: what shares a fixture stays together.

A file is run by one worker, so that what its tests share (a graded class, a course) is made once.
Where each test is long and they share nothing, every test goes to whoever is free. The long ones
begin first: what is left for the end is short, and no worker waits for another.
"""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling

#: Where each test is a piece of work of its own.
ALONE = (
    "tests/cheats/",
    "tests/mutation/",
    "tests/statements/",
    "tests/units/contracts/",
    "tests/test_console.py",
)
#: What begins first, in this order; of the rest no file takes long.
FIRST = (
    "tests/mutation/test_every_form_is_needed.py",
    "tests/cheats/",
    "tests/grading/",
    "tests/statements/",
    "tests/mutation/",
    "tests/test_console.py",
    "tests/test_sample_class.py",
    "tests/test_demo.py",
    "tests/authoring/",
    "tests/report/",
    "tests/engine/",
    "tests/browser/",
    "tests/units/contracts/",
)


def piece(nodeid: str) -> str:
    """The piece of work that a test belongs to."""
    return nodeid if nodeid.startswith(ALONE) else nodeid.partition("::")[0]


def turn(nodeid: str) -> int:
    """The place in the order of what begins first."""
    places = (n for n, start in enumerate(FIRST) if nodeid.startswith(start))
    return next(places, len(FIRST))


class Pieces(LoadScopeScheduling):  # type: ignore[misc]
    """Hand out piece after piece, in the order in which the tests were collected."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)
