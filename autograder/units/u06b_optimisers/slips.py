"""Known mistakes of an update, each as an edit of its graph: the values then are the mistake's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.exercise import Relative
from autograder.engine.parts import relatives
from autograder.mistakes.catalogue import optimisers as told
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN
from autograder.networks import Array, Edit, Edits
from autograder.networks.optimisers import DIVISOR, ROOT, SQUARE
from autograder.units.u06b_optimisers.instances import STATE, Update

Seen = Mapping[str, Array]
Slip = tuple[Misconception, str, Callable[[int], dict[str, Edit]]]


def _is(make: Callable[[Seen], Any]) -> Edit:
    """Another value, made of what was seen before."""
    return lambda value, seen: np.asarray(make(seen))


def _was(make: Callable[[Array, Seen], Any]) -> Edit:
    """Another value, made of the right one and of what was seen before."""
    return lambda value, seen: np.asarray(make(value, seen))


def _steps(method: str) -> Iterator[Slip]:
    """Slips of the last line, in every method."""
    yield (
        SIGN_FLIP,
        "",
        lambda n: {f"W_new{n}": _was(lambda new, seen: 2 * seen[f"W{n}"] - new)},
    )
    yield (
        DB_FORGOTTEN,
        "the biases were not updated",
        lambda n: {} if n % 2 else {f"W_new{n}": _is(lambda seen: seen[f"W{n}"])},
    )
    yield (
        told.LEARNING_RATE_TWICE,
        "",
        lambda n: {
            f"W_new{n}": _was(
                lambda new, seen: seen[f"W{n}"] + seen["rate"] * (new - seen[f"W{n}"])
            )
        },
    )


def _means(method: str) -> Iterator[Slip]:
    """Slips of the weighted means."""
    for letter in STATE[method]:
        of = {"momentum": "", "rmsprop": "", "adam": {"v": "_one", "s": "_two"}[letter]}[method]
        told_of = f"in {letter}" if method == "adam" else ""
        new = f"{letter}_new"
        yield told.ONE_MINUS_BETA_MISSING, told_of, _without_rest(new, of)
        yield told.WEIGHTS_SWAPPED, told_of, _swapped(new, of)
        yield told.STEP_FROM_OLD_STATE, told_of, _from_old(method, letter, of)
    if method == "adam":
        both = (_without_rest("v_new", "_one"), _without_rest("s_new", "_two"))
        yield told.ONE_MINUS_BETA_MISSING, "in v and s", _all(*both)
        both = (_swapped("v_new", "_one"), _swapped("s_new", "_two"))
        yield told.WEIGHTS_SWAPPED, "in v and s", _all(*both)
        both = (_from_old(method, "v", "_one"), _from_old(method, "s", "_two"))
        yield told.STEP_FROM_OLD_STATE, "in v and s", _all(*both)


def _all(*parts: Callable[[int], dict[str, Edit]]) -> Callable[[int], dict[str, Edit]]:
    return lambda n: {wire: edit for part in parts for wire, edit in part(n).items()}


def _without_rest(new: str, of: str) -> Callable[[int], dict[str, Edit]]:
    return lambda n: {f"rest{of}->{new}{n}": _is(lambda seen: 1.0)}


def _swapped(new: str, of: str) -> Callable[[int], dict[str, Edit]]:
    return lambda n: {
        f"rest{of}->{new}{n}": _is(lambda seen: seen[f"beta{of}"]),
        f"beta{of}->{new}{n}": _is(lambda seen: seen[f"rest{of}"]),
    }


def _from_old(method: str, letter: str, of: str) -> Callable[[int], dict[str, Edit]]:
    """The step reads what came in, where what was made belongs."""
    reader = {"momentum": "W_new", "rmsprop": ROOT, "adam": f"{letter}_corrected"}[method]
    return lambda n: {f"{letter}_new{n}->{reader}{n}": _is(lambda seen: seen[f"{letter}{n}"])}


def _momentum() -> Iterator[Slip]:
    def held(n: int) -> dict[str, Edit]:  # v holds the step
        made = _is(
            lambda seen: seen["beta"] * seen[f"v{n}"] + seen["rest"] * seen["rate"] * seen[f"dW{n}"]
        )
        return {f"v_new{n}": made, f"rate->W_new{n}": _is(lambda seen: 1.0)}

    def once_more(n: int) -> dict[str, Edit]:
        return {f"v_new{n}": held(n)[f"v_new{n}"]}

    def whole(n: int) -> dict[str, Edit]:  # as held, without 1 - beta
        made = _is(lambda seen: seen["beta"] * seen[f"v{n}"] + seen["rate"] * seen[f"dW{n}"])
        return held(n) | {f"v_new{n}": made}

    def downhill(n: int) -> dict[str, Edit]:  # CS231n: v points where the parameters go
        made = _is(lambda seen: seen["beta"] * seen[f"v{n}"] - seen["rate"] * seen[f"dW{n}"])
        return {f"v_new{n}": made, f"rate->W_new{n}": _is(lambda seen: -1.0)}

    yield told.LEARNING_RATE_IN_VELOCITY, "", held
    yield told.LEARNING_RATE_IN_VELOCITY, "and without 1 - beta", whole
    yield told.LEARNING_RATE_IN_VELOCITY, "and v points downhill", downhill
    yield told.LEARNING_RATE_TWICE, "in v, and in the step", once_more


def _roots(method: str) -> Iterator[Slip]:
    """Slips of the divisor, in RMSprop and Adam."""
    squares = {"rmsprop": "s_new", "adam": "s_corrected"}[method]
    yield (
        told.EPSILON_INSIDE_ROOT,
        "",
        lambda n: {
            f"{DIVISOR}{n}": _is(lambda seen: np.sqrt(seen[f"{squares}{n}"] + seen["epsilon"]))
        },
    )
    yield (
        told.ROOT_MISSING,
        "",
        lambda n: {f"{ROOT}{n}": _is(lambda seen: seen[f"{squares}{n}"])},
    )
    yield (
        told.SQUARE_MISSING,
        "",
        lambda n: {f"{SQUARE}{n}": _is(lambda seen: seen[f"dW{n}"])},
    )


def _of_beta(of: str, beta: str) -> dict[str, Edit]:
    """What is made of one beta, made of another one."""
    return {
        f"rest_{of}": _is(lambda seen: 1 - seen[beta]),
        f"power_{of}": _is(lambda seen: seen[beta] ** seen["t"]),
    }


def _exchanged(n: int) -> dict[str, Edit]:
    """beta1 and beta2 in each other's places."""
    found = {
        f"beta_one->v_new{n}": _is(lambda seen: seen["beta_two"]),
        f"beta_two->s_new{n}": _is(lambda seen: seen["beta_one"]),
    }
    for of, other in (("one", "two"), ("two", "one")):
        found |= _of_beta(of, f"beta_{other}")
    return found


