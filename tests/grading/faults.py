# ruff: noqa: E501  (a table: one row a line)
"""The fault corpus: what goes wrong for honest students, each with its score and message."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .course import FULL

NOTHING = dict.fromkeys(FULL, 0.0)
NO_SQUARE = {"square__value": 0.0, "square__keeps_its_input": 0.0}
NO_LAYER = {"layer__gradient": 0.0}
NO_TOTAL = {"total__partial": 0.0}
NO_ANSWERS = {"answers__right": 0.0}

Data = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """A submission with something wrong.

    Attributes
    ----------
    name : str
    answers : dict
        Answers that differ from the right ones.
    edit : callable, optional
        Changes the notebook's JSON.
    raw : callable, optional
        Makes the file's bytes from the notebook's JSON.
    folder : callable, optional
        Changes the submission's folder, and may return another one.
    points : dict
        Points that differ from full marks.
    says : tuple of str
        Words of the message: in the notebook, or in the row of the table.
    """

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    edit: Callable[[Data], Any] | None = None
    raw: Callable[[Data], bytes] | None = None
    folder: Callable[[Path], Any] | None = None
    points: dict[str, float] = field(default_factory=dict)
    says: tuple[str, ...] = ()


def _bytes(content: bytes) -> Callable[[Data], bytes]:
    return lambda data: content


def _text(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False)


def _named(data: Data, name: str) -> Data:
    cells = data["cells"]
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def _add(source: str, place: int = 10**6, kind: str = "code") -> Callable[[Data], Any]:
    cell: Data = {"cell_type": kind, "id": "added", "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return lambda data: data["cells"].insert(place, cell)


def _drop(*names: str) -> Callable[[Data], Any]:
    return lambda data: [data["cells"].remove(_named(data, name)) for name in names]


def _twice(name: str, source: str | None = None) -> Callable[[Data], Any]:
    def edit(data: Data) -> None:
        cell = _named(data, name)
        copy = json.loads(json.dumps(cell))
        copy["source"] = cell["source"] if source is None else source
        data["cells"].insert(data["cells"].index(cell) + 1, copy)

    return edit


def _split(name: str) -> Callable[[Data], Any]:
    """Split a cell as an editor does: both halves keep the metadata."""

    def edit(data: Data) -> None:
        cell = _named(data, name)
        first, second = cell["source"].split("\n\n\n")
        cell["source"] = first
        data["cells"].insert(data["cells"].index(cell) + 1, {**cell, "source": second})

    return edit


def _merge(data: Data) -> None:
    """Merge a test into the answer above it, as an editor does."""
    answer, test = _named(data, "square"), _named(data, "square__value")
    answer["source"] += "\n\n" + "".join(test["source"])
    data["cells"].remove(test)


def _move_up(name: str) -> Callable[[Data], Any]:
    def edit(data: Data) -> None:
        cell = _named(data, name)
        data["cells"].remove(cell)
        data["cells"].insert(1, cell)

    return edit


def _strip_metadata(data: Data) -> None:
    """Do what some editors do on export: drop all metadata."""
    for cell in data["cells"]:
        cell["metadata"] = {}


def _version_3(data: Data) -> bytes:
    cells = []
    for cell in data["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
        key = "input" if cell["cell_type"] == "code" else "source"
        cells.append(old | {key: cell["source"], "outputs": [], "language": "python"})
    return json.dumps(
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    ).encode()


def _rename(to: str) -> Callable[[Path], Any]:
    return lambda folder: (folder / "work.ipynb").rename(folder / to)


def _square(body: str) -> dict[str, str]:
    return {"square": f"def square(x):\n    {body}"}


FILES = [
    Fault("empty file", raw=_bytes(b""), points=NOTHING, says=("it is empty",)),
    Fault("not JSON", raw=_bytes(b"print(1)"), points=NOTHING, says=("not JSON",)),
    Fault("a list", raw=_bytes(b"[]"), points=NOTHING, says=("not a notebook",)),
    Fault("no cells", raw=_bytes(b"{}"), points=NOTHING, says=("no list of cells",)),
    Fault("cells that are none", raw=_bytes(b'{"cells": [1, null, {"cell_type": 3}, []]}'), points=NOTHING, says=("not well formed",)),
    Fault("truncated", raw=lambda d: _text(d).encode()[:-200], says=("breaks off in the middle",)),
    Fault("truncated in the first cell", raw=lambda d: _text(d).encode()[:30], points=NOTHING, says=("not JSON",)),
    Fault("a zip archive", raw=_bytes(b"PK\x03\x04" + bytes(200)), points=NOTHING, says=("not JSON",)),
    Fault("binary noise", raw=_bytes(bytes(range(256)) * 9), points=NOTHING, says=("not JSON",)),
    Fault("very deep JSON", raw=_bytes(b"[" * 200_000), points=NOTHING, says=("not JSON",)),
    Fault("a 60 MB file", raw=lambda d: b'{"x": "' + b"a" * (60 << 20) + b'", ' + _text(d).encode()[1:], points=NOTHING, says=("larger than",)),
    Fault("60 MB of outputs", edit=lambda d: _named(d, "imports").update(outputs=[{"output_type": "stream", "name": "stdout", "text": '\\"]' * (15 << 20)}])),
    Fault("a conflict marker of git", raw=lambda d: b"<<<<<<< HEAD\n" + _text(d).encode(), says=("a merge that was not finished",)),
    Fault("a byte order mark", raw=lambda d: b"\xef\xbb\xbf" + _text(d).encode()),
    Fault("UTF-16", raw=lambda d: _text(d).encode("utf-16"), says=("not UTF-8",)),
    Fault("Latin-1", answers=_square("return x ** 2  # caf\u00e9"), raw=lambda d: _text(d).encode("latin-1"), says=("not UTF-8",)),
    Fault("lone surrogates", edit=_add("print('\ud800')")),
    Fault("Windows line ends", raw=lambda d: json.dumps(d, indent=1).replace("\n", "\r\n").encode()),
    Fault("carriage returns in the source", edit=lambda d: _named(d, "square").update(source="def square(x):\r\n    return x ** 2")),
    Fault("nbformat 3", raw=_version_3, says=("old format",)),
    Fault("nbformat 5", edit=lambda d: d.update(nbformat=5)),
    Fault("nbformat as text", edit=lambda d: d.update(nbformat="4")),
    Fault("nbformat missing", edit=lambda d: d.pop("nbformat")),
    Fault("metadata missing", edit=lambda d: [c.pop("metadata") for c in d["cells"] if "nbgrader" not in c["metadata"]] and d.pop("metadata")),
    Fault("cell ids twice", edit=lambda d: [c.update(id="same") for c in d["cells"]]),
    Fault("cell ids missing", edit=lambda d: [c.pop("id", None) for c in d["cells"]]),
    Fault("source as lines", edit=lambda d: [c.update(source=c["source"].splitlines(True)) for c in d["cells"] if isinstance(c["source"], str)]),
    Fault("outputs missing", edit=lambda d: [c.pop("outputs", None) for c in d["cells"]]),
    Fault("unknown cell type", edit=_add("x", kind="chart"), says=("not well formed",)),
    Fault("an empty code cell", edit=_add("")),
]  # fmt: skip

FOLDERS = [
    Fault("renamed notebook", folder=_rename("work (1).ipynb"), says=("was taken for",)),
    Fault("renamed with odd letters", folder=_rename("Übung [final] 'v2'.ipynb"), says=("was taken for",)),
    Fault("capital letters", folder=_rename("WORK.IPYNB"), says=("was taken for",)),
    Fault("missing notebook", folder=lambda p: (p / "work.ipynb").unlink(), points=NOTHING, says=("there is no work.ipynb",)),
    Fault("two other notebooks", folder=lambda p: (shutil.copy(p / "work.ipynb", p / "b.ipynb"), _rename("a.ipynb")(p)), says=("'b.ipynb' was taken for 'work.ipynb'", "beside 'a.ipynb'")),
    Fault("a copy beside it", folder=lambda p: (p / "work-Copy1.ipynb").write_text("{")),
    Fault("a folder of that name", folder=lambda p: ((p / "work.ipynb").unlink(), (p / "work.ipynb").mkdir()), points=NOTHING, says=("not a regular file",)),
    Fault("checkpoints", folder=lambda p: ((p / ".ipynb_checkpoints").mkdir(), shutil.copy(p / "work.ipynb", p / ".ipynb_checkpoints" / "work-checkpoint.ipynb"))),
    Fault("data file deleted", folder=lambda p: (p / "numbers.csv").unlink(missing_ok=True), edit=_add("print(open('numbers.csv').read())"), says=("1,2,3",)),
    Fault("data file changed", folder=lambda p: (p / "numbers.csv").write_text("9"), edit=_add("print(open('numbers.csv').read())"), says=("1,2,3",)),
    Fault("own data file", folder=lambda p: ((p / "my data").mkdir(), (p / "my data" / "ä b.txt").write_text("mine")), edit=_add("print(open('my data/ä b.txt').read())"), says=("mine",)),
    Fault("own module", folder=lambda p: (p / "helper.py").write_text("two = 2"), answers={"square": "import helper\n\n\ndef square(x):\n    return x ** helper.two"}),
    Fault("unreadable data file", folder=lambda p: (p / "locked.txt").write_text("x") and os.chmod(p / "locked.txt", 0)),
    Fault("time of handing in", folder=lambda p: (p / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")),
    Fault("time that is none", folder=lambda p: (p / "timestamp.txt").write_text("yesterday")),
]  # fmt: skip

CELLS = [
    Fault("answer cell twice", edit=_twice("square"), says=("was there 2 times",)),
    Fault("answer cell twice, one empty", edit=_twice("square", "def square(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"), says=("was there 2 times",)),
    Fault("test cell twice", edit=_twice("square__value"), says=("was there 2 times",)),
    Fault("given cell twice", edit=_twice("imports"), says=("was there 2 times",)),
    Fault("answer cell split", edit=_split("layer"), says=("was there 2 times",)),
    Fault("test merged into the answer", edit=_merge, says=("was missing",)),
    Fault("test cell deleted", edit=_drop("layer__gradient"), says=("was missing",)),
    Fault("all test cells deleted", edit=_drop(*FULL), says=("5 cells were missing",)),
    Fault("given cell deleted", edit=_drop("imports"), says=("was missing",)),
    Fault("answer cell deleted", edit=_drop("square"), points=NO_SQUARE, says=("'square' was missing", "name 'square' is not defined")),
    Fault("answer in a cell of one's own", edit=lambda d: (_drop("square")(d), _add("def square(x):\n    return x * x", 2)(d))),
    Fault("text cell deleted", edit=_drop("words"), says=("was missing",)),
    Fault("test moved to the top", edit=_move_up("layer__gradient"), says=("had been moved",)),
    Fault("answer moved to the top", edit=_move_up("total"), says=("had been moved",)),
    Fault("test cell edited", edit=lambda d: _named(d, "square__value").update(source="# done")),
    Fault("given cell edited", edit=lambda d: _named(d, "imports").update(source="import numpy"), says=("was changed",)),
    Fault("answer became text", edit=lambda d: (_named(d, "square").update(cell_type="markdown"), _named(d, "square").pop("outputs")), says=("had become markdown",)),
    Fault("all metadata dropped", edit=_strip_metadata, says=("11 of 11 were recognised",)),
    Fault("odd schema_version", edit=lambda d: _named(d, "square")["metadata"]["nbgrader"].update(schema_version=4)),
]  # fmt: skip

ANSWERS = [
    Fault("syntax error", answers=_square("return x *"), points=NO_SQUARE, says=("SyntaxError", "name 'square' is not defined")),
    Fault("indentation error", answers={"square": "def square(x):\nreturn x"}, points=NO_SQUARE, says=("IndentationError",)),
    Fault("not written", answers=_square("raise NotImplementedError()"), points=NO_SQUARE, says=("NotImplementedError",)),
    Fault("left empty", answers={"square": ""}, points=NO_SQUARE, says=("name 'square' is not defined",)),
    Fault("wrong name", answers={"square": "def squared(x):\n    return x ** 2"}, points=NO_SQUARE, says=("name 'square' is not defined",)),
    Fault("no argument", answers={"square": "def square():\n    return 1"}, points=NO_SQUARE, says=("positional argument",)),
    Fault("not a function", answers={"square": "square = 3"}, points=NO_SQUARE, says=("not callable",)),
    Fault("returns nothing", answers=_square("x ** 2"), points={"square__value": 0.0}, says=("does not hold",)),
    Fault("returns a list", answers=_square("return [v * v for v in x]")),
    Fault("wrong shape", answers=_square("return (x ** 2)[:, None]"), points={"square__value": 0.0}),
    Fault("nan", answers=_square("return x * np.nan"), points={"square__value": 0.0}),
    Fault("an exception", answers=_square("return x[99]"), points=NO_SQUARE, says=("IndexError", "return x[99]")),
    Fault("one value for two", answers={"layer": "def layer_forward(A, W):\n    return W @ A\n\n\ndef layer_backward(dZ, cache):\n    return dZ, dZ"}, points=NO_LAYER, says=("unpack",)),
    Fault("an odd cache", answers={"layer": "class Cache:\n    pass\n\n\ndef layer_forward(A, W):\n    c = Cache()\n    c.A, c.W = A, W\n    return W @ A, c\n\n\ndef layer_backward(dZ, cache):\n    return cache.W.T @ dZ, dZ @ cache.A.T"}),
    Fault("a cache of functions", answers={"layer": "def layer_forward(A, W):\n    return W @ A, {'A': lambda: A, 'W': lambda: W}\n\n\ndef layer_backward(dZ, cache):\n    return cache['W']().T @ dZ, dZ @ cache['A']().T"}),
    Fault("a generator as cache", answers={"layer": "def layer_forward(A, W):\n    return W @ A, (v for v in (A, W))\n\n\ndef layer_backward(dZ, cache):\n    A, W = cache\n    return W.T @ dZ, dZ @ A.T"}),
    Fault("a matrix", answers=_square("return np.matrix(x).A1 ** 2")),
    Fault("half the partial credit", answers={"total": "def total(x):\n    return float(np.sum(x)) + (len(x) == 0)"}, points={"total__partial": 1.0}, says=("1 of 2 points",)),
    Fault("answers of the wrong type", answers={"answers": "answers = ['who', 3]"}, points=NO_ANSWERS),
    Fault("an own sum", edit=_add("sum = max = len = zip = 3", 2)),
    Fault("an own np", edit=_add("np_old = np\nimport numpy as numpy_two\nnp = numpy_two")),
    Fault("a scratch cell that fails", edit=_add("1 / 0", 3), says=("ZeroDivisionError",)),
    Fault("a scratch redefinition below", edit=_add("def square(x):\n    return 'scratch'")),
    Fault("warnings", answers=_square("import warnings, sys\n    warnings.warn('careful')\n    print('x', file=sys.stderr)\n    return x ** 2")),
    Fault("divide by zero", answers=_square("np.ones(2) / np.zeros(2)\n    return x ** 2")),
    Fault("prints", answers=_square("print(1.5)\n    return x ** 2")),
    Fault("input", edit=_add("name = input('Name? ')", 2), says=("nobody is there to answer",)),
    Fault("magics", edit=_add("%matplotlib inline\n%timeit -n1 -r1 1+1\n%cd .\n!echo shell", 2), says=("shell",)),
    Fault("an unknown magic", edit=_add("%no_such_magic", 2), says=("UsageError",)),
    Fault("pip install", edit=_add("!pip install something", 2)),
    Fault("a missing package", edit=_add("import torch_that_is_not_there", 2), says=("ModuleNotFoundError",)),
    Fault("a figure", edit=_add("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"), says=("image/png",)),
    Fault("a widget", edit=_add("from ipywidgets import interact\ninteract(lambda a: a, a=3)")),
    Fault("an await", edit=_add("import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')"), says=("awaited",)),
    Fault("a dead kernel", edit=_add("import os\nos._exit(1)", 5), says=("process ended",)),
    Fault("three dead kernels", edit=lambda d: [_add("import os\nos._exit(1)", n)(d) for n in (2, 5, 8)], says=("process ended",)),
    Fault("an endless loop", edit=_add("while True:\n    pass", 2), says=("ran longer than 3 seconds",)),
    Fault("an endless answer", answers={"total": "def total(x):\n    while True:\n        pass"}, points=NO_TOTAL, says=("took longer than the time limit",)),
    Fault("200 MB printed", edit=_add("print('x' * (200 << 20))", 2), says=("output cut",)),
    Fault("too much memory", edit=_add("x = bytearray(1 << 40)", 2), says=("MemoryError",)),
    Fault("the checks are called", edit=_add("from autograder import check\ncheck(square)", 4), says=("the grader runs its own checks",)),
]  # fmt: skip

FAULTS: dict[str, Fault] = {fault.name: fault for fault in [*FILES, *FOLDERS, *CELLS, *ANSWERS]}
