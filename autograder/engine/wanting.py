"""What a property raises where it does not hold."""

from __future__ import annotations


class Wanting(Exception):
    """A property does not hold; the message says what was found and what was expected.

    Attributes
    ----------
    id : str
        The misconception behind it, if the check knows it.
    """

    def __init__(self, message: str, id: str = ""):
        super().__init__(message)
        self.id = id


class Barrier(Wanting):
    """What came back can serve no property: a wrong form, or arguments that were written into.

    The first property that meets it tells it; the others are not checked, for nobody can tell
    whether they hold.
    """


class AsFarAsSeen(Exception):
    """A property holds as far as it can be seen beside what another property has told.

    It earns its points, since one mistake is counted once; the message says what was not seen.
    """
