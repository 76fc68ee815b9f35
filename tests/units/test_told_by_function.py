"""What is said of a slip has the names of its function, and no cause that numbers do not prove."""

from __future__ import annotations

import warnings

import bank
import numpy as np
import pytest

from autograder.engine.diagnosis import Shown, valued
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from autograder.units import CATALOGUE
from autograder.units.u09_lstm.instances import gru_instance
from tests.helpers.solved import with_cell

#: By family and slip: the function, what has to be said, and what may not be.
BANK = {
    "rnn": {
        "output_backward/dby_from_dWya": (
            "output_backward",
            ("the row sums of a weight's gradient", "dby = np.sum(dzy"),
            ("A_prev", "b meet"),
        ),
        "rnn_full_backward/dby_from_dWya_of_all_steps": (
            "rnn_full_backward",
            ("dby = np.sum(dzy",),
            ("dba = ", "A_prev"),
        ),
        "output_backward/dby_one_number": (
            "output_backward",
            ("the gradient of a bias is zero",),
            ("every entry is -1/3", "it is zero"),
        ),
        "output_backward/a_of_the_step_before": (
            "output_backward",
            ("the state one step earlier", "that y_pred[:, :, t] was made of"),
            ("pairs the first step with the last state",),
        ),
        "output_backward/signal_through_dWya": ("output_backward", ("da = Wyaᵀ dzy",), ("A_prev",)),
        "rnn_cell_backward/da_next_scaled_in_place": (
            "rnn_cell_backward",
            ("writes into da_next",),
            ("loop", "caller's da hold", "perhaps"),
        ),
        "rnn_cell_backward/tanh_times_its_value": (
            "rnn_cell_backward",
            ("the slope of tanh at z = 0",),
            ("sigmoid", " Z"),
        ),
        "rnn_cell_backward/Wax_not_transposed": (
            "rnn_cell_backward",
            ("Wax instead of Waxᵀ", "over which index of Wax"),
            ("Z_i", "square here"),
        ),
        "rnn_backward/weights_overwritten": (
            "rnn_backward",
            ("only one step is in the sum", "of the first step", "as if the sum were made once"),
            ("= where +=",),
        ),
        "rnn_backward/always_the_first_cache": (
            "rnn_backward",
            ("each step goes back with its own cache",),
            ("At t = 0",),
        ),
        "rnn_backward/carry_subtracted": (
            "rnn_backward",
            ("da_next of step t = da[:, :, t] + da_prevt", "enters with a minus"),
            ("y_pred", "1 - a_t²"),
        ),
        "rnn_backward/da0_left_zero": ("rnn_backward", ("a da0 of zeros",), ("time axis",)),
        "rnn_backward/one_list_entry_for_all_dx": (
            "rnn_backward",
            ("all columns of dx are the same",),
            ("two names, one array",),
        ),
        "rnn_backward_tree/tree_overwrites_da0": (
            "rnn_backward_tree",
            ("what the loss of the last step sends back to a_0",),
            ("da_prevt", "time axis", "when the loop ends"),
        ),
        "rnn_backward_tree/tree_overwrites_dx": (
            "rnn_backward_tree",
            ("only the last loss is in dx",),
            ("used once", "added up over time"),
        ),
        "rnn_backward_tree/tree_that_stays_at_its_loss": (
            "rnn_backward_tree",
            ("each loss goes back through one cell only",),
            ("da[:, :, t] + da_prevt",),
        ),
        "rnn_backward_tree/tree_without_the_cell_of_the_loss": (
            "rnn_backward_tree",
            ("the steps t, t - 1, ..., 1",),
            ("reversed(range(T_x))",),
        ),
        "rtrl_dWaa/recursion_skips_tanh": (
            "rtrl_dWaa",
            ("R_t = (1 - a_t²) * (the immediate term",),
            ("da_prev", "da_next"),
        ),
        "rtrl_dWaa/recursion_with_Waa_transposed": (
            "rtrl_dWaa",
            ("Waaᵀ instead of Waa",),
            ("handed back", "da_prev"),
        ),
        "rtrl_dWaa/tanh_forgotten": ("rtrl_dWaa", ("stands in your R_t",), ("your dz",)),
    },
    "lstm": {
        "lstm_cell_backward/one_minus_c_squared": (
            "lstm_cell_backward",
            ("c_next where its tanh belongs",),
            (" Z ", "every step"),
        ),
        "lstm_cell_backward/one_minus_cct": (
            "lstm_cell_backward",
            ("tanh is as steep at -1 as at 1", "dzc = dc * it"),
            ("1 - A", "dc = dc_next"),
        ),
        "lstm_cell_backward/gates_with_the_slope_of_tanh": (
            "lstm_cell_backward",
            ("dzf = dc * c_prev * ft * (1 - ft)",),
            ("the A of this layer", "dzc = "),
        ),
        "lstm_cell_backward/slope_of_the_output_gate_missing": (
            "lstm_cell_backward",
            ("Between zo and ot", "dzo = "),
            ("dzf",),
        ),
        "lstm_cell_backward/slope_of_a_next": (
            "lstm_cell_backward",
            ("1 - a_next²",),
            ("sigmoid",),
        ),
        "lstm_backward/weights_overwritten": (
            "lstm_backward",
            ("only step 1 is in the sum",),
            ("= where +=",),
        ),
        "lstm_backward/dc_not_carried": ("lstm_backward", ("dc_next of step t = dc_prevt",), ()),
        "lstm_backward/dx_of_one_step": ("lstm_backward", ("dx has no time axis",), ("added up",)),
    },
}
assert "bptt-missing-da-prevt" in CATALOGUE  # the units are entered
CASES = [(family, name) for family, named in BANK.items() for name in named]


