"""Arrays that were made to fit the certificate's directions are not a gradient."""

import numpy as np
import pytest

from autograder.engine.problem import Problem, errors_at
from autograder.engine.student import Student
from autograder.oracle import certify, defect, gradient
from autograder.units.u04_network import model_backward as unit04
from autograder.units.u04_network.instances import mlp_instance
from tests.helpers.notebooks import notebook, report

#: The seed from which the directions came when anybody could work them out.
KNOWN = 20_240_602


def instance(seed=0):
    drawn = mlp_instance(np.random.default_rng(seed), (3, 5, 4, 1), 7)
    return drawn, Problem(drawn.graph, unit04.model_claims(3, 7.0))


def forged(problem, k=2):
    """Garbage whose defect is nothing along the `k` directions of the known seed.

    The directions are weighted by the sizes of what is claimed, so that the smallest step that
    makes the sums fit is repeated until nothing is left of it.
    """
    rng, right = np.random.default_rng(1), problem.truth()
    slopes = {c.node: right[n] / c.factor for n, c in problem.claims.items()}
    sizes = {n: np.abs(g).max() * rng.uniform(0.9, 1.1, g.shape) for n, g in slopes.items()}
    total = sum(g.size for g in slopes.values())
    drawn = np.random.default_rng(KNOWN)
    drawn = drawn.uniform(0.5, 1.0, (k, total)) * drawn.choice([-1.0, 1.0], (k, total))
    flat = np.concatenate([g.reshape(-1) for g in sizes.values()])
    truth = np.concatenate([g.reshape(-1) for g in slopes.values()])
    found = flat
    for _ in range(200):  # the weights are the sizes of what is claimed: a fixed point
        weights = np.abs(found)
        scaled = drawn / weights
        step = scaled.T @ np.linalg.solve(scaled @ scaled.T, scaled @ (truth - found))
        found = found + step
    cuts = np.cumsum([g.size for g in slopes.values()])[:-1]
    parts = np.split(found, cuts)
    return {n: p.reshape(slopes[n].shape) for n, p in zip(slopes, parts, strict=True)}


def test_what_fits_known_directions_is_told_from_a_gradient():
    _, problem = instance(2)
    garbage = forged(problem)
    assert defect(problem.graph, garbage, np.random.default_rng(KNOWN)) < 1e-8
    returned = {n: garbage[c.node] * c.factor for n, c in problem.claims.items()}
    right = problem.truth()
    assert all(np.abs(returned[n] - right[n]).max() > 0.1 * np.abs(right[n]).max() for n in right)
    for _ in range(20):
        assert problem.defect(returned) > 1e-3


def test_the_directions_are_others_each_time():
    _, problem = instance()
    wrong = {n: g * (1 + 1e-4) for n, g in problem.truth().items()}
    assert len({problem.defect(wrong) for _ in range(5)}) == 5


def test_right_gradients_pass_whatever_is_drawn():
    _, problem = instance()
    right = problem.truth()
    assert max(problem.defect(right) for _ in range(200)) < 1e-12


def test_single_entries_are_looked_at_beside_the_sums():
    drawn, _ = instance(3)
    right = gradient(drawn.graph, list(drawn.parameters))
    assert errors_at(drawn.graph, right, np.random.default_rng(0)) < 1e-13
    everywhere = {n: g + np.abs(g).max() * 1e-3 for n, g in right.items()}
    for seed in range(20):
        assert errors_at(drawn.graph, everywhere, np.random.default_rng(seed)) > 1e-4


def test_the_large_network_is_not_certified_along_directions_of_the_tests_seed(monkeypatch):
    """Whoever knows the generator that a check gets knows nothing of the directions."""
    seen = []

    def spying(graph, claimed, rng, **more):
        seen.append(rng.bit_generator.state["state"]["state"])
        return certify(graph, claimed, rng, **more)

    monkeypatch.setattr(unit04, "certify", spying)
    for _ in range(2):
        unit04.certified(Student(notebook()), np.random.default_rng(4))
    assert seen[0] != seen[1]


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_do_not_depend_on_what_was_drawn(seed):
    def L_model_backward(AL, Y, caches):
        return {n: g * (1 + 1e-5) for n, g in right(AL, Y, caches).items()}

    right = notebook()["L_model_backward"]
    found = [str(report(notebook(), "L_model_backward", seed)) for _ in range(3)]
    wrong = [str(report(notebook(L_model_backward), "L_model_backward", seed)) for _ in range(3)]
    assert len(set(found)) == len(set(wrong)) == 1
    assert "differ" in wrong[0]
