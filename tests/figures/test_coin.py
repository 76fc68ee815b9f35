"""The numbers under the coins are those of the oracle."""

import numpy as np
import pytest

from autograder.figures import coin_picture, ratio
from autograder.figures.coin import PLANS, coins_on_path
from autograder.networks import mlp_graph
from autograder.oracle import gradient

M, SIZES = 5, (4, 3, 6, 1)


@pytest.fixture(scope="module")
def graph():
    rng = np.random.default_rng(0)
    parameters = {}
    for n in (1, 2, 3):
        parameters[f"W{n}"] = rng.normal(size=(SIZES[n], SIZES[n - 1]))
        parameters[f"b{n}"] = rng.normal(size=(SIZES[n], 1))
    return mlp_graph(rng.normal(size=(SIZES[0], M)), np.array([[1.0, 0, 1, 0, 0]]), parameters)


def pay(value, seen):
    return value.real + 1j * value.imag / M


def wire(start, end):
    """The wire of the graph along which the gradient goes from `start` to `end`."""
    if start == "J":
        return "L->J"
    return f"{end}->{start}" if end.startswith("W") else f"A{end[1]}->{start}"


@pytest.mark.parametrize("title", PLANS)
def test_coins_on_a_path_are_the_power_of_one_over_m(graph, title):
    free = {"J": lambda value, seen: M * value}  # the sum of the losses: no coin anywhere
    paid = free | {wire(*step): pay for step in PLANS[title]}
    for n in (1, 2, 3):
        found = ratio(gradient(graph, f"W{n}", paid), gradient(graph, f"W{n}", free))
        assert found == pytest.approx(M ** -coins_on_path(PLANS[title], n))


def test_two_plans_are_right_and_two_are_wrong():
    right = [t for t, plan in PLANS.items() if {coins_on_path(plan, n) for n in (1, 2, 3)} == {1}]
    assert right == ["paid at J (J convention)", "paid at dW and db (L convention)"]


def test_the_alt_text_tells_each_plan():
    told = coin_picture().alt
    assert "paid twice: dW3, dW2, dW1 carry 1/m^2, 1/m^2, 1/m^2" in told
    assert "paid at every layer: dW3, dW2, dW1 carry 1/m, 1/m^2, 1/m^3" in told
