"""A misconception: one entry of the catalogue, in the words that students read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misconception:
    """A mistake that students really make.

    Attributes
    ----------
    id : str
        Its name in the catalogue, ``"one-over-m-twice"``.
    unit : str
        The unit whose lesson cures it, ``"04"``.
    title : str
        A few words for tables, ``"1/m paid twice"``.
    computed : str
        One or two sentences: of what the returned arrays are the right gradient.
    formula : str
        The line of formula that it concerns.
    ask : str
        The next question to ask oneself.
    section : str
        Where the lesson treats it.
    mistake : bool
        False for a convention, which is not an error of arithmetic.
    """

    id: str
    unit: str
    title: str
    computed: str
    formula: str
    ask: str
    section: str
    mistake: bool = True
