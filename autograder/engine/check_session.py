"""What a check knows of where it runs, beside the names: in a notebook, or in a grader's run."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from autograder.console import print_anywhere
from autograder.engine.report.report import Report


class CheckSession:
    """A notebook, where a student checks a function.

    Nothing is remembered, as any cell may redefine a function, and everyone has the same
    instances. A grader's run is a kind of its own (`autograder.grading.notebook.graded_session`).

    Attributes
    ----------
    own_instances : bool
        Whether each student has instances of their own.
    """

    own_instances = False

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def seed(self, seed: int) -> int:
        """Return the seed of this student's instances, in the place of a test's."""
        return seed

    def remembered(self, key: Hashable) -> Any:
        """Return what is remembered of the functions as they are, or None."""
        return None

    def remember(self, key: Hashable, found: Any) -> None:
        """Remember something of the functions as they are."""

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what `make` gives; made once, as long as nothing changes."""
        return make()

    def has_told(self, words: Hashable) -> bool:
        """Whether these words have been told before; from now on they have."""
        return False

    def why_missing(self, name: str) -> str:
        """Say what became of the cell that should define a function; empty if nothing is known."""
        cells = self._names.get("In")  # the cells that have run
        definition = re.compile(rf"^(def|class) {name}\b", re.M)
        if isinstance(cells, list) and any(
            isinstance(cell, str) and definition.search(cell) for cell in cells
        ):
            return (
                "its cell has run, but stopped before it defined one, or the name was taken away "
                "again"
            )
        return ""

    def defined(self) -> list[str]:
        """Return the names of the functions that there are."""
        return [n for n, v in self._names.items() if not n.startswith("_") and callable(v)]

    def advice(self) -> str:
        """Say what to do about a function that there is nothing like."""
        return "run its cell first"

    def show(self, report: Report) -> None:
        """Show a report: as a table in a notebook, as plain text anywhere else."""
        print_anywhere()
        try:
            from IPython import get_ipython
            from IPython.display import display
        except ImportError:
            print(report)
            return
        if get_ipython() is None:
            print(report)
        else:
            display(report)  # type: ignore[no-untyped-call]


def session_of(names: Mapping[str, Any]) -> CheckSession:
    """Return the session of a namespace: its own, as a grader's has, or a notebook's."""
    own = getattr(names, "check_session", None)
    return own if isinstance(own, CheckSession) else CheckSession(names)
