"""One question to a notebook's process, and its answer, within a time limit."""

from __future__ import annotations

import socket
import time
from typing import Any

from autograder.grading.sandbox.limits import stretch
from autograder.grading.student_side.channel import Closed, Late, receive, send
from autograder.grading.student_side.decode import Decoder
from autograder.grading.student_side.encode import Encoder
from autograder.grading.student_side.wire import WireFault

# Seconds beyond a limit before the process is killed from outside. They pass more slowly where
# the machine is busy, as all limits do: what honest students get must not depend on the load.
GRACE = 2.0


class Died(Exception):
    """The student's process has gone, or no longer answers; the message says which."""


def ask(sock: socket.socket, request: dict[str, Any], seconds: float) -> Any:
    """Ask a notebook's process; every failure is `Died`."""
    deadline = until(seconds)
    try:
        send(sock, Encoder().frame(request), deadline)
    except (Late, Closed) as error:
        raise Died("the notebook's process has ended") from error
    return receive_from(sock, deadline, Decoder())


def receive_from(sock: socket.socket, deadline: float, decoder: Decoder) -> Any:
    try:
        return decoder.value(receive(sock, deadline))
    except Late as error:
        raise Died("the cell did not stop at its time limit") from error
    except Closed as error:
        raise Died("the notebook's process ended (a crash, an exit or too much memory)") from error
    except WireFault as error:
        raise Died("the notebook's process sent nonsense") from error


def until(seconds: float) -> float:
    """When a wait that may take so long on a quiet machine has to end."""
    return time.monotonic() + seconds * stretch()
