"""Answer calls from the grader, in a copy of the notebook's process made for its test cells."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

from autograder.observe import StudentError, observe, observed

from .answers import StudentEnd
from .channel import receive, send
from .decode import Decoder
from .encode import Encoder
from .moments import Marks
from .outputs import Outputs, Stream
from .sweep import sweep_children
from .syscalls import protect
from .wire import WireFault

_MAX_KEPT = 400_000
Run = Callable[[str, float, float], dict[str, Any]]


class Session:
    """The student's names, and the objects that the grader holds handles of."""

    def __init__(self, marks: Marks, run: Run) -> None:
        self._marks, self._names, self._run = marks, marks.names, run
        self._kept: list[Any] = []
        self._sock: socket.socket | None = None
        self._given: frozenset[str] = frozenset()  # what the grader answers for at this moment
        self._end = StudentEnd(self._names, self._exchange)

    def serve(self, sock: socket.socket) -> None:
        """Answer requests until the grader closes the channel."""
        printed = Outputs()  # what a function prints under test is nobody's business
        self._sock = sock
        sys.stdout, sys.stderr = Stream(printed, "stdout"), Stream(printed, "stderr")
        own = os.getpid()
        while True:
            request = self._receive(sock)
            printed.clear()
            answer = self._frame(request)
            if os.getpid() != own:  # the student's function has forked, and returned here too
                os._exit(0)
            if answer is not None:
                send(sock, answer)

    def _frame(self, request: dict[str, Any]) -> bytes | None:
        """Do what is asked; return the answer's frame, or None if no answer is waited for."""
        if request["op"] == "restore":
            return Encoder().frame({"functions": self._marks.restore(request["mark"])})
        if request["op"] == "link":
            body = self._end.serve(request["body"], request["seconds"], request["told"])
            return None if body is None else Encoder().frame({"body": body})
        if request["op"] == "inside":
            told = request["source"], request["seconds"], request["told"]
            return Encoder().frame(self._run(*told))
        # an answer came after the call that waited for it had ended
        return None if request["op"] == "answer" else self._answer(request)

    def _exchange(self, body: bytes) -> bytes:
        """Ask the grader something in the course of a question of its own."""
        assert self._sock is not None
        send(self._sock, Encoder().frame({"body": body}))
        return bytes(self._receive(self._sock)["body"])

    def _receive(self, sock: socket.socket) -> dict[str, Any]:
        decoder = Decoder(refer=self._kept.__getitem__, writable=True)
        request: dict[str, Any] = decoder.value(receive(sock))
        return request

    def _answer(self, request: dict[str, Any]) -> bytes:
        try:
            if request["op"] == "get":
                return Encoder(remember=self._keep).frame(self._get(request["name"]))
            if request["op"] == "apply":
                value = observed(request["function"], *request["args"])
                return Encoder(remember=self._keep).frame({"value": value})
            return Encoder(remember=self._keep).frame(self._call(request))
        except StudentError as error:
            told = error
        except WireFault as error:
            told = StudentError("ResultError", f"the result {error}")
        return Encoder().frame({"error": told.plain()})

    def _get(self, name: str) -> dict[str, Any]:
        """Say what a name stands for; functions stay here, data go over."""
        if name.startswith("_") or name not in self._names:
            return {"kind": "missing"}
        value = self._names[name]
        if isinstance(value, ModuleType):
            return {"kind": "module"}
        return {"kind": "callable"} if callable(value) else {"kind": "data", "value": value}

    def _call(self, request: dict[str, Any]) -> dict[str, Any]:
        """Call a function under the clock and report what it did."""
        name, kwargs = request["name"], request["kwargs"]
        if not callable(self._names.get(name)):
            raise StudentError("NameError", f"name '{name}' is not defined")
        function = partial(self._names[name], **kwargs) if kwargs else self._names[name]
        limit = (request["seconds"], request["told"])
        asked = request["given"]
        self._given = frozenset(asked or ())
        given = {name: partial(self._ask, name) for name in self._given}
        try:
            seen = observe(
                function,
                request["args"],
                request["count"],
                *limit,
                given=None if asked is None else given,
                calls=request["calls"],
            )
        finally:
            self._given = frozenset()
        return {
            "value": seen.value,
            "changed": list(seen.changed),
            "shared": [list(pair) for pair in seen.shared],
            "counts": seen.counts,
        }

    def _ask(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Let the grader answer a call of the function `name` in the place of the student's own."""
        if name not in self._given or self._sock is None:
            raise NameError(f"name '{name}' is not defined")
        asked = {"asks": name, "args": args, "kwargs": kwargs}
        send(self._sock, Encoder(remember=self._keep).frame(asked))
        while (request := self._receive(self._sock))["op"] == "apply":
            send(self._sock, self._answer(request))
        if "error" in request:
            raise ValueError(request["error"])
        return request["value"]

    def _keep(self, value: Any) -> int | None:
        if len(self._kept) >= _MAX_KEPT:
            raise WireFault("holds too many objects")
        self._kept.append(value)
        return len(self._kept) - 1


#: Descriptors that are kept free for a copy's channel, whatever a notebook leaves open.
_SPARE: list[int] = []


def fork(sock: socket.socket, serve: Callable[[socket.socket], None]) -> dict[str, Any]:
    """Copy this process as it stands; the copy answers on the channel that comes next."""
    while _SPARE:
        os.close(_SPARE.pop())
    _, descriptors, _, _ = socket.recv_fds(sock, 1, 1)
    try:
        pid = os.fork()
    except BlockingIOError:  # a cell has left as many processes as it may have
        sweep_children()
        pid = os.fork()
    if pid == 0:
        try:
            sock.close()
            os.setsid()  # a signal to its own group stays here
            protect([os.getppid()])  # the next copy is made of that one
            with socket.socket(fileno=descriptors[0]) as own:
                observed(serve, own)  # also what is computed when a lazy result is sent
        finally:
            os._exit(0)
    os.close(descriptors[0])
    spare()
    return {"pid": pid}


def spare() -> None:
    """Keep some descriptors for later."""
    with contextlib.suppress(OSError):
        while len(_SPARE) < 8:
            _SPARE.append(os.open(os.devnull, os.O_RDONLY))
