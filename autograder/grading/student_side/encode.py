"""Values into frames; the format is described in `wire`."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.lib import format as npy

from autograder.arrays import oddity

from .wire import MAX_DEPTH, MAX_FRAME, MAX_HEAD, MAX_NAME, MAX_NODES, WireFault, join

Remember = Callable[[Any], int | None]


class Encoder:
    """Turn one value into a frame.

    Parameters
    ----------
    remember : callable
        Given a container or an unknown object, returns the handle to write beside it, or None.
    refer : callable
        Given a container or an unknown object, returns the handle to write *instead* of it, or
        None to write its contents.
    """

    def __init__(
        self,
        remember: Remember = lambda value: None,
        refer: Remember = lambda value: None,
    ) -> None:
        self._remember, self._refer = remember, refer
        self._blobs: list[bytes] = []
        self._nodes = self._bytes = 0

    def frame(self, value: Any) -> bytes:
        """Encode a value; raise `WireFault` if it is too large or too deep."""
        try:
            head = json.dumps(self._node(value, 0)).encode("ascii")
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise WireFault(f"cannot be sent: {error}") from error
        frame = join([head, *self._blobs])
        if len(head) > MAX_HEAD or len(frame) > MAX_FRAME:
            raise WireFault(f"too large to be sent: {len(frame)} bytes")
        return frame

    def _node(self, value: Any, depth: int) -> Any:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireFault("nested too deeply, or too many values")
        if value is None or type(value) in (bool, str, float, int):
            return value
        if isinstance(value, np.generic | np.ndarray):
            return self._numpy(value)
        if isinstance(value, bytes):
            return ["b", self._blob(value)]
        if isinstance(value, complex):
            return ["c", value.real, value.imag]
        if isinstance(value, bool | int | float | str):  # an enumeration, a subclass of str
            base = next(kind for kind in (int, float, str) if isinstance(value, kind))
            return base(value)
        return self._object(value, depth)

    def _numpy(self, value: Any) -> list[Any]:
        array = np.asarray(value)
        if word := oddity(value):
            known = self._refer(value)
            told = [word, *array.shape]
            return ["O", self._remember(value), told] if known is None else ["r", known]
        if array.nbytes > MAX_FRAME:
            raise WireFault(f"too large to be sent: {array.nbytes} bytes")
        fortran = array.flags.f_contiguous and not array.flags.c_contiguous
        head = _header(array.dtype, fortran, array.shape)
        blob = self._blob(head + array.tobytes("F" if fortran else "C"))
        return ["s" if isinstance(value, np.generic) else "a", blob]

    def _object(self, value: Any, depth: int) -> list[Any]:
        known = self._refer(value)
        if known is not None:
            return ["r", known]
        handle = self._remember(value)
        if isinstance(value, tuple | list):
            tag = "t" if isinstance(value, tuple) else "l"
            return [tag, handle, [self._node(item, depth + 1) for item in value]]
        if isinstance(value, dict) and all(isinstance(k, str | int | np.integer) for k in value):
            return [
                "d",
                handle,
                [
                    [k if isinstance(k, str) else int(k), self._node(v, depth + 1)]
                    for k, v in value.items()
                ],
            ]
        return ["o", handle, type(value).__name__[:MAX_NAME]]

    def _blob(self, data: bytes) -> int:
        self._bytes += len(data)
        if self._bytes > MAX_FRAME:
            raise WireFault("too large to be sent")
        self._blobs.append(data)
        return len(self._blobs) - 1


@lru_cache(1000)
def _header(dtype: np.dtype[Any], fortran: bool, shape: tuple[int, ...]) -> bytes:
    """The header of an .npy file; the same few come again and again."""
    buffer = io.BytesIO()
    told = {"descr": npy.dtype_to_descr(dtype), "fortran_order": fortran, "shape": shape}
    npy.write_array_header_1_0(buffer, told)
    return buffer.getvalue()
