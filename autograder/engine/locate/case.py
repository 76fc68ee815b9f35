"""What localisation looks at: each returned array beside the right one, on every instance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Trial
from autograder.engine.findings import Outcome
from autograder.engine.formulas import Formula
from autograder.engine.signatures import signature_of
from autograder.networks import Array
from autograder.networks.facts import ExpressionFacts

#: Two arrays are equal for localisation if they agree to this fraction of the largest entry.
CLOSE = 1e-7


@dataclass(frozen=True)
class Case:
    """One instance: what came back and what is right, by name, as arrays of floats.

    Attributes
    ----------
    label : str
        The sizes in words.
    found, right : mapping of str to array
        Only what both have; `found` may have another shape, and nan in it.
    wrong : frozenset of str
        The names whose array is not accepted.
    sizes : mapping of str to int
        The sizes of the instance, by the letters of the contract.
    symbols : mapping of str to array
        Arguments and leaves, by the names that the contract gives them.
    tolerance : float
        How accurate `right` is.
    instead : mapping of str to mapping of str to array
        By the name of an array others that may stand in its place, by what they are called.
    formulas : mapping of str to Formula
        By the name of an array the formula that makes it.
    kind : str
        The words among the arguments: ``"tanh"``; each may have a line of its own.
    unlike : bool
        Whether the same name is another thing on every instance, as the nodes of expressions are.
    """

    label: str
    found: Mapping[str, Array]
    right: Mapping[str, Array]
    wrong: frozenset[str]
    sizes: Mapping[str, float] = field(default_factory=dict)
    symbols: Mapping[str, Array] = field(default_factory=dict)
    tolerance: float = CLOSE
    instead: Mapping[str, Mapping[str, Array]] = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    kind: str = ""
    unlike: bool = False


@dataclass(frozen=True)
class Pair:
    """One array of a case."""

    case: Case
    name: str

    @property
    def found(self) -> Array:
        """What came back."""
        return self.case.found[self.name]

    @property
    def right(self) -> Array:
        """What should have come back."""
        return self.case.right[self.name]

    @property
    def wrong(self) -> bool:
        """Whether it is not accepted."""
        return self.name in self.case.wrong

    def gives(self, other: Any) -> bool:
        """Whether what came back is this array: the same shape and numbers."""
        return same(self.found, np.asarray(other), self.case.tolerance)

    @cached_property
    def off(self) -> Array:
        """Which entries are wrong; found and right have one shape."""
        scale = float(np.abs(self.right).max(initial=0.0)) or 1.0
        return np.asarray(~(np.abs(self.found - self.right) <= self.case.tolerance * scale))


def same(found: Array, wanted: Array, tolerance: float = CLOSE) -> bool:
    """Whether two arrays have one shape and, to the tolerance, the same finite numbers."""
    if found.shape != wanted.shape or not np.isfinite(wanted).all():
        return False
    scale = max(float(np.abs(wanted).max(initial=0.0)), 1e-9)
    return bool(np.all(np.abs(found - wanted) <= tolerance * scale))


def cases_of(exercise: Exercise, outcomes: Sequence[Outcome]) -> list[Case]:
    """Return the cases of the trials that came back."""
    return [_case(exercise, outcome) for outcome in outcomes if outcome.gaps]


def _kind(trial: Trial) -> str:
    """The words among the arguments, as the trial is called where it begins with them."""
    words = [argument for argument in trial.args if isinstance(argument, str)]
    called = trial.label.partition(",")[0]
    return called if words and set(words) <= set(called.split()) else ", ".join(words)


def _case(exercise: Exercise, outcome: Outcome) -> Case:
    trial = outcome.trial
    right = {n: np.asarray(a, dtype=float) for n, a in (outcome.wanted or trial.wanted()).items()}
    found = {n: a for n in right if (a := number_array(outcome.returned.get(n))) is not None}
    wrong = frozenset(n for n, gap in outcome.gaps.items() if gap is not None and gap.wrong)
    counts = dict(trial.problem.graph.facts.counts) if trial.problem is not None else {}
    if "T_x" in trial.sizes:  # the contract's letter for it
        counts.pop("T", None)
    return Case(
        trial.label,
        found,
        right,
        wrong,
        {**counts, **trial.sizes, **_numbers(exercise, outcome)},
        symbols_of(exercise, outcome),
        max(CLOSE, trial.tolerance or 0.0),
        trial.instead,
        _formulas(trial, found),
        _kind(trial),
        trial.problem is not None and isinstance(trial.problem.graph.facts, ExpressionFacts),
    )


def _formulas(trial: Trial, found: Mapping[str, Array]) -> dict[str, Formula]:
    """The formulas, each of what the student's own lines handed to it."""
    given = {name: formula.given(found) for name, formula in trial.formulas.items()}
    return {name: formula for name, formula in given.items() if formula is not None}


