"""Unit 03, the end of the chain: softmax, its loss, and the walk back through a whole model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks.blackbox import by_differences
from autograder.checks.exercise import (
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
from autograder.checks.named import bug_hunt
from autograder.checks.student import Student
from autograder.checks.unit03 import is_right
from autograder.instances_rows import RowsInstance, labels, pointwise_inputs, rows_instance
from autograder.networks import Array, loss_graph, pointwise_graph
from autograder.problem import Claim, Problem

#: (N, C): different; square, two classes, a single example.
SCORES = [(7, 5), (4, 4), (7, 2), (1, 3)]
#: (sizes D, n_1, ..., C), N, activations between the affine layers.
MODELS: list[tuple[tuple[int, ...], int, tuple[str, ...]]] = [
    ((5, 7, 3), 11, ("relu",)),
    ((4, 3, 5, 2), 7, ("tanh", "relu")),
    ((3, 4, 4, 4), 6, ("sigmoid", "tanh")),
    ((5, 3), 7, ()),
    ((3, 4, 2), 1, ("relu",)),
]
#: Equal widths and as many examples, also without activations: every cache fits every layer. For
#: the diagnosis only.
ALL_EQUAL = [((4, 4, 4, 4), 4, ("relu", "relu")), ((4, 4, 4, 4), 4, ("linear", "linear"))]
_LOSS = Property("loss_is_the_mean_of_the_losses", "loss is the mean of the losses", ("loss",))


def softmax_backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for shape in SCORES:
        x, dout = pointwise_inputs(rng, shape)
        graph = pointwise_graph(x, dout, "softmax")
        problem = Problem(graph, {"dx": Claim("Z1")})
        yield Trial(f"probs of shape {shape}", (dout, graph.value("A1")), problem)


register(
    Exercise(
        "softmax_backward",
        "03",
        softmax_backward_trials,
        take("dx"),
        (SHAPES, *gradients("dx"), UNCHANGED, TWICE),
    )
)


def _relatives(x: Array, y: Array, loss: float) -> tuple[Relative, ...]:
    """What known mistakes make of the loss, and what makes it unlike them."""
    rows, e = np.arange(len(y)), np.exp(x)
    known = [
        ("sum-loss-vs-mean-loss", "", loss * len(y)),
        ("log-base", "base 2", loss / np.log(2)),
        ("log-base", "base 10", loss / np.log(10)),
        ("sign-flip", "", -loss),
        ("wrong-m", "N = x.shape[1]", loss * len(y) / x.shape[1]),
    ]
    overwritten = float(-np.log(1 - (e / e.sum(axis=1, keepdims=True))[rows, y]).mean())
    known.append(("inplace-p-minus-y", "the loss from p - y", overwritten))
    for told, total in (("over the examples", e.sum(axis=0)), ("over everything", e.sum())):
        wrong = -np.log((e / total)[rows, y]).mean()
        known.append(("softmax-wrong-axis", told, float(wrong)))
    return tuple(Relative(id, {"loss": np.asarray(found)}, told) for id, told, found in known)


def softmax_loss_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for count, classes in SCORES:
        x, y = rng.normal(size=(count, classes)), labels(rng, count, classes)
        graph = loss_graph(x, y)
        problem = Problem(graph, {"dx": Claim("Z1")})
        right = {"loss": graph.value("J")}
        known = _relatives(x, y, float(right["loss"]))
        label = f"scores of shape {(count, classes)}"
        yield Trial(label, (x, y), problem, values=right, relatives=known)


def large_scores(student: Student, rng: np.random.Generator) -> None:
    """The softmax depends on differences of scores alone."""
    x, y = rng.normal(size=(6, 4)), labels(rng, 6, 4)
    near, far = (
        take("loss", "dx")(student.call("softmax_loss", scores, y)) for scores in (x, x + 1000.0)
    )
    for name in ("loss", "dx"):
        if not np.isfinite(np.asarray(far[name], dtype=float)).all():
            raise Wanting(
                f"with 1000 added to every score {name} is not finite: np.exp overflows; the "
                "largest score of each row can be subtracted first, which changes no probability"
            )
        if not is_right(far[name], np.asarray(near[name], dtype=float)):
            raise Wanting(f"{name} changes when 1000 is added to every score; it should not")


def fused_equals_unfused(student: Student, rng: np.random.Generator) -> None:
    """dx of the loss against the two steps: from the loss to probs, from probs to the scores."""
    x, y = rng.normal(size=(6, 4)), labels(rng, 6, 4)
    probs, rows = loss_graph(x, y).value("A1"), np.arange(6)
    dprobs = np.zeros_like(probs)
    dprobs[rows, y] = -1.0 / probs[rows, y] / 6
    unfused = np.asarray(student.call("softmax_backward", dprobs, probs), dtype=float)
    if not is_right(take("loss", "dx")(student.call("softmax_loss", x, y))["dx"], unfused):
        raise Wanting(
            "dx is not what softmax_backward makes of the derivative -1/(N p) of the mean loss "
            "at the probability p of each label"
        )


register(
    Exercise(
        "softmax_loss",
        "03",
        softmax_loss_trials,
        take("loss", "dx"),
        (
            SHAPES,
            _LOSS,
            *gradients("dx"),
            Property(
                "fused_equals_unfused",
                "dx is the same in one step as through softmax_backward",
                holds=fused_equals_unfused,
            ),
            Property(
                "stands_large_scores",
                "adding 1000 to every score changes nothing",
                holds=large_scores,
            ),
            UNCHANGED,
            TWICE,
        ),
    )
)


def walked(value: Any) -> dict[str, Any]:
    """Unpack (loss, {index: {"w": dw, "b": db}}) into loss, dw0, db0, ..., last layer first."""
    found = take("loss", "grads")(value)
    grads = found.pop("grads")
    if not isinstance(grads, dict):
        raise Misshapen(f"grads is a {type(grads).__name__}, expected a dict by layer index")
    for index in sorted(grads, key=lambda key: -key if isinstance(key, int) else 0):
        layer = grads[index]
        if not isinstance(layer, dict):
            raise Misshapen(
                f"grads[{index!r}] is a {type(layer).__name__}, expected what the layer's "
                'backward returned, such as {"w": dw, "b": db}'
            )
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
    return (
        Relative("layers-counted-from-the-end", reverse),
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
    model = student.call("Model", drawn.layers)
    kinds = ", ".join(str(layer[0]) for layer in drawn.layers)
    label, args = f"layers {kinds}, N = {len(drawn.x)}", (model, drawn.x, drawn.y)
    last = f"Z{len(drawn.activations) + 1}"
    if is_right(_scores(student, drawn), drawn.graph.value(last)):
        right, known = {"loss": drawn.graph.value("J")}, _misplaced(drawn, problem)
        return Trial(label, args, problem, right, relatives=known, diagnostic=diagnostic)

    def cost(at: Mapping[str, Array]) -> float:
        moved = student.call("Model", replace(drawn, parameters=dict(at)).layers)
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
    """A second call on the same model finds the same loss: no weight was moved."""
    drawn = rows_instance(rng, *MODELS[0])
    model = student.call("Model", drawn.layers)
    first, second = (
        walked(student.call("backprop", model, drawn.x, drawn.y))["loss"] for _ in range(2)
    )
    if not is_right(second, np.asarray(first, dtype=float)):
        raise Wanting(
            "the loss of one model on one batch changes from the first call to the second: its "
            "weights were moved",
            "backprop-is-gradient-descent",
        )


register(
    Exercise(
        "backprop",
        "03",
        backprop_trials,
        walked,
        (
            SHAPES,
            _LOSS,
            *gradients("dw", "db"),
            Property(
                "leaves_the_model_as_it_is",
                "computes gradients and moves no weight",
                holds=model_unchanged,
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


#: What the given cell's shuffle deals; a test compares them.
BUGS = {
    "A": "one-over-m-twice",
    "B": "softmax-diagonal-only",
    "C": "softmax-jacobian-twice",
    "D": "half-of-p-minus-y",
}
bug_hunt("answers_03", "03", BUGS)
