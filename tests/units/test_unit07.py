"""Unit 07: the checks accept what is right, refuse what is wrong, and name it."""

import numpy as np
import pytest
from notebook_07 import CELLS, notebook, sizes, spoilt

from autograder import figures
from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.networks import output_graph, rnn_graph, upstream_graph
from autograder.oracle import central_difference, gradient
from autograder.units import EXERCISES
from tests import bank

FUNCTIONS = [n for n, e in EXERCISES.items() if e.unit == "07" and not n.startswith("answers")]


def judge(names, function, seed=1):
    return evaluate(EXERCISES[function], Student(names), seed)


def lost(names, seed=1):
    """The checks that are not earned."""
    reports = [judge(names, function, seed) for function in FUNCTIONS]
    return {v.check for report in reports for v in report.verdicts if not v.earned}


def ids(report):
    return {words.id for words in report.diagnosis}


@pytest.mark.parametrize("at", ["a1", "z3", "zy2", "x", "a0", "Waa", "by", "a1->z2", "a2->zy2"])
def test_the_oracle_agrees_with_central_differences(at):
    rng = np.random.default_rng(0)
    x, a0, parameters = sizes(rng)
    y = np.moveaxis(np.eye(2)[rng.integers(0, 2, (7, 4))], -1, 0)
    graph = rnn_graph(x, y, a0, parameters)
    np.testing.assert_allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7)


def test_the_whole_is_the_output_then_the_loop():
    rng = np.random.default_rng(1)
    x, a0, parameters = sizes(rng)
    y = np.moveaxis(np.eye(2)[rng.integers(0, 2, (7, 4))], -1, 0)
    graph = rnn_graph(x, y, a0, parameters)
    a = np.stack([graph.value(f"a{t}") for t in (1, 2, 3, 4)], axis=2)
    da = gradient(output_graph(a, y, parameters), "a")
    loop = upstream_graph(x, a0, parameters, da)
    for leaf in ("x", "a0", "Waa", "Wax", "ba"):
        np.testing.assert_allclose(gradient(loop, leaf), gradient(graph, leaf), atol=1e-14)


@pytest.mark.parametrize("seed", range(4))
def test_the_solution_earns_everything(seed):
    assert lost(notebook(), seed) == set()


NESTED = """
def rnn_backward(da, caches):
    steps, x = caches
    grads = {"dx": np.zeros(x.shape), "dWax": 0, "dWaa": 0, "dba": 0, "da0": 0}
    da_prevt = np.zeros(da.shape[:2])
    for s in range(da.shape[2]):
        for t in reversed(range(s + 1)):
            back = rnn_cell_backward(GIVEN, steps[t])
            grads["dx"][:, :, t] DX back["dxt"]
            for name in ("dWax", "dWaa", "dba"):
                grads[name] = grads[name] + back[name]
        grads["da0"] = grads["da0"] * KEEP + back["da_prev"]
    return grads
"""


@pytest.mark.parametrize("given", ["da[:, :, t] + da_prevt", "da[:, :, s] + da_prevt"])
@pytest.mark.parametrize("dx", ["+=", "="])
@pytest.mark.parametrize("keep", ["0", "1"])
def test_nested_loops_that_hand_nothing_on_are_named_for_their_values(given, dx, keep):
    loops = NESTED.replace("GIVEN", given).replace("DX", dx).replace("KEEP", keep)
    report = judge(notebook(rnn_backward=loops), "rnn_backward")
    assert ids(report) == {"bptt-loops-without-carry"}
    assert sum(not v.earned for v in report.verdicts) == 6  # five values and the cost


def test_a_wrong_sum_in_many_calls_is_not_said_to_be_right_and_slow():
    loops = NESTED.replace("GIVEN", "da[:, :, t] * da_prevt").replace("DX", "+=")
    report = judge(notebook(rnn_backward=loops.replace("KEEP", "1")), "rnn_backward")
    assert "bptt-quadratic-cost" not in ids(report)
    assert "10 times" in str(report)


TWO_CALLS = """
def rnn_backward(da, caches):
    steps, x = caches
    grads, da_prevt = {"dx": np.zeros(x.shape), "dWax": 0, "dWaa": 0, "dba": 0}, START
    for t in reversed(range(da.shape[2])):
        signals = [da[:, :, t]] if da_prevt is None else [da[:, :, t], da_prevt]
        backs = [rnn_cell_backward(signal, steps[t]) for signal in signals]
        grads["dx"][:, :, t] = sum(back["dxt"] for back in backs)
        grads |= {n: grads[n] + sum(b[n] for b in backs) for n in ("dWax", "dWaa", "dba")}
        da_prevt = sum(back["da_prev"] for back in backs)
    return grads | {"da0": da_prevt}
"""


@pytest.mark.parametrize("start", ["np.zeros(da.shape[:2])", "None"])
def test_two_calls_a_step_are_named_and_sent_to_their_section(start):
    report = judge(notebook(rnn_backward=TWO_CALLS.replace("START", start)), "rnn_backward")
    assert [v.check for v in report.verdicts if not v.earned] == [
        "rnn_backward__costs_one_cell_call_per_step"
    ]
    (words,) = report.diagnosis
    assert words.id == "bptt-cell-called-twice"
    assert words.section == "07, The loss × step triangle"


