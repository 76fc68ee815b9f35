"""One isolated, pre-warmed process, from which every submission gets a process of its own."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.given_pictures import Call
from autograder.grading.notebook.processes import Notebook
from autograder.grading.sandbox.launch import launch
from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.student_package import build_side
from autograder.grading.sandbox.watch import Watch


class Sandbox:
    """An isolated, pre-warmed process that forks one child a submission."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-")
        self._side = build_side(Path(self._folder.name) / "side")
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: Watch | None = None
        self._wanted: Sequence[Call] = ()
        self._drawn: set[str] = set()

    def open(self, files: dict[str, bytes], pictures: Sequence[Call] = ()) -> Notebook:
        """Start the process of one submission.

        Parameters
        ----------
        files : dict of str to bytes
            Put into its working folder.
        pictures : sequence of (name, args, kwargs)
            Calls of ``autograder.figures`` that its given cells make.
        """
        self._wanted = pictures
        ours, theirs = socket.socketpair()
        notebook = Notebook(ours, self.limits, self.kill)
        try:
            with theirs:
                self._fork(theirs)
            notebook.files(files)
        except BaseException:  # whatever it is, nobody else knows the channel
            notebook.close()
            raise
        return notebook

    def _fork(self, channel: socket.socket) -> None:
        """Let the first process fork; start that anew if it has been killed."""
        request = {"op": "start", "limits": self.limits.quota()}
        for _ in range(2):
            if self._process is None:
                self._start()
            self._draw()
            if self._ask(request, [channel.fileno()]) is not None:
                assert self._watch is not None
                self._watch.start()
                return
            self.stop()
        raise Died("the sandbox cannot be started")

    def _draw(self) -> None:
        """Draw what has not been drawn yet; the next submissions have it at hand."""
        for call in self._wanted:
            if json.dumps(call) not in self._drawn:
                self._drawn.add(json.dumps(call))
                self._ask({"op": "draw", "call": call}, seconds=60)

    def kill(self, pid: int) -> None:
        """End one process of the running submission."""
        self._ask({"op": "kill", "pid": pid})

    def clean(self) -> None:
        """Remove every trace of a submission; start afresh if anything resists."""
        if self._watch is not None:
            self._watch.stop()
        answer = self._ask({"op": "clean"}) if self._process else None
        if answer is None or not answer["clean"]:
            self.stop()

    def stop(self) -> None:
        """End the sandbox and everything in it."""
        if self._process is not None:
            self._control.close()
            if self._watch is not None:
                self._watch.stop()
            if self._process.stdin:  # a keeper, which sweeps and ends when we hang up
                self._process.stdin.close()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(15)
            self._process.kill()  # its namespace, if it has one, dies with it
            self._process.wait()
            self._process = None
            self._drawn.clear()

    def close(self) -> None:
        """Stop, and remove the temporary folder."""
        self.stop()
        self._folder.cleanup()

    def _start(self) -> None:
        with tempfile.TemporaryFile() as said:
            self._process, self._control = launch(self._side, said)
            if self._line(60) is None:
                self.stop()
                said.seek(0)
                raise Died(f"the sandbox did not start: {said.read().decode()[-2000:]}")
            self._watch = Watch(self._process.pid, self.limits.total)

    def _ask(
        self, message: dict[str, Any], descriptors: Sequence[int] = (), seconds: float = 10
    ) -> Any:
        """Send the first process a message; None if it has gone."""
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], list(descriptors))
        except OSError:
            return None
        return self._line(seconds)

    def _line(self, seconds: float) -> Any:
        self._control.settimeout(seconds)
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self._control.recv(4096))
        return None


@cache
def shared(limits: Limits) -> Sandbox:
    """Return the one sandbox with these limits that all submissions of this process go through."""
    sandbox = Sandbox(limits)
    # atexit would not do: worker processes of a pool end without it
    Finalize(None, sandbox.close, exitpriority=10)
    return sandbox
