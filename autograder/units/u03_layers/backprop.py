"""Unit 03, the walk back through a list of layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Relative,
    Trial,
    Wanting,
    gradients,
    register,
    take,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import NotWritten, Student
from autograder.engine.unpack import Values
from autograder.errors.words import article
from autograder.networks import Array
from autograder.units.u03_layers.instances import RowsInstance, rows_instance
from autograder.units.u03_layers.loss import LOSS
from autograder.units.u03_layers.model import model_of

#: (sizes D, n_1, ..., C), N, activations between the affine layers.
MODELS: list[tuple[tuple[int, ...], int, tuple[str, ...]]] = [
    ((5, 7, 3), 11, ("relu",)),
    ((4, 3, 5, 2), 7, ("tanh", "relu")),
    ((3, 4, 4, 4), 6, ("sigmoid", "tanh")),
    ((5, 3), 7, ()),
    ((4, 5, 6, 3), 8, ("linear", "relu")),
    ((3, 4, 2), 1, ("relu",)),
]
#: Equal widths and as many examples, also without activations: every cache fits every layer. For
#: the diagnosis only.
ALL_EQUAL = [((4, 4, 4, 4), 4, ("relu", "relu")), ((4, 4, 4, 4), 4, ("linear", "linear"))]


def walked(value: Any) -> dict[str, Any]:
    """Unpack (loss, {index: {"w": dw, "b": db}}) into loss, dw0, db0, ..., last layer first."""
    found = take("loss", "grads")(value)
    grads = found.pop("grads")
    if not isinstance(grads, dict):
        raise Misshapen(f"grads is {article(type(grads).__name__)}, expected a dict by layer index")
    for index in grads:
        if isinstance(index, bool) or not isinstance(index, (int, np.integer)):
            kind = article(type(index).__name__)
            raise Misshapen(f"grads has the key {index!r}, {kind}; expected a layer's index")
    for index in sorted(grads, reverse=True):
        layer = grads[index]
        if not isinstance(layer, dict):
            raise Misshapen(
                f"grads[{index!r}] is {article(type(layer).__name__)}, expected what the layer's "
                'backward returned, such as {"w": dw, "b": db}'
            )
        if not layer:
            raise Misshapen(
                f"grads[{index}] is an empty dict: a layer without parameters has no entry"
            )
        if set(layer) != {"w", "b"}:
            names = ", ".join(map(repr, layer))
            raise Misshapen(f"grads[{index}] has {names}; the layer's backward returned w and b")
        found |= {f"d{name}{index}": array for name, array in layer.items()}
    return found


def walk_claims(drawn: RowsInstance) -> dict[str, Claim]:
    """dw and db of each affine layer, under its index in the list of layers, last layer first."""
    places = [i for i, layer in enumerate(drawn.layers) if layer[0] == "affine"]
    numbered = list(enumerate(places, start=1))[::-1]
    return {f"d{name.lower()}{i}": Claim(f"{name}{n}") for n, i in numbered for name in "Wb"}


def _misplaced(drawn: RowsInstance, problem: Problem) -> tuple[Relative, ...]:
    """The right gradients under wrong indices: counted from the end; one dict for all layers."""
    right, count = problem.truth(), len(drawn.layers)
    first = {name[:2]: array for name, array in right.items()}  # the last one walked: layer 0
    reverse = {f"{name[:2]}{count - 1 - int(name[2:])}": a for name, a in right.items()}
    ranks = {i: n for n, i in enumerate(sorted({int(name[2:]) for name in right}))}
    alone = "layers-without-parameters-not-counted"
    few = {f"{name[:2]}{ranks[int(name[2:])]}": a for name, a in right.items()}
    last = len(ranks) - 1
    few_reverse = {f"{name[:2]}{last - ranks[int(name[2:])]}": a for name, a in right.items()}
    return (
        Relative("layers-counted-from-the-end", reverse),
        Relative(alone, few),
        Relative(alone, few_reverse, "and counted from the end"),
        Relative("shared-grad-array", {name: first[name[:2]] for name in right}, "one dict"),
    )


def _scores(student: Student, drawn: RowsInstance) -> Any:
    out: Any = drawn.x
    for kind, *parameters in drawn.layers:
        found = student.call(f"{kind}_forward", out, *parameters)
        out = take("out", "_cache")(found)["out"]
    return out


def backprop_trial(student: Student, drawn: RowsInstance, diagnostic: bool = False) -> Trial:
    """A trial of the walk back; against the student's own loss if the forward pass is wrong."""
    problem = Problem(drawn.graph, walk_claims(drawn))
    model = model_of(student, drawn.layers)
    kinds = ", ".join(str(layer[0]) for layer in drawn.layers)
    label, args = f"layers {kinds}, N = {len(drawn.x)}", (model, drawn.x, drawn.y)
    last = f"Z{len(drawn.activations) + 1}"
    if is_right(_scores(student, drawn), drawn.graph.value(last)):
        right, known = {"loss": drawn.graph.value("J")}, _misplaced(drawn, problem)
        return Trial(label, args, problem, right, relatives=known, diagnostic=diagnostic)

    def cost(at: Mapping[str, Array]) -> float:
        moved = model_of(student, replace(drawn, parameters=dict(at)).layers)
        return float(walked(student.call("backprop", moved, drawn.x, drawn.y))["loss"])

    return by_differences(
        label, args, problem, drawn.parameters, cost, "chain of forward functions"
    )


def backprop_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, m, activations in MODELS:
        yield backprop_trial(student, rows_instance(rng, sizes, m, activations))
    for equal in ALL_EQUAL:
        yield backprop_trial(student, rows_instance(rng, *equal), diagnostic=True)


def model_unchanged(student: Student, rng: np.random.Generator) -> None:
    """computes gradients and moves no weight.

    A second call on the same model finds the same loss: no weight was moved.

    It counts only beside a loss that depends on the batch.
    """
    drawn = rows_instance(rng, *MODELS[0])
    model = model_of(student, drawn.layers)
    first, second = (
        walked(student.call("backprop", model, drawn.x, drawn.y))["loss"] for _ in range(2)
    )
    if not is_right(second, shaped(first, ())):
        raise Wanting(
            "the loss of one model on one batch changes from the first call to the second: its "
            "weights were moved",
            "backprop-is-gradient-descent",
        )
    moved = walked(student.call("backprop", model, drawn.x + 1.0, drawn.y))["loss"]
    if is_right(moved, shaped(first, ())):
        raise NotWritten("backprop", "the loss has to be computed from the batch first")


register(
    Exercise(
        "backprop",
        "03",
        backprop_trials,
        Values(("loss", "grads"), walked),
        (
            SHAPES,
            LOSS,
            *gradients("dw", "db"),
            Property(
                "leaves_the_model_as_it_is",
                holds=model_unchanged,
                alone=False,
            ),
            UNCHANGED,
            TWICE,
        ),
        after=(
            "affine_backward",
            "relu_backward",
            "sigmoid_backward",
            "tanh_backward",
            "softmax_loss",
        ),
    )
)
