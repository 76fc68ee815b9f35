"""Unit 10b: one step of training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    Wanting,
    register,
    take,
    take_dict,
)
from autograder.engine.parts import Later, relatives
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.oracle import gradient
from autograder.units.u10b_characters.clipping import GRADIENTS, Arrays, clipped, shortened
from autograder.units.u10b_characters.contract import BOUND, NODES, UNIT
from autograder.units.u10b_characters.instances import (
    WordInstance,
    label,
    sizes_of,
    word_instance,
)


def slopes(drawn: WordInstance) -> dict[str, Array]:
    """The five gradients of L."""
    found = gradient(drawn.graph, list(NODES.values()))
    return {f"d{name}": found[node] for name, node in NODES.items()}


def words(rng: np.random.Generator) -> Iterator[WordInstance]:
    """One whose gradient has entries beyond the bound, one without any, one letter alone."""
    yield word_instance(rng, (4, 3, 14), one_letter=True)
    yield word_instance(rng, (6, 5, 4))
    yield word_instance(rng, (5, 3, 1))


def optimize_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn in words(rng):
        g, L = slopes(drawn), np.asarray(float(drawn.graph.value("J")))
        wanted = {"loss": L, **clipped(g, BOUND), "a": drawn.state(drawn.steps)}
        yield Trial(
            label(drawn),
            (*drawn.args(), 0.05),
            values=wanted,
            sizes=sizes_of(drawn),
            relatives=Later(lambda d=drawn, g=g, w=wanted: _known(d, g, w)),  # type: ignore[misc]
        )


def _known(drawn: WordInstance, g: Arrays, wanted: Arrays) -> tuple[Relative, ...]:
    """What known slips give in the place of what is wanted."""
    zero = WordInstance(drawn.X, drawn.Y, 0 * drawn.a_prev, drawn.parameters)
    begun = {"loss": zero.graph.value("J"), **clipped(slopes(zero), BOUND)}
    known: list[tuple[str, str, dict[str, Array]]] = [
        ("word-not-clipped", "", {**wanted, **g}),
        ("word-clip-by-norm", "", {**wanted, **shortened(g, BOUND)}),
        ("word-state-not-carried", "it starts with zeros", {**begun, "a": zero.state(drawn.steps)}),
        ("word-state-not-carried", "it hands on a_prev", {**wanted, "a": drawn.a_prev}),
        ("word-state-not-carried", "it hands on the first state", {**wanted, "a": drawn.state(1)}),
    ]
    found = relatives(*known)
    return tuple(one for one in found if not one.gives(wanted))


def _returned(value: Any) -> dict[str, Any]:
    found = take("loss", "gradients", "a")(value)
    grads = {k: v for k, v in take_dict(found["gradients"]).items() if k in GRADIENTS}
    return {"loss": found["loss"], **grads, "a": found["a"]}


def after_a_step(student: Student, drawn: WordInstance, *rate: float) -> dict[str, Array]:
    """The parameters after one call of optimize, held to their form."""
    found = take_dict(student.call("after_one_step", *drawn.args(), *rate))
    checked = {}
    for name, before in drawn.parameters.items():
        flaw = form(name, found.get(name), before.shape)
        if flaw is not None and flaw.wrong:
            raise Misshapen(f"after the step {flaw.message}")
        checked[name] = np.asarray(found[name], dtype=float)
    return checked


def steps(student: Student, rng: np.random.Generator) -> None:
    """moves the parameters against the clipped gradient.

    They are the ones in the dict that came in: W - learning_rate * dW, for all five.
    """
    for drawn in words(rng):
        g = slopes(drawn)
        for rate in ((0.2,), ()):
            moved = after_a_step(student, drawn, *rate)
            _judge(drawn, moved, g, *(rate or (0.01,)))


def _judge(drawn: WordInstance, moved: Arrays, g: Arrays, rate: float) -> None:
    before, bounded = drawn.parameters, clipped(g, BOUND)
    wrong = [n for n in before if not is_right(moved[n], before[n] - rate * bounded[f"d{n}"])]
    if not wrong:
        return
    known = (
        ("word-update-lost", {n: 0 * p for n, p in g.items()}),
        ("sign-flip", {n: -p for n, p in bounded.items()}),
        ("word-not-clipped", g),
        ("word-clip-by-norm", shortened(g, BOUND)),
    )
    for id, used in known:
        if all(is_right(moved[n], before[n] - rate * used[f"d{n}"]) for n in before):
            raise Wanting(_TOLD[id], id)
    still = [n for n in wrong if is_right(moved[n], before[n])]
    are = "are not what they" if len(wrong) > 1 else "is not what it"
    more = f"; {_listed(still)} did not move" if still else ""
    id = "word-parameter-left-out" if still and len(still) == len(wrong) else ""
    told = f"after one step {_listed(wrong)} {are} should be, with learning_rate = {rate:g}"
    raise Wanting(f"{told}{more}", id)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


_TOLD = {
    "word-update-lost": "after one step the parameters are what they were before it",
    "sign-flip": "the parameters moved along the gradient, where L grows",
    "word-not-clipped": "the parameters moved by the gradient as it was before clipping",
    "word-clip-by-norm": "the parameters moved by a gradient that was shortened as a whole",
}

register(
    Exercise(
        "optimize",
        UNIT,
        optimize_trials,
        _returned,
        (
            SHAPES,
            Property("loss_is_right", "returns the loss before the step", ("loss",)),
            Property("gradients_are_clipped", "returns the clipped gradients", GRADIENTS),
            Property("a_is_right", "returns the state after the last letter", ("a",)),
            Property("steps_against_the_gradient", holds=steps, alone=False),
            UNCHANGED,
        ),
        after=("rnn_backward", "clip", "rnn_forward", "rnn_step_forward"),
        writes=(3,),
    )
)
