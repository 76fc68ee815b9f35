"""Arrays that count their multiplications: so that O(n²) against O(n³) needs no stopwatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass
class Tally:
    """How many multiplications of two numbers were made, and how many products of two arrays."""

    multiplications: int = 0
    products: int = 0


class Counted(np.ndarray[Any, np.dtype[np.float64]]):
    """A float array that adds to a tally when it meets another one in ``@``, ``*`` or np.dot.

    Results are counted too, so a whole chain of products is. Additions are not counted: a matrix
    product makes about as many of them as multiplications.
    """

    tally: Tally

    def __array_finalize__(self, parent: Any) -> None:
        self.tally = getattr(parent, "tally", Tally())

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [np.asarray(x) for x in inputs]
        out = kwargs.get("out")
        if out is not None:
            kwargs["out"] = tuple(np.asarray(x) for x in out)
        result = getattr(ufunc, method)(*plain, **kwargs)
        if method == "__call__" and ufunc in (np.matmul, np.multiply):
            inner = plain[0].shape[-1] if ufunc is np.matmul else 1
            self._add(int(np.size(result)) * inner)
        return self._wrap(result) if out is None else out[0]

    def dot(self, other: Any, out: Any = None) -> Any:
        """Like ``@`` for one and two axes."""
        return self @ other if out is None else np.matmul(self, other, out=out)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if function is np.dot and len(args) == 2 and not kwargs:
            return np.matmul(*args)
        return super().__array_function__(function, types, args, kwargs)

    def _add(self, count: int) -> None:
        self.tally.multiplications += count
        self.tally.products += 1

    def _wrap(self, result: Any) -> Any:
        if not isinstance(result, np.ndarray):
            return result
        counted = result.view(Counted)
        counted.tally = self.tally
        return counted


def counting(*arrays: NDArray[np.float64]) -> tuple[Tally, list[Counted]]:
    """Copies of the arrays that count into one tally.

    Examples
    --------
    >>> tally, (A, B) = counting(np.ones((2, 3)), np.ones((3, 5)))
    >>> (A @ B).shape, tally.multiplications
    ((2, 5), 30)
    """
    tally, copies = Tally(), []
    for array in arrays:
        copy = np.array(array, dtype=float).view(Counted)
        copy.tally = tally
        copies.append(copy)
    return tally, copies
