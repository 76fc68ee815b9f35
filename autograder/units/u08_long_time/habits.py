"""Known mistakes of a training step in chunks, each as another habit of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.exercise import Relative
from autograder.engine.parts import Later, relatives
from autograder.mistakes.catalogue.long_time import (
    CHUNK_INCOMPLETE,
    CHUNKS_OVERLAP,
    CLIP_OTHER_NORM,
    HIDDEN_STATE_CARRY,
    RATE_LEFT_OUT,
)
from autograder.mistakes.catalogue.memory import GRADS_NOT_RESET
from autograder.mistakes.catalogue.recurrent_cell import CLIP_WRONG_PLACE
from autograder.mistakes.catalogue.regularisation import CLIP_VALUE_VS_NORM
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.networks import Array, Edits, Graph
from autograder.units.u08_long_time.mistakes import Clip, by_norm, by_value, clipped_inside
from autograder.units.u08_long_time.training import HIDDEN, Arrays, Habit, Run, norm


def _not_at_all(grads: Arrays, bound: float) -> Arrays:
    return grads


def _each(clip: Clip) -> Callable[[Arrays, float], Arrays]:
    return lambda grads, bound: {name: clip(g, bound) for name, g in grads.items()}


def _inside(clip: Clip) -> Callable[[Graph, float], Edits]:
    return lambda graph, bound: clipped_inside(graph, bound, clip)


def _measured(length: Callable[[Arrays], float]) -> Callable[[Arrays, float], Arrays]:
    """Shorten by one factor, made with another length."""

    def clip(grads: Arrays, bound: float) -> Arrays:
        factor = min(1.0, bound / length(grads))
        return {name: factor * g for name, g in grads.items()}

    return clip


def _lengths(grads: Mapping[str, Array]) -> list[float]:
    return [float(np.linalg.norm(g)) for g in grads.values()]


def _larger(grads: Arrays, bound: float) -> Arrays:
    return {name: g * max(1.0, bound / norm(grads)) for name, g in grads.items()}


def _always(grads: Arrays, bound: float) -> Arrays:
    return {name: g * (bound / norm(grads)) for name, g in grads.items()}


def _parts(first: int, last: int, short: bool = True) -> Callable[[int, int], list[slice]]:
    """Return chunks that begin and end so many steps later; `short` ones are kept."""

    def chunks(T: int, k: int) -> list[slice]:
        starts = [t for t in range(0, T, k) if short or t + k <= T]
        made = [slice(max(t + first, 0), max(t + k + last, 0)) for t in starts]
        return [part for part in made if len(range(*part.indices(T)))]

    return chunks


def _overlapping(T: int, k: int) -> list[slice]:
    """Each chunk takes up the last step of the one before."""
    return [slice(max(t - 1, 0), t + k) for t in range(0, T, k)]


#: The state of the chunk before is not carried, in one way or another.
NOT_CARRIED = (Habit(start=lambda a0, a: a0), Habit(start=lambda a0, a: 0 * a))
_HABITS: tuple[tuple[Misconception, str, Habit], ...] = (
    (CLIP_WRONG_PLACE, "after the update, or not at all", Habit(clip=_not_at_all)),
    (CLIP_WRONG_PLACE, "the norm of da_prevt", Habit(_not_at_all, inside=_inside(by_norm))),
    (CLIP_WRONG_PLACE, "each entry of da_prevt", Habit(_not_at_all, inside=_inside(by_value))),
    (CLIP_WRONG_PLACE, "inside the loop and after it", Habit(inside=_inside(by_norm))),
    (CLIP_VALUE_VS_NORM, "each entry of the gradient", Habit(clip=_each(by_value))),
    (CLIP_VALUE_VS_NORM, "each array by its own norm", Habit(clip=_each(by_norm))),
    (CLIP_OTHER_NORM, "da0 is counted as well", Habit(of=(*HIDDEN, "a0"))),
    (
        CLIP_OTHER_NORM,
        "the sum of the squares, without the root",
        Habit(clip=_measured(lambda g: norm(g) ** 2)),
    ),
    (
        CLIP_OTHER_NORM,
        "the sum of the norms of the arrays",
        Habit(clip=_measured(lambda g: sum(_lengths(g)))),
    ),
    (
        CLIP_OTHER_NORM,
        "the largest norm of an array",
        Habit(clip=_measured(lambda g: max(_lengths(g)))),
    ),
    (
        CLIP_OTHER_NORM,
        "the largest entry",
        Habit(clip=_measured(lambda g: max(float(np.abs(a).max()) for a in g.values()))),
    ),
    (CLIP_OTHER_NORM, "max in the place of min", Habit(clip=_larger)),
    (CLIP_OTHER_NORM, "max_norm / norm without the min: shorter ones grow", Habit(clip=_always)),
    *(
        (
            CLIP_OTHER_NORM,
            f"the norm of d{name} alone",
            Habit(clip=_measured(lambda g, name=name: float(np.linalg.norm(g[name])))),  # type: ignore[misc]
        )
        for name in HIDDEN
    ),
    (HIDDEN_STATE_CARRY, "the gradient of every chunk starts from a0", NOT_CARRIED[0]),
    (HIDDEN_STATE_CARRY, "that of later chunks starts from zeros", NOT_CARRIED[1]),
    (
        HIDDEN_STATE_CARRY,
        "the state is carried with the parameters after the update",
        Habit(later=True),
    ),
    (
        HIDDEN_STATE_CARRY,
        "one update, with the sum of the gradients of the chunks",
        Habit(once=True),
    ),
    (CHUNK_INCOMPLETE, "the last chunk, where it is shorter", Habit(chunks=_parts(0, 0, False))),
    (CHUNK_INCOMPLETE, "the last step of each chunk", Habit(chunks=_parts(0, -1))),
    (CHUNK_INCOMPLETE, "the first step of each chunk", Habit(chunks=_parts(1, 0))),
    *(
        (CHUNKS_OVERLAP, told, Habit(chunks=parts, cut=cut))
        for cut in (True, False)
        for told, parts in (
            ("with the first step of the next chunk", _parts(0, 1)),
            ("with the last step of the chunk before", _overlapping),
        )
    ),
    (HIDDEN_STATE_CARRY, "only the last update is kept", Habit(alone=True)),
    (RATE_LEFT_OUT, "", Habit(rated=False)),
    (GRADS_NOT_RESET, "gradients of earlier chunks are added", Habit(earlier=True)),
    (SIGN_FLIP, "a step uphill", Habit(sign=-1.0)),
)


def known_runs(run: Run, max_norm: float) -> Sequence[Relative]:
    """Return what known mistakes give, once somebody asks."""

    def made() -> Sequence[Relative]:
        listed = [(entry.id, told, run.result(max_norm, habit)) for entry, told, habit in _HABITS]
        whole = run.result(max_norm, k=run.x.shape[2])
        listed.append((HIDDEN_STATE_CARRY.id, "one update with the gradient of all chunks", whole))
        return relatives(*listed)

    return Later(made)
