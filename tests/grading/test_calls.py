"""One observed call: values, in-place changes, shared memory, counts, exceptions."""

from __future__ import annotations

import functools
import sys
from typing import Any

import numpy as np
import pytest

from autograder.observe import Reply, StudentError, observe, reply


def helper(x: Any) -> Any:
    return x


def calls_helper(x: Any) -> Any:
    return helper(helper(x))


def test_a_harmless_call_reports_its_value_alone() -> None:
    assert observe(lambda x: x * 2, (3,)) == Reply(6)


def _add_in_place(x: Any) -> None:
    x += 1


def _set_nan(x: Any) -> None:
    x[0] = np.nan


def _replace_entry(d: Any) -> None:
    d["W1"] = d["W1"] + 1


def _append(items: Any) -> None:
    items.append(0)


def _resize(x: Any) -> None:
    x.resize((1,), refcheck=False)


@pytest.mark.parametrize(
    ("fn", "args", "changed"),
    [
        (_add_in_place, (np.ones(2),), ("0",)),
        (_add_in_place, (np.ones(2, dtype=int),), ("0",)),
        (_add_in_place, (np.ones(2) * 1j,), ("0",)),
        (_add_in_place, (np.array([1, 2], dtype=object),), ("0",)),
        (_set_nan, (np.ones(2),), ("0",)),
        (_replace_entry, ({"W1": np.ones(2), "b1": np.ones(1)},), ("0['W1']",)),
        (_append, ([np.ones(1)],), ("0[1]",)),
        (_resize, (np.ones(4),), ("0",)),
        (lambda c: _add_in_place(c[1][0]), ((1, (np.ones(2), 3)),), ("0[1][0]",)),
        (lambda x, y: _add_in_place(y), (np.ones(2), np.ones(2)), ("1",)),
        (lambda x: None, (np.array([np.nan, 1.0]),), ()),
        (lambda x: None, (np.array(["a", "b"]),), ()),
        (lambda x: _add_in_place(x.copy()), (np.ones(2),), ()),
    ],
)
def test_in_place_changes_are_named_by_path(fn: Any, args: Any, changed: tuple[str, ...]) -> None:
    assert observe(fn, args).changed == changed


def test_shared_memory_is_told_by_pairs() -> None:
    x, y = np.ones((2, 3)), np.ones(4)
    seen = observe(lambda a, b: (a.T, {"copy": a.copy(), "same": b}), (x, y))
    assert seen.shared == (("[0]", "0"), ("[1]['same']", "1"))


def test_interleaved_views_share_nothing() -> None:
    x = np.zeros(10)
    assert observe(lambda a: x[1::2], (x[::2],)).shared == ()


def test_counts_calls_and_puts_the_functions_back() -> None:
    before = helper
    seen = observe(calls_helper, (1,), ("helper", "no_such_function"))
    assert seen.counts == {"helper": 2}
    assert helper is before


def test_counts_through_wrappers() -> None:
    partial = functools.partial(calls_helper)
    assert observe(partial, (1,), ("helper",)).counts == {"helper": 2}
    assert observe(len, ([],), ("helper",)).counts == {}


def test_functions_are_put_back_after_an_exception() -> None:
    before = helper
    with pytest.raises(StudentError):
        observe(calls_helper, (), ("helper",))
    assert helper is before


def _recurse(x: Any) -> Any:
    return _recurse(x)


def _unspeakable() -> None:
    class Bad(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    raise Bad


@pytest.mark.parametrize(
    ("fn", "kind"),
    [
        (lambda: 1 / 0, "ZeroDivisionError"),
        (lambda: sys.exit(3), "SystemExit"),
        (lambda: (_ for _ in ()).throw(KeyboardInterrupt), "KeyboardInterrupt"),
        (lambda: _recurse(1), "RecursionError"),
        (lambda: (_ for _ in ()).throw(NotImplementedError), "NotImplementedError"),
        (_unspeakable, "Bad"),
        (lambda x: x, "TypeError"),
    ],
)
def test_whatever_is_raised_becomes_a_student_error(fn: Any, kind: str) -> None:
    with pytest.raises(StudentError) as caught:
        observe(fn, ())
    assert caught.value.kind == kind


def test_the_line_is_that_of_the_students_own_code() -> None:
    with pytest.raises(StudentError) as caught:
        observe(lambda: np.linalg.inv(np.zeros((2, 2))), ())
    assert "np.linalg.inv(np.zeros" in caught.value.where
    assert "Singular matrix" in str(caught.value)


def test_an_arity_error_names_no_line() -> None:
    with pytest.raises(StudentError) as caught:
        observe(helper, ())
    assert caught.value.where == ""
    assert "missing 1 required positional argument" in caught.value.message


def test_remote_callables_answer_for_themselves() -> None:
    class Remote:
        def __reply__(self, args: Any, count: Any, given: Any, calls: int) -> Reply:
            return Reply((args, count, given))

    assert reply(Remote(), (1,), ("f",)).value == ((1,), ("f",), {})


def test_a_function_cannot_claim_to_be_remote() -> None:
    def fn() -> int:
        return 1

    fn.__reply__ = lambda args, count: Reply(2)  # type: ignore[attr-defined]
    assert reply(fn, ()).value == 1


class Kept:
    """A cache that is an object."""

    __slots__ = ("x",)

    def __init__(self, x: Any) -> None:
        self.x = x


@pytest.mark.parametrize(
    "keep",
    [
        lambda x: Kept(x),
        lambda x: [Kept({"x": x[1:]})],
        lambda x: lambda: x,
        lambda x: lambda y=x: y,
        lambda x: functools.partial(np.add, x),
        lambda x: x.__add__,
        lambda x: iter([x]),
        lambda x: map(np.sin, [x]),
        lambda x: (y for y in [x]),
        lambda x: memoryview(x),
        lambda x: np.array([None, x.T], dtype=object),
        lambda x: type("Note", (), {})() if x is None else Kept(Kept(x)),
    ],
)
def test_memory_is_found_wherever_it_is_kept(keep: Any) -> None:
    x = np.arange(6.0).reshape(2, 3)
    assert {given for _, given in observe(lambda x: (0, keep(x)), (x,)).shared} == {"0"}
    assert observe(lambda x: (0, keep(x.copy())), (x,)).shared == ()


def test_what_is_kept_may_be_strange() -> None:
    class Hostile:
        @property
        def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
            raise RuntimeError

    circle: list[Any] = []
    circle.append(circle)
    for kept in (Hostile(), circle, [0.5] * 10**5, np, Hostile, {1: {2: {3: None}}}):
        assert observe(lambda x, kept=kept: kept, (np.ones(2),)).shared == ()
