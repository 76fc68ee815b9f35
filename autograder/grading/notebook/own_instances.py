"""Every student has instances of their own: what one of them gives away helps nobody else.

The hidden tests choose instances by a number. From it, the student's id and a secret of the
course comes another number, always the same, so that grading again gives the same instances.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE = ".autograder-secret"
_BYTES = 32


def student_key(root: Path, assignment: str, student: str) -> bytes:
    """Return what a student's instances in one assignment are chosen by.

    Parameters
    ----------
    root : Path
        The course folder, in which the course's secret is kept.
    """
    told = "\0".join((assignment, student)).encode("utf-8", "surrogateescape")
    return hmac.digest(_secret(root / FILE), told, "sha256")


def own_seed(key: bytes, seed: int) -> int:
    """Return the number, below 2**32, that stands in the place of a hidden test's."""
    return int.from_bytes(hmac.digest(key, str(seed).encode(), "sha256")[:4], "big")


def _secret(path: Path) -> bytes:
    """Read the course's secret; the first run makes it, whole or not at all, for its owner only.

    Raises
    ------
    ValueError
        If the file holds something else.
    """
    if not path.exists():
        made = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(_BYTES))
        with suppress(FileExistsError):  # another run was quicker
            os.link(made, path)
        made.unlink()
    try:
        secret = bytes.fromhex(path.read_text())
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise ValueError(
            f"{path} should hold {2 * _BYTES} hexadecimal digits and does not; remove it, and "
            "another is made: then whoever is graded again has other instances"
        )
    return secret
