"""Frames into values, on the assumption that the sender is hostile; see `wire`."""

from __future__ import annotations

import io
import json
import math
import struct
from collections.abc import Callable
from functools import lru_cache
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.lib import format as npy

from autograder.arrays import ODD, OddArray, stand_in

from .wire import KINDS, MAX_DEPTH, MAX_HEAD, MAX_NAME, MAX_NODES, Opaque, WireFault, split, text

_PREFIX = 10  # bytes before a header: magic, version, length

Found = Callable[[Any, int], None]
Refer = Callable[[int], Any]


class Decoder:
    """Turn the body of one frame into a value, trusting nothing in it.

    Parameters
    ----------
    found : callable
        Told (object, handle) for every container and `Opaque` that carries a handle.
    refer : callable
        Given a handle, returns the object it stands for; the default knows none.
    writable : bool
        Whether arrays are copied so that they can be changed in place.
    """

    def __init__(
        self,
        found: Found = lambda value, handle: None,
        refer: Refer | None = None,
        writable: bool = False,
    ) -> None:
        self._found, self._refer, self._writable = found, refer, writable
        self._blobs: list[bytes] = []
        self._nodes = 0

    def value(self, body: bytes) -> Any:
        """Decode; every failure is a `WireFault`."""
        try:
            head, *self._blobs = split(body)
            if len(head) > MAX_HEAD:
                raise WireFault("head too long")
            return self._node(json.loads(head.decode("utf-8")), 0)
        except WireFault:
            raise
        except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
            raise WireFault(f"malformed frame: {type(error).__name__}") from error
        except (RecursionError, MemoryError, SyntaxError, TokenError, struct.error) as error:
            raise WireFault(f"malformed frame: {type(error).__name__}") from error

    def _node(self, node: Any, depth: int) -> Any:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireFault("nested too deeply, or too many values")
        if isinstance(node, str):
            return text(node)
        if not isinstance(node, list):
            if isinstance(node, dict):
                raise WireFault("unknown structure")
            return node
        tag, *rest = node
        if tag in ("t", "l", "d", "o", "O"):
            handle, content = rest
            value = self._container(tag, content, depth)
            if handle is not None:
                self._found(value, _index(handle))
            return value
        return self._leaf(tag, rest)

    def _container(self, tag: str, content: Any, depth: int) -> Any:
        if tag == "o":
            return Opaque(text(str(content))[:MAX_NAME])
        if not isinstance(content, list):
            raise WireFault("unknown structure")
        if tag == "O":
            word, *shape = content
            if word not in ODD:
                raise WireFault("unknown array")
            if math.prod(map(_index, shape)) > MAX_NODES or len(shape) > MAX_DEPTH:
                raise WireFault("too many values")
            return stand_in(word, shape, Opaque(f"{word} entry"))
        if tag == "d":
            return {_key(k): self._node(v, depth + 1) for k, v in content}
        items = [self._node(item, depth + 1) for item in content]
        return tuple(items) if tag == "t" else items

    def _leaf(self, tag: Any, rest: list[Any]) -> Any:
        if tag == "c":
            real, imag = rest
            return complex(float(real), float(imag))
        (number,) = rest
        if tag == "r" and self._refer is not None:
            return self._refer(_index(number))
        if tag == "b":
            return self._blobs[_index(number)]
        if tag == "a":
            array = _array(self._blobs[_index(number)])
            array = array.copy() if self._writable else array
            return array.view(OddArray) if array.dtype.kind == "m" else array
        if tag == "s":
            return _array(self._blobs[_index(number)])[()]
        raise WireFault("unknown tag")


def _array(blob: bytes) -> np.ndarray[Any, Any]:
    """Read .npy data without trusting its header: the shape must account for every byte."""
    if len(blob) < _PREFIX or blob[:8] != b"\x93NUMPY\x01\x00":
        raise WireFault("unknown array format")
    start = _PREFIX + int.from_bytes(blob[8:10], "little")
    shape, fortran, dtype = _header(blob[8:start])
    if math.prod(shape) * dtype.itemsize != len(blob) - start:
        raise WireFault("an array's shape does not fit its data")
    flat = np.frombuffer(blob, dtype=dtype, offset=start)
    return flat.reshape(shape[::-1]).T if fortran else flat.reshape(shape)


@lru_cache(1000)
def _header(data: bytes) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Parse a header; the same few come again and again."""
    shape, fortran, dtype = npy.read_array_header_1_0(io.BytesIO(data))
    if dtype.kind not in KINDS or dtype.itemsize == 0 or any(n < 0 for n in shape):
        raise WireFault("not an array of plain data")
    return shape, fortran, dtype


def _index(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 31:
        raise WireFault("not an index")
    return value


def _key(value: Any) -> str | int:
    if type(value) is int:
        return value
    if type(value) is str:
        return text(value)
    raise WireFault("not a key")
