"""The folder that the sandbox sees as ``/side``: the worker and the student-facing package."""

from __future__ import annotations

import shutil
from pathlib import Path

import autograder

# What a notebook may import. No verdict can be read off these, and no check, instance or diagnosis
# is among them.
STUDENT_FACING = (
    "arrays.py",
    "time_limit.py",
    "concepts",
    "count.py",
    "datasets.py",
    "errors",
    "figures",
    "held.py",
    "stand_in.py",
    "unset_memory.py",
    "networks",
    "observe.py",
    "oracle.py",
)
_SIDE = Path(__file__).parents[1] / "student_side"
_IGNORED = shutil.ignore_patterns("__pycache__", "stub.py")


def build_side(folder: Path) -> Path:
    """Make the folder once per run; everything in it is readable by everyone.

    Parameters
    ----------
    folder : Path
        An empty folder.
    """
    shutil.copytree(_SIDE, folder / "student_side", ignore=_IGNORED)
    package = folder / "autograder"
    package.mkdir()
    shutil.copy(_SIDE / "stub.py", package / "__init__.py")
    source = Path(autograder.__file__).parent
    for name in STUDENT_FACING:
        if (source / name).is_dir():
            shutil.copytree(source / name, package / name, ignore=_IGNORED)
        elif (source / name).exists():
            shutil.copy(source / name, package / name)
    _copy_font_list(folder / "matplotlib")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def _copy_font_list(folder: Path) -> None:
    """Take matplotlib's list of fonts along: to search them anew takes a second."""
    import matplotlib.font_manager

    folder.mkdir()
    cached = Path(matplotlib.get_cachedir())
    for path in cached.glob(f"fontlist-v{matplotlib.font_manager.FontManager.__version__}.json"):
        shutil.copy(path, folder)
