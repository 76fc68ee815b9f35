"""Instances are drawn once, graphs made once: nobody can tell, but by the time."""

import numpy as np

from autograder.networks import upstream_graph
from autograder.observe import observe
from autograder.oracle import gradient
from autograder.units.u04_network.instances import layer_inputs, mlp_instance
from autograder.units.u07_rnn.instances import rnn_instance

SIZES = (2, 3, 2, 4, 3)


def drawn(seed=0):
    return rnn_instance(np.random.default_rng(seed), SIZES)


def graph(of):
    return upstream_graph(of.x, of.a0, of.parameters, of.da)


def test_the_generator_goes_on_as_if_it_had_been_drawn_from():
    first, second = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(3):
        one, other = (mlp_instance(rng, (3, 4, 1), 6) for rng in (first, second))
        assert np.array_equal(one.X, other.X)
        assert first.random() == second.random()
    # the same state, but other sizes
    assert mlp_instance(np.random.default_rng(5), (3, 5, 1), 6).parameters["W1"].shape == (5, 3)


def test_who_changes_an_instance_changes_no_other():
    one = drawn()
    right = one.x.copy()
    one.x[:] = 0
    one.parameters["Waa"][:] = 0
    again = drawn()
    assert np.array_equal(again.x, right)
    assert again.parameters["Waa"].all()
    assert all(np.array_equal(a, b) for a, b in zip(layers(), layers(), strict=True))


def layers():
    return layer_inputs(np.random.default_rng(1), 3, 2, 4)


def test_a_graph_of_equal_arrays_is_the_same_and_that_of_others_is_not():
    one, other = drawn(), drawn()
    assert graph(one) is graph(other)
    other.x[0, 0, 0] += 1e-12
    assert graph(one) is not graph(other)
    assert graph(drawn(1)) is not graph(one)


def test_a_graph_stays_what_it_is_when_an_array_changes():
    one = drawn(2)
    made, right = graph(one), gradient(graph(one), "Waa")
    one.parameters["Waa"] *= 2
    assert np.array_equal(gradient(made, "Waa"), right)
    assert not np.allclose(gradient(graph(one), "Waa"), right)


def test_a_function_that_is_checked_gets_a_graph_of_which_nothing_is_known():
    one = drawn(3)
    gradient(graph(one), "Waa")
    assert graph(one).slopes
    given = observe(lambda: graph(one), ()).value
    assert given is not graph(one)
    assert not given.slopes
