"""A trial of the sandbox before a class is graded.

Where the sandbox starts but cannot import NumPy, draw a picture or answer a call, every student
would get zero for the grader's fault. So a notebook whose outcome is known is graded first, by the
very functions that grade students; unless all of it comes out right, nothing is graded.
"""

from __future__ import annotations

import platform
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

import autograder
from autograder.grading.assignment import Master, SourceCell
from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.grade import METADATA, grade_notebook
from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.sandbox import Sandbox, shared
from autograder.grading.sandbox.strength import NoIsolation, strength
from autograder.grading.sandbox.student_package import STUDENT_FACING

_FILE, _KEPT, _NOTHING = "given.txt", "kept", "nothing"
_NAMES = [f"autograder.{Path(name).stem}" for name in STUDENT_FACING]
_WRITE = f"""\
import os, tempfile
for folder in (".", os.path.expanduser("~"), tempfile.gettempdir()):
    with open(os.path.join(folder, "trial.txt"), "w") as file:
        file.write(open("{_FILE}").read())
    print(open(file.name).read())"""
_PICTURE = """\
%matplotlib inline
import matplotlib.pyplot as plt
plt.figure(figsize=(1, 1))
plt.plot([0, 1]);"""
_FUNCTIONS = """\
def trial_forward(A, W):
    return W @ A, (A, W)
def trial_backward(dZ, cache):
    A, W = cache
    return np.dot(W.T, dZ)"""
_TEST = """\
A, W = np.arange(6.0).reshape(3, 2), np.arange(12.0).reshape(4, 3)
Z, cache = trial_forward(A, W)
assert Z.tolist() == [[10, 13], [28, 40], [46, 67], [64, 94]], f"a product came back as {Z!r}"
dA = trial_backward(np.ones((4, 2)), cache)
assert dA.tolist() == [[18, 18], [22, 22], [26, 26]], f"a product came back as {dA!r}"
"""
#: A test that imports the package calls functions by name; any other uses them over a link.
_TESTS = {
    "trial": ("call the functions from a test", f"import autograder\n{_TEST}"),
    "trial_link": ("use the functions in a hand-written test", _TEST),
}
_REACH = """\
import os, socket
found = []
def attempt(what, act):
    try:
        act()
        found.append(what)
    except OSError:
        pass
for path in {paths}:
    attempt(path, lambda: open(path, "rb").read(1))
    attempt(path, lambda: os.listdir(path))
attempt("the network", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
print(", ".join(found) or "nothing")"""
_AGAIN = (
    "install the packages of requirements.txt and this one again, into an environment that every "
    "user may read"
)
_ROOM = "see that there are disk space, memory and processes left, and that the limits leave room"
_CLOSED = (
    "keep the course folder outside of /usr and of Python's environment; if that is so, this is a "
    "hole: do not grade on this machine"
)


class BrokenSandbox(NoIsolation):
    """The sandbox does not do here what grading needs; the message says what, and what to do."""


@dataclass(frozen=True)
class _Step:
    """One cell of the trial: what it tries, what it prints if all is well, what to do if not."""

    what: str
    source: str
    prints: str
    advice: str


@cache
def ready(limits: Limits, secret: Path) -> Sandbox:
    """Return the shared sandbox of this process, tried once.

    Parameters
    ----------
    secret : Path
        A folder of the grader's, that of the submissions: the sandbox must not see into it.

    Raises
    ------
    BrokenSandbox
        If anything came out otherwise than it must; the next call tries again.
    """
    sandbox = shared(limits)
    try_sandbox(sandbox, secret)
    return sandbox


def try_again(limits: Limits, secret: Path, died: bool, earned: bool) -> None:
    """Repeat the trial after a submission whose process died, or that earned nothing at all.

    That may be the student's doing, or that of a machine on which something broke meanwhile.
    """
    if not died and earned:
        return
    sandbox = shared(limits)
    try:
        try_sandbox(sandbox, secret)
    except BrokenSandbox:
        sandbox.stop()  # a fresh one tells the machine's fault from what a submission left behind
        try_sandbox(sandbox, secret)


def try_sandbox(sandbox: Sandbox, secret: Path) -> None:
    """Grade a notebook whose outcome is known; raise `BrokenSandbox` unless it comes out."""
    with _grader(secret) as (paths, port):
        steps = _steps(paths, port)
        nb = new_notebook(cells=[new_code_cell(step.source) for step in steps])
        for name, cell in zip(_TESTS, nb.cells[-len(_TESTS) :], strict=True):
            cell.metadata.nbgrader = _MASTER.cells[name].metadata
        try:
            grade_notebook(nb, _MASTER, {_FILE: _KEPT.encode()}, sandbox, strength())
        except Died as error:
            raise _broken("start a process", str(error), _ROOM) from error
    for step, cell in zip(steps, nb.cells, strict=True):
        came = _came(cell, step)
        if came:
            raise _broken(step.what, came, step.advice)


def _steps(paths: list[str], port: int) -> list[_Step]:
    steps = [
        _Step("import NumPy", "import numpy as np", "", _AGAIN),
        _Step("import what notebooks import", f"import {', '.join(_NAMES)}", "", _AGAIN),
        _Step("read and write files", _WRITE, f"{_KEPT}\n" * 3, _ROOM),
        _Step("draw a picture", _PICTURE, "image/png", _AGAIN),
        _Step("define functions", _FUNCTIONS, "", _AGAIN),
    ]
    if strength().isolates:
        reach = _REACH.format(paths=paths, port=port)
        steps.append(_Step("reach what is the grader's", reach, f"{_NOTHING}\n", _CLOSED))
    return [*steps, *(_Step(what, test, "", _AGAIN) for what, test in _TESTS.values())]


def _came(cell: Any, step: _Step) -> str:
    """What came of a cell; empty if it is what must come."""
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}"
    shown = "".join(
        "image/png" if "image/png" in output.get("data", {}) else str(output.get("text", ""))
        for output in cell.outputs
    )
    if shown != step.prints:
        return f"{shown.strip() or _NOTHING!r}, expected {step.prints.strip() or _NOTHING!r}"
    tried = cell.metadata.get(METADATA, {"status": "passed"})
    return "" if tried["status"] == "passed" else str(tried["message"])


def _broken(what: str, came: str, advice: str) -> BrokenSandbox:
    return BrokenSandbox(
        f"Nothing is graded, as the sandbox does not work on {platform.node()}. "
        f"Tried: {what}. Came back: {' '.join(came.split())[:1500]}. What to do: {advice}."
    )


@contextmanager
def _grader(secret: Path) -> Iterator[tuple[list[str], int]]:
    """What the sandbox must not reach: files of the grader's that all users may read, a port."""
    with (
        tempfile.NamedTemporaryFile(prefix="autograder-trial-") as file,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        Path(file.name).chmod(0o644)
        hidden = Path(autograder.__file__).with_name("suite.py")
        yield [file.name, str(hidden), str(secret.resolve())], server.getsockname()[1]


_META: dict[str, Any] = {"schema_version": 3, "grade": True, "solution": False}
_META |= {"locked": True, "task": False, "cell_type": "code", "points": 1}
_CELLS = {
    name: SourceCell(name, "code", test, {**_META, "grade_id": name})
    for name, (_, test) in _TESTS.items()
}
_MASTER = Master("trial", _CELLS)