def told(names: dict[str, object], function: str) -> str:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return str(evaluate(exercise_of(function, names), Student(names), 1))


def holds(text: str, said: tuple[str, ...], unsaid: tuple[str, ...]) -> None:
    assert [part for part in said if part not in text] == []
    assert [part for part in unsaid if part in text] == []


@pytest.mark.parametrize(("family", "name"), CASES)
def test_a_slip_of_the_bank_is_told_in_the_words_of_its_function(family: str, name: str) -> None:
    slip = next(one for one in bank.mutants(family) if one.name == name)
    function, said, unsaid = BANK[family][name]
    holds(told(slip.namespace(), function), said, unsaid)


CELLS = {
    "the slopes stand on the columns": (
        *("08", "step_jacobian"),
        "def step_jacobian(a_next, Waa):\n    return Waa * (1 - np.ravel(a_next) ** 2)",
        ("A_prev", "applied to examples"),
    ),
    "Which factor of your matrix is the slope of tanh": (
        *("08", "step_jacobian"),
        "def step_jacobian(a_next, Waa):\n    return Waa.copy()",
        ("dZ", "Z to A"),
    ),
    "da_next is added to da_prev": (
        *("07", "rnn_cell_backward"),
        "right = rnn_cell_backward\n"
        "def rnn_cell_backward(da_next, cache):\n"
        "    out = right(da_next, cache)\n"
        "    return {**out, 'da_prev': out['da_prev'] + da_next}",
        ("loop", "da_prevt"),
    ),
    "the stack is upside down": (
        *("09", "gru_cell_forward"),
        "def gru_cell_forward(xt, c_prev, parameters):\n"
        "    v = np.vstack((xt, c_prev))\n"
        "    u = sigmoid(parameters['Wu'] @ v + parameters['bu'])\n"
        "    r = sigmoid(parameters['Wr'] @ v + parameters['br'])\n"
        "    w = np.vstack((xt, r * c_prev))\n"
        "    cc = np.tanh(parameters['Wc'] @ w + parameters['bc'])\n"
        "    return u * cc + (1 - u) * c_prev, (u, r, cc)",
        ("on the way back",),
    ),
    "the update gate of the other convention": (
        *("09", "gru_cell_forward"),
        "def gru_cell_forward(xt, c_prev, parameters):\n"
        "    v = np.vstack((c_prev, xt))\n"
        "    u = sigmoid(parameters['Wu'] @ v + parameters['bu'])\n"
        "    r = sigmoid(parameters['Wr'] @ v + parameters['br'])\n"
        "    w = np.vstack((r * c_prev, xt))\n"
        "    cc = np.tanh(parameters['Wc'] @ w + parameters['bc'])\n"
        "    return (1 - u) * cc + u * c_prev, (u, r, cc)",
        ("zu enters u", "the gradient of"),
    ),
}


@pytest.mark.parametrize("said", CELLS)
def test_a_cell_is_told_in_the_words_of_its_function(said: str) -> None:
    unit, function, source, unsaid = CELLS[said]
    holds(told(with_cell(unit, source), function), (said,), unsaid)


def test_the_value_that_the_graph_makes_first_is_the_first_that_deviates() -> None:
    cell = (
        "right = lstm_cell_forward\n"
        "def lstm_cell_forward(xt, a_prev, c_prev, parameters):\n"
        "    a, c, y, cache = right(xt, a_prev, c_prev, parameters)\n"
        "    return a * 1.01 + 0.02, c * 1.03 - 0.01, y * 0.9, cache"
    )
    text = told(with_cell("09", cell), "lstm_cell_forward")
    holds(text, ("c_next is the first that deviates",), ("a_next is the first",))


def test_a_list_that_lost_its_items_is_what_was_changed() -> None:
    cell = (
        "right = rnn_backward\n"
        "def rnn_backward(da, caches):\n"
        "    out = right(da, caches)\n"
        "    (caches if isinstance(caches, list) else caches[0]).pop()\n"
        "    return out"
    )
    text = told(with_cell("07", cell), "rnn_backward")
    holds(text, ("its second argument",), ("[0][0][0]", "caller's da", "da[:, :, t] += "))


def test_a_cache_that_holds_the_right_gate_refutes_that_the_gate_is_made_otherwise() -> None:
    graph = gru_instance(np.random.default_rng(0), (3, 5, 7)).graph
    u, cc, c = (graph.value(name) for name in ("u1", "cc1", "c0"))
    returned = {"c_next": u * c + (1 - u) * cc}
    for kept, blamed in (((), True), ((1 - u,), True), ((u,), False)):
        found = valued([Shown(graph, {"c_next": ("c1",)}, returned, kept)])
        assert (found is not None and "zu enters u" in str(found)) == blamed
