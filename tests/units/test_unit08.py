"""Unit 08: right solutions pass, and each slip is refused and named."""

import numpy as np
import pytest
from mutants_08 import CELLS, MUTANTS, NAMES, notebook, slip

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.networks.chunks import borders, squared_graph, states, truncated
from autograder.oracle import central_difference, gradient
from autograder.units import EXERCISES
from autograder.units.u07_rnn.instances import rnn_instance


def report(name, names, seed=5):
    return evaluate(EXERCISES[name], Student(names), seed)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", NAMES)
def test_the_solution_passes(name, seed):
    found = report(name, notebook(), seed)
    assert found.passed, str(found)


@pytest.mark.parametrize("seed", [5, 6, 7])
@pytest.mark.parametrize("slipped", MUTANTS)
def test_each_slip_is_refused_and_named(slipped, seed):
    name, replaced, id = MUTANTS[slipped]
    found = report(name, notebook(**replaced), seed)
    if slipped == "norm clipped in the loop and after it":
        # the loop is a slip of truncated_bptt, which is told it; above a right one this is right
        assert not report("truncated_bptt", notebook(**replaced), seed).passed
        return
    assert not found.passed
    assert id in [words.id for words in found.diagnosis], str(found)


def test_full_pass_by_products_of_jacobians_passes():
    text = """
def state_gradients(da, a, parameters):
    g = np.concatenate([0 * da[:, :, :1], da], axis=2)
    for t in reversed(range(da.shape[2])):
        for i in range(da.shape[1]):
            J = step_jacobian(a[:, i, t + 1], parameters["Waa"])
            g[:, i, t] += J.T @ g[:, i, t + 1]
    return g
"""
    assert report("state_gradients", notebook(state_gradients=text)).passed


def test_nothing_cut_is_said_of_the_cross_chunk_term():
    name, replaced = slip("truncated_bptt", ("back = back * (t % k != 0)", "pass"))
    told = {v.check: v.detail for v in report(name, notebook(**replaced)).verdicts}
    assert "nothing was cut" in told["truncated_bptt__differs_from_full_by_the_cross_chunk_term"]


def drawn(k):
    rng = np.random.default_rng(4)
    one = rnn_instance(rng, (3, 4, 2, 5, 6))
    y = rng.normal(size=(2, 5, 6))
    return one, y, squared_graph(one.x, y, one.a0, one.parameters)


def test_the_linear_graph_has_the_gradients_of_the_squared_error():
    one, y, graph = drawn(2)
    h = 1e-6

    def cost(shift):
        moved = {**one.parameters, "Waa": one.parameters["Waa"] + shift}
        a = states(one.x, one.a0, moved)
        return ((a[:2, :, 1:] - y) ** 2).sum() / 10

    step = np.zeros((4, 4))
    step[1, 2] = h
    assert (cost(step) - cost(-step)) / (2 * h) == pytest.approx(
        gradient(graph, "Waa")[1, 2], rel=1e-6
    )


def test_truncation_is_the_sum_of_chunks_that_start_from_constants():
    one, y, graph = drawn(2)
    a, parts = states(one.x, one.a0, one.parameters), 0.0
    for t in (0, 2, 4):
        piece = squared_graph(
            one.x[:, :, t : t + 2], y[:, :, t : t + 2], a[:, :, t], one.parameters
        )
        parts = parts + central_difference(piece, "Waa")
    assert np.allclose(gradient(truncated(graph, 2), "Waa"), parts, atol=1e-7)
    assert borders(6, 2) == ["a2->z3", "a4->z5"]
    assert borders(6, 6) == []


def test_every_solution_cell_is_in_use():
    assert set(NAMES) <= set(CELLS)
