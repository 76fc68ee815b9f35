"""Which isolation this machine offers; the strongest is used, and none is used by accident."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from autograder.grading.sandbox import bubblewrap, landlock

OPTION = "AUTOGRADER_ISOLATION"
_CHOICES = ("auto", "bubblewrap", "landlock", "none")  # the first is the default
_SAMPLE = "sample class"  # set by `trust_the_sample_class` alone, for this process and its workers


class NoIsolation(Exception):
    """Nothing on this machine can hold untrusted code."""


@dataclass(frozen=True)
class Strength:
    """The isolation in use; recorded with every grade."""

    name: str
    words: str

    def json(self) -> dict[str, str]:
        return asdict(self)

    @property
    def namespaces(self) -> bool:
        """Whether processes and files are the sandbox's own, so that it can clean up itself."""
        return self.name.startswith("bubblewrap")

    @property
    def isolates(self) -> bool:
        """Whether a submission is kept from what is not its own."""
        return self.name != NONE.name


BUBBLEWRAP_ROOT = Strength(
    "bubblewrap",
    "own namespaces, no network, read-only system, a user of its own for each submission",
)
BUBBLEWRAP_USER = Strength(
    "bubblewrap (user namespace)",
    "own namespaces, no network, read-only system",
)
LANDLOCK = Strength(
    "Landlock and seccomp",
    "no network, no file outside the system's and its own, a sandbox of its own each time",
)
NONE = Strength("none", "NOT ISOLATED: limits of time and memory only")
OWN_WORK = Strength("none", "NOT ISOLATED: a sample class that the project itself made")


@cache
def strength() -> Strength:
    """Find the strongest isolation that works here, by trying it.

    Raises
    ------
    NoIsolation
        If there is none; the message says what to install.
    """
    wanted = os.environ.get(OPTION, "auto")
    if wanted == _SAMPLE:
        return OWN_WORK
    if wanted not in _CHOICES:
        raise NoIsolation(f"{OPTION} is {wanted!r}; it can be {', '.join(_CHOICES)}.")
    if wanted == "none":
        why = _unreachable()
        if why:
            raise NoIsolation(why)
        return NONE
    if not sys.platform.startswith("linux"):
        raise NoIsolation(
            "Untrusted notebooks can be isolated on Linux only. On macOS and Windows grade inside "
            "a Linux virtual machine or a container."
        )
    missing = [] if wanted == "landlock" else [_bubblewrap()]
    if wanted != "bubblewrap" and None not in missing:
        missing.append(_unreachable() or landlock.obstacle())
        if missing[-1] is None:
            return LANDLOCK
    if None in missing:
        return BUBBLEWRAP_ROOT if os.getuid() == 0 else BUBBLEWRAP_USER
    without = f"To grade without any isolation, which trusts every student, set {OPTION}=none."
    reasons = [str(why) for why in missing]
    raise NoIsolation(" ".join(reasons if _unreachable() else [*reasons, without]))


@contextmanager
def trust_the_sample_class() -> Iterator[None]:
    """Run submissions meanwhile without isolation, and as the user who grades.

    For notebooks that the project itself made, on a machine where nothing isolates: even where root
    has a Python that no other user can reach. It is no choice for the work of students.
    """
    before = os.environ.get(OPTION, _CHOICES[0])
    os.environ[OPTION] = _SAMPLE
    strength.cache_clear()
    try:
        yield
    finally:
        os.environ[OPTION] = before
        strength.cache_clear()


def _bubblewrap() -> str | None:
    """Say why bubblewrap cannot be used; None if it can."""
    try:
        bubblewrap.wrapper()
    except bubblewrap.NoBubblewrap as error:
        return str(error)
    return None


def _unreachable() -> str | None:
    """Say why a submission cannot be given a user of its own, where the grader is root."""
    if os.getuid() == 0:
        for prefix in (Path(sys.prefix), Path(sys.executable).resolve()):
            for folder in prefix.parents:
                if not folder.stat().st_mode & 0o001:
                    return (
                        f"Python lies below {folder}, which only root can enter, so that without "
                        "namespaces notebooks would run as root. Grade as an ordinary user."
                    )
    return None
