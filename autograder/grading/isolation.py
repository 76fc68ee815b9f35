"""Which isolation this machine offers, and how a process is started in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import autograder

TEMPORARY = 256 << 20  # bytes of /tmp, and as much of /dev/shm
_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
_ETC = ("ld.so.cache", "fonts", "localtime", "alternatives", "passwd")
_CAPABILITIES = ("SETUID", "SETGID", "KILL", "CHOWN", "DAC_OVERRIDE", "FOWNER")
_START = "import sys; sys.path.insert(0, '/side'); from student_side.zygote import main; main()"


class NoIsolation(Exception):
    """Nothing on this machine can hold untrusted code."""


@dataclass(frozen=True)
class Strength:
    """The isolation in use; recorded with every grade."""

    name: str
    words: str

    def json(self) -> dict[str, str]:
        return asdict(self)


BUBBLEWRAP_ROOT = Strength(
    "bubblewrap",
    "own namespaces, no network, read-only system, a user of its own for each submission",
)
BUBBLEWRAP_USER = Strength(
    "bubblewrap (user namespace)",
    "own namespaces, no network, read-only system",
)


@cache
def strength() -> Strength:
    """Find the strongest isolation that works here, by trying it.

    Raises
    ------
    NoIsolation
        If there is none; the message says what to install.
    """
    if not sys.platform.startswith("linux"):
        raise NoIsolation(
            "Untrusted notebooks can be isolated on Linux only. On macOS and Windows grade inside "
            "a Linux virtual machine or a container."
        )
    wrapper = shutil.which("bwrap")
    if wrapper is None:
        raise NoIsolation(
            "bubblewrap is not installed (Debian, Ubuntu, Fedora: package 'bubblewrap')."
        )
    trial = [wrapper, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "true"]
    tried = subprocess.run(trial, capture_output=True, text=True, timeout=20, check=False)
    if tried.returncode:
        raise NoIsolation(f"bubblewrap does not work here: {tried.stderr.strip()}")
    return BUBBLEWRAP_ROOT if os.getuid() == 0 else BUBBLEWRAP_USER


def command(side: Path, channel: int) -> list[str]:
    """Return the command that starts the sandbox's first process on the descriptor `channel`."""
    size = str(TEMPORARY)
    return [
        shutil.which("bwrap") or "bwrap",
        *_namespaces(),
        *("--die-with-parent", "--new-session", "--clearenv"),
        *_environment(),
        *("--proc", "/proc", "--dev", "/dev"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/tmp"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/dev/shm"),
        *_system(),  # after /tmp: an environment may lie there
        *("--ro-bind", str(side), "/side"),
        *_hide_package(side),
        *("--remount-ro", "/dev", "--remount-ro", "/"),  # /tmp and /dev/shm are mounts of their own
        *("--chdir", "/tmp", "--", sys.executable, "-I", "-B", "-c", _START, str(channel)),
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


def _environment() -> Iterator[str]:
    values = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": "/tmp/home",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": "/tmp/matplotlib",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    for name, value in values.items():
        yield from ("--setenv", name, value)


def _system() -> Iterator[str]:
    """Bind what Python and its libraries need, read-only; everything else does not exist."""
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", os.readlink(path), name)
        elif path.exists():
            yield from ("--ro-bind", name, name)
    yield from ("--perms", "0755", "--dir", "/etc")
    for name in _ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for prefix in _prefixes():
        for folder in reversed(prefix.parents[:-1]):  # bubblewrap would make them private to root
            yield from ("--perms", "0755", "--dir", str(folder))
        yield from ("--ro-bind", str(prefix), str(prefix))


def _prefixes() -> list[Path]:
    """The folders of this Python and of its virtual environment, outside the system's own."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent}
    return sorted(path for path in found if not path.is_relative_to("/usr"))


def _hide_package(side: Path) -> Iterator[str]:
    """Put the student-facing package over an installed full one."""
    installed = Path(autograder.__file__).resolve().parent
    if any(installed.is_relative_to(prefix) for prefix in [Path("/usr"), *_prefixes()]):
        yield from ("--ro-bind", str(side / "autograder"), str(installed))
