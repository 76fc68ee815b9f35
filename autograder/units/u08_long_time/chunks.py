"""Unit 08, long time: back-propagation in chunks, and a training step that carries the state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.compare import compare, form, is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Barrier,
    Exercise,
    Misshapen,
    Property,
    Trial,
    Wanting,
    gradients,
    register,
    take_dict,
)
from autograder.engine.locate.instances import trait
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.engine.unpack import Values, kinds_of
from autograder.networks import Array
from autograder.networks.chunks import squared_graph, states, truncated
from autograder.oracle import gradient
from autograder.units.u07_rnn.instances import rnn_instance
from autograder.units.u08_long_time import right
from autograder.units.u08_long_time.habits import NOT_CARRIED, known_runs
from autograder.units.u08_long_time.norms import HIDDEN, label, recurrent
from autograder.units.u08_long_time.training import Run, restarted

#: (n_x, n_a, n_y, m, T) and k: even chunks; a short last one; square; one chunk; single steps; one
#: example, and a chunk that is longer than the sequence.
CHUNKS = (
    ((3, 5, 2, 7, 6), 2),
    ((3, 5, 2, 7, 7), 3),
    ((4, 4, 2, 4, 5), 2),
    ((4, 4, 2, 4, 4), 4),
    ((2, 3, 2, 5, 3), 1),
    ((3, 4, 2, 1, 3), 5),
)
trait("T k", "k divides T", "it does not", lambda s: not s["T"] % s["k"])
trait(
    "T k", "all chunks are equally long", "one is not", lambda s: not s["T"] % min(s["T"], s["k"])
)
trait("T k", "there is one chunk alone", "there are several", lambda s: s["k"] >= s["T"])
#: So far from the states are the targets of the first that a clip inside the loop has to act.
FAR = 200.0
CLAIMS = {**{f"d{name}": Claim(name) for name in HIDDEN}, "da0": Claim("a0")}


def targets(rng: np.random.Generator, sizes: tuple[int, ...]) -> Array:
    """y, shape (n_y, m, T)."""
    return rng.uniform(-0.9, 0.9, (sizes[2], sizes[3], sizes[4]))


def truncated_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, k in CHUNKS:
        drawn, y = rnn_instance(rng, sizes), targets(rng, sizes)
        if (sizes, k) == CHUNKS[0]:
            y = FAR * y
        graph = squared_graph(drawn.x, y, drawn.a0, drawn.parameters)
        problem = Problem(truncated(graph, k), CLAIMS)
        run = Run(drawn.x, y, drawn.a0, recurrent(drawn), k)
        told = f"{label(drawn)}, k = {k}"
        counts = {"chunks": -(-sizes[4] // k)}
        yield Trial(told, run.arguments()[:5], problem, relatives=restarted(run), sizes=counts)


def cross_chunk(student: Student, rng: np.random.Generator) -> None:
    """full minus truncated is the cross-chunk term.

    Full minus truncated is what the wires across the borders carry, measured numerically.
    """
    sizes, k = CHUNKS[1]
    drawn, y = rnn_instance(rng, sizes), targets(rng, sizes)
    args = (drawn.x, y, drawn.a0, recurrent(drawn))
    full, short = (
        take_dict(student.call("truncated_bptt", *args, steps)) for steps in (sizes[4], k)
    )
    graph = squared_graph(drawn.x, y, drawn.a0, drawn.parameters)
    nodes = [claim.node for claim in CLAIMS.values()]
    whole, cut = gradient(graph, nodes), gradient(truncated(graph, k), nodes)
    for name, claim in CLAIMS.items():
        term = whole[claim.node] - cut[claim.node]
        found = [np.asarray(grads.get(name), dtype=float) for grads in (full, short)]
        if any(array.shape != term.shape for array in found):
            raise Barrier(f"{name} should have shape {term.shape} for k = T and for k = {k}")
        if compare(name, found[0] - found[1], term) is not None:
            start = f"{name} for k = T minus {name} for k = {k} is not the cross-chunk term"
            if np.any(found[0] - found[1]):
                raise Wanting(start)
            if compare(name, found[0], whole[claim.node]) is None:
                raise Wanting(f"{start}: nothing was cut", "hidden-state-carry")
            raise Wanting(f"{start}: the two are equal")


register(
    Exercise(
        "truncated_bptt",
        "08",
        truncated_trials,
        take_dict,
        (
            SHAPES,
            *gradients("dWax", "dWaa", "dba", "da0"),
            UNCHANGED,
            TWICE,
            Property(
                "differs_from_full_by_the_cross_chunk_term",
                holds=cross_chunk,
            ),
        ),
        after=("state_gradients",),
        right=right.truncated_bptt,
    )
)


def training_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Once every chunk's gradient is much longer than max_norm, once none is longer."""
    for sizes, k in (((3, 5, 2, 7, 6), 2), ((4, 4, 2, 4, 7), 3), ((3, 4, 2, 1, 3), 5)):
        drawn, y = rnn_instance(rng, sizes), targets(rng, sizes)
        run = Run(drawn.x, y, drawn.a0, recurrent(drawn), k, 0.4)
        shortest, longest = run.lengths()
        for max_norm in (0.02 * shortest, 4 * longest):
            args = (*run.arguments(), max_norm)
            right, known = run.result(max_norm), known_runs(run, max_norm)
            told = f"{label(drawn)}, k = {k}, max_norm = {max_norm:.3g}"
            named = {"m": sizes[3], "T": sizes[4], "k": k}
            yield Trial(told, args, values=right, relatives=known, sizes=named)


