"""The package as a wheel whose version tells its content."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.handout.failed import HandoutFailed

_BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
_VERSION = re.compile(r'^version = "([^"+]+)"$', re.M)
# 1980-01-01, the first day that a zip can hold: the same content gives the same bytes on any day.
FIRST_DAY = 315532800
#: Parts of the package that hold answers to what is graded.
NOT_HANDED_OUT = ("concept_keys",)


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the package of the repository at `root` into `folder`, and return the wheel.

    Its version ends with a fingerprint of the content, ``0.1.0+4f3a9c21``. So pip replaces the
    package of an earlier hand-out, which it would otherwise keep for having the same version, and
    the check of the set-up can tell whether a package fits the notebooks that it lies beside.

    Raises
    ------
    HandoutFailed
        If there is no package at `root`, or setuptools cannot build it.
    """
    if not (root / "pyproject.toml").is_file() or not (root / "autograder").is_dir():
        raise HandoutFailed(f"{root} holds no package: it has no pyproject.toml with autograder/")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", *NOT_HANDED_OUT)
        shutil.copytree(root / "autograder", copy / "autograder", ignore=ignored)
        for path in (root / "pyproject.toml", root / "README.md", *root.glob("LICENSE*")):
            shutil.copy(path, copy)
        for path in copy.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)  # whatever the umask was
        settings = (copy / "pyproject.toml").read_text("utf-8")
        version = rf'version = "\1+{_fingerprint(copy)}"'
        stamped, count = _VERSION.subn(version, settings, count=1)
        if not count:
            raise HandoutFailed(f'{root / "pyproject.toml"} has no line version = "..."')
        (copy / "pyproject.toml").write_text(stamped, "utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _BUILD, str(folder.resolve())],
            cwd=copy,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(FIRST_DAY)},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        said = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        raise HandoutFailed(f"setuptools could not build the package: {said}")
    return folder / done.stdout.splitlines()[-1]


def _fingerprint(folder: Path) -> str:
    """Return a short hash of all files of a folder, and of their names."""
    hashed = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        hashed.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        hashed.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return hashed.hexdigest()[:8]
