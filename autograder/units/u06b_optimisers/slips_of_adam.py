"""Known mistakes of Adam, each as an edit of the graph of an update."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.mistakes.catalogue import optimisers as told
from autograder.networks import Edit
from autograder.networks.optimisers import SQUARE
from autograder.units.u06b_optimisers.slip import Edited, Slip, together, value_from, value_of


def _of_beta(of: str, beta: str) -> dict[str, Edit]:
    """What is made of one beta, made of another one."""
    return {
        f"rest_{of}": value_of(lambda seen: 1 - seen[beta]),
        f"power_{of}": value_of(lambda seen: seen[beta] ** seen["t"]),
    }


def exchanged(n: int) -> dict[str, Edit]:
    """beta1 and beta2 in each other's places."""
    found = {
        f"beta_one->v_new{n}": value_of(lambda seen: seen["beta_two"]),
        f"beta_two->s_new{n}": value_of(lambda seen: seen["beta_one"]),
    }
    for of, other in (("one", "two"), ("two", "one")):
        found |= _of_beta(of, f"beta_{other}")
    return found


def _in_mean(letter: str, of: str, other: str) -> Edited:
    """One mean is made with the other beta, and corrected with its own."""
    return lambda n: {
        f"beta_{of}->{letter}_new{n}": value_of(lambda seen: seen[f"beta_{other}"]),
        f"rest_{of}->{letter}_new{n}": value_of(lambda seen: seen[f"rest_{other}"]),
    }


def _carried(letter: str, of: str) -> Edited:
    """The corrected mean is what comes back; the step is right."""
    return lambda n: {
        f"{letter}_new{n}": value_from(lambda new, seen: new / seen[f"weight_{of}"]),
        f"{letter}_corrected{n}": value_of(lambda seen: seen[f"{letter}_new{n}"]),
    }


def _plain(letter: str) -> Edited:
    """Not corrected."""
    return lambda n: {f"{letter}_corrected{n}": value_of(lambda seen: seen[f"{letter}_new{n}"])}


def _everywhere(made: dict[str, Edit]) -> Edited:
    """Edits of what all arrays share."""
    return lambda n: dict(made)


def _later(by: int) -> Edit:
    return value_from(lambda t, seen: t + by)


def _raised(of: str) -> Edit:
    return value_of(lambda seen: seen[f"rest_{of}"] ** seen["t"])


def adam() -> Iterator[Slip]:
    yield told.BIAS_CORRECTION_MISSING, "of v and of s", together(_plain("v"), _plain("s"))
    yield told.BIAS_CORRECTION_MISSING, "of v", _plain("v")
    yield told.BIAS_CORRECTION_MISSING, "of s", _plain("s")
    carried = _carried("v", "one"), _carried("s", "two")
    yield told.CORRECTED_CARRIED_ON, "v and s", together(*carried)
    yield told.CORRECTED_CARRIED_ON, "v", carried[0]
    yield told.CORRECTED_CARRIED_ON, "s", carried[1]
    for by in (1, -1):
        words = "t + 1 in the place of t" if by > 0 else "t - 1 in the place of t"
        yield told.T_OFF_BY_ONE, words, _everywhere({"t": _later(by)})
    always = _everywhere({"t": value_of(lambda seen: np.ones((1, 1)))})
    yield told.T_OFF_BY_ONE, "1 in the place of t, at every update", always
    yield told.BETAS_SWAPPED, "everywhere", exchanged
    for letter, of, other in (("v", "one", "two"), ("s", "two", "one")):
        words = f"{'beta2' if of == 'one' else 'beta1'} in {letter}"
        yield told.BETAS_SWAPPED, words, _in_mean(letter, of, other)
    weights = {
        "weight_one": value_of(lambda seen: 1 - seen["beta_two"] ** seen["t"]),
        "weight_two": value_of(lambda seen: 1 - seen["beta_one"] ** seen["t"]),
    }
    yield told.BETAS_SWAPPED, "in the corrections", _everywhere(weights)
    for of, beta in (("one", "beta2"), ("two", "beta1")):
        one = {f"weight_{of}": weights[f"weight_{of}"]}
        yield told.BETAS_SWAPPED, f"{beta} in both corrections", _everywhere(one)
    raised = {f"weight_{of}": _raised(of) for of in ("one", "two")}
    yield told.POWER_OF_ONE_MINUS_BETA, "", _everywhere(raised)
    yield (
        told.SQUARE_OF_MEAN,
        "",
        lambda n: {f"{SQUARE}{n}->s_new{n}": value_of(lambda seen: seen[f"v_new{n}"] ** 2)},
    )
