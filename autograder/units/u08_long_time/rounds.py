"""Misconceptions about which steps a chunk holds, and where the borders stand."""

from __future__ import annotations

from collections.abc import Callable

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.long_time import (
    CHUNK_BORDERS_MOVED,
    CHUNK_INCOMPLETE,
    CHUNKS_OVERLAP,
)
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_CARRY_ACCUMULATED,
    BPTT_STEPS_LEFT_OUT,
    DA0_NOT_RETURNED,
    UPSTREAM_MEANS_EARLIER_LAYER,
)
from autograder.networks import Edits, Graph
from autograder.networks.facts import time_facts
from autograder.units.u07_rnn.mistakes.carry import piled_up, piled_up_with_da
from autograder.units.u07_rnn.mistakes.rounds import (
    Round,
    Rounds,
    backwards,
    visiting,
)

MISTAKES = Mistakes("chunks")

Chunk = tuple[int, int]
OfChunk = Callable[[int, int, int, int], Chunk]
Fresh = Callable[[int, int, int], bool]


def chunked(graph: Graph) -> bool:
    """Whether the graph is cut into chunks, of which there may be one alone."""
    return bool(time_facts(graph).k)


def chunks(T: int, k: int) -> list[Chunk]:
    """Return the first and the last step of each chunk, counted from 1."""
    return [(start + 1, min(start + k, T)) for start in range(0, T, k)]


def _of_chunks(change: OfChunk) -> Rounds:
    """Return the rounds of a loop over changed chunks: ``change(first, last, T, k)``."""

    def rounds(graph: Graph) -> list[Round]:
        T, k = time_facts(graph).T, time_facts(graph).k
        made: list[Round] = []
        for chunk in reversed(chunks(T, k)):
            first, last = change(*chunk, T, k)
            made += [Round(t, fresh=t == last) for t in range(last, first - 1, -1)]
        return made

    return rounds


def _short_one_left_out(first: int, last: int, T: int, k: int) -> Chunk:
    return (first, last) if last - first + 1 == k else (first, first - 1)


def _borders(fresh: Fresh) -> Rounds:
    """Return the rounds in which the carry is zero before the steps with ``fresh(t, T, k)``."""

    def rounds(graph: Graph) -> list[Round]:
        T, k = time_facts(graph).T, time_facts(graph).k
        return backwards(1, T, lambda t: fresh(t, T, k))

    return rounds


def _plain(skipped: Callable[[int, int], bool]) -> Rounds:
    """Return the rounds without these steps; the borders stand where they belong."""

    def rounds(graph: Graph) -> list[Round]:
        T, k = time_facts(graph).T, time_facts(graph).k
        # the carry is set to zero in the round of the border, which may be one that is left out
        return [r for r in backwards(1, T, lambda t: t % k == 0) if not skipped(r.step, T)]

    return rounds


def _losses(of: Callable[[int, int], int]) -> Rounds:
    """Return the rounds in which the da of another step enters, ``of(t, T)``."""

    def rounds(graph: Graph) -> list[Round]:
        T, k = time_facts(graph).T, time_facts(graph).k
        return [Round(t, t % k == 0, loss=of(t, T)) for t in range(T, 0, -1)]

    return rounds


def _cut_after(graph: Graph) -> list[Round]:
    """What the step of the border sends back is zero, and not what it receives."""
    T, k = time_facts(graph).T, time_facts(graph).k
    made = backwards(1, T, lambda t: (t + 1) % k == 0)
    return [*made, Round(1, fresh=True, loss=0)] if k == 1 else made  # k = 1: da0 is zero, too


def _last_chunk_hands_da0(graph: Graph) -> list[Round]:
    T, k = time_facts(graph).T, time_facts(graph).k
    last = chunks(T, k)[-1][0]
    return [Round(r.step, r.fresh, r.step == last) for r in backwards(1, T, lambda t: t % k == 0)]


def _whole(entry, rounds: Rounds, detail: str, words: str) -> None:  # type: ignore[no-untyped-def]
    edit = visiting(rounds, words)

    def edits(problem: Problem) -> Edits | None:
        return edit(problem) if chunked(problem.graph) else None

    MISTAKES.whole(entry, edits, detail)


for _fresh, _detail in (
    (lambda t, T, k: (t + 1) % k == 0, "one step too early"),
    (lambda t, T, k: (t - 1) % k == 0, "one step too late"),
    (lambda t, T, k: (T + 1 - t) % k == 0, "counted from the last step, one too late"),
    (lambda t, T, k: (T - 1 - t) % k == 0, "counted from the last step, one too early"),
    (lambda t, T, k: (T - t) % k == 0, "counted from the last step"),
    (lambda t, T, k: t == k, "only the first one"),
    (lambda t, T, k: t % k == 0 and t + k > T, "only the last one"),
):
    _whole(CHUNK_BORDERS_MOVED, _borders(_fresh), _detail, "border")
_whole(CHUNK_BORDERS_MOVED, _cut_after, "what the step k sends back is cut", "border")
for _change, _detail in (
    (_short_one_left_out, "the last chunk, where it is shorter"),
    (lambda first, last, T, k: (first + 1, last), "the first step of each chunk"),
    (lambda first, last, T, k: (first, last - 1), "the last step of each chunk"),
):
    _whole(CHUNK_INCOMPLETE, _of_chunks(_change), _detail, "not visited")
for _change, _detail in (
    (lambda first, last, T, k: (max(first - 1, 1), last), "with the last step of the chunk before"),
    (lambda first, last, T, k: (first, min(last + 1, T)), "with the first step of the next chunk"),
):
    _whole(CHUNKS_OVERLAP, _of_chunks(_change), _detail, "counted twice")
for _of, _detail in (
    (lambda t, T: t - 1 or T, "of the step before, round the end"),
    (lambda t, T: t - 1, "of the step before"),
    (lambda t, T: t % T + 1, "of the step after, round the end"),
    (lambda t, T: t + 1 if t < T else 0, "of the step after"),
):
    _whole(UPSTREAM_MEANS_EARLIER_LAYER, _losses(_of), _detail, "another da")
_whole(BPTT_STEPS_LEFT_OUT, _plain(lambda t, T: t == 1), "the first one", "not visited")
_whole(BPTT_STEPS_LEFT_OUT, _plain(lambda t, T: t == T), "the last one", "not visited")
_whole(DA0_NOT_RETURNED, _last_chunk_hands_da0, "what is left of the last chunk", "da0")

MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up(0), "da_prevt += ...")
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up(1), "da_prevt += ..., but for da0")
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up_with_da(0), "da[:, :, t] is added to it too")

MISTAKES.words(
    UPSTREAM_MEANS_EARLIER_LAYER,
    "chunks",
    title="da of another step",
    computed="a gradient in which the cell of step t receives the da of another step",
    formula="dz_t = (1 - a_t²) * (da_t + da_prevt): a has T + 1 columns and da has T, so a_t is "
    "a[:, :, t] and da_t is da[:, :, t - 1]",
    ask="a[:, :, 0] is a_0. Which column of da belongs to a_1?",
)
MISTAKES.words(
    BPTT_STEPS_LEFT_OUT,
    "chunks",
    formula="dWax = Σ_t dz_t x_tᵀ, over all steps t = T, ..., 2, 1",
    ask="Print t in each round of your loop, for T = 3. Which step is not there?",
)
MISTAKES.words(
    DA0_NOT_RETURNED,
    "chunks",
    title="da0 is not the derivative at a_0",
    computed="a da0 that is not the derivative at the initial state",
    formula="da0 = Waaᵀ dz_1: what the first chunk hands back, from its first step",
)
