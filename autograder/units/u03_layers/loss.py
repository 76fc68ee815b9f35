"""Unit 03, the end of the chain: softmax, and softmax with its loss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.by_differences import shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    gradients,
    register,
    take,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array, loss_graph, pointwise_graph
from autograder.networks.tap import STEP
from autograder.units.u03_layers import right
from autograder.units.u03_layers.instances import labels, pointwise_inputs, whole
from autograder.units.u03_layers.wrong_losses import formula_of_dx, wrong_losses

#: (N, C): different; square, two classes, a single example.
SCORES = [(7, 5), (4, 4), (7, 2), (1, 3)]
LOSS = Property("loss_is_the_mean_of_the_losses", "loss is the mean of the losses", ("loss",))


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
        right=right.softmax_backward,
    )
)


def softmax_loss_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for count, classes in SCORES:
        x, y = rng.normal(size=(count, classes)), labels(rng, count, classes)
        graph = loss_graph(x, y)
        problem = Problem(graph, {"dx": Claim("Z1")})
        right = {"loss": graph.value("J")}
        known = wrong_losses(x, y, float(right["loss"]))
        label = f"scores of shape {(count, classes)}"
        formulas = {"dx": formula_of_dx(x, y)}
        yield Trial(label, (x, y), problem, values=right, relatives=known, formulas=formulas)


def small_losses(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One to three examples, two or three classes, whole scores."""
    for count, classes in ((1, 2), (2, 2), (1, 3), (2, 3), (3, 3)):
        x, y = whole(rng, count, classes), labels(rng, count, classes)
        graph = loss_graph(x, y)
        right = {"loss": graph.value("J")}
        problem = Problem(graph, {"dx": Claim("Z1")})
        yield Trial(f"scores of shape {(count, classes)}", (x, y), problem, values=right)


def large_scores(student: Student, rng: np.random.Generator) -> None:
    """is right for scores as large as 1000, in some rows or in all.

    The softmax depends on differences of scores alone, however large they are.
    """
    x, y = rng.normal(size=(6, 4)), labels(rng, 6, 4)
    near, far = (
        take("loss", "dx")(student.call("softmax_loss", scores, y)) for scores in (x, x + 1000.0)
    )
    for name in ("loss", "dx"):
        form = () if name == "loss" else x.shape
        before, after = shaped(near[name], form), shaped(far[name], form)
        if not np.isfinite(before).all():
            raise Wanting(f"{name} is not finite for small scores either")
        if not np.isfinite(after).all():
            raise Wanting(
                f"with 1000 added to every score {name} is not finite: np.exp overflows; the "
                "largest score of each row can be subtracted first, which changes no probability"
            )
        if not is_right(after, before):
            raise Wanting(f"{name} changes when 1000 is added to every score; it should not")
    far_apart(student, rng)


def far_apart(student: Student, rng: np.random.Generator) -> None:
    """Rows whose scores lie far from each other, and far from those of the other rows.

    The right numbers are those of the graph with the row's own maximum taken off.
    """
    x = rng.normal(size=(7, 4))
    y = np.array([3, 0, 2, 1, 2, 3, 1])  # rows 2 and 5: labels whose p vanished
    found = take("loss", "dx")(student.call("softmax_loss", x.copy(), y))
    for name, wanted in _right(x, y).items():
        if not is_right(shaped(found[name], np.shape(wanted)), np.asarray(wanted)):
            raise NotWritten("softmax_loss", f"{name} has to be right for small scores first")
    x[[0, 3]] += 1000.0  # a maximum of the first row, or of all, is none of the others
    x[4] -= 1000.0
    x[2, 1], x[5, 3] = 1000.0, -1000.0  # a probability that is 0 as a float
    for rows in (np.arange(7), rng.permutation(7), np.array([2]), np.array([1, 0])):
        found = take("loss", "dx")(student.call("softmax_loss", x[rows], y[rows]))
        for name, wanted in _right(x[rows], y[rows]).items():
            value = shaped(found[name], np.shape(wanted))
            if not is_right(value, np.asarray(wanted)):
                told = "is not finite" if not np.isfinite(value).all() else "is not right"
                raise Wanting(
                    f"where some scores are near 1000 and others near 0 or -1000, {name} {told}: "
                    "each row has a largest score of its own, and log(p) of a p that is 0 as a "
                    "float is not the logarithm that was meant"
                )


def _loss(x: Array, y: Array) -> Array:
    """The loss of scores (..., N, C), with the maximum of each row taken off."""
    shifted = x - x.real.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.asarray(-log_p[..., np.arange(len(y)), y].mean(axis=-1))


def _right(x: Array, y: Array) -> dict[str, Array]:
    """The loss, and dx by a complex step of it: no backward pass stands here to be copied."""
    steps = 1j * STEP * np.eye(x.size).reshape(-1, *x.shape)
    return {"loss": _loss(x, y), "dx": _loss(x + steps, y).imag.reshape(x.shape) / STEP}


def fused_equals_unfused(student: Student, rng: np.random.Generator) -> None:
    """dx is the same in one step as through softmax_backward.

    dx of the loss against the two steps: from the loss to probs, from probs to the scores.
    """
    x, y = rng.normal(size=(6, 4)), labels(rng, 6, 4)
    probs, rows = loss_graph(x, y).value("A1"), np.arange(6)
    dprobs = np.zeros_like(probs)
    dprobs[rows, y] = -1.0 / probs[rows, y] / 6
    unfused = shaped(student.call("softmax_backward", dprobs, probs), probs.shape)
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
            LOSS,
            *gradients("dx"),
            Property(
                "fused_equals_unfused",
                holds=fused_equals_unfused,
                alone=False,
            ),
            Property(
                "stands_large_scores",
                holds=large_scores,
                alone=False,
            ),
            UNCHANGED,
            TWICE,
        ),
        after=("softmax_backward",),
        right=right.softmax_loss,
        smaller=small_losses,
    )
)


hunt(
    "answers_03",
    "03",
    "ABCDEFGH",
    (
        "softmax-diagonal-only",
        "softmax-jacobian-twice",
        "half-of-p-minus-y",
        "missing-one-over-m",
        "one-over-m-twice",
        "sign-flip",
        "output-derivative-twice",
        "off-for-ever",
        "inputs-may-wake-it",
        "another-batch-moves-it",
        "moves-after-the-layer-above",
        "larger-rate-moves-it",
    ),
)
