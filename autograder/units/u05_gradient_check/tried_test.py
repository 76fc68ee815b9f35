"""Unit 05: a student's test on one case, asked for faults of the grader's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from autograder.networks import Array
from autograder.units.u05_gradient_check.wrong_versions import Outputs

Case: TypeAlias = dict[str, Array]
#: Wrong arrays by their names.
Faults: TypeAlias = Mapping[str, Array]
#: The test's verdict; what makes it raise is not accepted.
Asks: TypeAlias = Callable[[Case, Outputs], bool]

NAN = "nan"
#: Faults of an entry, in parts of the largest entry of its array.
_LARGE = (1e-2, 1.0, 1e3)


class Tried:
    """A test, a case, and the right outputs."""

    def __init__(self, asks: Asks, case: Case, right: Outputs):
        self._asks, self.case, self.right = asks, case, right

    def passes(self, faults: Faults) -> bool:
        """Whether it accepts the right outputs with other arrays in these places."""
        return self._asks(self.case, {**self.right, **faults})

    def all_pass(self, name: str, faults: Sequence[Array]) -> bool:
        """Whether it accepts each of these in the place of an array."""
        return all(self.passes({name: fault}) for fault in faults)

    def refuses_all(self, name: str, faults: Sequence[Array]) -> bool:
        """Whether it refuses each of these in the place of an array."""
        return not any(self.passes({name: fault}) for fault in faults)

    def never_refuses(self, name: str) -> bool:
        """Whether it accepts wrong numbers in each entry of an array, and in all of them."""
        inner = range(1, self.right[name].size - 1)
        faults = self.moved(name, (0, -1, slice(None))) + self.moved(name, inner, (1,), (1.0,))
        return self.all_pass(name, faults)

    def moved(
        self,
        name: str,
        places: Sequence[int | slice],
        signs: Sequence[int] = (1, -1),
        sizes: Sequence[float] = _LARGE,
    ) -> list[Array]:
        """An array with entries in each of these places moved by parts of the largest."""
        return [
            _moved(self.right[name], (place, sign * size))
            for size in sizes
            for place in places
            for sign in signs
        ]

    def cancelling(self, name: str) -> list[Array]:
        """An array with two entries moved by as much, up and down."""
        return [_moved(self.right[name], (0, size), (-1, -size)) for size in _LARGE]

    def all_wrong(self, names: Sequence[str]) -> Faults:
        """Arrays of which all entries are wrong."""
        return {n: self.moved(n, (slice(None),), (1,), (1.0,))[0] for n in names}

    def scaled(self, factor: float) -> Tried:
        """The same of a case in which all outputs are so many times as large."""
        case = self.case | {"dZ": factor * self.case["dZ"]}
        return Tried(self._asks, case, {n: factor * a for n, a in self.right.items()})


def _moved(right: Array, *parts: tuple[int | slice, float]) -> Array:
    fault = right.ravel().copy()
    for place, part in parts:
        fault[place] += part * np.abs(right).max()
    return fault.reshape(right.shape)


def with_nan(right: Array) -> Array:
    """The array with nan in its last entry."""
    fault = right.copy()
    fault[-1, -1] = np.nan
    return fault
