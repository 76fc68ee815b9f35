"""What was found: a change, and what is right with it."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.engine.repair.change import Change


@dataclass(frozen=True)
class Repair:
    """A change that was found.

    Attributes
    ----------
    change : Change
    line : str
        The line of the cell that it is in.
    mended : tuple of str
        The arrays that are right with it, and were not.
    whole : bool
        Whether all arrays are.
    trials : int
        On how many instances that was seen; 0 where properties alone were asked.
    function : str
        The function that the line is in, if it is one that is called.
    where : str
        On which instances everything is right with it, if not on all.
    word : str
        The argument that they have in common.
    indent : int
        How far the line is moved in.
    """

    change: Change
    line: str
    mended: tuple[str, ...]
    whole: bool
    trials: int
    function: str = ""
    where: str = ""
    word: str = ""
    indent: int = 0
