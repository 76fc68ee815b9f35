"""Mistakes of a way back without a cell: da read by the clock of a, and tanh after Waaᵀ."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, rescale
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.products import ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.recurrent_time import UPSTREAM_MEANS_EARLIER_LAYER
from autograder.networks import Array, Edits, Graph
from autograder.units.u07_rnn.mistakes.edits import direct, out_wire, slope, steps

MISTAKES = Mistakes("rnn")
SECTION = "08, One step back is one Jacobian"
_LATE, _AFTER = "da read by the clock of a", "tanh′ after Waaᵀ"


def _late(problem: Problem) -> Edits | None:
    """State t receives the da of step t + 1, a_0 that of step 1; the last state its own."""
    graph = problem.graph
    if "g0" not in problem.claims:
        return None
    da = direct(graph, steps(graph))
    ratio = {t: da.get(t + 1, da[t]) / da[t] for t in da}

    def first(value: Array, seen: Mapping[str, Array]) -> Array:
        return carry(value, ratio[1] * value.imag + seen["a0"].imag)

    return {out_wire(graph, t): first if t == 1 else rescale(ratio[t]) for t in da}


def _slope_after(graph: Graph, t: int) -> Edits | None:
    """g_{t-1} = da_{t-1} + (1 - a_t²) * (Waaᵀ g_t)."""
    wire = f"a{t - 1}->z{t}"
    if wire not in graph.seen or f"z{t}->a{t}" not in graph.seen:
        return None
    Waa, s = graph.value("Waa"), slope(graph.value(f"a{t}"))

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        nudge = seen[wire].imag
        return np.asarray(value + 1j * (Waa @ (s * nudge) - s * (Waa @ nudge)))

    return {f"a{t}": edit}


MISTAKES.whole(UPSTREAM_MEANS_EARLIER_LAYER, _late, _LATE)
MISTAKES.layer(ROW_VS_COLUMN_LAYOUT, _slope_after, _AFTER)
MISTAKES.words(
    UPSTREAM_MEANS_EARLIER_LAYER,
    "rnn",
    of=_LATE,
    computed="a gradient in which a_t receives the da of step t + 1, and a_0 that of step 1",
    formula="da[:, :, t - 1] belongs to a[:, :, t], for t = 1, ..., T",
    ask="a[:, :, 0] is a_0, the state before the first step. To which state does da[:, :, 0] "
    "belong?",
    section=SECTION,
)
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "rnn",
    of=_AFTER,
    title="the slope of tanh in the wrong place",
    computed="a gradient that goes back through Waaᵀ first and through tanh afterwards",
    formula="da_prev = Waaᵀ (da_next * (1 - a_next²))",
    ask="Forward, Waa comes first and tanh after it. Which of the two does a gradient meet first "
    "on its way back?",
    section="07, One cell",
)
MISTAKES.words(
    ROW_VS_COLUMN_LAYOUT,
    "state_gradients",
    of=_AFTER,
    formula="g_{t-1} = da_{t-1} + Waaᵀ ((1 - a_t²) * g_t)",
    section=SECTION,
)
