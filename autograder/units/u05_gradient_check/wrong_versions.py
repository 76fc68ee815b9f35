"""Wrong versions of linear_backward that a student's own test has to tell from the right one.

None of them is written as code: each returns the exact gradient of an edited graph of one layer,
`layer_graph`. Most edits are the catalogue's; the rest are slips that hide on thoughtless inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis import Cause
from autograder.engine.diagnosis.edits import against, rescale
from autograder.engine.diagnosis.forms import LayerForm
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.problem import Claim, Problem
from autograder.mistakes import scale, shapes, wiring
from autograder.mistakes.catalogue.scale import (
    DB_NOT_AVERAGED,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_TWICE,
    WRONG_M,
)
from autograder.mistakes.catalogue.shapes import DB_SUM_ALL
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED, MISSING_W_TRANSPOSE
from autograder.networks import Array, Edit, Edits, layer_graph
from autograder.networks.facts import layer_facts

Outputs = dict[str, Array]


@dataclass(frozen=True)
class Impostor:
    """A wrong linear_backward: an edit of the graph, or a change of what the right one returns."""

    name: str
    sentence: str
    edits: Callable[[Problem], Edits | None] | None = None
    form: Callable[[Outputs], Outputs] | None = None

    def outputs(self, case: Mapping[str, Array]) -> Outputs:
        """What it returns on a case; where its mistake cannot occur, the right answer."""
        problem = layer_problem(case)
        changed = (self.edits(problem) if self.edits else None) or {}
        returned = problem.truth(changed)
        return self.form(returned) if self.form else returned


def layer_problem(case: Mapping[str, Array]) -> Problem:
    """One layer with upstream dZ, in the L convention; a case has dZ, A_prev, W and b."""
    graph = layer_graph(case["A_prev"], case["W"], case["b"], case["dZ"])
    m = float(case["dZ"].shape[1])
    return Problem(graph, {"dA_prev": Claim("A0", m), "dW": Claim("W1"), "db": Claim("b1")})


def _known(entry: Misconception, detail: str = "") -> Callable[[Problem], Edits | None]:
    """Return the edits that an entry's form makes of one layer."""
    forms = [form for part in (scale, shapes, wiring) for form in part.MISTAKES.forms]
    named = [f for f in forms if f.misconception is entry and f.detail == detail]
    return Cause(next(f for f in named if isinstance(f, LayerForm)), "every layer").edits


def _one_over_m_in_signal(problem: Problem) -> Edits:
    return {"A0->Z1": rescale(1.0 / problem.graph.facts.m)}


def _positive_inputs(problem: Problem) -> Edits:
    A = problem.graph.inputs["A0"]
    return {"Z1": against("W1->Z1", A, np.maximum(A, 0))}


def _positive_upstream(problem: Problem) -> Edits:
    W, lost = problem.graph.inputs["W1"], layer_facts(problem.graph).arriving < 0

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        return np.asarray(value - 1j * lost * (W @ seen["A0->Z1"].imag))

    return {"Z1": edit}


def _without_last(problem: Problem) -> Edits:
    A = problem.graph.inputs["A0"]
    last = np.arange(A.shape[1]) == A.shape[1] - 1

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        own = seen["W1->Z1"].imag @ A + seen["b1->Z1"].imag
        return np.asarray(value - 1j * last * own)

    return {"Z1": edit}


def _one_percent(problem: Problem) -> Edits:
    factor = np.ones_like(problem.graph.inputs["b1"])
    factor[-1] = 1.01
    return {"b1->Z1": rescale(factor)}


def _decay(problem: Problem) -> Edits:
    W = problem.graph.inputs["W1"]
    edit: Edit = lambda value, seen: np.asarray(  # noqa: E731
        value + 1e-3j * (W * seen["W1->Z1"].imag).sum(axis=(-2, -1))
    )
    return {"J": edit}


def _with_nan(returned: Outputs) -> Outputs:
    dW = returned["dW"].copy()
    dW[-1, -1] = np.nan
    return returned | {"dW": dW}


IMPOSTORS = (
    Impostor(
        "missing_one_over_m",
        "1/m is missing in dW and db",
        _known(MISSING_ONE_OVER_M, "in dW and db"),
    ),
    Impostor("one_over_m_twice", "1/m is paid twice", _known(ONE_OVER_M_TWICE, "in dW and db")),
    Impostor("db_not_averaged", "1/m is missing in db alone", _known(DB_NOT_AVERAGED)),
    Impostor("one_over_m_in_dA", "dA_prev is divided by m", _one_over_m_in_signal),
    Impostor(
        "m_from_rows",
        "m is taken from A_prev.shape[0]",
        _known(WRONG_M, "m = A_prev.shape[0]"),
    ),
    Impostor("m_from_units", "m is taken from W.shape[0]", _known(WRONG_M, "m = W.shape[0]")),
    Impostor(
        "no_transpose",
        "dA_prev = W @ dZ, where the shapes allow it",
        _known(MISSING_W_TRANSPOSE),
    ),
    Impostor("dW_transposed", "dW is transposed, where the shapes allow it", _known(DW_TRANSPOSED)),
    Impostor("sign_of_dA", "dA_prev has the wrong sign", lambda p: {"A0->Z1": rescale(-1.0)}),
    Impostor("shared_bias", "db is one number for all units", _known(DB_SUM_ALL)),
    Impostor("positive_inputs", "dW ignores negative entries of A_prev", _positive_inputs),
    Impostor("positive_upstream", "dA_prev ignores negative entries of dZ", _positive_upstream),
    Impostor("last_example", "the last example is left out of dW and db", _without_last),
    Impostor("one_percent", "one entry of db is off by 1 %", _one_percent),
    Impostor("weight_decay", "dW holds a stray 0.001 W", _decay),
    Impostor("db_flat", "db has shape (n,)", form=lambda r: r | {"db": r["db"][:, 0]}),
    Impostor(
        "db_square",
        "db has shape (n, n)",
        form=lambda r: r | {"db": r["db"] + 0 * r["db"].T},
    ),
    Impostor("nan", "one entry of dW is nan", form=_with_nan),
)


def rights(case: Mapping[str, Array], rng: np.random.Generator) -> list[Outputs]:
    """The right answer, and one that is rounded otherwise."""
    right = layer_problem(case).truth()
    shaken = {
        name: array + 1e-13 * np.abs(array).max() * rng.uniform(-1, 1, array.shape)
        for name, array in right.items()
    }
    return [right, shaken]
