"""Unit 00: shapes. A ledger of a network's shapes in both layouts, and broadcasting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register
from autograder.engine.parts import integer, no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.errors.words import article

Shape = tuple[int, ...]
Ledger = dict[str, Shape]
LAYOUT = "row-vs-column-layout"
#: Said of a behaviour that an empty answer has, too: it earns nothing by itself.
BESIDE = "what it returns has to be right first"


def columns(sizes: Sequence[int], m: int) -> Ledger:
    """Shapes of a network whose examples are columns; derivatives left out."""
    ledger: Ledger = {"A0": (sizes[0], m)}
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        ledger |= {f"W{n}": (width, n_prev), f"b{n}": (width, 1)}
        ledger |= {f"Z{n}": (width, m), f"A{n}": (width, m)}
    return ledger


def rows(ledger: Mapping[str, Shape]) -> Ledger:
    """The same with examples in rows: everything transposed, biases of shape (n,)."""
    return {
        name: shape[:1] if name.lstrip("d")[0] == "b" else shape[::-1]
        for name, shape in ledger.items()
    }


def with_gradients(ledger: Mapping[str, Shape]) -> Ledger:
    """And the derivatives, each of the shape of its variable."""
    return {**ledger, **{f"d{name}": shape for name, shape in ledger.items()}}


def sizes_of(rng: np.random.Generator) -> list[tuple[list[int], int]]:
    """Networks of one to four layers; the last has equal widths, equal to m."""
    drawn = [
        ([int(n) for n in rng.choice(np.arange(2, 40), depth + 1, replace=False)], 50 + depth)
        for depth in (1, 2, 3, 4)
    ]
    return [*drawn, ([6, 6, 6], 6), ([3, 1], 1)]


def shown(value: Any) -> str:
    """A value and its type, for a message: ``"[3, 1], a list"``; no address in memory."""
    kind = article(type(value).__name__)
    plain = isinstance(value, (str, int, float, list, tuple, dict, set, type(None)))
    return f"{value!r}, {kind}" if plain and len(repr(value)) < 60 else kind


def shape(name: str, value: Any) -> Shape:
    """A shape: a tuple of integers, as ``array.shape`` gives it."""
    if not isinstance(value, tuple):
        raise Barrier(f"{name} is {shown(value)}; expected a tuple, as (3, 1)")
    return tuple(integer(f"an entry of {name}", n) for n in value)


def ledger_of(value: Any) -> Ledger:
    """A dict from names to shapes."""
    if not isinstance(value, dict):
        raise Barrier(
            f"expected a dict from names to shapes, found {article(type(value).__name__)}"
        )
    for name in value:
        if not isinstance(name, str):
            kind = article(type(name).__name__)
            raise Barrier(f"the name {name!r} is {kind}, expected a text as 'W1'")
    return {name: shape(name, entry) for name, entry in value.items()}


def column_shapes(student: Student, rng: np.random.Generator) -> None:
    """W, b, Z and A have their shapes.

    W, b, Z and A of every layer.
    """
    for sizes, m in sizes_of(rng):
        found = ledger_of(student.call("shape_ledger", list(sizes), m))
        _compare(found, columns(sizes, m), f"sizes {sizes}, m = {m}")


def _compare(found: Ledger, wanted: Ledger, where: str) -> None:
    missing = [name for name in wanted if name not in found]
    if missing:
        raise Wanting(f"{where}: there is no {missing[0]} in the ledger")
    off = [name for name in wanted if found[name] != wanted[name]]
    if not off:
        return
    other = rows(wanted)
    matrices = [name for name in wanted if name.lstrip("d")[0] != "b"]
    if all(found[name] == other[name] for name in matrices) and len(off) > 1:
        raise Wanting(f"{where}: these are the shapes of the other layout", LAYOUT)
    name = off[0]
    told = f"{where}: {name} is {found[name]}, expected {wanted[name]}"
    if found[name] == wanted[name][:1] and name.lstrip("d")[0] == "b":
        raise Wanting(told, "db-no-keepdims")
    if found[name] == wanted[name][::-1] and name.lstrip("d")[0] == "W":
        raise Wanting(told, "dw-transposed")
    raise Wanting(told)


def gradient_shapes(student: Student, rng: np.random.Generator) -> None:
    """each derivative has the shape of its variable.

    dW, db, dZ, dA: each has the shape of its variable, and no name is too many.
    """
    for sizes, m in sizes_of(rng):
        found = ledger_of(student.call("shape_ledger", list(sizes), m))
        wanted = with_gradients(columns(sizes, m))
        gradients = {name: s for name, s in wanted.items() if name[0] == "d"}
        _compare(found, gradients, f"sizes {sizes}, m = {m}")
        stray = sorted(set(found) - set(wanted))
        if stray:
            raise Wanting(f"sizes {sizes}: {stray[0]} is no array of this network")


def sizes_kept(student: Student, rng: np.random.Generator) -> None:
    """leaves its inputs unchanged.

    The list of sizes is afterwards what it was; a ledger that is half right comes with it.
    """
    for sizes, m in sizes_of(rng):
        reply = student.observe("shape_ledger", list(sizes), m)
        if reply.changed:
            raise Wanting("it changes the list of sizes that it is given")
        found, wanted = ledger_of(reply.value), with_gradients(columns(sizes, m))
        if 2 * sum(found.get(name) == right for name, right in wanted.items()) < len(wanted):
            raise NotWritten("shape_ledger", BESIDE)


def translated(student: Student, rng: np.random.Generator) -> None:
    """every shape is translated to rows as examples.

    Every array transposed, biases flat.
    """
    for sizes, m in sizes_of(rng):
        given = with_gradients(columns(sizes, m))
        reply = student.observe("to_rows", dict(given))
        if reply.changed:
            raise Wanting("it changes the ledger that it is given; return a new one")
        found, wanted = ledger_of(reply.value), rows(given)
        if reply.shared:
            raise Wanting("it hands back the very ledger that it is given; return a new one")
        if found == given and found != wanted:
            raise Wanting("these are still the shapes of the column layout", LAYOUT)
        for name, right in wanted.items():
            if found.get(name) != right:
                told = f"{name}, {given[name]} in columns, is {found.get(name)} in your rows"
                raise Wanting(f"{told}; expected {right}")
        stray = sorted(set(found) - set(wanted))
        if stray:
            raise Wanting(f"{stray[0]} is no name of the ledger that it was given")


for _name, _properties in {
    "shape_ledger": (
        Property("column_shapes_are_right", holds=column_shapes),
        Property(
            "gradients_have_the_shape_of_their_variable",
            holds=gradient_shapes,
        ),
        Property("leaves_its_inputs_unchanged", holds=sizes_kept),
    ),
    "to_rows": (
        Property(
            "row_shapes_are_right",
            holds=translated,
        ),
    ),
}.items():
    register(Exercise(_name, "00", no_trials, nothing, _properties))
