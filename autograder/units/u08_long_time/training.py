"""Unit 08: training in chunks, right and with known mistakes, run with numeric gradients.

The right step holds no backward pass: each chunk is a graph of its own, which starts from the
value of the last state, and the oracle differentiates it. A known mistake is another run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.exercise import Relative
from autograder.engine.parts import relatives
from autograder.networks import Array, Edits, Graph
from autograder.networks.chunks import squared_graph, states
from autograder.oracle import gradient
from autograder.units.u08_long_time.mistakes import Clip, by_norm, by_value, clipped_inside

Arrays = dict[str, Array]
HIDDEN = ["Wax", "Waa", "ba"]


def norm(grads: Mapping[str, Array]) -> float:
    """The norm of all entries of all arrays together."""
    return float(np.sqrt(sum(float((g**2).sum()) for g in grads.values())))


def shorten(grads: Arrays, bound: float) -> Arrays:
    """One factor for all arrays, so that the direction stays."""
    factor = min(1.0, bound / norm(grads))
    return {name: factor * g for name, g in grads.items()}


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
    earlier : bool
        Whether gradients of earlier chunks are added.
    sign : float
    """

    clip: Callable[[Arrays, float], Arrays] = shorten
    inside: Callable[[Graph, float], Edits] | None = None
    start: Callable[[Array, Array], Array] | None = None
    earlier: bool = False
    sign: float = 1.0


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

    def shortest(self) -> float:
        """The smallest norm that a chunk's gradient has, at the first parameters."""
        found, a = [], self.a0
        for x, y in self.chunks(self.k):
            found.append(norm(gradient(squared_graph(x, y, a, self.parameters), HIDDEN)))
            a = states(x, a, self.parameters)[:, :, -1]
        return min(found)

    def result(self, max_norm: float, habit: Habit | None = None, k: int = 0) -> Arrays:
        """The parameters that come out."""
        return self._walk(max_norm, habit, k)[0]

    def last_state(self, max_norm: float, habit: Habit | None = None) -> Array:
        """The state after the last step, computed before the last update."""
        return self._walk(max_norm, habit, 0)[1]

    def _walk(self, max_norm: float, habit: Habit | None, k: int) -> tuple[Arrays, Array]:
        """The parameters and the state after the last chunk."""
        how = habit or self.right
        now, a, kept = dict(self.parameters), self.a0, {n: np.zeros(1) for n in HIDDEN}
        for x, y in self.chunks(k or self.k):
            start = a if how.start is None or a is self.a0 else how.start(self.a0, a)
            graph = squared_graph(x, y, start, now)
            edits = None if how.inside is None else how.inside(graph, max_norm)
            grads = gradient(graph, HIDDEN, edits)
            kept = {n: g + kept[n] for n, g in grads.items()} if how.earlier else grads
            a = states(x, start, now)[:, :, -1]
            step = how.clip(kept, max_norm)
            now = {n: now[n] - how.sign * self.learning_rate * step[n] for n in HIDDEN}
        return now, a

    def chunks(self, k: int) -> list[tuple[Array, Array]]:
        """x and y of each chunk."""
        steps = range(0, self.x.shape[2], k)
        return [(self.x[:, :, t : t + k], self.y[:, :, t : t + k]) for t in steps]


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
    return relatives(*listed)


def _not_at_all(grads: Arrays, bound: float) -> Arrays:
    return grads


def _each(clip: Clip) -> Callable[[Arrays, float], Arrays]:
    return lambda grads, bound: {name: clip(g, bound) for name, g in grads.items()}


def _inside(clip: Clip) -> Callable[[Graph, float], Edits]:
    return lambda graph, bound: clipped_inside(graph, bound, clip)


#: The state of the chunk before is not carried, in one way or another.
NOT_CARRIED = (Habit(start=lambda a0, a: a0), Habit(start=lambda a0, a: 0 * a))
_HABITS = (
    ("clip-wrong-place", "after the update, or not at all", Habit(clip=_not_at_all)),
    ("clip-wrong-place", "the norm of da_prevt", Habit(_not_at_all, inside=_inside(by_norm))),
    ("clip-wrong-place", "each entry of da_prevt", Habit(_not_at_all, inside=_inside(by_value))),
    ("clip-wrong-place", "inside the loop and after it", Habit(inside=_inside(by_norm))),
    ("clip-value-vs-norm", "each entry of the gradient", Habit(clip=_each(by_value))),
    ("clip-value-vs-norm", "each array by its own norm", Habit(clip=_each(by_norm))),
    ("hidden-state-carry", "every chunk starts from a0", NOT_CARRIED[0]),
    ("hidden-state-carry", "later chunks start from zeros", NOT_CARRIED[1]),
    ("grads-not-reset", "gradients of earlier chunks are added", Habit(earlier=True)),
    ("sign-flip", "a step uphill", Habit(sign=-1.0)),
)


def known_runs(run: Run, max_norm: float) -> tuple[Arrays, tuple[Relative, ...]]:
    """What the right step returns, and what known mistakes return."""
    listed = [(id, told, run.result(max_norm, habit)) for id, told, habit in _HABITS]
    whole = run.result(max_norm, k=run.x.shape[2])
    listed.append(("hidden-state-carry", "one update with the gradient of all chunks", whole))
    return run.result(max_norm), relatives(*(each for each in listed if each[0] in CATALOGUE))
