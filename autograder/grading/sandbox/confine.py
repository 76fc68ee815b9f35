"""Keep a sandbox without namespaces: confine its first process, and end all of its processes.

Run as a script, with options as JSON; it ends, and everything below it, when its standard input
does. Processes that detach themselves are handed to it by the kernel, so that none escapes.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Start the process, wait until the grader hangs up, and sweep."""
    options = json.loads(sys.argv[1])
    if options.get("trial"):
        sys.exit(not _confined(options).wait().success)
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    start = _confined if options["confined"] else _free
    kept = start(options)
    sys.stdin.buffer.read()
    del kept
    _sweep()
    shutil.rmtree(options["own"], ignore_errors=True)


def _confined(options: dict[str, Any]) -> Any:
    """Start it under Landlock and seccomp; what it writes is thrown away."""
    sandlock: Any = importlib.import_module("sandlock")
    own = options["own"]
    box = sandlock.Sandbox(
        fs_readable=options["readable"],
        fs_writable=[f"{own}/tmp", "/dev/null"],
        fs_denied=options["hidden"],
        workdir=f"{own}/tmp",
        fs_storage=own,
        max_disk=options["disk"],
        on_exit=sandlock.BranchAction.ABORT,
        on_error=sandlock.BranchAction.ABORT,
        clean_env=True,
        env=options["environment"],
        # a kernel before 6.12 cannot keep signals in; everything else it must be able to do
        allow_degraded=[
            sandlock.Protection.SIGNAL_SCOPE,
            sandlock.Protection.ABSTRACT_UNIX_SOCKET_SCOPE,
        ],
    )
    box.spawn(options["command"])
    return box


def _free(options: dict[str, Any]) -> Any:
    """Start it as it is; the instructor has asked for that."""
    return subprocess.Popen(options["command"], env=options["environment"])


def _sweep() -> None:
    """End every process below this one, however often it has detached itself."""
    deadline = time.monotonic() + 10
    while below := _below(os.getpid()):
        for pid in below:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if time.monotonic() > deadline:
            return
        time.sleep(0.005)


def _below(root: int) -> list[int]:
    """List the descendants of a process, the nearest first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            # the fields after the name, which may hold anything, in brackets
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = children.get(root, [])
    for pid in found:
        found += children.get(pid, [])
    return found


if __name__ == "__main__":
    main()
