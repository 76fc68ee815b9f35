"""A sentence together with what has to hold for it to be said.

A sentence that describes an answer can be false of the next one. So whoever writes it writes its
predicate beside it, and it is evaluated before the sentence is said:

>>> found = [1, 2]
>>> said([Statement("it has one entry", lambda: len(found) == 1)])
()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Statement:
    """One sentence, or a few that hold together.

    Attributes
    ----------
    text : str
        What the student reads.
    holds : callable
        Without arguments: whether the text is true of what was run. It may run the student's
        function again; what it raises counts as no.
    exact : bool
        Whether it says all of what was computed, as a formula does: no experiment is needed then.
    about : tuple of str
        The arrays of which it says all of what was computed.
    once : bool
        Whether it says what one example shows, which may be chance.
    """

    text: str
    holds: Callable[[], bool] = field(compare=False)
    exact: bool = False
    about: tuple[str, ...] = ()
    once: bool = False

    @property
    def true(self) -> bool:
        """Whether the sentence may be said."""
        try:
            return bool(self.holds())
        except Exception:  # of an answer in an odd form a predicate may fail in any way
            return False


def said(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return the texts of the statements that hold, each once, in their order."""
    return tuple(dict.fromkeys(s.text for s in statements if s.true))
