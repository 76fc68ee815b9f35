"""What spares work says what the long way says: certificates, reach, differences, owners."""

import numpy as np
import pytest

from autograder.engine.diagnosis.effects import Known
from autograder.engine.diagnosis.general.forward import _after
from autograder.engine.diagnosis.hypothesis import certified, close
from autograder.engine.differences import measured, unchanged
from autograder.engine.student import Student
from autograder.observe import observe
from autograder.units import EXERCISES
from tests.helpers.solved import solved

NAMES = ("L_model_backward", "lstm_cell_backward", "rnn_backward", "conv_backward_naive")


def first_trial(exercise):
    """The first trial of an exercise that has a graph; None if there is none."""
    student = Student(solved(exercise.unit)[0])
    trials = exercise.trials(student, np.random.default_rng(11))
    return next((t for t in trials if t.problem is not None or t.graph is not None), None)


def problem_of(name):
    """The first problem of the exercise of that name."""
    exercise = EXERCISES[name]
    return first_trial(exercise).problem


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_says_what_a_comparison_entry_by_entry_says(name):
    problem = problem_of(name)
    right = problem.truth()
    _, edits = Known([problem]).on(problem)
    told = 0
    with np.errstate(all="ignore"):
        for made in edits[::7]:
            wrong = problem.truth(made)
            if not all(np.isfinite(a).all() and a.any() for a in wrong.values()):
                continue
            same = all(close(right[n], wrong[n]) for n in right)
            assert certified(problem, wrong, made)
            assert certified(problem, right, made) == same
            told += not same
            last = list(wrong)[-1]
            off = wrong[last].copy()
            off.flat[-1] += 1e-7 * np.abs(off).max()
            assert not certified(problem, wrong | {last: off}, made)
    assert told > 2


def test_nothing_is_certified_of_an_array_of_zeros():
    problem = problem_of("L_model_backward")
    right = problem.truth()
    name = next(iter(right))
    assert certified(problem, right, {})
    assert not certified(problem, right | {name: 0 * right[name]}, {})


@pytest.mark.parametrize("name", NAMES)
def test_differences_agree_with_what_is_right_and_not_with_what_is_off(name):
    problem = problem_of(name)
    right = problem.truth()
    assert unchanged(problem, right).keys() == right.keys()
    assert measured(problem, right)
    for key, array in right.items():
        off = {key: 1.01 * array}
        assert not unchanged(problem, right | off).keys() & {key}
        assert not measured(problem, right | off)


@pytest.mark.parametrize("name", sorted(EXERCISES, key=str))
def test_a_change_moves_nothing_but_what_it_reaches(name):
    trial = first_trial(EXERCISES[name])
    if trial is None:
        return
    graph = trial.graph if trial.graph is not None else trial.problem.graph
    after = _after(graph)
    for node in graph.nodes():
        with np.errstate(all="ignore"):
            seen = graph.run(edits={node: lambda value, seen: 1.25 * value + 0.125}).seen
        moved = {n for n in graph.nodes() if not np.array_equal(seen[n], graph.seen[n])}
        assert moved <= after[node], node


def test_memory_is_compared_with_what_may_own_it():
    x, buffer = np.arange(6.0), bytearray(48)
    view, foreign = x[1:], np.frombuffer(buffer)
    assert observe(lambda a, b: (a[:2], b.copy(), a.copy()), (view, foreign)).shared == (
        ("[0]", "0"),
    )
    assert observe(lambda a: np.frombuffer(buffer), (foreign,)).shared == (("", "0"),)
    assert observe(lambda a: x, (view,)).shared == (("", "0"),)
    assert observe(lambda a: x.copy(), (view,)).shared == ()