def unpack_step(value: Any) -> dict[str, Any]:
    """``parameters, a_last`` as Wax, Waa, ba and a_last."""
    if not isinstance(value, (tuple, list)) or len(value) != 2 or not isinstance(value[0], Mapping):
        found = "None: is a `return` missing?" if value is None else kinds_of(value)
        asked = "two values in this order: parameters (a dict), a_last"
        raise Misshapen(f"returned {found}; expected {asked}")
    return {**{str(name): array for name, array in value[0].items()}, "a_last": value[1]}


def carries(student: Student, rng: np.random.Generator) -> None:
    """carries the state from chunk to chunk and hands on the last one.

    With learning_rate 0, where nothing but the state goes on, and with updates. Each chunk starts
    from what the function itself returns for those before it: wrong updates are told elsewhere.
    """
    for (sizes, k), rate in zip(CHUNKS[:2] * 2, (0.0, 0.0, 0.4, 0.4), strict=True):
        drawn, y = rnn_instance(rng, sizes), targets(rng, sizes)
        whole = Run(drawn.x, y, drawn.a0, recurrent(drawn), k, rate)
        a, now = drawn.a0, dict(whole.parameters)
        for first in range(0, sizes[4], k):
            run = replace(whole, x=whole.x[:, :, : first + k], y=y[:, :, : first + k])
            right = states(run.x[:, :, first:], a, now)[:, :, -1]
            now, a = _state_after(student, run, right)


def _state_after(student: Student, run: Run, right: Array) -> tuple[dict[str, Array], Array]:
    """What comes back after these chunks, the state held to the right one."""
    found = unpack_step(student.call("chunked_train_step", *run.arguments(), 1.0))
    gap = compare("a_last", found["a_last"], right)
    if gap is not None and gap.wrong:
        steps, rate = run.x.shape[2], run.learning_rate
        told = f"with learning_rate = {rate:g}, T = {steps}, k = {run.k}: {gap.message}"
        if gap.kind != "values":
            raise Barrier(told)
        anew = [run.last_state(1.0, habit) for habit in NOT_CARRIED]
        known = any(is_right(found["a_last"], state) for state in anew)
        raise Wanting(told, "hidden-state-carry" if known else "")
    for name in HIDDEN:
        flaw = form(name, found.get(name), run.parameters[name].shape)
        if flaw is not None and flaw.wrong:
            raise Barrier(flaw.message)
    return {n: np.asarray(found[n], dtype=float) for n in HIDDEN}, np.asarray(found["a_last"])


register(
    Exercise(
        "chunked_train_step",
        "08",
        training_trials,
        Values(("parameters", "a_last"), unpack_step),
        (
            SHAPES,
            Property(
                "parameters_are_right",
                "updates once a chunk with the clipped gradient of that chunk",
                HIDDEN,
            ),
            Property(
                "carries_the_state_to_the_end",
                holds=carries,
            ),
            UNCHANGED,
        ),
        after=("truncated_bptt",),
    )
)

hunt(
    "answers_08",
    "08",
    "ABCD",
    (
        "hidden-state-carry",
        "bptt-missing-da-prevt",
        "missing-activation-derivative",
        "clip-wrong-place",
        "right",
    ),
)
