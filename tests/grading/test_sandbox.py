"""The sandbox from inside: what a notebook can see, reach and leave behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.moments import Copies
from autograder.grading.notebook.processes import Notebook, Session
from autograder.grading.sandbox import watch
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.student_side import notebook_process as student_notebook
from autograder.grading.student_side.limits import TimeLimit
from autograder.observe import StudentError


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
def session(notebook: Notebook) -> Iterator[Any]:
    """Return a function that makes a live session of the notebook as it stands."""
    made: list[Copies] = []

    def make() -> Session:
        made.append(Copies(notebook))
        return made[-1].moment(notebook.mark(), float("inf")).session

    yield make
    for copies in made:
        copies.close()


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


def test_a_time_limit_that_escapes_from_the_shell_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the alarm rings while IPython still writes down the first one."""

    def run_cell(shell: object, source: str) -> None:
        raise TimeLimit

    student_notebook.OUTPUTS.clear()  # of whatever ran in this process before
    monkeypatch.setattr(student_notebook, "run_cell", run_cell)
    (output,) = student_notebook._cell(None, "", 60, 3)["outputs"]
    assert output["evalue"] == "this cell ran longer than 3 seconds and was stopped"
    student_notebook.OUTPUTS.clear()


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


def test_a_test_sees_names_and_data_as_they_were_at_its_place(notebook: Notebook) -> None:
    notebook.run(
        "import numpy as np\n"
        "k, data, table = 3, np.zeros(2), {'rows': [1]}\n"
        "class Box:\n    size = 1\n"
        "box = Box()\nbox.filled = 0\n"
        "def times(x, calls=[]):\n    calls.append(x)\n    return k * x * len(calls)\n"
        "def state():\n"
        "    return [k, data.tolist(), table['rows'], Box.size, box.filled, hasattr(Box, 'lid')]",
        5,
    )
    early = notebook.mark()
    notebook.run(
        "k, Box.size, box.filled, Box.lid = 4, 2, 5, True\n"
        "data += 1\ntable['rows'].append(2)\ntable['more'] = 0\ntimes(1)",
        5,
    )
    late = notebook.mark()
    notebook.run("del times, state, table", 5)
    copies = Copies(notebook)
    for _ in range(2):  # there and back
        session = copies.moment(early, float("inf")).session
        assert session.call("state", ()).value == [3, [0.0, 0.0], [1], 1, 0, False]
        assert session.call("times", (2,)).value == 6
        session = copies.moment(late, float("inf")).session
        assert session.call("state", ()).value == [4, [1.0, 1.0], [1, 2], 2, 5, True]
        assert session.call("times", (2,)).value == 16
    copies.close()


def test_what_two_functions_share_they_share_after_a_return(notebook: Notebook) -> None:
    notebook.run(
        "kept = {}\n"
        "def forward(x, kept=kept):\n    kept['x'] = x\n    return x\n"
        "def backward():\n    return kept['x']",
        5,
    )
    early = notebook.mark()
    notebook.run("forward(7)", 5)
    copies = Copies(notebook)
    copies.moment(notebook.mark(), float("inf"))
    session = copies.moment(early, float("inf")).session
    with pytest.raises(StudentError, match="x"):
        session.call("backward", ())
    session.call("forward", (5,))
    assert session.call("backward", ()).value == 5
    copies.close()


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


def test_a_second_call_gets_the_arrays_that_the_first_one_changed(
    notebook: Notebook, session: Any
) -> None:
    notebook.run("def f(x):\n    x += 1\n    return x.copy()", 5)
    live = session()
    assert live.call("f", (np.ones(2),)).value.tolist() == [2, 2]
    assert live.call("f", (np.ones(2),), calls=2).value.tolist() == [3, 3]


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
    copies, mark = Copies(notebook), notebook.mark()
    with pytest.raises(StudentError, match="process ended"):
        copies.moment(mark, float("inf")).session.call("f", ())
    assert copies.moment(mark, float("inf")).session.call("g", ()).value == 1
    copies.close()


def test_a_dead_notebook_says_so(notebook: Notebook) -> None:
    with pytest.raises(Died, match="process ended"):
        notebook.run("import os\nos._exit(0)", 5)
    with pytest.raises(Died):
        notebook.copy()


def test_a_submission_does_not_lengthen_its_own_limits(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[float] = []
    monkeypatch.setattr(watch, "note_others", lambda running, seconds: noted.append(running))
    (told,) = notebook.run(
        "import os, time\npids = []\nfor _ in range(60):\n    pids.append(os.fork())\n"
        "    if pids[-1] == 0:\n        while True: pass\n"
        "time.sleep(1.2)\n"
        "nice = [os.getpriority(os.PRIO_PROCESS, pid) for pid in (0, *pids)]\n"
        "print(nice[0], min(nice[1:]))",
        20,  # to make so many takes time where much else runs
    )
    assert noted
    assert min(noted) < 30  # the machine may have other work
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert told["text"] == f"{own} 19\n"  # the crowd steps back, so that its notebook answers


def test_memory_of_all_processes_together_is_bounded(notebook: Notebook) -> None:
    source = (
        "import os, time\nfor _ in range(12):\n    if os.fork() == 0:\n"
        "        x = bytearray(150 << 20)\n        time.sleep(9)\ntime.sleep(9)"
    )
    with pytest.raises(Died, match="too much memory"):
        notebook.run(source, 6)
