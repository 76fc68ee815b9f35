"""What the edits of unit 13 are made of: derivatives of one input that take another way.

In an edit the derivative that is carried forward is that of one input at a time, and these add up:
what came along one wire can be taken away, and put in again in another form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits
from autograder.networks.convolution import WindowFacts, by_channel

#: What the derivative that came along a wire to a node is replaced by, both in the node's shape.
Other = Callable[["Layer", Array], Array]


class Layer:
    """The numbers of one layer of windows that stand in the lines of its backward pass."""

    def __init__(self, problem: Problem):
        self.problem, self.graph = problem, problem.graph
        facts = problem.graph.facts
        assert isinstance(facts, WindowFacts)
        self.facts = facts
        self.N, self.L = facts.m, facts.places[0] * facts.places[1]

    @property
    def w(self) -> Array:
        """Kernels, shape (F, C, HH, WW)."""
        return self.graph.value("w")

    @property
    def cols(self) -> Array:
        """The windows as columns, shape (N, C HH WW, L)."""
        return self.graph.value("cols")

    def images(self, out: Array) -> Array:
        """(..., N, F, L) as (..., N, F, H', W')."""
        return np.asarray(out.reshape(*out.shape[:-1], *self.facts.places))

    def product(self, w: Array, cols: Array) -> Array:
        """out of kernels (..., F, C, HH, WW) and columns (..., N, C HH WW, L), without b."""
        matrix = w.reshape(*w.shape[:-3], -1)[..., np.newaxis, :, :]
        return self.images(matrix @ cols)

    def by_channel(self, cols: Array) -> Array:
        """(..., N, C HH WW, L) as (..., N, C, HH WW, L)."""
        return by_channel(cols, self.facts)

    def last(self, writes: Array, backward: bool = False) -> Array:
        """1 where an entry of a window is the last that writes to its pixel, in the shape of cols.

        `writes`, shape (N, C, HH WW, L), says which entries write at all. The windows come in the
        order of their places, or `backward`.
        """
        rows, columns = self.facts.pixels()
        taken = np.zeros(self.facts.shape[:2] + self.padded, bool)
        found = np.zeros(writes.shape, bool)
        for place in range(self.L) if backward else reversed(range(self.L)):
            at = (..., rows[:, place], columns[:, place])
            found[..., place] = writes[..., place] & ~taken[at]
            taken[at] |= writes[..., place]
        return found.reshape(self.cols.shape).astype(float)

    @property
    def padded(self) -> tuple[int, int]:
        """Height and width with the border."""
        _, _, high, wide = self.facts.shape
        return high + 2 * self.facts.pad, wide + 2 * self.facts.pad


def instead(node: str, other: Other) -> WholeEdit:
    """Let the derivative at a node with one input be another one."""

    def edits(problem: Problem) -> Edits | None:
        layer = Layer(problem)

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            return carry(value, other(layer, value.imag))

        return {node: edit}

    return edits


def from_images(other: Other) -> WholeEdit:
    """Let the derivative of the columns be made otherwise of that of the images with border."""
    return along(("x_pad->cols", "x->cols"), "cols", other)


def from_columns(other: Other) -> WholeEdit:
    """Let the derivative of out be made otherwise of that of the columns."""
    return along(("cols->out",), "out", other)


def along(wires: tuple[str, ...], node: str, other: Other) -> WholeEdit:
    """Let the derivative at a node be made of that on the first of these wires that there is."""

    def edits(problem: Problem) -> Edits | None:
        layer = Layer(problem)
        wire = next(name for name in wires if name in layer.graph.seen)

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            return carry(value, other(layer, seen[wire].imag))

        return {node: edit}

    return edits


def in_out(source: str, other: Other) -> WholeEdit:
    """Replace, in out, what came from x (by cols), from w or from b by another derivative."""

    def edits(problem: Problem) -> Edits | None:
        layer = Layer(problem)

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            moved = seen[f"{source}->out"].imag
            return carry(value, value.imag - right(layer, source, moved) + other(layer, moved))

        return {"out": edit}

    return edits


def right(layer: Layer, source: str, moved: Array) -> Array:
    """What a derivative of x, w or b that is `moved` makes in out."""
    if source == "cols":
        return layer.product(layer.w, moved)
    if source == "w":
        return layer.product(moved, layer.cols)
    return np.asarray(moved[..., np.newaxis, :, np.newaxis, np.newaxis])


def kept(layer: Layer, images: slice, places: slice, filters: slice = slice(None)) -> Array:
    """1 at these images, filters and places of out, 0 elsewhere."""
    found = np.zeros((layer.N, layer.graph.value("out").shape[1], layer.L))
    found[images, filters, places] = 1.0
    return layer.images(found)
