"""The trusted end of a notebook's process, and of its copies that answer for a test cell."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.grading.notebook.asked import answered
from autograder.grading.notebook.exchange import GRACE, Died, ask, receive_from, until
from autograder.grading.sandbox.limits import Limits, stretch
from autograder.grading.student_side.channel import Closed, Late, receive, send
from autograder.grading.student_side.decode import Decoder
from autograder.grading.student_side.encode import Encoder
from autograder.grading.student_side.wire import WireFault
from autograder.observe import Given, Reply, StudentError

Kill = Callable[[int], None]


class Notebook:
    """The process that runs a submission's cells."""

    def __init__(self, sock: socket.socket, limits: Limits, kill: Kill) -> None:
        self._sock, self._limits, self._kill = sock, limits, kill

    def files(self, files: dict[str, bytes]) -> None:
        """Write data files into the working folder."""
        if files:
            ask(self._sock, {"op": "files", "files": files}, 20)

    def run(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run one cell; return its outputs as the student side reports them, unchecked."""
        request = {"op": "cell", "source": source, "seconds": seconds * stretch(), "told": seconds}
        answer = ask(self._sock, request, seconds + GRACE)
        outputs = answer.get("outputs") if isinstance(answer, dict) else None
        if not isinstance(outputs, list):
            raise Died("the notebook's process sent nonsense")
        return outputs

    def mark(self) -> int:
        """Let the process remember its names and data as they are now; return the mark's number."""
        answer = ask(self._sock, {"op": "mark"}, GRACE)
        number = answer.get("mark") if isinstance(answer, dict) else None
        if type(number) is not int:
            raise Died("the notebook's process sent nonsense")
        return number

    def copy(self) -> Session:
        """Fork the process as it stands, to answer the calls of test cells."""
        return _fork(self._sock, self._limits, self._kill)

    def close(self) -> None:
        """Hang up; the process ends by itself, or is swept away."""
        self._sock.close()


class Session:
    """The student's functions, in a copy of the notebook's process made after its last cell."""

    def __init__(self, sock: socket.socket, limits: Limits, kill: Kill, pid: int) -> None:
        self._sock, self._limits, self._kill, self._pid = sock, limits, kill, pid
        self._known: dict[int, tuple[Any, int]] = {}  # by identity; the object is kept alive
        self._over = ""  # why it answers no more
        self._deadline = 0.0

    @property
    def over(self) -> bool:
        """Whether the process has ended or stopped answering."""
        return bool(self._over)

    def restore(self, mark: int) -> dict[str, int]:
        """Put names and data back to what they were at a mark.

        Returns
        -------
        dict of str to int
            A number for each function and class: the same number is the same object.
        """
        functions = self._ask({"op": "restore", "mark": mark}, GRACE).get("functions")
        if not isinstance(functions, dict):
            raise self.end("sent nonsense")
        return {str(name): number for name, number in functions.items() if type(number) is int}

    def start(self, latest: float) -> None:
        """Start the test cell's clock, which stops at ``latest`` at the latest."""
        self._deadline = min(until(self._limits.test_seconds), latest)

    def get(self, name: str) -> tuple[str, Any]:
        """Return (kind, value): ``callable``, ``data``, ``module`` or ``missing``."""
        answer = self._ask({"op": "get", "name": name}, GRACE)
        kind = answer.get("kind")
        return (kind if isinstance(kind, str) else "missing"), answer.get("value")

    def call(
        self,
        name: str,
        args: Sequence[Any],
        count: Sequence[str] = (),
        kwargs: Mapping[str, Any] | None = None,
        given: Given | None = None,
        calls: int = 1,
    ) -> Reply:
        """Call a student's function there and observe it.

        Where it calls one of the functions `given`, that one runs here, and its answer goes over.
        """
        seconds = self._left()
        request: dict[str, Any] = {"op": "call", "name": name, "seconds": seconds * stretch()}
        request |= {"told": seconds, "args": tuple(args), "kwargs": dict(kwargs or {})}
        asked = None if given is None else list(given)
        request |= {"count": list(count), "given": asked, "calls": calls}
        latest = until(seconds)

        def ask_more(more: dict[str, Any]) -> dict[str, Any]:
            return self._ask(more, max(latest - time.monotonic(), 0.0) / stretch())

        answer = self._ask(request, seconds)
        while given and "asks" in answer:
            answer = ask_more(answered(answer, given, ask_more))
        try:
            changed = tuple(str(path) for path in answer["changed"])
            shared = tuple((str(a), str(b)) for a, b in answer["shared"])
            counts = {str(key): int(n) for key, n in answer["counts"].items()}
            return Reply(answer["value"], changed, shared, counts)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self.end("sent nonsense") from None

    def exchange(self, body: bytes) -> bytes:
        """Hand over a frame of a link, and wait for the next; see `link`."""
        seconds = self._left()
        request = {"op": "link", "body": body, "seconds": seconds * stretch(), "told": seconds}
        answer = self._ask(request, seconds).get("body")
        if not isinstance(answer, bytes):
            raise self.end("sent nonsense")
        return answer

    def inside(self, source: str) -> list[Any]:
        """Run a test's source in this process; return its outputs as they come, unchecked."""
        told = min(self._limits.test_seconds, (self._deadline - time.monotonic()) / stretch())
        request = {"op": "inside", "source": source, "seconds": told * stretch(), "told": told}
        outputs = self._ask(request, told).get("outputs")
        if not isinstance(outputs, list):
            raise self.end("sent nonsense")
        return outputs

    def _left(self) -> float:
        """Seconds for the next call."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            told = f"all calls together took longer than {self._limits.test_seconds:g} seconds"
            raise StudentError("TimeLimit", told)
        return min(self._limits.call_seconds, left / stretch())

    def close(self) -> None:
        """Hang up, and end the process if it does not end by itself."""
        self._sock.close()
        if self._over:
            self._kill(self._pid)

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        if self._over:
            raise self.end(self._over)
        decoder = Decoder(found=self._remember)
        try:
            send(self._sock, Encoder(refer=self._handle).frame(request), until(seconds + GRACE))
            answer = decoder.value(receive(self._sock, until(seconds + GRACE)))
        except Late:
            raise self.end("did not answer in time") from None
        except Closed:
            raise self.end("ended during the call (a crash, an exit or too much memory)") from None
        except WireFault:
            raise self.end("sent nonsense") from None
        if not isinstance(answer, dict):
            raise self.end("sent nonsense")
        told = answer.get("error")
        if isinstance(told, list):
            try:
                raised = StudentError.of(told)
            except ValueError:
                raise self.end("sent nonsense") from None
            raise raised
        return answer

    def end(self, why: str) -> StudentError:
        """Ask this process nothing more; return what to raise."""
        self._over = why
        return StudentError("ProcessEnded", f"the notebook's process {why}")

    def _remember(self, value: Any, handle: int) -> None:
        self._known[id(value)] = (value, handle)

    def _handle(self, value: Any) -> int | None:
        known = self._known.get(id(value))
        return None if known is None else known[1]


def _fork(sock: socket.socket, limits: Limits, kill: Kill) -> Session:
    """Let a process copy itself, and hand the copy its own channel."""
    ours, theirs = socket.socketpair()
    deadline = until(GRACE)
    try:
        with theirs:
            send(sock, Encoder().frame({"op": "copy"}), deadline)
            socket.send_fds(sock, [b"."], [theirs.fileno()])
            answer = receive_from(sock, deadline, Decoder())
        pid = answer.get("pid") if isinstance(answer, dict) else None
        if type(pid) is not int:
            raise Died("the notebook's process sent nonsense")
    except (Late, Closed, OSError) as error:
        ours.close()
        raise Died("the notebook's process has ended") from error
    except Died:
        ours.close()
        raise
    return Session(ours, limits, kill, pid)
