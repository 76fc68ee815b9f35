"""What to try where nothing says it: an instance, and what to compute by hand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.findings import Findings
from autograder.engine.report.statement import Statement
from autograder.engine.trial import Trial


def by_hand(gap: Gap, instance: str, compared: str, mended: bool) -> Iterator[Statement]:
    """The smallest instance that fails, and what to do with it."""
    yield Statement(instance, lambda: True)
    its = f"Your {gap.name} is" in instance  # a smaller one has fewer arrays
    what = gap.name if its else "the wrong array"
    source = "the formula of the text" if compared == "value" else "the forward formula"
    entry = f"one entry of {what}" if np.ndim(np.asarray(gap.wanted)) else what
    yield Statement(
        f"An experiment: work out {entry} from {source} alone, without looking at your line; "
        "then print each term and factor that your function makes it of. Which one differs, "
        "is missing, or is one too many?",
        lambda: gap.kind == "values" and not mended,
    )


def with_sizes(findings: Findings, name: str) -> Iterator[Statement]:
    """Advise the smallest example on which the array was seen to be wrong."""
    failing = [o for o in findings.outcomes if (g := o.gaps.get(name)) is not None and g.wrong]
    smallest = min(failing, key=lambda o: _size(o.trial))
    where = f"on an example with {smallest.trial.label}"
    yield Statement(
        f"An experiment: {name} is wrong {where}. Take arrays of these sizes, print each term and "
        f"factor that your function makes {name} of, and compute one entry of {name} by hand "
        "beside it. Which one differs, is missing, or is one too many, and which line made it?",
        lambda: smallest.wrong and np.ndim(smallest.returned[name]) > 0,
    )
    yield Statement(
        f"An experiment: {name} is wrong {where}. Compute {name} by hand there, step by step, and "
        "print the same steps of your function beside it. Which one differs first?",
        lambda: smallest.wrong and np.ndim(smallest.returned[name]) == 0,
    )


def _size(trial: Trial) -> int:
    """How much there is to compute: the numbers in the graph, or in the arguments."""
    if trial.problem is not None:
        return sum(int(np.size(value)) for value in trial.problem.graph.seen.values())
    return _numbers_in(trial.args)


def _numbers_in(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(_numbers_in, value.values()))
    return sum(map(_numbers_in, value)) if isinstance(value, list | tuple) else 1
