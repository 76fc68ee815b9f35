"""The link between a hand-written test and a student's objects, with a hostile end."""

from __future__ import annotations

import json
import random
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.grading.notebook.link import GraderEnd
from autograder.grading.student_side.answers import StudentEnd
from autograder.grading.student_side.link import Link
from autograder.grading.student_side.wire import WireFault, join
from autograder.observe import StudentError

SOURCE = """
import numpy as np
class Liar:
    __eq__ = __ge__ = __lt__ = __contains__ = lambda self, other: seen.append(other) or True
    __sub__ = __rsub__ = __mul__ = lambda self, other: seen.append(other) or 0.0
    __array__ = lambda self, *a, **k: np.zeros(3)
    __array_interface__ = {"data": (0, False), "shape": (3,), "typestr": "<f8", "version": 3}
    __len__ = lambda self: 10 ** 15
class Vector:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == getattr(other, "x", other)
    def __add__(self, other):
        return Vector(self.x + getattr(other, "x", other))
    def same(self):
        return self
seen = []
def liar():
    return Liar()
def call(f, *args):
    return f(*args)
def read(thing, name):
    return getattr(thing, name)
def keep(things, found=[]):
    found.append(things)
    return found
def double(items):
    items *= 2
"""


class Here:
    """Stands for a session: the student's end is in this process."""

    over = False

    def __init__(self, names: dict[str, Any]) -> None:
        self.end_ = StudentEnd(names, self.back)
        self.forge: Callable[[bytes], bytes] = lambda body: body

    def exchange(self, body: bytes) -> bytes:
        answer = self.end_.serve(body, 10, 10)
        assert answer is not None
        return self.forge(answer)

    def back(self, body: bytes) -> bytes:
        """A question of the student's end, in the middle of its answer."""
        link = self.grader._link
        return link.reply(link.read(body))

    def end(self, why: str) -> StudentError:
        return StudentError("ProcessEnded", why)


class Names:
    """The student's names, as a test has them."""

    def __init__(self) -> None:
        self.all: dict[str, Any] = {"__name__": "__main__"}
        exec(SOURCE, self.all)
        self.session = Here(self.all)
        self.session.grader = GraderEnd(self.session, {})

    def __getattr__(self, name: str) -> Any:
        return self.session.grader.ask("name", None, name)[1]


@pytest.fixture
def student() -> Names:
    return Names()


def test_an_object_that_a_function_returned_compares_with_nothing(student: Names) -> None:
    liar = student.liar()
    compared = [liar == 4, liar == [4], [liar] == [4], 4 == liar, liar in [4]]  # noqa: SIM300
    assert compared == [False] * 5
    assert liar != 4
    for refused in (
        lambda: liar - 4,
        lambda: 4 - liar,
        lambda: liar >= 4,
        lambda: abs(liar * 2),
        lambda: np.testing.assert_allclose(liar, np.zeros(3)),
    ):
        with pytest.raises(TypeError):
            refused()
    assert student.all["seen"] == []  # and learns nothing


def test_an_object_that_a_test_made_compares(student: Names) -> None:
    one = student.Vector(3)
    assert one == 3
    assert one + 1 == student.Vector(4)
    assert one.same() is one
    assert one + 1 != 4  # what comes of it is compared with objects alone


def test_memory_is_read_at_no_address_that_a_student_names(student: Names) -> None:
    assert not hasattr(student.liar(), "__array_interface__")
    assert np.asarray(student.liar()).dtype == object


def test_a_length_is_bounded(student: Names) -> None:
    with pytest.raises(StudentError, match="length"):
        len(student.liar())


SECRET = 42


@pytest.mark.parametrize("name", ["__globals__", "__code__", "__closure__", "__defaults__"])
def test_a_tests_function_can_be_called_and_that_is_all(student: Names, name: str) -> None:
    def handed(x: int, _default: int = SECRET) -> int:
        return x + 1

    assert student.call(handed, 1) == 2
    assert student.read(handed, "__name__") == "handed"
    with pytest.raises(AttributeError):
        student.read(handed, name)


def test_a_tests_object_shows_its_public_attributes(student: Names) -> None:
    kind = type("Fake", (), {"__module__": "__main__", "shown": 3, "_hidden": 4})
    assert student.read(kind(), "shown") == 3
    for name in ("_hidden", "__dict__", "__slots__"):
        with pytest.raises(AttributeError):
            student.read(kind(), name)
    other = types.SimpleNamespace(shown=3)  # not of a class of the test
    with pytest.raises(AttributeError):
        student.read(other, "shown")


