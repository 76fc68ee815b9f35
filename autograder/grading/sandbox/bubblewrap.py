"""Start the sandbox's first process in bubblewrap: own namespaces, almost nothing in view."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import autograder

TEMPORARY = 256 << 20  # bytes of /tmp, and as much of /dev/shm
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
ETC = ("ld.so.cache", "fonts", "localtime", "alternatives", "passwd")
_CAPABILITIES = ("SETUID", "SETGID", "KILL", "CHOWN", "DAC_OVERRIDE", "FOWNER")
_START = "import sys; sys.path.insert(0, '/side'); from student_side.zygote import main; main()"


def trial() -> list[str]:
    """Return a command that succeeds where bubblewrap works."""
    wrapper = shutil.which("bwrap") or "bwrap"
    return [wrapper, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "true"]


def command(side: Path, channel: int) -> list[str]:
    """Return the command that starts the sandbox's first process on the descriptor `channel`."""
    size = str(TEMPORARY)
    return [
        shutil.which("bwrap") or "bwrap",
        *_namespaces(),
        *("--die-with-parent", "--new-session", "--clearenv"),
        *(word for item in environment("/tmp").items() for word in ("--setenv", *item)),
        *("--proc", "/proc", "--dev", "/dev"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/tmp"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/dev/shm"),
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
