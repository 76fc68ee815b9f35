"""Named nodes: how a plain NumPy forward pass lets the outside see, nudge and edit its values.

A forward pass hands every intermediate value to ``tap(name, value)`` and goes on with what it
gets back. Nodes are called ``"Z2"``; the wire along which node ``A1`` enters ``Z2`` is called
``"A1->Z2"``, so that a value with two readers has one name for each of its two ways.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import FrameType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from autograder.networks.facts import PLAIN, Facts
from autograder.observe import observe
from autograder.stand_in import ANSWERING, answering

Array: TypeAlias = NDArray[Any]
Edit: TypeAlias = Callable[[Array, Mapping[str, Array]], Array]
Edits: TypeAlias = Mapping[str, Edit]

#: The complex step. A power of two, so that dividing by it is exact; so small that its square
#: vanishes, so that there is nothing to trade against rounding (Squire & Trapp, 1998).
STEP = 2.0**-100


class OracleSilent(RuntimeError):
    """The oracle was asked for a derivative by a function that has to find it itself."""


def under_observation() -> bool:
    """Whether a student's function is being called, here or in another thread of this process.

    Read off the stacks: there is no flag that a notebook could turn, and a module that was
    imported anew finds out as well. What a right function computes that the grader put in the
    place of a wrong one, for this very call, is no derivative of the student's.
    """
    here = observe.__code__.co_filename
    for found in sys._current_frames().values():
        frame: FrameType | None = found
        stand_in: Any = None
        while frame is not None:
            code = frame.f_code
            if code.co_name in ANSWERING:
                asks = answering(frame)
                if asks is False:
                    return True
                stand_in = asks or stand_in
            elif code.co_name in ("observe", "observed") and code.co_filename == here:
                given = frame.f_locals.get("given") or {}
                if not any(stand_in is one for one in given.values()):
                    return True
            frame = frame.f_back
    return False


def refuse_under_observation() -> None:
    """Refuse a derivative to a student's function that is being checked.

    Raises
    ------
    OracleSilent
    """
    if under_observation():
        raise OracleSilent(
            "the oracle gives no derivatives while a function of yours is being checked: your "
            "function has to find them itself. In any other cell, ask it whatever you like"
        )


class Tap:
    """Pass named values through; edit some, nudge some, remember all.

    Parameters
    ----------
    nudges : mapping of str to array, optional
        Node name to a direction of the node's shape, with leading batch axes if wanted.
        The node's value becomes ``value + 1j * STEP * direction``.
    edits : mapping of str to function, optional
        Node or wire name to ``edit(value, seen) -> value``, where `seen` holds the nodes and
        wires that were passed before. An edit keeps the value and changes what is carried
        in the imaginary part: the derivative.

    Raises
    ------
    OracleSilent
        With nudges or edits, while a student's function is being checked.
    """

    def __init__(self, nudges: Mapping[str, Array] | None = None, edits: Edits | None = None):
        if nudges or edits:
            refuse_under_observation()
        self.nudges = nudges or {}
        self.edits = edits or {}
        self.seen: dict[str, Array] = {}

    def __call__(self, name: str, value: Array) -> Array:
        if name in self.edits:
            value = self.edits[name](value, self.seen)
        if name in self.nudges:
            value = value + 1j * STEP * self.nudges[name]
        self.seen[name] = value
        return value

    def wire(self, source: str, target: str, value: Array) -> Array:
        """Pass `value` along the wire ``source->target``."""
        return self(f"{source}->{target}", value)


Forward: TypeAlias = Callable[[Mapping[str, Array], Tap], Array]


@dataclass(frozen=True, eq=False)  # two are the same only if they are one: they are keys
class Graph:
    """A forward pass together with the values of its leaves.

    Attributes
    ----------
    forward : function
        ``forward(inputs, tap) -> cost``. It taps every leaf and every intermediate value,
        allows leading batch axes and complex values, and returns one cost per batch entry.
    inputs : mapping of str to array
        The leaves: weights, biases and data.
    facts : Facts
        What an edit may need to know of the graph: its family, the number of examples, where
        mistakes can sit.
    """

    forward: Forward
    inputs: Mapping[str, Array]
    facts: Facts = PLAIN

    def run(self, nudges: Mapping[str, Array] | None = None, edits: Edits | None = None) -> Tap:
        """Run forward once and return the tap, which has seen every value by name."""
        tap = Tap(nudges, edits)
        tap.seen["cost"] = self.forward(self.inputs, tap)
        return tap

    @cached_property
    def seen(self) -> Mapping[str, Array]:
        """Every value of the plain forward pass, by name."""
        return self.run().seen

    @cached_property
    def slopes(self) -> dict[str, Array]:
        """Derivatives of the cost without edits, by node, as far as somebody has asked."""
        return {}

    @cached_property
    def kept(self) -> dict[object, Any]:
        """What was computed of this graph and may be asked for again, by what it is."""
        return {}

    def value(self, name: str) -> Array:
        """The value at a node, e.g. ``graph.value("Z2")``.

        Raises
        ------
        KeyError
            If the graph has no node or wire of that name; the message lists the nodes.
        """
        if name not in self.seen:
            nodes = ", ".join(self.nodes())
            raise KeyError(f"the graph has no node {name!r}; its nodes are {nodes}")
        return np.asarray(self.seen[name])

    def nodes(self) -> list[str]:
        """The names of all nodes, in forward order."""
        return [name for name in self.seen if "->" not in name and name != "cost"]

    def wires(self) -> list[str]:
        """The names of all wires, in forward order."""
        return [name for name in self.seen if "->" in name]
