"""The search: many hypotheses at once are what each of them is alone, and two causes are found."""

import numpy as np
import pytest

from autograder.engine.diagnosis import Cause, Evidence, explain
from autograder.engine.diagnosis.batch import slopes
from autograder.engine.diagnosis.effects import Known
from autograder.engine.diagnosis.forms import WholeForm
from autograder.engine.diagnosis.hypothesis import together
from autograder.engine.problem import Claim, Problem
from autograder.networks import rnn_graph, rows_graph
from autograder.oracle import directional
from autograder.units import CATALOGUE
from autograder.units.u04_network.instances import mlp_instance
from autograder.units.u04_network.model_backward import model_claims


def network_problem(seed=0, sizes=(3, 5, 4, 2, 1), m=7):
    """A network in the L convention."""
    drawn = mlp_instance(np.random.default_rng(seed), sizes, m)
    return Problem(drawn.graph, model_claims(len(sizes) - 1, float(m)))


def recurrent_problem():
    rng = np.random.default_rng(1)
    shapes = {"Wax": (4, 3), "Waa": (4, 4), "ba": (4, 1), "Wya": (2, 4), "by": (2, 1)}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    y = np.eye(2)[rng.integers(2, size=(5, 3))].transpose(2, 0, 1)
    graph = rnn_graph(rng.normal(size=(3, 5, 3)), y, rng.normal(size=(4, 5)), parameters)
    return Problem(graph, {name: Claim(name) for name in (*shapes, "x", "a0")})


def rows_problem():
    rng = np.random.default_rng(2)
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,)}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    graph = rows_graph(rng.normal(size=(5, 3)), rng.integers(2, size=5), parameters, ("tanh",))
    return Problem(graph, {name: Claim(name) for name in (*shapes, "A0", "Z1")})


@pytest.mark.parametrize("problem", [network_problem(), recurrent_problem(), rows_problem()])
def test_in_a_batch_every_hypothesis_is_what_it_is_alone(problem):
    rng = np.random.default_rng(3)
    nodes = [claim.node for claim in problem.claims.values()]
    directions = {n: rng.normal(size=(2, *problem.graph.value(n).shape)) for n in nodes}
    causes, parts = Known([problem]).on(problem)
    assert len(causes) > 40
    pairs = [(k, k + 1) for k in range(len(parts) - 1)]
    hypotheses = [*((k,) for k in range(len(parts))), *pairs, ()]
    batched = list(slopes(problem.graph, directions, parts, hypotheses))
    assert len(batched) == len(hypotheses)
    for chosen, found in zip(hypotheses, batched, strict=True):
        edits = {}
        for k in chosen:
            edits = merged(edits, parts[k])
        with np.errstate(all="ignore"):
            alone = directional(problem.graph, directions, edits)
        assert np.allclose(found, alone, rtol=1e-9, atol=1e-12, equal_nan=True), chosen


def merged(first, second):
    """Edits after edits; on one wire one after the other."""
    both = dict(first)
    for wire, edit in second.items():
        before = first.get(wire)
        both[wire] = edit if before is None else lambda v, s, b=before, e=edit: e(b(v, s), s)
    return both


def backward(problem, factor=1.0, through_dW=False, own_activation=False):
    """The way back in the L convention; the slips are those that the arguments name."""
    seen, facts, grads = problem.graph.seen, problem.graph.facts, {}
    m, L = facts.m, facts.L
    dZ = factor * (seen[f"A{L}"] - facts.Y)
    for n in range(L, 0, -1):
        dW = dZ @ seen[f"A{n}" if own_activation else f"A{n - 1}"].T / m
        dA = (dW if through_dW else seen[f"W{n}"]).T @ dZ
        grads |= {f"dZ{n}": dZ, f"dW{n}": dW, f"db{n}": dZ.sum(axis=1, keepdims=True) / m}
        grads[f"dA{n - 1}"] = dA
        dZ = dA * (seen[f"Z{n - 1}"] > 0) if n > 1 else dA
    return grads


def explained(problems, **slips):
    found = explain([Evidence(problem, backward(problem, **slips)) for problem in problems])
    return set(found.ids) if found else set()


def test_the_signal_goes_through_a_dW_that_is_wrong_itself():
    problems = [network_problem(), network_problem(1, (3, 3, 3, 1), 5)]
    assert explained(problems, through_dW=True) == {"dw-instead-of-w"}
    assert explained(problems, through_dW=True, factor=2.0) == {
        "dw-instead-of-w",
        "loss-derivative-wrong",
    }


def test_a_second_mistake_that_shows_on_another_instance_only():
    # with widths that differ, dW has a foreign shape: what is left of the arrays is the sign's
    problems = [network_problem(), network_problem(1, (3, 3, 3, 1), 5)]
    assert explained(problems, factor=-1.0, own_activation=True) == {
        "sign-flip",
        "dw-uses-own-activation",
    }


def test_edits_that_look_at_gradients_are_made_after_the_others():
    problem = network_problem()
    twice, through = (
        next(Cause(form) for form in CATALOGUE.forms(WholeForm, "columns") if chosen(form))
        for chosen in (
            lambda form: (form.misconception.id, form.detail) == ("loss-derivative-wrong", "twice"),
            lambda form: form.misconception.id == "dw-instead-of-w",
        )
    )
    wanted = backward(problem, 2.0, through_dW=True)
    for order in ((twice, through), (through, twice)):
        found = problem.truth(together(order, problem))
        assert all(np.allclose(found[name], wanted[name], rtol=1e-10) for name in wanted)