def _in_mean(letter: str, of: str, other: str) -> Callable[[int], dict[str, Edit]]:
    """One mean is made with the other beta, and corrected with its own."""
    return lambda n: {
        f"beta_{of}->{letter}_new{n}": _is(lambda seen: seen[f"beta_{other}"]),
        f"rest_{of}->{letter}_new{n}": _is(lambda seen: seen[f"rest_{other}"]),
    }


def _carried(letter: str, of: str) -> Callable[[int], dict[str, Edit]]:
    """The corrected mean is what comes back; the step is right."""
    return lambda n: {
        f"{letter}_new{n}": _was(lambda new, seen: new / seen[f"weight_{of}"]),
        f"{letter}_corrected{n}": _is(lambda seen: seen[f"{letter}_new{n}"]),
    }


def _plain(letter: str) -> Callable[[int], dict[str, Edit]]:
    """Not corrected."""
    return lambda n: {f"{letter}_corrected{n}": _is(lambda seen: seen[f"{letter}_new{n}"])}


def _everywhere(made: dict[str, Edit]) -> Callable[[int], dict[str, Edit]]:
    """Edits of what all arrays share."""
    return lambda n: dict(made)


def _later(by: int) -> Edit:
    return _was(lambda t, seen: t + by)


def _raised(of: str) -> Edit:
    return _is(lambda seen: seen[f"rest_{of}"] ** seen["t"])


