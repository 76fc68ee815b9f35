"""What to try where an array holds nan or infinite numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.findings import Outcome
from autograder.engine.report.statement import Statement


def not_finite(outcome: Outcome, gap: Gap) -> Iterator[Statement]:
    yield Statement(
        "A value that is nan or infinite mostly comes from a division by zero, the logarithm of "
        "zero or of a negative number, or a number too large for float64; it spoils what is "
        "computed from it.",
        lambda: True,
    )
    yield Statement(
        "If there is np.empty in it: that promises no numbers, and during a check it holds nan "
        "until your code sets it. Where a sum is to begin at 0, np.zeros does.",
        lambda: bool(np.isnan(outcome.returned[gap.name]).any()),
    )
    yield Statement(
        "An experiment: after each line of your function, print np.isfinite(...).all() of the "
        "array that the line made. The first False names the line. Then print what stands there "
        "below a fraction bar or inside np.log, np.sqrt or np.exp, and each entry that it reads: "
        "has it been set before?",
        lambda: _finite(outcome.trial.args),
    )
    yield Statement(
        "Ask yourself: may that number be zero, negative or that large, and what does the formula "
        "say then?",
        lambda: True,
    )


def _finite(value: Any) -> bool:
    """Whether what came in holds finite numbers only."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind not in "fc" or bool(np.isfinite(value).all())
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    return not isinstance(value, list | tuple) or all(map(_finite, value))
