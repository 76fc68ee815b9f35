"""Unit 09: LSTM and GRU; what is right is accepted, what is wrong is named in its symbols."""

import bank
import numpy as np
import pytest
from bank import lstm_public
from bank.change import source_of
from contracts.breaker import notebook
from test_hunts_columns import key, posted

from autograder import figures
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from autograder.oracle import central_difference, gradient
from autograder.units import EXERCISES
from autograder.units.u09_lstm.instances import gru_instance, lstm_instance

FUNCTIONS = (
    *("lstm_cell_forward", "lstm_cell_backward", "lstm_forward", "lstm_backward"),
    *("gru_cell_forward", "gru_cell_backward"),
)
#: Symbols of unit 07 that no message of this unit may hold.
OTHER = {"Waa", "Wax", "ba", "dWaa", "dWax", "dba", "dz_t", "z_t"}


def judge(names, function, seed=1):
    with np.errstate(all="ignore"):
        return evaluate(exercise_of(function, names), Student(names), seed)


def lost(names, functions=FUNCTIONS, seed=1):
    """The checks that are not earned."""
    reports = [judge(names, function, seed) for function in functions]
    return {v.check for report in reports for v in report.verdicts if not v.earned}


def ids(report):
    return {words.id for words in report.diagnosis}


def drawn(kind):
    rng = np.random.default_rng(0)
    if kind == "gru":
        return gru_instance(rng, (2, 3, 4)).graph
    made = lstm_instance(rng, (2, 3, 2, 4, 3))
    return made.graph if kind == "sequence" else made.cell


@pytest.mark.parametrize("kind", ["cell", "sequence", "gru"])
def test_the_oracle_agrees_with_central_differences(kind):
    graph = drawn(kind)
    for at in set(graph.seen) - {"J"}:
        np.testing.assert_allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7)


def test_no_gate_is_saturated_and_no_forget_gate_is_near_1():
    rng = np.random.default_rng(3)
    for sizes in ((3, 5, 2, 7, 4), (2, 4, 3, 1, 4)):
        seen = lstm_instance(rng, sizes).graph.seen
        gates = [v for n, v in seen.items() if n[:-1] in ("f", "i", "o")]
        assert all((v > 0.15).all() and (v < 0.85).all() for v in gates)


@pytest.mark.parametrize("seed", range(2))
def test_the_solution_earns_everything(seed):
    assert lost(notebook("09"), seed=seed) == set()


@pytest.mark.parametrize("right", bank.rights("lstm"), ids=lambda right: right.name)
def test_public_solutions_are_accepted(right):
    assert lost(right.namespace()) == set()


def test_there_are_enough_public_solutions():
    assert len(bank.rights("lstm")) >= 12


@pytest.mark.parametrize("mutant", bank.mutants("lstm"), ids=lambda mutant: mutant.name)
def test_slips_are_refused_and_named(mutant):
    names = mutant.namespace()
    seen = [judge(names, mutant.function)]
    if mutant.function == "lstm_forward":  # a wrong cache shows where it is used
        seen.append(judge(names, "lstm_backward"))
    assert any(not v.earned for report in seen for v in report.verdicts)
    found = set().union(*map(ids, seen))
    if mutant.expected:
        assert mutant.expected in found
        assert found <= {mutant.expected, *mutant.also}
    for told in map(str, seen):
        assert "No known mistake" not in told
        strange = OTHER & set(told.replace(",", " ").replace(":", " ").replace(".", " ").split())
        assert not strange, told


@pytest.mark.parametrize("pair", bank.pairs("lstm"), ids=lambda pair: pair.name)
def test_two_slips_are_both_named(pair):
    names = pair.namespace()
    for mutant in (pair.first, pair.second):
        function = "lstm_backward" if mutant.function == "lstm_forward" else mutant.function
        assert mutant.expected in ids(judge(names, function))


def test_the_message_on_missing_carries():
    (one,) = (m for m in bank.mutants("lstm") if m.name == "lstm_backward/no_carry_at_all")
    told = " ".join(str(judge(one.namespace(), "lstm_backward")).split())
    assert "neither lane" in told or "whose steps are cut apart" in told
    assert "da[:, :, t] + da_prevt and dc_prevt" in told
    assert "lesson 09, Two carries through time" in told


def test_views_of_x_cost_one_property():
    names = bank.reference("lstm")
    source = source_of(lstm_public.into_arrays_of_zeros)
    source = source.replace("x[:, :, t].copy()", "x[:, :, t]").replace("np.copy(x)", "x")
    exec(source.replace("into_arrays_of_zeros", "lstm_forward"), names)
    assert lost(names) == {"lstm_backward__caches_survive_overwriting_x_a_and_c"}


SUSPECTS = {
    "lstm-both-carries-missing": "lstm_backward/no_carry_at_all",
    "lstm-dc-next-missing": "lstm_backward/dc_not_carried",
    "bptt-missing-da-prevt": "lstm_backward/da_prevt_forgotten",
    "lstm-parenthesis": "lstm_cell_backward/printed_parenthesis",
    "lstm-dc-prev-no-forget": "lstm_cell_backward/dc_prev_without_the_forget_gate",
    "lstm-gate-derivative-missing": "lstm_cell_backward/slope_of_the_forget_gate_missing",
    "lstm-tanh-of-tanh": "lstm_cell_backward/candidate_tanh_again",
}


def table(names, given):
    """The two rows of numbers that the bug hunt shows of a backward pass."""
    data = [given[name] for name in ("x_c", "a0_c", "p_c")]
    made, true = (
        ns["lstm_backward"](given["da_c"].copy(), ns["lstm_forward"](*data)[3])
        for ns in (names, bank.reference("lstm"))
    )
    pairs = [(made[name], true[name]) for name in ("dx", "da0", "dWf", "dWi", "dWc", "dWo")]
    pairs += [(made["dx"][:, :, t], true["dx"][:, :, t]) for t in range(4)]
    return [round(float(np.abs(a - b).max() / np.abs(b).max()), 2) for a, b in pairs]


def test_the_numbers_of_the_hunt_are_those_of_the_suspect_and_of_no_other():
    given = posted("09")
    known = {m.name: m for m in bank.mutants("lstm")}
    made = {id: table(known[name].namespace(), given) for id, name in SUSPECTS.items()}
    assert set(made) == set(EXERCISES["answers_09"].properties[0].holds.ids)
    for letter, id in key("09").items():
        shown = [*given["errors"][letter], *given["dx_steps"][letter]]
        assert [other for other, found in made.items() if np.allclose(found, shown)] == [id]


def test_the_picture_of_the_lanes_knows_its_wires():
    told = figures.lanes_picture(3, {"c1->c2": "cut", "a1->u2": "cut"}, fork=3).alt
    assert "there is no later step" in told
    assert "c1->c2: cut; a1->u2: cut" in told
    assert "dc_next from the next c" in figures.lanes_picture(3, fork=2).alt
    with pytest.raises(KeyError, match="no such wire in an LSTM of 3 steps"):
        figures.lanes_picture(3, {"c3->c4": "cut"})