def _numbers(exercise: Exercise, outcome: Outcome) -> dict[str, float]:
    """The numbers with fractions among the arguments, by their names: they may be factors too."""
    named = zip(argument_names(exercise), outcome.trial.args, strict=False)
    return {n: a for n, a in named if isinstance(a, float) and 0 < a != 1 and not a.is_integer()}


def number_array(value: Any) -> Array | None:
    """Return plain real numbers as floats; None of anything else."""
    if not isinstance(value, (np.ndarray, np.generic, float, int)) or isinstance(value, bool):
        return None
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind in "fiub" else None


def symbols_of(exercise: Exercise, outcome: Outcome) -> dict[str, Array]:
    """Return the arrays that a message may name: arguments, leaves that have a gradient here."""
    trial = outcome.trial
    named = {**trial.symbols, **arguments(exercise, outcome)}
    if trial.problem is not None:
        seen = trial.problem.graph.seen
        for name, claim in trial.problem.claims.items():
            if name[0] == "d" and len(name) > 1:
                named.setdefault(name[1:], np.asarray(seen[claim.node]))
    return {name: array for name, array in named.items() if array.dtype.kind in "fiu"}


def argument_names(exercise: Exercise) -> list[str]:
    """Return how the contract calls the arguments, in their order."""
    return re.findall(r"(\w+)(?:=[^,)]*)?[,)]", signature_of(exercise.name, exercise.unit))


def arguments(exercise: Exercise, outcome: Outcome) -> dict[str, Array]:
    """Return the arrays among the arguments, by the names in the contract; dicts are opened."""
    trial = outcome.trial
    named: dict[str, Array] = {}
    names = argument_names(exercise)
    for n, argument in enumerate(trial.args):
        has = [s for s, array in trial.symbols.items() if array is argument]
        name = names[n] if n < len(names) else next(iter(has), f"argument {n + 1}")
        pieces = argument if isinstance(argument, dict) else {name: argument}
        arrays = {str(k): v for k, v in pieces.items() if isinstance(v, np.ndarray)}
        # grads and v have the same keys
        named |= {f"{name}['{k}']" if k in named else k: v for k, v in arrays.items()}
    return named


def pairs(cases: Sequence[Case], name: str) -> list[Pair]:
    """Return the array of that name on every case that has it."""
    return [Pair(c, name) for c in cases if name in c.found and name in c.right]


def wrong_pairs(cases: Sequence[Case], name: str) -> list[Pair]:
    """Return the array of that name where it is wrong."""
    return [pair for pair in pairs(cases, name) if pair.wrong]


def wrong_names(cases: Sequence[Case]) -> list[str]:
    """Return the names of all arrays that are wrong on some case, in the order of the contract."""
    ordered = dict.fromkeys(name for case in cases for name in case.right)
    return [name for name in ordered if any(name in case.wrong for case in cases)]


def common(found: Sequence[Pair]) -> dict[str, Array]:
    """Return the symbols that every instance has, with their arrays on the first."""
    others = [pair.case.symbols for pair in found[1:]]
    symbols = found[0].case.symbols
    return {n: a for n, a in symbols.items() if all(n in other for other in others)}
