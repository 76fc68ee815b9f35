"""Frames over a socket, with a deadline."""

from __future__ import annotations

import socket
import struct
import time

from .wire import MAX_FRAME, WireFault


class Closed(Exception):
    """The other end has gone."""


class Late(Exception):
    """The deadline passed before the frame was complete."""


def send(sock: socket.socket, frame: bytes, deadline: float | None = None) -> None:
    """Send a whole frame; raise `Closed` or `Late` if that is not possible."""
    try:
        sock.settimeout(_left(deadline))
        sock.sendall(frame)
    except TimeoutError as error:
        raise Late from error
    except OSError as error:
        raise Closed from error


def receive(sock: socket.socket, deadline: float | None = None) -> bytes:
    """Return the body of the next frame; raise `Closed`, `Late` or `WireFault`."""
    (size,) = struct.unpack(">I", _exactly(sock, 4, deadline))
    if size > MAX_FRAME:
        raise WireFault(f"a frame of {size} bytes")
    return _exactly(sock, size, deadline)


def _exactly(sock: socket.socket, size: int, deadline: float | None) -> bytes:
    parts, missing = [], size
    while missing:
        try:
            sock.settimeout(_left(deadline))
            part = sock.recv(min(missing, 1 << 20))
        except TimeoutError as error:
            raise Late from error
        except OSError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _left(deadline: float | None) -> float | None:
    # a timeout of zero would make the socket non-blocking
    return None if deadline is None else max(deadline - time.monotonic(), 1e-3)
