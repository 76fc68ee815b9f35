"""What ``autograder check`` runs inside the notebook's own kernel, after the notebook's cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def show_reports(names: Sequence[str], namespace: Mapping[str, Any]) -> None:
    """Display the visible checks of some functions, one output each."""
    from IPython.display import display

    from autograder.engine.evaluate import evaluate
    from autograder.engine.exercise import exercise_of
    from autograder.engine.student import Student
    from autograder.suite import VISIBLE_SEED

    student = Student(dict(namespace))
    for name in names:
        report = evaluate(exercise_of(name, namespace), student, VISIBLE_SEED)
        display(report)  # type: ignore[no-untyped-call]
