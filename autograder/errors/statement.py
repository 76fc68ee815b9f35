"""What is said of an exception: sentences, each with what has to hold before it is said."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Role = Literal["told", "try", "ask"]


@dataclass(frozen=True)
class Statement:
    """A sentence, and the condition under which it is true and of use.

    Attributes
    ----------
    sentence : str
    holds : function or bool
        Evaluated before the sentence is said; where it raises, nothing is said.
    role : str
        ``told``: what happened; ``try``: what to do next; ``ask``: a question to the student.
    """

    sentence: str
    holds: Callable[[], object] | bool = True
    role: Role = "told"

    def is_true(self) -> bool:
        """Whether the sentence may be said."""
        try:
            return bool(self.holds() if callable(self.holds) else self.holds)
        except Exception:  # a condition that cannot be evaluated does not hold
            return False


Statements = Iterator[Statement]


def question(sentence: str, holds: Callable[[], object] | bool = True) -> Statement:
    """A question to the student."""
    return Statement(sentence, holds, "ask")


def collected(statements: Iterable[Statement]) -> list[Statement]:
    """The statements whose condition holds; an account that breaks off is worth what it has "
    "said."""
    found: list[Statement] = []
    with contextlib.suppress(Exception):  # the code that stopped may hold anything
        for one in statements:
            if one.is_true():
                found.append(one)
    return found


def said(statements: Iterable[Statement], role: Role = "told") -> list[str]:
    """The sentences of one role, in their order, each once."""
    return list(dict.fromkeys(one.sentence for one in statements if one.role == role))
