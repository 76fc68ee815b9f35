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

import pytest

from autograder.grading.sandbox.strength import _unreachable

from .course import ASSIGNMENT, FULL, graded, hand_in, submission
from .test_hostile import WRONG

ROOT = Path(__file__).resolve().parents[2]
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
NAMES = {
    "bubblewrap": "bubblewrap (user namespace)",
    "bubblewrap of the wheel": "bubblewrap (user namespace)",
    "landlock": "Landlock and seccomp",
    "none": "none",
}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that an ordinary user can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="ordinary-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def user(place: Path) -> list[str]:
    """The beginning of a command that runs Python as an ordinary user."""
    if os.getuid() != 0:
        return [sys.executable]
    python = sys.executable if _unreachable() is None else _environment(place / "venv")
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return ["setpriv", *ids, "--inh-caps=-all", "--bounding-set=-all", str(python)]


def _environment(folder: Path) -> Path:
    """Make an environment of the system's Python with the packages of this one."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = Path("/usr/bin", version)
    if not base.exists():
        pytest.skip(f"this Python lies below a folder of root's, and there is no {base}")
    words = [str(base), "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    ours, theirs = (Path(p, "lib", version, "site-packages") for p in (sys.prefix, folder))
    shutil.rmtree(theirs)
    shutil.copytree(ours, theirs, copy_function=_link, symlinks=True)
    sandlock = importlib.util.find_spec("sandlock")
    if sandlock is not None and sandlock.origin and not (theirs / "sandlock").exists():
        shutil.copytree(Path(sandlock.origin).parent, theirs / "sandlock")
    return folder / "bin" / "python"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


@pytest.fixture
def class_(blank: Path, place: Path) -> Iterator[Path]:
    """A right one, a wrong one, and one that looks around."""
    root = place / "course"
    shutil.copytree(blank, root)
    hand_in(root, "right", submission(root))
    hand_in(root, "wrong", submission(root, WRONG))
    yield root
    shutil.rmtree(root)


def _spy(root: Path, port: int, pid: int) -> None:
    paths = [root / "gradebook.db", root / "source", root / "submitted" / "right", root]
    paths += [ROOT / "autograder" / "suite.py", Path.home(), Path("/proc", str(pid), "environ")]
    data = submission(root)
    code = SPY.format(paths=list(map(str, paths)), port=port, pid=pid)
    cell: dict[str, Any] = {"cell_type": "code", "id": "spy", "metadata": {}, "source": code}
    data["cells"].insert(0, cell | {"outputs": [], "execution_count": None})
    hand_in(root, "spy", data)


def _grade(user: list[str], root: Path, isolation: str, *more: str) -> Any:
    """Grade by the command line, the whole course being this user's."""
    for path in [root, *root.rglob("*")]:
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    return subprocess.run(
        [*user, "-m", "autograder", "grade", ASSIGNMENT, "--no-feedback", *more],
        cwd=root,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(root),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "AUTOGRADER_ISOLATION": isolation,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _needs(isolation: str, user: list[str]) -> None:
    if isolation == "landlock" and importlib.util.find_spec("sandlock") is None:
        pytest.skip("the package sandlock is not installed")
    if isolation == "bubblewrap":
        words = [*user[:-1], "bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"]
        if shutil.which("bwrap") is None or subprocess.run(words, check=False).returncode:
            pytest.skip("bubblewrap does not work for ordinary users here")


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
