"""The wire between the trusted grader and the isolated student side: data only, never objects.

A frame is ``u32 length | u32 length of the head | head (JSON) | (u32 length | blob) ...``; all
integers are big-endian. JSON's null, booleans, numbers and strings stand for themselves; whatever
else a value may be is a list that starts with a tag:

====================  =========================================================================
``["t", h, [...]]``   tuple, remembered on the student side under handle ``h`` (or null)
``["l", h, [...]]``   list
``["d", h, [[k, v]]]``  dict with str or int keys
``["a", i]``          array, blob ``i`` in .npy format;  ``["s", i]`` a NumPy scalar
``["b", i]``          bytes, blob ``i``;  ``["c", re, im]`` a complex number
``["O", h, [w, ...]]``  array of no plain data: a key of `arrays.ODD` and its shape only
``["o", h, name]``    any other object: its type's name only
``["r", h]``          the student's own object with handle ``h`` (only towards the student side)
====================  =========================================================================

Whatever does not decode within the limits raises `WireFault`, and nothing else.
"""

from __future__ import annotations

import struct

MAX_FRAME = 64 << 20  # bytes of a whole frame
MAX_HEAD = 4 << 20  # bytes of its JSON
MAX_NODES = 200_000  # values in one frame
MAX_DEPTH = 24
MAX_NAME = 80  # characters of a type's name
KINDS = "biufcSUmM"  # array dtypes that are data; see `arrays.oddity` for what is not


class WireFault(Exception):
    """A frame that is malformed or beyond the limits."""


class Unsendable(WireFault):
    """A message that cannot be made a frame of; nothing of it has been sent."""


class Opaque:
    """What the trusted side holds in place of a student's object of unknown type."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"<student's {self.type_name}>"


def join(parts: list[bytes]) -> bytes:
    """Make one frame of a head and its blobs."""
    body = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return struct.pack(">I", len(body)) + body


def split(body: bytes) -> list[bytes]:
    """Cut a body into its length-prefixed parts."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        (size,) = struct.unpack_from(">I", body, at)
        at += 4
        if size > len(body) - at or len(parts) > MAX_NODES:
            raise WireFault("a part is longer than its frame")
        parts.append(body[at : at + size])
        at += size
    if not parts:
        raise WireFault("empty frame")
    return parts


def text(value: str) -> str:
    """Replace what cannot be written as UTF-8 (lone surrogates)."""
    return value.encode("utf-8", "replace").decode("utf-8")
