"""No luck: a threshold decides the same on every seed, visible or hidden."""

import pytest
from contracts.breaker import notebook, verdicts
from contracts.unit05 import checks_with

from autograder.authoring.hidden_tests import seed_of
from autograder.suite import VISIBLE_SEED

SEEDS = [VISIBLE_SEED, seed_of("grad_check"), 0, 4, 5, 15, 20]


def held(names, function):
    """For each seed, which properties hold."""
    return {tuple(v.earned for v in verdicts(names, function, seed, True)) for seed in SEEDS}


@pytest.mark.parametrize(
    ("bound", "flags"),
    [
        ("1e-3 * np.maximum(1, larger)", True),
        ("1e-3 * (1 + larger)", True),
        ("1.2e-3 * np.maximum(1, larger)", True),
        ("1e-3 * larger", False),
        ("1e-3 * np.maximum(0.3, larger)", False),
        ("1e-2 * np.maximum(1, larger)", False),
    ],
)
def test_a_kink_is_a_kink_on_every_seed(bound, flags):
    assert {one[2] for one in held(notebook("05", checks_with(bound=bound)), "grad_check")} == {
        flags
    }


@pytest.mark.parametrize(
    ("h", "good"),
    [(1e-8, False), (1e-7, True), (1e-6, True), (1e-5, True), (1e-4, True), (1e-3, False)],
)
def test_a_step_lies_in_the_valley_or_not_for_everybody(h, good):
    assert held({"best_h": h}, "best_h") == {(good,)}
