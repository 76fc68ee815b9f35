"""Unit 05: calling functions that take a function, and judging what they return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import Barrier, Wanting
from autograder.engine.locate.beside import beside
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.observe import Reply


def through(student: Student, name: str, *args: Any) -> Reply:
    """Call ``name_of(kind, data, ...)``, the given function that builds f and calls `name`."""
    try:
        return student.observe(f"{name}_of", *args)
    except NotWritten as error:
        missing = name if error.name == f"{name}_of" and "not written" in str(error) else error.name
        told = str(error).replace(f"`{name}_of` is not", f"`{name}` is not")
        raise NotWritten(missing, told) from error


def array(name: str, found: Any, shape: tuple[int, ...]) -> Array:
    """An array of finite floats of that shape, or a complaint."""
    flaw = form(name, found, shape)
    if flaw is not None and flaw.wrong:
        raise Barrier(flaw.message)
    return np.asarray(found, dtype=float)


def slopes(name: str, found: Any, shape: tuple[int, ...]) -> Array:
    """A float64 array of derivatives, or a complaint."""
    if isinstance(found, np.ndarray) and found.dtype == np.float32:
        raise Barrier(f"{name} is float32; the contract asks for float64")
    return array(name, found, shape)


def unchanged(reply: Reply, *names: str) -> None:
    """Complain if the call changed one of its arguments, which are called so."""
    for path in reply.changed:
        place = int(path.partition("[")[0])
        told = names[place] if place < len(names) else f"argument {place + 1}"
        raise Barrier(f"it changes {told} in place; work on a copy")


def judge(found: Array, right: Array, known: Mapping[tuple[str, str], Array], other: str) -> None:
    """Complain unless `found` is right: as a known mistake (told, id), else with `other`."""
    if np.allclose(found, right, rtol=1e-7, atol=1e-9 * np.abs(right).max()):
        return
    for (told, id), values in known.items():
        if np.allclose(found, values, rtol=1e-7, atol=1e-9 * np.abs(values).max()):
            raise Wanting(told, id)
    raise Wanting(lambda: f"{other}: {beside('it', found, right)}")


def measure(a: Array, b: Array) -> float:
    """max |a - b| / max(|a|, |b|), 0 where both are 0."""
    scale = max(float(np.abs(a).max()), float(np.abs(b).max()))
    return float(np.abs(a - b).max()) / scale if scale else 0.0


def only_cut_off(found: Array, right: Array, dtype: np.dtype) -> bool:
    """Whether the slopes are right but for this dtype: then h reached theta as a whole."""
    if found.shape != right.shape or found.dtype.kind not in "if":
        return False
    if np.allclose(found, right, 1e-6):
        return found.dtype != np.float64
    # a slope next to a whole number may be cut off to either neighbour of it
    near = [(right + e).astype(dtype) for e in (0, 1e-6, -1e-6)]
    return any(np.allclose(found, cut, 1e-6) for cut in near)


def exact(kind: str, c: Array, theta: Array) -> Array:
    if kind == "cubic":
        return np.asarray(3 * c * theta**2)
    return np.asarray(c * np.exp(np.sin(theta)) * np.cos(theta))
