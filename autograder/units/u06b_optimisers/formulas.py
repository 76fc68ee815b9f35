"""What an update may have computed instead, as formulas: each part of the right one in other forms.

A formula with up to two parts in another form is tried, on each array, where no known mistake
gives the values. Only those that are asked for are computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import combinations
from typing import TypeAlias

import numpy as np

from autograder.networks import Array
from autograder.units.u06b_optimisers.instances import STATE, Update

#: One form of a part: how it is written, and what it is.
Part: TypeAlias = tuple[str, Array | float]
#: The forms of each part, the right one first.
Parts: TypeAlias = Sequence[Sequence[Part]]
Joined: TypeAlias = Callable[[Sequence[Part]], Part]


class Formulas(Mapping[str, Array]):
    """Values by the formula that makes them, all of which differ from the right one."""

    def __init__(self, make: Callable[[], Parts], joined: Joined):
        self.make, self.joined = make, joined

    @cached_property
    def chosen(self) -> dict[str, tuple[Part, ...]]:
        """The choice of parts behind each formula, made when somebody asks."""
        return {self._written(choice): choice for choice in _choices(self.make())}

    def _written(self, choice: Sequence[Part]) -> str:
        return self.joined([(text, np.nan) for text, _ in choice])[0]

    def __getitem__(self, text: str) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(self.joined(self.chosen[text])[1])

    def __iter__(self) -> Iterator[str]:
        return iter(self.chosen)

    def __len__(self) -> int:
        return len(self.chosen)


def _choices(parts: Parts) -> Iterator[tuple[Part, ...]]:
    """Every choice in which one part or two have another form; those with one first."""
    right = tuple(forms[0] for forms in parts)
    for count in (1, 2):
        for places in combinations(range(len(parts)), count):
            for others in _products([parts[place][1:] for place in places]):
                choice = list(right)
                for place, other in zip(places, others, strict=True):
                    choice[place] = other
                yield tuple(choice)


def _products(forms: Sequence[Sequence[Part]]) -> Iterator[tuple[Part, ...]]:
    if not forms:
        yield ()
        return
    for rest in _products(forms[1:]):
        yield from ((one, *rest) for one in forms[0])


def formulas(drawn: Update) -> dict[str, Formulas]:
    """Return the formulas of every array that comes back from an update."""
    found: dict[str, Formulas] = {}
    values, n = drawn.values(), dict(drawn.numbers)
    for name in drawn.parameters:
        g = drawn.grads[f"d{name}"]
        for k in STATE[drawn.method]:
            beta, said = _beta(drawn.method, k, n)
            old = {"v": drawn.v, "s": drawn.s}[k][f"d{name}"]
            parts = partial(_mean, k, beta, said, old, g, n)
            found[f"{k}_d{name}"] = Formulas(parts, _weighted)
        made = {k: values[f"{k}_d{name}"] for k in STATE[drawn.method]}
        parts = partial(_step, drawn.method, drawn.parameters[name], g, made, n)
        found[name] = Formulas(parts, _moved)
    return found


def _beta(method: str, letter: str, n: Mapping[str, float]) -> tuple[float, str]:
    if method != "adam":
        return n["beta"], "beta"
    return (n["beta_one"], "beta1") if letter == "v" else (n["beta_two"], "beta2")


def _mean(
    k: str, beta: float, said: str, old: Array, g: Array, n: Mapping[str, float]
) -> list[list[Part]]:
    """The parts of ``beta * v + (1 - beta) * dW``."""
    numbers: list[Part] = [(f"{x}", x) for x in (0.9, 0.999, 0.99, 0.5)]
    rests: list[Part] = [("0.1", 0.1), ("0.001", 0.001), ("0.01", 0.01)]
    power: list[Part] = [("dW", g), ("dW**2", g**2), ("abs(dW)", np.abs(g))]
    if k == "s":
        power = [power[1], power[0], power[2], ("sqrt(dW**2)", np.abs(g))]
    olds: list[Part] = [(k, old), (f"{k}**2", old**2), ("0", 0.0)]
    return [
        [(said, beta), (f"(1 - {said})", 1 - beta), ("1", 1.0), *numbers, (f"{said}**2", beta**2)],
        olds,
        [("+", 1.0), ("-", -1.0)],
        [
            (f"(1 - {said})", 1 - beta),
            (said, beta),
            ("1", 1.0),
            (f"(1 + {said})", 1 + beta),
            *rests,
            ("learning_rate", n["rate"]),
            (f"(1 - {said})**2", (1 - beta) ** 2),
        ],
        power,
    ]


def _weighted(parts: Sequence[Part]) -> Part:
    (a, x), (old, y), (sign, z), (b, u), (new, w) = parts
    return f"{a} * {old} {sign} {b} * {new}", x * y + z * u * w


def _corrected(k: str, mean: Array, n: Mapping[str, float]) -> list[Part]:
    """What a mean may be corrected to, the right one first."""
    one, two, t = n["beta_one"], n["beta_two"], n["t"]
    own, other = (("beta1", one), ("beta2", two))[:: 1 if k == "v" else -1]
    said, beta = own
    return [
        (f"({k} / (1 - {said}**t))", mean / (1 - beta**t)),
        (k, mean),
        (f"({k} / (1 - {said} * t))", mean / (1 - beta * t)),
        (f"({k} / (1 - {said}))", mean / (1 - beta)),
        (f"({k} / (1 - {said})**t)", mean / (1 - beta) ** t),
        (f"({k} / (1 - {said}**(t + 1)))", mean / (1 - beta ** (t + 1))),
        (f"({k} / (1 - {said}**(t - 1)))", mean / (1 - beta ** (t - 1))),
        (f"({k} / (1 - {other[0]}**t))", mean / (1 - other[1] ** t)),
        (f"({k} / (1 + {said}**t))", mean / (1 + beta**t)),
        (f"({k} / {said}**t)", mean / beta**t),
        (f"({k} / 1 - {said}**t)", mean - beta**t),
        (f"({k} * (1 - {said}**t))", mean * (1 - beta**t)),
    ]


def _step(
    method: str, W: Array, g: Array, made: Mapping[str, Array], n: Mapping[str, float]
) -> list[list[Part]]:
    """The parts of ``W - learning_rate * v / (np.sqrt(s) + epsilon)``, as far as there are any."""
    rates: list[Part] = [("learning_rate", n["rate"]), ("0.01", 0.01), ("0.001", 0.001), ("1", 1.0)]
    parts: list[list[Part]] = [[("W", W), ("0", 0.0)], [("-", -1.0), ("+", 1.0)], rates]
    numerators: list[Part]
    if method == "adam":
        numerators = [*_corrected("v", made["v"], n), ("dW", g)]
    else:
        numerators = [("v", made["v"]), ("dW", g)] if "v" in made else [("dW", g)]
    parts.append(numerators)
    if method in ("gd", "momentum"):
        return parts
    s: Part = ("s", made["s"])
    squares = _corrected("s", made["s"], n) if method == "adam" else [s]
    small: list[Part] = [("epsilon", n["epsilon"]), ("1e-8", 1e-8), ("1e-7", 1e-7)]
    return [*parts, squares, _DIVISORS, small]


#: How what the step is divided by stands in the line: which operation, and what is inside.
_DIVISORS: list[Part] = [
    (text, float(number))
    for number, text in enumerate(
        (
            "{x} / (np.sqrt({s}) + {e})",
            "{x} / np.sqrt({s}) + {e}",
            "{x} / np.sqrt({s} + {e})",
            "{x} / np.sqrt({s})",
            "{x} / ({s} + {e})",
            "{x} * (np.sqrt({s}) + {e})",
            "{x} * np.sqrt({s}) + {e}",
            "{x} / (np.sqrt({s}) - {e})",
            "{x} / (np.sqrt({s}) * {e})",
            "{x} / ({s}**2 + {e})",
        )
    )
]


def _divided(number: int, x: Array, s: Array, e: float) -> tuple[Array, float]:
    """The step, and what stands outside of it because a bracket is missing."""
    root = np.sqrt(s)
    made: tuple[Array, ...] = (
        x / (root + e),
        x / root,
        x / np.sqrt(s + e),
        x / root,
        x / (s + e),
        x * (root + e),
        x * root,
        x / (root - e),
        x / (root * e),
        x / (s**2 + e),
    )
    return made[number], e if number in (1, 6) else 0.0


def _moved(parts: Sequence[Part]) -> Part:
    (w, W), (sign, z), (rate, r), (text, x), *more = parts
    if not more:
        return f"{w} {sign} {rate} * {text}", W + z * r * x
    (square, s), (form, number), (epsilon, e) = more
    written = f"{w} {sign} " + form.format(x=f"{rate} * {text}", s=square, e=epsilon)
    if number != number:  # only how it is written is asked for
        return written, np.nan
    step, outside = _divided(int(np.asarray(number)), r * np.asarray(x), np.asarray(s), float(e))
    return written, W + z * step + outside