def _adam() -> Iterator[Slip]:
    yield told.BIAS_CORRECTION_MISSING, "of v and of s", _all(_plain("v"), _plain("s"))
    yield told.BIAS_CORRECTION_MISSING, "of v", _plain("v")
    yield told.BIAS_CORRECTION_MISSING, "of s", _plain("s")
    carried = _carried("v", "one"), _carried("s", "two")
    yield told.CORRECTED_CARRIED_ON, "v and s", _all(*carried)
    yield told.CORRECTED_CARRIED_ON, "v", carried[0]
    yield told.CORRECTED_CARRIED_ON, "s", carried[1]
    for by in (1, -1):
        words = "t + 1 in the place of t" if by > 0 else "t - 1 in the place of t"
        yield told.T_OFF_BY_ONE, words, _everywhere({"t": _later(by)})
    always = _everywhere({"t": _is(lambda seen: np.ones((1, 1)))})
    yield told.T_OFF_BY_ONE, "1 in the place of t, at every update", always
    yield told.BETAS_SWAPPED, "everywhere", _exchanged
    for letter, of, other in (("v", "one", "two"), ("s", "two", "one")):
        words = f"{'beta2' if of == 'one' else 'beta1'} in {letter}"
        yield told.BETAS_SWAPPED, words, _in_mean(letter, of, other)
    weights = {
        "weight_one": _is(lambda seen: 1 - seen["beta_two"] ** seen["t"]),
        "weight_two": _is(lambda seen: 1 - seen["beta_one"] ** seen["t"]),
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
        lambda n: {f"{SQUARE}{n}->s_new{n}": _is(lambda seen: seen[f"v_new{n}"] ** 2)},
    )


_SLIPS: dict[str, tuple[Slip, ...]] = {
    "gd": tuple(_steps("gd")),
    "momentum": (*_steps("momentum"), *_means("momentum"), *_momentum()),
    "rmsprop": (*_steps("rmsprop"), *_means("rmsprop"), *_roots("rmsprop")),
    "adam": (*_adam(), *_steps("adam"), *_means("adam"), *_roots("adam")),
}


def edits(slip: Slip, drawn: Update) -> Edits:
    """All edits of a slip, one set a place."""
    return {
        wire: edit for n in range(1, len(drawn.parameters) + 1) for wire, edit in slip[2](n).items()
    }


def known(drawn: Update, named: bool = False) -> tuple[Relative, ...]:
    """What known mistakes return; with `named` the call leaves beta1 and beta2 to their defaults.

    Where a root does not exist, the mistake is told by the numbers that do.
    """
    made = [
        (slip[0].id, slip[1], drawn.values(edits(slip, drawn))) for slip in _SLIPS[drawn.method]
    ]
    if drawn.method == "adam":  # in the order of the arguments, which shows in some calls alone
        swapped = drawn.values() if named else drawn.values(edits(_ORDER, drawn))
        made.append((told.BETAS_SWAPPED.id, _ORDER[1], swapped))
    finite = ((id, words, _finite(values)) for id, words, values in made)
    return relatives(*finite)


def _finite(values: Mapping[str, Array]) -> dict[str, Array]:
    return {name: array for name, array in values.items() if np.isfinite(array).all()}


_ORDER: Slip = (told.BETAS_SWAPPED, "in the order of the arguments", _exchanged)
