"""Unit 06b, learning rates that fall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    Exercise,
    Misshapen,
    Property,
    Trial,
    register,
    take,
)
from autograder.engine.formulas import Formula
from autograder.engine.student import Student
from autograder.units.u06b_optimisers import right
from autograder.units.u06b_optimisers.contract import UNIT

#: By whether the rate is scheduled.
_FORMULAS = {
    False: "learning_rate0 / (1 + decay_rate * epoch_num)",
    True: "learning_rate0 / (1 + decay_rate * np.floor(epoch_num / time_interval))",
}
#: Other rates that fall.
_OTHERS = {
    False: (
        "learning_rate0 * decay_rate**epoch_num",
        "learning_rate0 / (1 + decay_rate)**epoch_num",
        "learning_rate0 * np.exp(-decay_rate * epoch_num)",
        "decay_rate / np.sqrt(epoch_num) * learning_rate0",
    ),
    True: (
        "learning_rate0 / (1 + decay_rate * epoch_num)",
        "learning_rate0 / (1 + decay_rate * (epoch_num % time_interval))",
        "learning_rate0 / (1 + np.floor(decay_rate * epoch_num / time_interval))",
        "learning_rate0 * decay_rate**np.floor(epoch_num / time_interval)",
        "learning_rate0 * np.exp(-decay_rate * np.floor(epoch_num / time_interval))",
    ),
}


def _rates(scheduled: bool) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for epoch, interval in ((7, 3), (0, 4), (12, 4), (5, 1), (2000, None), (1999, None)):
            if not scheduled:
                epoch = min(epoch, 300)  # a power of a rate is a number there still
            rate0, decay = float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.2, 2.0))
            steps = epoch // (interval or 1000) if scheduled else epoch
            more = (interval,) if scheduled and interval else ()
            told = f", time_interval = {interval}" if more else ""
            held = {"learning_rate0": rate0, "decay_rate": decay, "epoch_num": epoch}
            if scheduled:
                held["time_interval"] = interval or 1000
            formula = Formula(_FORMULAS[scheduled], held, others=_OTHERS[scheduled])
            yield Trial(
                f"epoch_num = {epoch}{told}",
                (rate0, epoch, decay, *more),
                values={"learning_rate": np.asarray(rate0 / (1 + decay * steps))},
                formulas={"learning_rate": formula},
            )

    return trials


def _one(value: Any) -> dict[str, Any]:
    if value is None:
        raise Misshapen("it returned None, expected a number; is a `return` missing?")
    return take("learning_rate")(value)


for _name, _scheduled in (("update_lr", False), ("schedule_lr_decay", True)):
    register(
        Exercise(
            _name,
            UNIT,
            _rates(_scheduled),
            _one,
            (
                SHAPES,
                Property("rate_is_right", "returns the right learning rate", ("learning_rate",)),
            ),
            after=("update_lr",) if _scheduled else (),
            right=None if _scheduled else right.update_lr,
        )
    )
