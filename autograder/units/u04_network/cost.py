"""Unit 04, around the backward pass: the cost, and the two conventions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

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
from autograder.networks import Array, Graph, Tap
from autograder.networks.facts import Facts
from autograder.units.u04_network import right

SIZES = (5, 7, 3, 1)


def _all_pairs(AL: Array, Y: Array) -> Array:
    """What np.dot(Y.T, np.log(AL)) sums: every label with every prediction."""
    pairs = Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL)
    return np.asarray(-pairs.sum() / Y.shape[1])


def _cost_graph(A: Array, Y: Array, name: str) -> Graph:
    """The mean of the losses, with a node for each part of the formula; A is called `name`."""

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        held = {name: tap(name, value) for name, value in inputs.items()}
        a, y = held[name], held["Y"]
        log_a = tap("loga", np.log(tap.wire(name, "loga", a)))
        not_a = tap("nota", 1 - tap.wire(name, "nota", a))
        log_not_a = tap("lognota", np.log(tap.wire("nota", "lognota", not_a)))
        not_y = tap("noty", 1 - tap.wire("Y", "noty", y))
        ones = tap("ones", tap.wire("Y", "ones", y) * tap.wire("loga", "ones", log_a))
        zeros = tap.wire("noty", "zeros", not_y) * tap.wire("lognota", "zeros", log_not_a)
        zeros = tap("zeros", zeros)
        losses = tap("L", -(tap.wire("ones", "L", ones) + tap.wire("zeros", "L", zeros)))
        return tap("J", np.asarray(tap.wire("L", "J", losses).mean(axis=(-2, -1))))

    written = {
        name.rstrip("0123456789"): name,
        "loga": f"log({name})",
        "nota": f"1 - {name}",
        "lognota": f"log(1 - {name})",
        "noty": "1 - Y",
        "ones": f"Y * log({name})",
        "zeros": f"(1 - Y) * log(1 - {name})",
        "L": "the losses",
    }
    facts = Facts(family="costs", scopes={"the cost": (1,)}, m=A.shape[1], written=written)
    return Graph(forward, {name: A, "Y": Y}, facts)


def cost_trials(
    student: Student, rng: np.random.Generator, prediction: str = "AL"
) -> Iterator[Trial]:
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
        yield Trial(
            f"m = {m}",
            (AL, Y),
            values={"J": np.asarray(J)},
            relatives=relatives,
            graph=_cost_graph(AL, Y, prediction),
            nodes={"J": ("J",)},
            sizes={"m": m},
            instead={"J": _of_each_class(AL, Y)},
        )


def _of_each_class(AL: Array, Y: Array) -> dict[str, Array]:
    """What J is where each class has a mean of its own."""
    losses = -np.log(np.where(Y == 1, AL, 1 - AL))
    each = (losses[label == Y] for label in (1, 0))
    total = sum(float(own.mean()) for own in each if own.size)
    told = "the mean over the examples with y = 1, plus the mean over those with y = 0"
    return {f"{told}: divide the sum of all losses by m": np.asarray(total)}


#: Predictions and labels of one example, then of two: of one kind each, of both, of one alone.
_SMALL = (([0.8], [1]), ([0.8], [0]), ([0.8, 0.6], [1, 0]), ([0.8, 0.6], [1, 1]))


def small_costs(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One or two examples."""
    for predicted, labels in _SMALL:
        AL, Y = np.array([predicted]), np.array([labels], dtype=float)
        J = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)).mean()
        yield Trial(f"m = {len(labels)}", (AL, Y), values={"J": np.asarray(J)})


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
        right=right.compute_cost,
        smaller=small_costs,
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


def returns_another(student: Student, rng: np.random.Generator) -> None:
    """returns a new dictionary with the same keys.

    The dictionary that came in is not handed back, and no key is lost or added.
    """
    for src, dst in ("LJ", "JJ", "LL", "JL"):
        grads = random_grads(rng, 4)
        reply = student.observe("convert", Parameters(grads), 4, src, dst)
        told = f"from {src} to {dst}"
        if ("", "0") in reply.shared:
            raise Wanting(f"{told} it hands back the very dictionary that came in, not a new one")
        wrong = sorted(take_dict(reply.value).keys() ^ grads.keys())
        if wrong:
            raise Wanting(f"{told} the keys are not those of grads: {', '.join(wrong)}")


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
            Property(
                "returns_a_new_dictionary",
                holds=returns_another,
                alone=False,
            ),
            UNCHANGED,
        ),
        right=right.convert,
    )
)
