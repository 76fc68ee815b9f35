"""A grader's run over one submission: what was found of its functions need not be found again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

from autograder.engine.check_session import CheckSession
from autograder.engine.report.report import Report
from autograder.grading.notebook.moments import Moment
from autograder.grading.notebook.own_instances import own_seed


class HasMoment(Protocol):
    """What knows at which moment of the notebook a test stands."""

    moment: Moment | None


class GradedSession(CheckSession):
    """What a check knows of a submission that is graded.

    Attributes
    ----------
    broken : dict of str to str
        What became of functions whose cell did not run through.
    shown : list of dict
        The reports on what the test that runs now has checked, as nbformat outputs.
    """

    own_instances = True

    def __init__(self, at: HasMoment, key: bytes) -> None:
        self._at, self._key = at, key
        self.broken: dict[str, str] = {}
        self.shown: list[dict[str, Any]] = []
        self._found: dict[Hashable, tuple[Moment | None, Any]] = {}
        self._made: dict[Hashable, tuple[Moment | None, Any]] = {}
        self._told: set[Hashable] = set()

    def seed(self, seed: int) -> int:
        """Return the seed of this student's instances, in the place of a test's."""
        return own_seed(self._key, seed) if self._key else seed

    def remembered(self, key: Hashable) -> Any:
        """Return what stands under a key if every function there was is still the same."""
        then, found = self._found.get(key, (None, None))
        now = self._at.moment
        if then is None or now is None:
            return None
        return found if then.functions.items() <= now.functions.items() else None

    def remember(self, key: Hashable, found: Any) -> None:
        """Remember something about the functions of this moment."""
        self._found[key] = (self._at.moment, found)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, made once for this moment."""
        now = self._at.moment
        then, made = self._made.get(key, (None, None))
        if then is None or then is not now:
            made = make()
            self._made[key] = (now, made)
        return made

    def has_told(self, words: Hashable) -> bool:
        """Whether these words have been told in this submission; from now on they have."""
        if words in self._told:
            return True
        self._told.add(words)
        return False

    def why_missing(self, name: str) -> str:
        """Say what became of the cell that should define a function; empty if nothing is known."""
        return self.broken.get(name, "")

    def defined(self) -> list[str]:
        """Return the names of the student's functions and classes at this moment."""
        return list(self._at.moment.functions) if self._at.moment is not None else []

    def advice(self) -> str:
        """Say what to do about a function that there is nothing like."""
        return "no cell of the notebook defines one"

    def show(self, report: Report) -> None:
        """Keep a report for the outputs of the test that made it."""
        bundle = report._repr_mimebundle_()
        self.shown.append({"output_type": "display_data", "data": bundle, "metadata": {}})
