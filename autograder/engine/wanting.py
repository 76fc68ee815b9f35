"""What a property raises where it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Wanting(Exception):
    """A property does not hold; the message says what was found and what was expected.

    Where it takes long to find, the message is a function that makes it: of a changed function that
    is tried nothing is told. It may raise what a property may raise, another `Wanting` too.

    Attributes
    ----------
    id : str
        The misconception behind it, if the check knows it.
    """

    def __init__(self, message: str | Callable[[], str], id: str = ""):
        super().__init__(message)
        self.id = id

    def __str__(self) -> str:
        (message,) = self.args
        if not isinstance(message, str):
            self.args = (message(),)
        return str(self.args[0])


class Barrier(Wanting):
    """What came back can serve no property: a wrong form, or arguments that were written into.

    The first property that meets it tells it; the others are not checked, for nobody can tell
    whether they hold.
    """


class AsFarAsSeen(Exception):
    """A property holds as far as it can be seen beside what another property has told.

    It earns its points, since one mistake is counted once; the message says what was not seen.
    """


def worded(asked: Callable[..., None], *args: Any) -> None:
    """Ask for a property, and have the message made of what it raises."""
    try:
        asked(*args)
    except Wanting as error:
        str(error)
        raise
