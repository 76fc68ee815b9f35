"""The wire: what can be sent arrives unchanged; what is malformed is a fault, never an accident."""

from __future__ import annotations

import contextlib
import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.grading.student_side import wire
from autograder.grading.student_side.decode import Decoder
from autograder.grading.student_side.encode import Encoder
from autograder.grading.student_side.wire import Opaque, WireFault

DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.floating_dtypes(sizes=(16, 32, 64), endianness="?"),
    hnp.complex_number_dtypes(sizes=(64, 128)),
    hnp.unicode_string_dtypes(max_len=4),
)
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0))
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.binary(max_size=50),
    ARRAYS,
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=5), st.integers()), inner, max_size=4),
    ),
    max_leaves=12,
)


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        alike = isinstance(b, np.ndarray) and (a.dtype, a.shape) == (b.dtype, b.shape)
        return alike and a.tobytes() == b.tobytes()
    if type(a) is not type(b):
        return False
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return repr(a) == repr(b)


def decode(frame: bytes, **options: Any) -> Any:
    return Decoder(**options).value(frame[4:])


@given(VALUES)
@settings(deadline=None)
def test_what_is_sent_arrives_unchanged(value: Any) -> None:
    assert same(decode(Encoder().frame(value)), value)


@given(VALUES, st.data())
@settings(deadline=None)
def test_a_damaged_frame_decodes_or_is_a_fault(value: Any, data: Any) -> None:
    frame = bytearray(Encoder().frame(value))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(frame)))
    for body in (bytes(frame[4:]), bytes(frame[4:cut])):
        with contextlib.suppress(WireFault):
            Decoder().value(body)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_noise_is_a_fault(body: bytes) -> None:
    with contextlib.suppress(WireFault):
        Decoder().value(body)


JSONISH = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from("tldasbcOor")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(JSONISH, st.lists(st.binary(max_size=30), max_size=3))
@settings(deadline=None)
def test_a_forged_head_decodes_or_is_a_fault(head: Any, blobs: list[bytes]) -> None:
    frame = wire.join([json.dumps(head).encode(), *blobs])
    with contextlib.suppress(WireFault):
        decode(frame)


def npy(shape: str, descr: str = "'<f8'", data: bytes = b"") -> bytes:
    head = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + data


def forged(head: Any, *blobs: bytes) -> bytes:
    return wire.join([json.dumps(head).encode(), *blobs])


@pytest.mark.parametrize(
    "frame",
    [
        forged(["a", 0], npy("(1000000000000,)")),  # a huge array that is not there
        forged(["a", 0], npy("(-1,)")),
        forged(["a", 0], npy("(2,)", data=b"12345678")),
        forged(["a", 0], npy("(1,)", "'|O'", b"12345678")),  # objects would be unpickled
        forged(["a", 0], npy("(1,)", "[('a', '<f8')]", b"12345678")),
        forged(["a", 0], npy("(1,)", "'|V8'", b"12345678")),
        forged(["a", 0], npy("(" * 3000 + ")" * 3000)),
        forged(["a", 0], npy("__import__('os')")),
        forged(["a", 0], b"\x93NUMPY\x02\x00" + b"\x00" * 40),
        forged(["a", 0], b"\x80\x04K\x01."),  # a pickle
        forged(["a", 1], b""),
        forged(["a", -1], npy("()", data=b"12345678")),
        forged(["a", True], npy("()", data=b"12345678")),
        forged(["b", 10**30], b""),
        forged(["r", 0]),
        forged(["x", 0]),
        forged([]),
        forged([[]]),
        forged({}),
        forged(["d", None, [[[1], 2]]]),
        forged(["d", None, [["a", 1, 2]]]),
        forged(["d", None, [[1.5, 2]]]),
        forged(["t", "0", []]),
        forged(["t", -1, []]),
        forged(["t", None]),
        forged(["t", None, "abc"]),
        forged(["c", "x", 1]),
        forged(["O", None, ["object", 10**9, 10**9]]),
        forged(["O", None, ["object", *[1] * 100]]),
        forged(["O", None, ["object", -1]]),
        forged(["O", None, ["float64", 2]]),
        forged(["O", None, [["object"], 2]]),
        forged(["O", None, [2, 3]]),
        forged(["O", None, []]),
        forged(["t", None, [0] * (wire.MAX_NODES + 1)]),
        wire.join([b"[" * 100_000]),
        wire.join([b"1" * 5_000]),
        wire.join([b"\xff\xfe"]),
        wire.join([b"0" * (wire.MAX_HEAD + 1)]),
        wire.join([]),
        struct.pack(">II", 4, 100),
    ],
)
def test_forgeries_are_faults(frame: bytes) -> None:
    with pytest.raises(WireFault):
        decode(frame)


def test_nesting_is_limited_both_ways() -> None:
    value: Any = 0
    for _ in range(wire.MAX_DEPTH + 1):
        value = [value]
    with pytest.raises(WireFault, match="deep"):
        Encoder().frame(value)
    head: Any = 0
    for _ in range(wire.MAX_DEPTH + 1):
        head = ["l", None, [head]]
    with pytest.raises(WireFault, match="deep"):
        decode(forged(head))


def test_a_cycle_and_a_giant_cannot_be_sent() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    with pytest.raises(WireFault):
        Encoder().frame(cycle)
    with pytest.raises(WireFault, match="large"):
        Encoder().frame(np.zeros(wire.MAX_FRAME, dtype=np.uint8))


def test_arrays_are_data_and_cannot_be_changed_by_the_grader() -> None:
    frame = Encoder().frame(np.arange(3.0))
    assert not decode(frame).flags.writeable
    assert decode(frame, writable=True).flags.writeable


def test_fortran_order_and_subclasses_keep_their_values() -> None:
    class Liar(np.ndarray[Any, Any]):
        def __eq__(self, other: object) -> Any:
            return True

    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    arrived = decode(Encoder().frame(array.view(Liar)))
    assert type(arrived) is np.ndarray
    assert np.array_equal(arrived, array)


def test_unknown_objects_become_placeholders_that_can_be_referred_to() -> None:
    kept: list[Any] = []

    def remember(value: Any) -> int:
        kept.append(value)
        return len(kept) - 1

    cache = (np.ones(2), [object(), np.array([print], dtype=object)])
    known: dict[int, int] = {}
    arrived = decode(
        Encoder(remember=remember).frame(cache),
        found=lambda value, handle: known.__setitem__(id(value), handle),
    )
    assert isinstance(arrived[1][0], Opaque)
    assert repr(arrived[1][0]) == "<student's object>"
    assert [repr(entry) for entry in arrived[1][1]] == ["<student's object entry>"]
    for sent, original in ((arrived, cache), (arrived[1], cache[1]), (arrived[1][0], cache[1][0])):
        back = Encoder(refer=lambda value: known.get(id(value))).frame(sent)
        assert decode(back, refer=kept.__getitem__) is original


def test_text_that_no_file_could_hold_is_replaced() -> None:
    assert decode(forged("a\ud800b")) == "a?b"
