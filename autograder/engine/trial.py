"""One call of a function, and what has to come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.engine.compare import alike
from autograder.engine.formulas import Formula
from autograder.engine.problem import Problem
from autograder.engine.unpack import Unpack
from autograder.networks import Array, Graph

if TYPE_CHECKING:
    from autograder.engine.own_forward import OwnForward


@dataclass(frozen=True)
class Relative:
    """The values that a known mistake gives in a trial without a graph edit for it."""

    id: str
    values: Mapping[str, Array]
    detail: str = ""

    def gives(self, found: Mapping[str, Array]) -> bool:
        """Are these the values that a function returned?"""
        return alike(self.values, found)


@dataclass(frozen=True)
class Trial:
    """One call of the function, and what has to come back.

    Attributes
    ----------
    label : str
        The sizes, for the message: ``"5 inputs, 3 units, m = 7"``.
    args : tuple
        Positional arguments.
    problem : Problem or None
        The graph and the claims, if the function returns gradients.
    values : mapping
        Name to value, if it returns values (a forward pass).
    truth : function or None
        What to compare with when the student's own forward pass is wrong: the numeric gradient
        of *that* forward, at its leaves. With it `tolerance` is that of central differences.
    own : OwnForward or None
        That forward pass, and how far it can be relied on.
    note : str
        What the message says first, e.g. that the forward pass is wrong.
    relatives : sequence of Relative
        What known mistakes give, where the function returns values.
    graph : Graph or None
        The forward pass whose values are returned.
    nodes : mapping of str to tuple of str
        Of which of its nodes each value has to be; several are stacked
        along the axis that the facts of the graph tell.
    diagnostic : bool
        Run only to find out what went wrong; it costs nothing. Such trials have sizes on which
        every product fits, so that a mistake gives numbers where it raises elsewhere.
    unpack : function or None
        In the place of the exercise's own.
    sizes : mapping of str to int
        The sizes of the instance by the letters that the contract has for them, beside those that
        the graph knows: ``{"n_prev": 5, "n": 3}``. Factors are told by them.
    symbols : mapping of str to array
        Arrays that messages may name, beside the arguments, and those that the function returns
        gradients of.
    instead : mapping of str to mapping of str to array
        By the name of a value what a student may have returned in its place, each by what it is
        called: ``{"norms": {"the sum of the norms of the examples": ...}}``.
    formulas : mapping of str to Formula
        By the name of a value the formula that makes it, of which parts may have been changed.
    """

    label: str
    args: tuple[Any, ...]
    problem: Problem | None = None
    values: Mapping[str, Array] = field(default_factory=dict)
    truth: Callable[[], dict[str, Array]] | None = None
    own: OwnForward | None = None
    tolerance: float | None = None
    note: str = ""
    relatives: Sequence[Relative] = ()
    graph: Graph | None = None
    nodes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    diagnostic: bool = False
    unpack: Unpack | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    symbols: Mapping[str, Array] = field(default_factory=dict)
    instead: Mapping[str, Mapping[str, Array]] = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(default_factory=dict)

    def wanted(self) -> dict[str, Array]:
        """The arrays that a right function returns, by name."""
        if self.truth is not None:
            return self.truth()
        right = dict(self.values)
        return right | (self.problem.truth() if self.problem is not None else {})
