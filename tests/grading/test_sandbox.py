"""The sandbox from inside: what a notebook can see, reach and leave behind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.calls import StudentError
from autograder.grading.processes import Died, Moment, Notebook, Session
from autograder.grading.sandbox import Sandbox


@pytest.fixture
def notebook(sandbox: Sandbox) -> Iterator[Notebook]:
    made = sandbox.open({"data/numbers.txt": b"1 2 3"})
    yield made
    made.close()
    sandbox.clean()


def printed(notebook: Notebook, source: str) -> str:
    """Run a cell and return what it prints; an exception counts as printed."""
    found = []
    for output in notebook.run(source, 5):
        found.append(output.get("text") or output.get("evalue") or str(output.get("data")))
    return "".join(found)


@pytest.fixture
def moments() -> Iterator[list[Moment]]:
    made: list[Moment] = []
    yield made
    for moment in made:
        moment.close()


@pytest.fixture
def session(notebook: Notebook, moments: list[Moment]) -> Any:
    """Return a function that makes a live session of the notebook as it stands."""

    def make() -> Session:
        moments.append(Moment(notebook.copy()))
        return moments[-1].session(float("inf"))

    return make


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("print(open('data/numbers.txt').read())", "1 2 3"),
        ("import os; print(sorted(os.environ))", "HOME"),
        ("import os; print('SECRET' in os.environ)", "False"),
        ("import os; print(os.listdir('/home') if os.path.exists('/home') else 'none')", "none"),
        ("import os; print(len([p for p in os.listdir('/proc') if p.isdigit()]) < 5)", "True"),
        ("import socket; print([n for _, n in socket.if_nameindex()])", "['lo']"),
        ("open('/usr/x', 'w')", "Read-only file system"),
        ("import numpy as np; np.ones(1 << 40)", "allocate"),
        ("1 + 1", "2"),
        ("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);", "image/png"),
        ("!echo $((6 * 7))", "42"),
        ("get_ipython().__class__.__name__", "Shell"),
        ("from autograder.networks import mlp_graph; print('imported')", "imported"),
        ("import autograder.suite", "No module named"),
        ("import autograder.grading", "No module named 'autograder.grading'"),
    ],
)
def test_what_a_cell_sees(
    notebook: Notebook, source: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "1")
    assert expected in printed(notebook, source)


def test_nothing_passes_from_one_submission_to_the_next(sandbox: Sandbox) -> None:
    first = sandbox.open({})
    first.run("x = 1\nimport os, numpy as np\nnp.left = 1\nopen('/tmp/left', 'w').close()", 5)
    first.close()
    sandbox.clean()
    second = sandbox.open({})
    told = printed(
        second,
        "import os, numpy as np\n"
        "print('x' in globals(), hasattr(np, 'left'), sorted(os.listdir('/tmp')))",
    )
    second.close()
    sandbox.clean()
    # this very environment may lie below /tmp; it is there read-only
    mounted = [Path(sys.prefix).parts[2]] if sys.prefix.startswith("/tmp/") else []
    assert told == f"False False {sorted(['home', 'work', *mounted])}\n"


def test_names_stay_from_cell_to_cell_and_in_copies(notebook: Notebook, session: Any) -> None:
    notebook.run("k = 3\ndef times(x):\n    return k * x", 5)
    early = session()
    notebook.run("k = 4", 5)
    late = session()
    assert early.call("times", (2,)).value == 6
    assert late.call("times", (2,)).value == 8


def test_a_cache_comes_back_as_the_students_own_object(notebook: Notebook, session: Any) -> None:
    notebook.run(
        "made = []\n"
        "def forward(x):\n    cache = [x, object()]\n    made.append(cache)\n    return x, cache\n"
        "def same(cache):\n    return any(cache is m for m in made)",
        5,
    )
    live = session()
    _, cache = live.call("forward", (np.ones(2),)).value
    assert live.call("same", (cache,)).value is True
    assert live.call("same", ([cache[0], cache[1]],)).value is False


def test_changes_counts_and_shared_memory_are_told(notebook: Notebook, session: Any) -> None:
    notebook.run(
        "def helper():\n    pass\ndef f(x, y):\n    x += 1\n    helper()\n    return y.T",
        5,
    )
    seen = session().call("f", (np.ones(2), np.ones((2, 2))), ("helper",))
    assert seen.changed == ("0",)
    assert seen.counts == {"helper": 1}
    assert seen.shared == (("", "1"),)


def test_the_grader_keeps_its_own_arrays(notebook: Notebook, session: Any) -> None:
    notebook.run("def f(x):\n    x[:] = 0\n    return x", 5)
    mine = np.ones(3)
    session().call("f", (mine,))
    assert mine.tolist() == [1, 1, 1]


def test_an_exception_tells_the_students_line(notebook: Notebook, session: Any) -> None:
    notebook.run("def f(x):\n    y = x + 1\n    return y / 0", 5)
    with pytest.raises(StudentError) as caught:
        session().call("f", (1,))
    assert caught.value.kind == "ZeroDivisionError"
    assert caught.value.where == "line 3, in f: return y / 0"


def test_a_dead_session_says_so_and_the_next_one_lives(notebook: Notebook) -> None:
    notebook.run("import os\ndef f():\n    os._exit(0)\ndef g():\n    return 1", 5)
    moment = Moment(notebook.copy())
    with pytest.raises(StudentError, match="process ended"):
        moment.session(float("inf")).call("f", ())
    assert moment.session(float("inf")).call("g", ()).value == 1
    moment.close()


def test_a_dead_notebook_says_so(notebook: Notebook) -> None:
    with pytest.raises(Died, match="process ended"):
        notebook.run("import os\nos._exit(0)", 5)
    with pytest.raises(Died):
        notebook.copy()


def test_memory_of_all_processes_together_is_bounded(notebook: Notebook) -> None:
    source = (
        "import os, time\nfor _ in range(12):\n    if os.fork() == 0:\n"
        "        x = bytearray(150 << 20)\n        time.sleep(9)\ntime.sleep(9)"
    )
    with pytest.raises(Died, match="too much memory"):
        notebook.run(source, 6)
