"""What the checks of a unit say of the functions of a notebook."""

from contracts.breaker import functions, points
from helpers.briefly import evaluate_briefly

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student


def judge(names, function, seed=1):
    """The report on one function."""
    return evaluate(exercise_of(function, names), Student(names), seed)


def _briefly(names, function, seed):
    return evaluate_briefly(exercise_of(function, names), Student(names), seed)


def lost_in(unit, names, seed=1):
    """The checks of a unit that are not earned, of those that have points."""
    own = [name for name in functions(unit) if not name.startswith("answers")]
    found = [v for function in own for v in _briefly(names, function, seed).verdicts]
    return {v.check for v in found if not v.earned and v.check in points(unit)}
