"""Unit 08: training in chunks, right and with known mistakes, run with numeric gradients.

The right step holds no backward pass: each chunk is a graph of its own, which starts from the
value of the last state, and the oracle differentiates it. A known mistake is another run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from autograder.engine.exercise import Relative
from autograder.engine.parts import relatives
from autograder.networks import Array, Edits, Graph, upstream_graph
from autograder.networks.chunks import squared_graph, states, truncated, upstream
from autograder.oracle import gradient

Arrays = dict[str, Array]
HIDDEN = ["Wax", "Waa", "ba"]


def norm(grads: Mapping[str, Array]) -> float:
    """The norm of all entries of all arrays together."""
    return float(np.sqrt(sum(float((g**2).sum()) for g in grads.values())))


def shorten(grads: Arrays, bound: float) -> Arrays:
    """One factor for all arrays, so that the direction stays."""
    factor = min(1.0, bound / norm(grads))
    return {name: factor * g for name, g in grads.items()}


def _chunks(T: int, k: int) -> list[slice]:
    return [slice(t, t + k) for t in range(0, T, k)]


@dataclass(frozen=True)
class Habit:
    """In which ways a run differs from the right one.

    Attributes
    ----------
    clip : function
        What is done to a chunk's gradient before the update.
    inside : function or None
        Edits of a chunk's graph.
    start : function or None
        Where a chunk starts, from (a0, state that was carried).
    earlier, later : bool
        Whether gradients of earlier chunks are added; whether the state is carried with the
        parameters after the update.
    once : bool
        Whether there is one update, with the sum of the chunks' gradients.
    of : tuple of str
        Which gradients `clip` sees.
    alone : bool
        Whether each update starts from the first parameters.
    rated : bool
        Whether the learning rate is a factor.
    sign : float
    chunks : function
        The steps of each chunk, of (T, k).
    cut : bool
        Whether the gradient is cut after k steps of a chunk that is longer.
    """

    clip: Callable[[Arrays, float], Arrays] = shorten
    inside: Callable[[Graph, float], Edits] | None = None
    start: Callable[[Array, Array], Array] | None = None
    earlier: bool = False
    later: bool = False
    once: bool = False
    of: tuple[str, ...] = tuple(HIDDEN)
    alone: bool = False
    rated: bool = True
    sign: float = 1.0
    chunks: Callable[[int, int], list[slice]] = _chunks
    cut: bool = False


@dataclass(frozen=True)
class Run:
    """Data and settings of one call of chunked_train_step."""

    x: Array
    y: Array
    a0: Array
    parameters: Mapping[str, Array]
    k: int
    learning_rate: float = 0.0
    right: Habit = field(default_factory=Habit)

    def arguments(self) -> tuple[object, ...]:
        """The arguments up to max_norm."""
        return (self.x, self.y, self.a0, self.parameters, self.k, self.learning_rate)

    def lengths(self) -> tuple[float, float]:
        """The smallest and the largest norm of a chunk's gradient, at the first parameters."""
        found, a = [], self.a0
        for x, y in self.chunks(self.k):
            found.append(norm(gradient(squared_graph(x, y, a, self.parameters), HIDDEN)))
            a = states(x, a, self.parameters)[:, :, -1]
        return min(found), max(found)

    def result(self, max_norm: float, habit: Habit | None = None, k: int = 0) -> Arrays:
        """The parameters that come out."""
        return self._walk(max_norm, habit, k)[0]

    def last_state(self, max_norm: float, habit: Habit | None = None) -> Array:
        """The state after the last step, computed before the last update."""
        return self._walk(max_norm, habit, 0)[1]

    def _walk(self, max_norm: float, habit: Habit | None, k: int) -> tuple[Arrays, Array]:
        """The parameters and the state after the last chunk."""
        how = habit or self.right
        now, a, kept = dict(self.parameters), self.a0, Arrays()
        for x, y in self.chunks(k or self.k, how):
            start = a if how.start is None or a is self.a0 else how.start(self.a0, a)
            now = dict(self.parameters) if how.alone else now
            graph = squared_graph(x, y, start, now)
            graph = truncated(graph, self.k) if how.cut else graph
            edits = None if how.inside is None else how.inside(graph, max_norm)
            grads = gradient(graph, list(how.of), edits)
            added = how.earlier or how.once
            kept = {n: g + kept.get(n, 0.0) for n, g in grads.items()} if added else grads
            before = now
            if not how.once:
                now = self._updated(now, kept, max_norm, how)
            a = states(x, start, now if how.later else before)[:, :, -1]
        return (self._updated(now, kept, max_norm, how) if how.once else now), a

    def _updated(self, now: Arrays, grads: Arrays, max_norm: float, how: Habit) -> Arrays:
        with np.errstate(all="ignore"):
            step = how.clip(grads, max_norm)
        rate = how.sign * (self.learning_rate if how.rated else 1.0)
        return {n: now[n] - rate * step[n] for n in HIDDEN}

    def chunks(self, k: int, how: Habit | None = None) -> list[tuple[Array, Array]]:
        """x and y of each chunk."""
        parts = (how or self.right).chunks(self.x.shape[2], k)
        return [(self.x[:, :, part], self.y[:, :, part]) for part in parts]


def restarted(run: Run) -> tuple[Relative, ...]:
    """What truncated_bptt gives where the state is not carried: each chunk starts anew."""
    listed = []
    for told, start in (("every chunk starts from a0", 1.0), ("later chunks, from zeros", 0.0)):
        total: Arrays = {}
        for n, (x, y) in enumerate(run.chunks(run.k)):
            graph = squared_graph(x, y, run.a0 * (start if n else 1.0), run.parameters)
            found = gradient(graph, [*HIDDEN, "a0"])
            total = {f"d{name}": g + total.get(f"d{name}", 0.0) for name, g in found.items()} | {
                "da0": total.get("da0", found["a0"])
            }
        listed.append(("hidden-state-carry", told, total))
    return relatives(*listed, ("hidden-state-carry", WINDOW, _by_windows(run)))


#: As known mistakes of truncated_bptt are told.
WINDOW = "each loss goes back k steps"


def _by_windows(run: Run) -> Arrays:
    """What truncated_bptt gives where each loss goes back k steps, over the borders of chunks."""
    a = states(run.x, run.a0, run.parameters)
    da, total = upstream(a, run.y), Arrays()
    for last in range(run.x.shape[2]):
        first = max(0, last + 1 - run.k)
        window, alone = slice(first, last + 1), np.zeros_like(da[:, :, first : last + 1])
        alone[:, :, -1] = da[:, :, last]
        graph = upstream_graph(run.x[:, :, window], a[:, :, first], run.parameters, alone)
        found = gradient(graph, [*HIDDEN, "a0"])
        found["a0"] = found["a0"] * (first == 0)
        total = {f"d{n}": g + total.get(f"d{n}", 0.0) for n, g in found.items()}
    return total
