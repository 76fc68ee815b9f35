"""Confine the sandbox's first process by Landlock and seccomp, where there are no namespaces."""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.grading.sandbox.bubblewrap import ETC, SYSTEM, prefixes

KEEPER = Path(__file__).with_name("confine.py")
_VERSION = 5  # covers all that `keeper` asks for
_PATIENCE = 60  # seconds for a trial
_ROOM = 1 << 20  # bytes that the trial may write


def readable() -> list[str]:
    """Return what Python and its libraries need to see; everything else is out of reach."""
    system = [path for path in (*SYSTEM, "/proc", "/dev") if Path(path).exists()]
    settings = [f"/etc/{name}" for name in ETC if Path("/etc", name).exists()]
    return [*system, *settings, *map(str, prefixes())]


def obstacle() -> str | None:
    """Say why a process cannot be confined here; None if a trial could be."""
    if importlib.util.find_spec("sandlock") is None:
        return "The package 'sandlock', which would use Landlock instead, is not installed."
    if importlib.import_module("sandlock").landlock_abi_version() < _VERSION:
        return "This kernel has no Landlock, or an early one; Linux 6.10 has all that is needed."
    with tempfile.TemporaryDirectory(prefix="autograder-") as own:
        return _try(Path(own))


def _try(own: Path) -> str | None:
    """Confine a process that does nothing; sandlock needs more of the kernel than Landlock."""
    (own / "tmp").mkdir()
    options = {
        "command": [sys.executable, "-I", "-S", "-c", ""],
        "environment": {},
        "readable": readable(),
        "hidden": [],
        "own": str(own),
        "disk": _ROOM,
        "trial": True,
    }
    words = [sys.executable, "-I", str(KEEPER), json.dumps(options)]
    try:
        tried = subprocess.run(words, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"Landlock does not work here: {error}."
    if not tried.returncode:
        return None
    last = tried.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    return f"Landlock does not work here: {last or f'exit {tried.returncode}'}."
