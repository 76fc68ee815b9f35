"""Is everything there that the course needs?  Run it in a terminal, or in the first notebook.

It needs nothing but Python itself, an old one too, and changes nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
from pathlib import Path

with contextlib.suppress(ImportError):  # in Python 3.7, which is told below
    from importlib.metadata import PackageNotFoundError, version

HERE = Path(__file__).resolve().parent
OLDEST = (3, 11)
PACKAGE = "backpropagation-autograder"
UNPACK = "Unpack the hand-out anew, into an empty folder."


def in_notebook() -> bool:
    """Tell whether this runs in the kernel of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def how_to_install() -> str:
    """Say in words how the packages get into this Python."""
    if in_notebook():
        return (
            "Put '%pip install -r requirements.txt' into a cell, run it, and choose "
            "Kernel > Restart Kernel."
        )
    return f"In this folder: {sys.executable} -m pip install -r requirements.txt"


def look_at_python() -> str:
    """Is Python new enough?"""
    found, oldest = (".".join(map(str, v)) for v in (sys.version_info[:3], OLDEST))
    if sys.version_info[:2] < OLDEST:
        return (
            f"Python {found} is too old, {oldest} or newer is needed. Install one, and make the "
            "environment anew with it (START-HERE.html, Set up)."
        )
    return f"ok: Python {found}"


def look_at_kernel() -> str:
    """Which Python is this?  Packages in another one are no use to it."""
    where = "this notebook's kernel" if in_notebook() else "this Python"
    return f"ok: {where} is {sys.executable}"


def look_at_package(name: str, wanted: str) -> str:
    """Is a package there, in the version that was tried?"""
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"{name} is not installed. {how_to_install()}"
    other = "" if found == wanted else f" ({wanted} was tried; others mostly work too)"
    return f"ok: {name} {found}{other}"


def look_at_autograder() -> str:
    """Is the course's package there, is it the one of this folder, and does it start?"""
    wheels = sorted(HERE.glob("backpropagation_autograder-*.whl"))
    if len(wheels) != 1:
        return f"{len(wheels)} wheels of the course's package lie in {HERE}, not one. {UNPACK}"
    wanted = wheels[0].name.split("-")[1]
    try:
        found = version(PACKAGE)
    except PackageNotFoundError:
        return f"the course's package autograder is not installed. {how_to_install()}"
    if found != wanted:
        return (
            f"autograder {found} does not fit these notebooks, which were made for {wanted}. "
            f"{how_to_install()}"
        )
    try:
        importlib.import_module("autograder.suite")
    except Exception as error:  # whatever a broken installation raises
        told = f"autograder does not start: {type(error).__name__}: {error}. "
        mine = getattr(sys.modules.get("autograder"), "__file__", None) or ""
        if not mine or Path(mine).name == "__init__.py":
            return told + how_to_install()
        return f"{told}A file of yours is in its place: rename {mine}, then restart."
    return f"ok: autograder {found}, made for these notebooks"


def pins() -> list[tuple[str, str]]:
    """Return the packages that requirements.txt names, with their versions."""
    text = (HERE / "requirements.txt").read_text("utf-8")
    return re.findall(r"^([\w-]+)==(\S+)", text, re.M)


def findings() -> list[str]:
    """Return a line for each thing that was looked at; what is well begins with 'ok: '."""
    found = [look_at_python()]
    if not found[0].startswith("ok"):
        return found  # the other questions need a newer Python
    found.append(look_at_kernel())
    try:
        found += [look_at_package(name, wanted) for name, wanted in pins()]
    except FileNotFoundError:
        found.append(f"there is no requirements.txt in {HERE}. {UNPACK}")
    return [*found, look_at_autograder()]


def main() -> int:
    """Print what was found; return how many things are missing."""
    found = findings()
    for line in found:
        print(line if line.startswith("ok: ") else f"MISSING: {line}")
    missing = sum(not line.startswith("ok: ") for line in found)
    if missing:
        print("\nNot ready yet. Do what is said above, then run this again.")
    else:
        print("\nEverything is there. Next: the lesson of unit 00.")
    return missing


if __name__ == "__main__":
    missing = main()
    if not in_notebook():
        sys.exit(1 if missing else 0)
