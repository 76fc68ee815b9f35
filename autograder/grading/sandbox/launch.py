"""Start the first process of a sandbox, in the isolation that this machine offers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from autograder.grading.sandbox.bubblewrap import TEMPORARY, command, environment, installed_package
from autograder.grading.sandbox.landlock import KEEPER, readable
from autograder.grading.sandbox.strength import LANDLOCK, OWN_WORK, strength

_PATIENCE = 60  # seconds until the first process has to have called


def launch(side: Path, said: IO[bytes]) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Return the process to end when all is done, and the control channel.

    Parameters
    ----------
    side : Path
        The folder made by `package.build_side`.
    said : file
        For what the process says if it cannot start.
    """
    if strength().namespaces:
        ours, theirs = socket.socketpair()
        with theirs:
            words = command(side, theirs.fileno())
            # an empty environment: the sandbox's first process shows its own to those inside
            process = _popen(words, said, pass_fds=[theirs.fileno()], env={})
        return process, ours
    return _launch_beside(side, said)


def _launch_beside(side: Path, said: IO[bytes]) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a keeper, which confines the first process and outlives nothing; see `keeper`.

    No descriptor gets through to a process that sandlock confines, so it calls on a socket.
    """
    own = Path(tempfile.mkdtemp(dir=side.parent, prefix="own-"))
    own.chmod(0o711)
    (own / "tmp").mkdir()
    (own / "tmp").chmod(0o1777)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(own / "tmp" / "control"))
        (own / "tmp" / "control").chmod(0o666)
        listener.listen(1)
        listener.settimeout(_PATIENCE)
        words = [sys.executable, "-I", str(KEEPER)]
        process = _popen([*words, json.dumps(_options(side, own))], said, stdin=subprocess.PIPE)
        try:
            ours, _ = listener.accept()
        except TimeoutError:
            ours = socket.socket()  # not connected: the caller finds that nobody answers
        (own / "tmp" / "control").unlink()
    return process, ours


def _options(side: Path, own: Path) -> dict[str, Any]:
    """What the keeper has to know."""
    start = (
        f"import sys; sys.path.insert(0, {str(side)!r}); "
        "from student_side.zygote import main; main()"
    )
    channel = str(own / "tmp" / "control")
    hidden = installed_package()
    same_user = ["same-user"] if strength() == OWN_WORK else []
    return {
        "command": [sys.executable, "-I", "-B", "-c", start, channel, *same_user],
        "environment": environment(str(own / "tmp")) | {"AUTOGRADER_TMP": str(own / "tmp")},
        "readable": [*readable(), str(side)],
        "hidden": [str(hidden)] if hidden else [],
        "own": str(own),
        "disk": TEMPORARY,
        "confined": strength() == LANDLOCK,
    }


def _popen(words: list[str], said: IO[bytes], **options: Any) -> subprocess.Popen[bytes]:
    chosen: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    return subprocess.Popen[bytes](words, stderr=said, **(chosen | options))
