"""What was found of a submission's functions: it need not be found, or told, again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from autograder.grading.notebook.moments import Moment


class HasMoment(Protocol):
    """What knows at which moment of the notebook a test stands."""

    moment: Moment | None


class Memory:
    """What need not be found out, or told, again in the course of one submission."""

    def __init__(self, namespace: HasMoment) -> None:
        self._namespace = namespace
        self._found: dict[Any, tuple[Moment | None, Any]] = {}
        self._made: dict[Any, tuple[Moment | None, Any]] = {}
        self._told: set[Any] = set()

    def get(self, key: Any) -> Any:
        """Return what stands under a key if every function there was is still the same."""
        then, found = self._found.get(key, (None, None))
        now = self._namespace.moment
        if then is None or now is None:
            return None
        return found if then.functions.items() <= now.functions.items() else None

    def put(self, key: Any, found: Any) -> None:
        """Remember something about the functions of this moment."""
        self._found[key] = (self._namespace.moment, found)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, made once for this moment."""
        now = self._namespace.moment
        then, made = self._made.get(key, (None, None))
        if then is None or then is not now:
            made = make()
            self._made[key] = (now, made)
        return made

    def has_told(self, words: Any) -> bool:
        """Whether these words have been told in this submission; from now on they have."""
        if words in self._told:
            return True
        self._told.add(words)
        return False
