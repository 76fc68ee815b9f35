"""The first process in the sandbox: imports everything once, then forks one child a submission.

It runs no student code. Where it is root, every child becomes an ordinary user of its own, unless
the class is the project's own and nothing isolates here. It makes itself untraceable, so that a
child cannot reach into it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import secrets
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from . import limits, notebook_process, pictures
from .shell import Shell, make_shell
from .sweep import OWN_NAMESPACE, SWEPT, clean, sweep_processes

_TMP = Path(os.environ.get("AUTOGRADER_TMP", "/tmp"))
_HOME, _WORK = _TMP / "home", _TMP / "work"
# The kernel counts a user's processes over the whole machine, so submissions that run side by
# side, in other sandboxes too, must not share a user.
_FIRST_UID, _UIDS = 1 << 28, 1 << 28
_OWN_USERS = os.getuid() == 0 and "same-user" not in sys.argv
_PR_SET_DUMPABLE = 4


def main() -> None:
    """Serve the grader's control channel, the descriptor or path named on the command line."""
    control = _connect(sys.argv[1])
    mounted = {entry for folder in SWEPT for entry in folder.iterdir()} if OWN_NAMESPACE else set()
    _HOME.mkdir()  # IPython wants one that it can write to
    shutil.copytree(Path(__file__).parents[1] / "matplotlib", os.environ["MPLCONFIGDIR"])
    shell = make_shell()
    _import_early()
    clean(mounted)
    gc.set_threshold(50_000, 20, 50)  # each look costs more than it finds in a life this short
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0)  # no child may trace us or write our memory
    control.sendall(b'{"ready": true}\n')
    while True:
        message, descriptors = _next(control)
        if message["op"] == "start":
            _start(shell, control, descriptors[0], message["limits"])
            answer: dict[str, Any] = {"started": True}
        elif message["op"] == "draw":
            pictures.draw(*message["call"])
            answer = {}
        elif message["op"] == "kill":
            _kill(message["pid"])
            answer = {}
        else:
            answer = {"clean": clean(mounted)}
        control.sendall(json.dumps(answer).encode() + b"\n")


def _connect(channel: str) -> socket.socket:
    if channel.isdigit():
        return socket.socket(fileno=int(channel))
    control = socket.socket(socket.AF_UNIX)
    control.connect(channel)
    return control


def _import_early() -> None:
    """Import all that the student-facing package has, so that the children have it already."""
    importlib.import_module("numpy.random")  # NumPy itself waits until it is used
    package = importlib.import_module("autograder")
    for module in pkgutil.walk_packages(package.__path__, "autograder."):
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)


def _next(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Wait for a message; end with the grader."""
    data, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
    if not data:
        sweep_processes()
        sys.exit()
    return json.loads(data), list(descriptors)


def _start(shell: Shell, control: socket.socket, channel: int, quota: dict[str, int]) -> None:
    uid = _FIRST_UID + secrets.randbelow(_UIDS)
    gc.freeze()  # a collection would write to all that was imported, and so copy its memory
    for folder in (_HOME, _WORK):
        folder.mkdir(exist_ok=True)
        if _OWN_USERS:
            os.chown(folder, uid, uid)
    if os.fork():
        os.close(channel)
        return
    try:
        control.close()
        _forget_descriptors()
        os.setsid()
        if _OWN_USERS:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        os.chdir(_WORK)
        sys.path.insert(0, "")  # modules beside the notebook, as in a notebook
        limits.apply(quota)
        with socket.socket(fileno=channel) as sock:
            notebook_process.serve(sock, shell)
    finally:
        os._exit(0)


def _forget_descriptors() -> None:
    """Let nothing that the student's code writes to descriptors 1 and 2 reach the grader."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)


def _kill(pid: int) -> None:
    if pid not in (0, 1, -1, os.getpid()):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
