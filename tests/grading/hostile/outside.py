# ruff: noqa: E501  (a trick reads best on one line)
"""Writing outside, and leaving something behind for whoever is graded next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .case import Case, trick


def _link(name: str, target: str) -> Any:
    def folder(path: Path) -> None:
        (path / name).unlink(missing_ok=True)
        (path / name).symlink_to(target)

    return folder


def _pipe(name: str) -> Any:
    def folder(path: Path) -> None:
        (path / name).unlink(missing_ok=True)
        os.mkfifo(path / name)

    return folder


_PLACES = (
    "import os\n"
    "places = ['/', '/usr', '/usr/lib', '/side', '/side/autograder', os.path.dirname(os.__file__),\n"
    "          '/work', '/root', '/home', '/etc', '..', '../..', '/proc/sys/kernel', '/sys',\n"
    "          os.path.dirname(__import__('numpy').__file__), '/dev', '/run', '/var/tmp']\n"
    "for p in places:\n"
    "    try:\n        open(os.path.join(p, 'left-behind'), 'w').write('x')\n"
    "        print('WROTE' if os.path.realpath(p) != '/tmp' else 'own', os.path.realpath(p))\n    except OSError:\n        pass\n"
)

CASES: list[Case] = [
    trick("write everywhere", _PLACES),
    trick(
        "a start-up file",
        "import os\nfor f in ('.ipython/profile_default/startup/x.py', '.bashrc', 'sitecustomize.py'):\n"
        "    try:\n        p = os.path.join(os.path.expanduser('~'), f)\n"
        "        os.makedirs(os.path.dirname(p), exist_ok=True)\n"
        "        open(p, 'w').write(\"print('LEFT BEHIND')\")\n    except OSError:\n        pass",
    ),
    trick(
        "files in /tmp for the next one",
        "import os\nprint('tmp holds', sorted(os.listdir('/tmp')), sorted(os.listdir('/dev/shm')))\n"
        "open('/tmp/left-behind', 'w').write('x')\nos.makedirs('/tmp/a/b')\nos.chmod('/tmp/a', 0)\n"
        "open('/dev/shm/left-behind', 'w').write('x')",
    ),
    trick(
        "what the one before has left",
        "import os\nprint('tmp holds', sorted(os.listdir('/tmp')), sorted(os.listdir('/dev/shm')))\n"
        "print('others', [p for p in os.listdir('/proc') if p.isdigit()])",
    ),
    trick(
        "System V shared memory",
        "import ctypes\nlibc = ctypes.CDLL(None)\nprint('shm', libc.shmget(31337, 4096, 0o1666))",
    ),
    trick(
        "a very deep folder",
        "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')",
    ),
    trick(
        "patching the worker for the next one",
        "import student_side.zygote as z, student_side.session as s, os\n"
        "z._clean = lambda: True\ns.Session._get = lambda self, n: {'kind': 'data', 'value': 1}",
        points={"square__keeps_its_input": 0.0},
    ),
    Case(
        "the notebook is a link",
        folder=_link("work.ipynb", "../../good/tiny/work.ipynb"),
        points={"square__keeps_its_input": 0.0},
        shows=("symbolic link",),
    ),
    Case(
        "the notebook is a pipe",
        folder=_pipe("work.ipynb"),
        points={"square__keeps_its_input": 0.0},
        shows=("symbolic link, or not a regular file",),
    ),
    Case(
        "a link to the gradebook",
        folder=_link("data.csv", "../../../gradebook.db"),
        first="import os\nprint('files', sorted(os.listdir('.')))",
        shows=("files ['numbers.csv']",),
    ),
    Case(
        "a link to a folder",
        folder=_link("more", "../../../source"),
        first="import os\nprint('files', sorted(os.listdir('.')))",
        shows=("files ['numbers.csv']",),
    ),
    Case("a link to an endless device", folder=_link("zero.bin", "/dev/zero")),
    Case("a pipe among the files", folder=_pipe("numbers.csv")),
    Case(
        "a link in place of a given file",
        folder=_link("numbers.csv", "/etc/passwd"),
        first="print('given', open('numbers.csv').read())",
        shows=("given 1,2,3",),
    ),
    Case("the time of handing in is a pipe", folder=_pipe("timestamp.txt")),
    Case(
        "the time of handing in is noise",
        folder=lambda p: (p / "timestamp.txt").write_bytes(b"\\xff\\x00 never") and None,
    ),
]