def test_a_library_function_is_the_students_own(student: Names) -> None:
    assert student.call(np.add, 1, 2) == 3
    student.call(open, "/dev/null").close()


def test_what_is_changed_is_changed_at_both_ends(student: Names) -> None:
    items = [[1], [2]]
    student.double(items)
    assert items == [[1], [2], [1], [2]]
    assert items[0] is items[2]
    kept = student.keep(items)
    items[0].append(5)
    assert student.keep([])[0][0] == [1, 5]
    assert kept[0] is items
    array = np.arange(3.0)
    student.double(array)
    assert array.tolist() == [0, 2, 4]


def test_what_cannot_be_sent_is_told_and_the_link_goes_on(student: Names) -> None:
    with pytest.raises(TypeError, match="too large to be sent"):
        student.double(np.zeros(9_000_000))
    items = [1]
    student.double(items)
    assert items == [1, 1]


def test_what_nobody_holds_is_forgotten(student: Names) -> None:
    double = student.double
    for size in range(2000):
        double([size])
    table = student.session.grader._link.table
    assert len(table.objects) < 300
    assert len(student.session.end_.link.table.objects) < 300


FORGED = {
    "a number that was never given": ["r", 999],
    "an even number": ["M", 1000, "list", None, []],
    "a number twice": ["t", None, [["M", 901, "list", None, []], ["M", 901, "list", None, []]]],
    "an unknown kind": ["M", 903, "Popen", None, []],
    "a module's function": ["n", "os", "system"],
    "a class that writes files": ["n", "numpy", "memmap"],
    "a base exception": ["n", "builtins", "SystemExit"],
    "an instance of a plain class": ["P", 905, ["n", "builtins", "list"]],
    "an exception of no class": ["E", 907, ["n", "builtins", "int"], [], None],
    "random numbers": ["v", "generator", ["PCG64", None]],
    "a strange type": ["v", "dtype", ["O"]],
    "a large array for a named tuple": ["N", ["n", "builtins", "bytearray"], [], [50_000_000]],
    "a decimal that has no end": ["v", "decimal", ["1e999999999"]],
    "a range that has no end": ["v", "range", [0, 10**12, 1]],
    "a long decimal": ["v", "decimal", ["9" * 5000]],
    "text for a fraction": ["v", "fraction", ["1e9999999", 1]],
    "a state": ["v", "random", [[1]]],
    "a name that is none": ["C", 909, 5, [], [], [], None],
    "too deep": json.loads("[" * 60 + "]" * 60),
    "fields that are code": ["N", ["C", 911, "T", [], [], [], None], ["x=1"], [1]],
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_answers_are_refused(student: Names, name: str) -> None:
    def forge(_: bytes) -> bytes:
        node = ["t", None, ["value", FORGED[name], *[["t", None, []]] * 3]]
        return join([json.dumps([[], [], node]).encode()])[4:]

    call = student.call
    student.session.forge = forge
    with pytest.raises(StudentError, match="sent nonsense"):
        call(abs, 1)


@pytest.mark.parametrize(
    "changed", [[[0, [1]]], [[5, [1]]], [[999, []]], [["x", []]], [[True, []]], [5]]
)
def test_forged_changes_are_refused(student: Names, changed: Any) -> None:
    node = ["t", None, ["value", None, *[["t", None, []]] * 3]]
    call = student.call
    student.session.forge = lambda _: join([json.dumps([changed, [], node]).encode()])[4:]
    with pytest.raises(StudentError, match="sent nonsense"):
        call(abs, 1)


def test_noise_is_a_wire_fault_and_nothing_else(student: Names) -> None:
    frames: list[bytes] = []
    student.session.forge = lambda body: frames.append(body) or body  # type: ignore[func-returns-value]
    one = student.Vector(3)
    student.keep([{"a": np.arange(3.0)}, {1, 2}, (one, one.x), ValueError("x"), 1 + 2j, b"ab"])
    with pytest.raises(TypeError):
        student.double()
    noise = random.Random(0)
    for _ in range(3000):
        body = bytearray(noise.choice(frames))
        for _ in range(noise.randint(1, 4)):
            body[noise.randrange(len(body))] = noise.randrange(256)
        link = Link(True, lambda body: body, lambda question: question, lambda answer: answer)
        try:
            link.read(bytes(body))
        except WireFault:
            continue
