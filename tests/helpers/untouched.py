"""Functions that a slip does not touch are the solution's own: what they build on is judged once.

A slip in one function is judged beside all functions that this one calls, and each of these is
judged as well. Where neither they nor anything that they use was changed, they are those of the
solved assignment, whose verdicts are the same in every test: of each, on each seed, the first
student that needs it makes it, and the others are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

from autograder.engine.exercise import exercise_of
from autograder.engine.given_callee import before
from autograder.engine.student import Student
from autograder.units import EXERCISES

Key = tuple[str, str, str, int]
#: What was found of each solution, by the id of its names, which are kept below.
_FOUND: dict[int, tuple[Mapping[str, Any], dict[Key, bool]]] = {}


class Stands(dict[Key, bool]):
    """Which functions stand, as `Student.stands` holds it: the untouched ones for all students."""

    def __init__(self, student: Student, base: Mapping[str, Any]):
        super().__init__()
        self._student = student
        self._known = _FOUND.setdefault(id(base), (base, {}))[1]
        names = student.namespace
        self._touched = {n for n in {*names, *base} if not _equal(n, names, base)}
        #: A helper that was changed may be used by the trials themselves.
        self._helper = any(name in base and name not in EXERCISES for name in self._touched)

    def get(self, key: Key, default: Any = None) -> Any:
        if key not in self and key in self._known and self._is_untouched(key):
            return self._known[key]
        return super().get(key, default)

    def __setitem__(self, key: Key, stands: bool) -> None:
        super().__setitem__(key, stands)
        if self._is_untouched(key):
            self._known.setdefault(key, stands)

    def _is_untouched(self, key: Key) -> bool:
        if self._helper:
            return False
        exercise = exercise_of(key[2], self._student.namespace)
        used = {exercise.name, *before(exercise, self._student)}
        waiting = list(used)
        while waiting:
            new = set(_used(self._student.namespace.get(waiting.pop()))) - used
            used |= new
            waiting += new
        return not used & self._touched


def beside_the_solution(student: Student, base: Mapping[str, Any]) -> Student:
    """The student, who is told what is known of the functions that are those of `base`."""
    student.stands = Stands(student, base)
    return student


def _equal(name: str, names: Mapping[str, Any], base: Mapping[str, Any]) -> bool:
    """Whether it is the same thing, or a function of the same code that looks up names here."""
    one, other = names.get(name), base.get(name)
    if isinstance(one, FunctionType) and isinstance(other, FunctionType) and one is not other:
        here = one.__globals__ is names and other.__globals__ is base
        bare = not (one.__closure__ or other.__closure__ or one.__kwdefaults__)
        same = one.__code__ == other.__code__ and one.__defaults__ == other.__defaults__
        return here and bare and same
    return one is other


def _used(value: Any) -> Iterator[str]:
    """The names that a function looks up, also inside of the functions that it makes."""
    waiting = [value.__code__] if isinstance(value, FunctionType) else []
    while waiting:
        code = waiting.pop()
        yield from code.co_names
        waiting += [part for part in code.co_consts if isinstance(part, CodeType)]
