"""A factor on the wires of one kind, measured instead of guessed.

Along a direction the gradient is a polynomial in the factor, of degree 1 where no path meets two of
the wires. A few factors give the polynomial, and its roots are the factors that give what was
returned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.engine.diagnosis.batch import slopes
from autograder.engine.diagnosis.edits import rescale
from autograder.engine.diagnosis.hypothesis import Evidence
from autograder.networks import Array, Edits

#: Two directions: the first gives the roots, the second refuses those that are none.
_DIRECTIONS = 2


def measured(
    item: Evidence, uses: Sequence[tuple[Sequence[str], int]]
) -> Iterator[tuple[int, float]]:
    """Yield which of these sets of wires explain the arrays by a factor, and the factor.

    Parameters
    ----------
    item : Evidence
    uses : sequence of (wires, degree)
        The wires that carry the same factor, and how many of them a path can meet.
    """
    graph, rng = item.problem.graph, np.random.default_rng(5)
    claims = item.problem.claims
    directions: dict[str, Array] = {}
    wanted = np.zeros(_DIRECTIONS)
    for name, claim in claims.items():
        drawn = rng.uniform(0.5, 1.0, (_DIRECTIONS, *graph.value(claim.node).shape))
        directions[claim.node] = directions.get(claim.node, 0.0) + claim.factor * drawn
        axes = tuple(range(1, drawn.ndim))
        wanted += (item.returned[name] * drawn).sum(axis=axes)
    parts: list[Edits] = []
    rows: list[tuple[int, Array]] = []
    for wires, degree in uses:
        at = np.cos(np.pi * (np.arange(degree + 1) + 0.5) / (degree + 1)) + 0.75
        rows.append((len(parts), at))
        parts += [dict.fromkeys(wires, rescale(float(f))) for f in at]
    found = list(slopes(graph, directions, parts, [(n,) for n in range(len(parts))]))
    for place, (start, at) in enumerate(rows):
        values = np.array(found[start : start + len(at)])
        if np.isfinite(values).all():
            yield from ((place, f) for f in _roots(at, values, wanted))


def _roots(at: Array, values: Array, wanted: Array) -> Iterator[float]:
    """Yield the factors at which both polynomials have the wanted values."""
    size = np.abs(values).max() + np.abs(wanted).max()
    if not np.abs(np.ptp(values, axis=0)).max() > 1e-9 * size:
        return
    first, second = (np.polyfit(at, values[:, k], len(at) - 1) for k in range(_DIRECTIONS))
    first[-1] -= wanted[0]
    for root in np.roots(first):
        real = float(np.real(root))
        if abs(np.imag(root)) > 1e-6 * (1 + abs(real)) or not np.isfinite(real):
            continue
        scale = sum(abs(c * real ** (len(at) - 1 - n)) for n, c in enumerate(second)) + size
        if abs(np.polyval(second, real) - wanted[1]) <= 1e-7 * scale:
            yield real
