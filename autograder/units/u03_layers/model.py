"""Models for the walk back: the notebook's own class, or a stand-in where there is none.

A solution written outside the notebook, such as homework of CS231n, has the functions of the layers
and no class ``Model``. It gets objects of the same interface, made of its own functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.engine.student import Student
from autograder.networks import Array


class Affine:
    """A layer with parameters w (D, M) and b (M,), by the student's two functions."""

    def __init__(self, student: Student, w: Array, b: Array):
        self.student, self.w, self.b = student, w, b

    def forward(self, x: Array) -> Any:
        """out, cache."""
        return self.student.call("affine_forward", x, self.w, self.b)

    def backward(self, dout: Array, cache: Any) -> tuple[Any, dict[str, Any]]:
        """dx, and the gradients of the parameters by name."""
        dx, dw, db = self.student.call("affine_backward", dout, cache)
        return dx, {"w": dw, "b": db}


class Pointwise:
    """A layer without parameters, by the student's two functions."""

    def __init__(self, student: Student, kind: str):
        self.student, self.kind = student, kind

    def forward(self, x: Array) -> Any:
        """out, cache."""
        return self.student.call(f"{self.kind}_forward", x)

    def backward(self, dout: Array, cache: Any) -> tuple[Any, dict[str, Any]]:
        """dx, and an empty dict."""
        return self.student.call(f"{self.kind}_backward", dout, cache), {}


class Model:
    """Layers in ``model.layers``."""

    def __init__(self, layers: list[Affine | Pointwise]):
        self.layers = layers


def model_of(student: Student, layers: Sequence[tuple[Any, ...]]) -> Any:
    """A model of ``("affine", w, b)``, ``("relu",)``, ...; the notebook's class comes first."""
    if "Model" in student.namespace:
        return student.call("Model", layers)
    return Model(
        [
            Affine(student, *rest) if kind == "affine" else Pointwise(student, kind)
            for kind, *rest in layers
        ]
    )
