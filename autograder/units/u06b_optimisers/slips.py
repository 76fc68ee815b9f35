"""Known mistakes of an update, each as an edit of its graph: the values then are the mistake's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import Relative
from autograder.engine.parts import relatives
from autograder.mistakes.catalogue import optimisers as told
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN, GRADIENTS_BY_PLACE
from autograder.networks import Array, Edit, Edits
from autograder.networks.optimisers import DIVISOR, ROOT, SQUARE
from autograder.units.u06b_optimisers.instances import STATE, Update
from autograder.units.u06b_optimisers.slip import Edited, Slip, together, value_from, value_of
from autograder.units.u06b_optimisers.slips_of_adam import adam, exchanged


def _steps(method: str) -> Iterator[Slip]:
    """Slips of the last line, in every method."""
    yield (
        SIGN_FLIP,
        "",
        lambda n: {f"W_new{n}": value_from(lambda new, seen: 2 * seen[f"W{n}"] - new)},
    )
    yield (
        DB_FORGOTTEN,
        "the biases were not updated",
        lambda n: {} if n % 2 else {f"W_new{n}": value_of(lambda seen: seen[f"W{n}"])},
    )
    yield (
        told.LEARNING_RATE_TWICE,
        "",
        lambda n: {
            f"W_new{n}": value_from(
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
        yield told.ONE_MINUS_BETA_MISSING, "in v and s", together(*both)
        both = (_swapped("v_new", "_one"), _swapped("s_new", "_two"))
        yield told.WEIGHTS_SWAPPED, "in v and s", together(*both)
        both = (_from_old(method, "v", "_one"), _from_old(method, "s", "_two"))
        yield told.STEP_FROM_OLD_STATE, "in v and s", together(*both)


def _without_rest(new: str, of: str) -> Edited:
    return lambda n: {f"rest{of}->{new}{n}": value_of(lambda seen: 1.0)}


def _swapped(new: str, of: str) -> Edited:
    return lambda n: {
        f"rest{of}->{new}{n}": value_of(lambda seen: seen[f"beta{of}"]),
        f"beta{of}->{new}{n}": value_of(lambda seen: seen[f"rest{of}"]),
    }


def _from_old(method: str, letter: str, of: str) -> Edited:
    """The step reads what came in, where what was made belongs."""
    reader = {"momentum": "W_new", "rmsprop": ROOT, "adam": f"{letter}_corrected"}[method]
    return lambda n: {f"{letter}_new{n}->{reader}{n}": value_of(lambda seen: seen[f"{letter}{n}"])}


def _momentum() -> Iterator[Slip]:
    def held(n: int) -> dict[str, Edit]:  # v holds the step
        made = value_of(
            lambda seen: seen["beta"] * seen[f"v{n}"] + seen["rest"] * seen["rate"] * seen[f"dW{n}"]
        )
        return {f"v_new{n}": made, f"rate->W_new{n}": value_of(lambda seen: 1.0)}

    def once_more(n: int) -> dict[str, Edit]:
        return {f"v_new{n}": held(n)[f"v_new{n}"]}

    def whole(n: int) -> dict[str, Edit]:  # as held, without 1 - beta
        made = value_of(lambda seen: seen["beta"] * seen[f"v{n}"] + seen["rate"] * seen[f"dW{n}"])
        return held(n) | {f"v_new{n}": made}

    def downhill(n: int) -> dict[str, Edit]:  # CS231n: v points where the parameters go
        made = value_of(lambda seen: seen["beta"] * seen[f"v{n}"] - seen["rate"] * seen[f"dW{n}"])
        return {f"v_new{n}": made, f"rate->W_new{n}": value_of(lambda seen: -1.0)}

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
            f"{DIVISOR}{n}": value_of(lambda seen: np.sqrt(seen[f"{squares}{n}"] + seen["epsilon"]))
        },
    )
    yield (
        told.ROOT_MISSING,
        "",
        lambda n: {f"{ROOT}{n}": value_of(lambda seen: seen[f"{squares}{n}"])},
    )
    yield (
        told.SQUARE_MISSING,
        "",
        lambda n: {f"{SQUARE}{n}": value_of(lambda seen: seen[f"dW{n}"])},
    )


_SLIPS: dict[str, tuple[Slip, ...]] = {
    "gd": tuple(_steps("gd")),
    "momentum": (*_steps("momentum"), *_means("momentum"), *_momentum()),
    "rmsprop": (*_steps("rmsprop"), *_means("rmsprop"), *_roots("rmsprop")),
    "adam": (*adam(), *_steps("adam"), *_means("adam"), *_roots("adam")),
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


def by_place(drawn: Update) -> tuple[Relative, ...]:
    """What comes of gradients, or of all that is kept beside them, taken in the order of the dict.

    The places of the parameters are counted; all arrays have the shapes of their fellows.
    """

    def placed(arrays: Mapping[str, Array]) -> dict[str, Array]:
        pairs = zip(drawn.parameters, arrays.values(), strict=True)
        return {f"d{name}": array for name, array in pairs}

    grads = placed(drawn.grads)
    first = next(iter(drawn.grads))
    every = replace(drawn, grads=grads, v=placed(drawn.v), s=placed(drawn.s))
    kept = " and ".join(STATE[drawn.method])
    made = [(f"there W1 moves by {first}", replace(drawn, grads=grads).values())]
    if kept:
        made.append((f"there W1 moves by {first}, and {kept} too go by place", every.values()))
    return relatives(*((GRADIENTS_BY_PLACE.id, told_of, found) for told_of, found in made))


def _finite(values: Mapping[str, Array]) -> dict[str, Array]:
    return {name: array for name, array in values.items() if np.isfinite(array).all()}


_ORDER: Slip = (told.BETAS_SWAPPED, "in the order of the arguments", exchanged)
