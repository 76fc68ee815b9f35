"""Unit 05: a call of grad_check, taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.engine.exercise import Barrier, Misshapen
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.oracle import gradient
from autograder.units.u04_network.instances import MLPInstance
from autograder.units.u05_gradient_check.calling import array, through
from autograder.units.u05_gradient_check.kinks import H

Arrays = dict[str, Array]


def gradients(drawn: MLPInstance) -> dict[str, Array]:
    """The right gradients, under the names of the parameters."""
    return gradient(drawn.graph, list(drawn.parameters))


Place = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Answer:
    """What grad_check returned; the places are read where a property asks for them."""

    errors: dict[str, float]
    named: Any
    flagged: list[Any]

    @property
    def worst(self) -> Place:
        """The entry that it names."""
        return _place(self.named)

    @property
    def kinks(self) -> list[Place]:
        """The entries that it flags."""
        return [_place(kink) for kink in self.flagged]


def checked(
    student: Student, drawn: MLPInstance, grads: dict[str, Array], kind: str = "cost"
) -> Answer:
    """Call grad_check and take its answer apart."""
    args = (kind, (drawn.X, drawn.Y), Parameters(drawn.parameters), Parameters(grads), H)
    reply = through(student, "grad_check", *args)
    if reply.changed:
        raise Barrier(f"it changes {_changed(reply.changed)} in place; work on copies")
    if not isinstance(reply.value, (tuple, list)) or len(reply.value) != 3:
        raise Misshapen("expected three values: errors, worst, kinks")
    errors, worst, kinks = reply.value
    if not isinstance(errors, dict) or set(errors) != set(drawn.parameters):
        raise Misshapen(f"errors should be a dict with the keys {', '.join(drawn.parameters)}")
    told = {name: float(array(f"errors[{name!r}]", value, ())) for name, value in errors.items()}
    return Answer(told, worst, list(kinks))


def _changed(paths: Sequence[str]) -> str:
    """Name what was written into: ``"2['W1']"`` is W1 of the parameters."""
    told = {"2": "parameters", "3": "grads"}
    names = [f"{told.get(path[0], 'what came in')}{path[1:]}" for path in paths]
    return ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")


def _place(value: Any) -> Place:
    """(name, index), however the numbers in it were made."""
    try:
        name, index = value
    except (TypeError, ValueError) as error:
        raise Misshapen(f"expected a pair (name, index), found {value!r}") from error
    try:
        return str(name), tuple(int(i) for i in index)
    except (TypeError, ValueError) as error:
        raise Misshapen(
            f"in the pair ({name!r}, {index!r}) the index should hold one integer for each axis, "
            "such as (1, 0); np.unravel_index makes it from a place in the flattened array"
        ) from error
