"""Edits of a graph: the value stays, the derivative that is carried beside it changes.

Each function returns an edit ``(value, seen) -> value`` for `autograder.networks.Tap`. The
derivative travels in the imaginary part, so an edit is one line on ``value.imag``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.networks import Array, Edit

Rule = Callable[[Array, Array], Array]


def carry(value: Array, tangent: Array) -> Array:
    """`value` with another derivative beside it."""
    return np.asarray(value.real + 1j * tangent)


def cut() -> Edit:
    """Cut the wire: nothing flows back through it."""
    return lambda value, seen: value.real


def rescale(factor: float | Array) -> Edit:
    """Multiply what flows back by a number, or entry by entry by an array."""
    return lambda value, seen: carry(value, factor * value.imag)


def called(edit: Edit, name: str) -> Edit:
    """Return the same edit, which knows how its factor is written: the picture says it so."""
    edit.called = name  # type: ignore[attr-defined]
    return edit


def bypass(source: str, rule: Rule) -> Edit:
    """At a node a = g(z): replace g'(z) by ``rule(z, a)``; `source` is the wire from z."""

    def edit(value: Array, seen: Mapping[str, Array]) -> Array:
        z = seen[source]
        return carry(value, rule(z.real, value.real) * z.imag)

    return edit


def through(source: str, right: Array, wrong: Array) -> Edit:
    """At a node Z = M @ (wire) + ...: let the derivative pass through `wrong` instead of M."""
    return lambda value, seen: value + 1j * ((wrong - right) @ seen[source].imag)


def against(source: str, right: Array, wrong: Array) -> Edit:
    """At a node Z = (wire) @ M + ...: the wire's derivative meets `wrong` instead of M."""
    return lambda value, seen: value + 1j * (seen[source].imag @ (wrong - right))


def spread(mix: Callable[[Array], Array]) -> Edit:
    """Replace the derivative on a wire by a linear function of itself."""
    return lambda value, seen: carry(value, mix(value.imag))


def both(first: Edit, second: Edit) -> Edit:
    """One edit after the other."""
    return lambda value, seen: second(first(value, seen), seen)


def merge(*edits: Mapping[str, Edit]) -> dict[str, Edit]:
    """Several edited wires in one mapping; two edits of one wire act one after the other."""
    merged: dict[str, Edit] = {}
    for mapping in edits:
        for name, edit in mapping.items():
            merged[name] = both(merged[name], edit) if name in merged else edit
    return merged
