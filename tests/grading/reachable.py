"""This Python and the package, where an ordinary user can reach them: root's home is closed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.grading.sandbox.strength import _unreachable

ROOT = Path(__file__).resolve().parents[2]
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_LEFT_OUT = shutil.ignore_patterns("site-packages", "test", "idlelib", "lib2to3", "config-*")


def package(folder: Path) -> Path:
    """Copy the package as it stands here; return what has to be on the path of imports."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=ignored)
    return folder


def python(folder: Path) -> Path:
    """Return this Python, or one with the same packages below `folder` if this is root's alone."""
    if _unreachable() is None:
        return Path(sys.executable)
    base = Path(sys._base_executable).resolve()
    if any(not parent.stat().st_mode & 0o001 for parent in base.parents):
        base = _copy(base, folder / "python")
    made = folder / "venv"
    words = [str(base), "-m", "venv", "--without-pip", str(made)]
    subprocess.run(words, check=True, capture_output=True)
    ours, theirs = (Path(p, "lib", _VERSION, "site-packages") for p in (sys.prefix, made))
    shutil.rmtree(theirs)
    shutil.copytree(ours, theirs, copy_function=_link, symlinks=True)
    return made / "bin" / "python"


def _copy(base: Path, folder: Path) -> Path:
    """Copy an installation of Python without its packages; links cost no room."""
    library = base.parents[1] / "lib"
    shutil.copytree(
        library / _VERSION, folder / "lib" / _VERSION, copy_function=_link, ignore=_LEFT_OUT
    )
    for shared in library.glob("libpython*"):
        shutil.copy(shared, folder / "lib")
    # a program that was built to find its library in root's home finds the copy beside it
    old, new = os.fsencode(library) + b"\0", b"$ORIGIN/../lib\0"
    program = folder / "bin" / base.name
    program.parent.mkdir()
    program.write_bytes(base.read_bytes().replace(old, new.ljust(len(old), b"\0")))
    program.chmod(0o755)
    return program


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
