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
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u06b_optimisers import right
from autograder.units.u06b_optimisers.contract import UNIT


def _rates(scheduled: bool) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for epoch, interval in ((7, 3), (0, 4), (12, 4), (5, 1), (2000, None), (1999, None)):
            rate0, decay = float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.2, 2.0))
            steps = epoch // (interval or 1000) if scheduled else epoch
            smooth = rate0 / (1 + decay * epoch / (interval or 1000))
            more = (interval,) if scheduled and interval else ()
            told = f", time_interval = {interval}" if more else ""
            with np.errstate(all="ignore"):
                other = _instead(rate0, epoch, decay, smooth, scheduled, interval or 1000)
            yield Trial(
                f"epoch_num = {epoch}{told}",
                (rate0, epoch, decay, *more),
                values={"learning_rate": np.asarray(rate0 / (1 + decay * steps))},
                instead={"learning_rate": other},
            )

    return trials


def _instead(
    rate0: float, epoch: int, decay: float, smooth: float, scheduled: bool, interval: int
) -> dict[str, Array]:
    rate0, decay = np.float64(rate0), np.float64(decay)  # what is too large is inf
    found: dict[str, float] = {
        "learning_rate0 as it was": rate0,
        "a rate that is multiplied by (1 + decay_rate * epoch_num)": rate0 * (1 + decay * epoch),
        "learning_rate0 / (decay_rate * epoch_num)": rate0 / (decay * epoch or np.inf),
        "learning_rate0 / (1 + decay_rate) * epoch_num": rate0 / (1 + decay) * epoch,
        "learning_rate0 / (1 + decay_rate), the same in every epoch": rate0 / (1 + decay),
        "learning_rate0 * decay_rate**epoch_num": rate0 * decay**epoch,
        "learning_rate0 * (1 - decay_rate * epoch_num)": rate0 * (1 - decay * epoch),
        "learning_rate0 * exp(-decay_rate * epoch_num)": rate0 * np.exp(-decay * epoch),
        "learning_rate0 / (1 + decay_rate) ** epoch_num": rate0 / (1 + decay) ** epoch,
        "learning_rate0 / (1 + decay_rate + epoch_num)": rate0 / (1 + decay + epoch),
        "learning_rate0 / (1 - decay_rate * epoch_num)": rate0 / (1 - decay * epoch or np.inf),
        "learning_rate0 / 1 + ..., a sum without its brackets": rate0 + decay * epoch,
    }
    if scheduled:
        found |= {
            "learning_rate0 / (1 + decay_rate * (epoch_num % time_interval))": rate0
            / (1 + decay * (epoch % interval)),
            "learning_rate0 / (1 + floor(decay_rate * epoch_num / time_interval))": rate0
            / (1 + np.floor(decay * epoch / interval)),
            "learning_rate0 / (1 + decay_rate * np.ceil(epoch_num / time_interval))": rate0
            / (1 + decay * np.ceil(epoch / interval)),
            "learning_rate0 / (1 + decay_rate * np.round(epoch_num / time_interval))": rate0
            / (1 + decay * np.round(epoch / interval)),
            "learning_rate0 / (1 + decay_rate * epoch_num * time_interval)": rate0
            / (1 + decay * epoch * interval),
            "learning_rate0 / (1 + decay_rate) * (epoch_num // time_interval)": rate0
            / (1 + decay)
            * (epoch // interval),
            "learning_rate0 * decay_rate**(epoch_num // time_interval)": rate0
            * decay ** (epoch // interval),
            "a rate that falls at every epoch, without np.floor": smooth,
            "a rate that falls at every epoch, as that of update_lr": rate0 / (1 + decay * epoch),
        }
    return {words: np.asarray(value, dtype=float) for words, value in found.items()}


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