@pytest.mark.parametrize("right", bank.rights("rnn"), ids=lambda right: right.name)
def test_unusual_right_answers_are_accepted(right):
    assert lost(right.namespace()) == set()


@pytest.mark.parametrize("mutant", bank.mutants("rnn"), ids=lambda mutant: mutant.name)
def test_slips_are_refused_and_named(mutant):
    names = mutant.namespace()
    seen = [judge(names, mutant.function)]
    if mutant.function == "rnn_forward":  # a wrong cache shows where it is used
        seen.append(judge(names, "rnn_backward"))
    failed = any(not v.earned for report in seen for v in report.verdicts)
    assert failed == (mutant.equivalent is None)
    if mutant.expected:
        assert {mutant.expected, *mutant.also} & set().union(*map(ids, seen))


@pytest.mark.parametrize("pair", bank.pairs("rnn"), ids=lambda pair: pair.name)
def test_two_slips_are_both_named(pair):
    names = pair.namespace()
    for mutant in (pair.first, pair.second):
        assert mutant.expected in ids(judge(names, mutant.function))


def test_a_slip_in_the_cell_is_one_mistake():
    names = spoilt("rnn_cell_backward", "(1 - a_next**2)", "(1 - a_next)")
    assert lost(names) == {
        f"rnn_cell_backward__{name}_matches_numeric_gradient"
        for name in ("dxt", "da_prev", "dWax", "dWaa", "dba")
    }


def test_a_slip_in_the_cell_does_not_excuse_a_view_in_the_cache():
    names = spoilt("rnn_cell_backward", "(1 - a_next**2)", "(1 - a_next)")
    exec(CELLS["rnn_cell_forward"].replace("xt.copy()", "xt"), names)
    assert "rnn_backward__caches_survive_overwriting_x_and_a" in lost(names)


def test_a_wrong_cell_does_not_cost_the_forward_loop():
    names = spoilt("rnn_cell_forward", '+ parameters["ba"]', "")
    report = judge(names, "rnn_forward")
    assert report.passed
    assert "rnn_cell_forward is not right yet" in report.note


@pytest.mark.parametrize(
    ("cell", "right", "wrong"),
    [
        ("rnn_cell_forward", "xt.copy()", "xt"),
        ("rnn_cell_forward", "xt.copy()", "xt[:, :]"),
    ],
)
def test_a_view_in_a_cache_costs_one_property(cell, right, wrong):
    report = judge(spoilt(cell, right, wrong), "rnn_backward")
    assert [v.check for v in report.verdicts if not v.earned] == [
        "rnn_backward__caches_survive_overwriting_x_and_a"
    ]
    assert ids(report) == {"cache-view-aliasing"}


def test_a_broadcast_that_raises_in_the_loop_is_told_where_its_axis_was_lost():
    """``dba += ...`` with (n_a,) on (n_a, 1) raises; the cell's shape is the mistake."""
    names = spoilt("rnn_cell_backward", "keepdims=True", "")
    assert ids(judge(names, "rnn_cell_backward")) == {"db-no-keepdims"}
    loop = judge(names, "rnn_backward")
    assert not ids(loop)
    assert all(verdict.earned for verdict in loop.verdicts)
    assert "`rnn_cell_backward`" in loop.note


@pytest.mark.parametrize(
    ("calls", "said"),
    [("calls + 1", None), ("calls + 2", "for T_x = 1 it says 2 calls"), ("0", "it says 0 calls")],
)
def test_the_tree_counts(calls, said):
    names = spoilt("rnn_backward_tree", 'back["da_prev"], calls + 1', f'back["da_prev"], {calls}')
    report = judge(names, "rnn_backward_tree")
    assert (said is None) == report.passed
    assert said is None or said in str(report)


def test_the_message_on_the_missing_da_prevt():
    names = spoilt("rnn_backward", 'da[:, :, t] + grads["da0"]', "da[:, :, t]")
    told = str(judge(names, "rnn_backward"))
    assert "the exact gradient of a network whose wires from a_t to the next step are cut" in told
    assert "da_next of step t = da[:, :, t] + da_prevt" in told
    assert "lesson 07, Two arrows into a_t" in told


@pytest.mark.parametrize("noise", [1e-5, 1e-3, 1e-1])
def test_noise_is_no_misconception(noise):
    for function in ("rnn_cell_backward", "rnn_backward", "output_backward"):
        names = notebook()
        right, rng = names[function], np.random.default_rng(2)

        def noisy(*args, right=right, rng=rng):
            return {k: g * (1 + noise * rng.normal(size=g.shape)) for k, g in right(*args).items()}

        names[function] = noisy
        report = judge(names, function)
        assert not report.passed
        assert ids(report) <= {"grads-not-reset"}


def test_pictures_say_what_they_show():
    assert "da[:, :, 1]" in figures.unrolled_picture(3, fork=2).alt
    assert "there is no later cell" in figures.unrolled_picture(3, fork=3).alt
    assert "10 cell calls" in figures.triangle_picture(4).alt
