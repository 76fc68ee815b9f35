"""Three hints for a function: a question, a formula, a worked tiny case; never code."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = ("a question", "a formula", "a worked tiny case")


@dataclass(frozen=True)
class Hints:
    """The hints for one function, in the order in which they are given.

    Attributes
    ----------
    question : str
        What the student should ask; it points at the place and says nothing of the answer.
    case : str
        Its first sentence says what is given, ``Take dZ = [[3, -1]], W = [[2]].``, the rest how
        the answer comes about. What is written there as sums, ``3·1 + 2 = 5``, is recomputed by
        the tests.
    formula : str
        In the symbols of the contract. Where it is "", the lines of the contract are the formula
        (`Mistakes.contract`), which feedback shows too.
    """

    question: str
    case: str
    formula: str = ""
