"""Unit 04, before and after the backward pass: cost, initialisation, the two conventions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Relative,
    Trial,
    Wanting,
    register,
    take,
    take_dict,
)
from autograder.engine.student import Parameters, Student
from autograder.networks import Array

SIZES = (5, 7, 3, 1)


def _all_pairs(AL: Array, Y: Array) -> Array:
    """What np.dot(Y.T, np.log(AL)) sums: every label with every prediction."""
    pairs = Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL)
    return np.asarray(-pairs.sum() / Y.shape[1])


def cost_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """J, with its usual relatives, so that the message can say which one was computed."""
    for m in (7, 13, 1):
        AL, Y = rng.uniform(0.05, 0.95, (1, m)), np.zeros((1, m))
        Y[:, : (m + 1) // 2] = 1.0
        ones, zeros = -(Y * np.log(AL)).mean(), -((1 - Y) * np.log(1 - AL)).mean()
        J = ones + zeros
        relatives = (
            Relative("sum-loss-vs-mean-loss", {"J": J * m}),
            Relative("one-over-m-twice", {"J": J / m}),
            Relative("loss-derivative-wrong", {"J": J / 2}, "half"),
            Relative("loss-derivative-wrong", {"J": J * 2}, "twice"),
            Relative("sign-flip", {"J": -J}),
            Relative("one-class-only", {"J": ones}, "the examples with y = 1"),
            Relative("one-class-only", {"J": zeros}, "the examples with y = 0"),
            Relative("matmul-not-elementwise", {"J": _all_pairs(AL, Y)}),
            Relative("log-base", {"J": J / np.log(2)}, "base 2"),
            Relative("log-base", {"J": J / np.log(10)}, "base 10"),
        )
        yield Trial(f"m = {m}", (AL, Y), values={"J": np.asarray(J)}, relatives=relatives)


register(
    Exercise(
        "compute_cost",
        "04",
        cost_trials,
        take("J"),
        (
            SHAPES,
            Property("J_is_the_mean_of_the_losses", "J is the mean of the losses", ("J",)),
            UNCHANGED,
        ),
    )
)


def parameter_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    yield Trial(f"layer_dims = {list(SIZES)}", (list(SIZES),))


def initialisation(student: Student, rng: np.random.Generator) -> None:
    """Shapes, zero biases, units that differ, and the scale of He."""
    sizes = [int(n) for n in rng.permutation([30, 120, 60])] + [1]
    found = take_dict(student.call("initialize_parameters_deep", sizes))
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        for name, shape in ((f"W{n}", (width, n_prev)), (f"b{n}", (width, 1))):
            flaw = form(name, found.get(name), shape)
            if flaw is not None and flaw.wrong:
                turned = name[0] == "W" and np.shape(np.asarray(found.get(name))) == shape[::-1]
                raise Wanting(flaw.message, "row-vs-column-layout" if turned else "")
        W, b = np.asarray(found[f"W{n}"]), np.asarray(found[f"b{n}"])
        if np.abs(b).max() > 0:
            raise Wanting(f"b{n} is not zero; biases start at zero")
        if width > 1 and np.linalg.matrix_rank(W) < min(W.shape):
            raise Wanting(
                f"W{n} has rows that depend on each other: equal units never separate",
                "zero-init-symmetry",
            )
        ratio = float(W.std() * np.sqrt(n_prev / 2))
        if W.size > 500 and not 0.85 < ratio < 1.15:
            raise Wanting(
                f"the entries of W{n} are {ratio:.2g} times as large as sqrt(2 / n_prev) asks"
            )
    again = take_dict(student.call("initialize_parameters_deep", sizes))
    if any(not np.array_equal(found[name], again[name]) for name in found):
        raise Wanting("a second call with the same seed gave other numbers: use the seed")


register(
    Exercise(
        "initialize_parameters_deep",
        "04",
        parameter_trials,
        take_dict,
        (
            Property(
                "breaks_symmetry_at_the_right_scale",
                "starts with zero biases and weights that differ, of He's scale",
                holds=initialisation,
            ),
        ),
    )
)


def random_grads(rng: np.random.Generator, m: int) -> dict[str, Array]:
    """Random arrays under the keys of a network of layer sizes `SIZES`."""
    grads = {"dA0": rng.normal(size=(SIZES[0], m))}
    for n, (n_prev, width) in enumerate(zip(SIZES[:-1], SIZES[1:], strict=True), start=1):
        grads[f"dW{n}"] = rng.normal(size=(width, n_prev))
        grads[f"db{n}"] = rng.normal(size=(width, 1))
        grads[f"dZ{n}"] = rng.normal(size=(width, m))
        if n < len(SIZES) - 1:
            grads[f"dA{n}"] = rng.normal(size=(width, m))
    return grads


def _scaled(grads: dict[str, Array], prefixes: tuple[str, ...], factor: float) -> dict[str, Array]:
    return {n: g * factor if n.startswith(prefixes) else g for n, g in grads.items()}


def convert_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for src, dst, m in (("L", "J", 11), ("J", "L", 7), ("L", "L", 5), ("J", "J", 3)):
        grads = random_grads(rng, m)
        factor = {"LJ": 1.0 / m, "JL": float(m)}.get(src + dst, 1.0)
        last, convention = f"dZ{len(SIZES) - 1}", "j-vs-l-one-over-m-placement"
        per_layer = {
            name: g * factor ** (len(SIZES) - int(name[2:]) - (name[1] == "A"))
            if name[:2] in ("dZ", "dA")
            else g
            for name, g in grads.items()
        }
        relatives = (
            Relative(convention, _scaled(grads, ("dZ", "dA"), 1 / factor), "the other way round"),
            Relative(convention, grads, "nothing was scaled"),
            Relative(convention, _scaled(grads, ("dZ",), factor), "dA was forgotten"),
            Relative(convention, _scaled(grads, ("dA",), factor), "dZ was forgotten"),
            Relative(convention, _scaled(grads, (last,), factor), "the output layer only"),
            Relative("one-over-m-twice", _scaled(grads, ("d",), factor), "dW and db were scaled"),
            Relative("one-over-m-twice", _scaled(grads, ("dZ", "dA", "dW"), factor), "so was dW"),
            Relative("one-over-m-per-layer", per_layer),
        )
        yield Trial(
            f"{src} to {dst}, m = {m}",
            (Parameters(grads), m, src, dst),
            values=_scaled(grads, ("dZ", "dA"), factor),
            relatives=relatives,
        )


register(
    Exercise(
        "convert",
        "04",
        convert_trials,
        take_dict,
        (
            Property(
                "changes_only_dZ_and_dA",
                "scales dZ and dA to the other convention and leaves dW and db as they are",
                ("dZ", "dA", "dW", "db"),
            ),
            UNCHANGED,
        ),
    )
)
