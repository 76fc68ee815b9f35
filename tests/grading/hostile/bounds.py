# ruff: noqa: E501  (a trick reads best on one line)
"""Bounded memory, disk, output and time."""

from .case import Case, trick

_RIGHT_BUT_SQUARE = {"square__value": 0.0, "square__keeps_its_input": 0.0}


def _square(body: str) -> dict[str, str]:
    return {"square": f"def square(x):\n    {body}\n    return x * x"}


CASES: list[Case] = [
    trick("a huge array", "import numpy as np\nx = np.ones(1 << 36)", shows=("MemoryError",)),
    trick(
        "memory piece by piece",
        "x = []\nwhile True:\n    x.append(bytearray(1 << 24))",
        # the memory stays taken: a copy of the process may have no room to answer
        points={"square__keeps_its_input": None},
        shows=("MemoryError",),
    ),
    trick(
        "memory by many processes",
        "import os, time\nfor _ in range(20):\n    if os.fork() == 0:\n"
        "        x = bytearray(200 << 20)\n        time.sleep(9)\n        os._exit(0)\ntime.sleep(1)",
        points={"square__keeps_its_input": None},
    ),
    trick(
        "the disk",
        "try:\n    for i in range(99):\n"
        "        open(f'/tmp/{i}', 'wb').write(bytes(32 << 20))\n"
        "except OSError as e:\n    print('disk', e)",
        shows=("disk",),
    ),
    trick(
        "a large file",
        "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    open('/tmp/x', 'wb').truncate(1 << 40)\nexcept OSError as e:\n    print('file', e)",
        shows=("file",),
    ),
    trick(
        "memory that belongs to no process",
        "import ctypes, mmap, os\nlibc = ctypes.CDLL(None)\n"
        "def zero():\n    mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 20)\n"
        "def shm():\n    assert libc.shmget(0, 1 << 20, 0o1666) < 0\n    raise OSError\n"
        "ways = (lambda: os.memfd_create('x'), lambda: mmap.mmap(-1, 1 << 20), zero, shm)\n"
        "for way in ways:\n    try:\n        way()\n        print('TAKEN')\n"
        "    except OSError:\n        print('refused', ways.index(way))",
        shows=("refused 0", "refused 1", "refused 2", "refused 3"),
    ),
    trick("a cell of 5 MB", "x = 0\n" + "#" * 5_000_000, shows=("too long to be run",)),
    trick("shared memory", "open('/dev/shm/x', 'wb').write(bytes(60 << 20))"),
    trick("200 MB printed", "print('x' * (200 << 20))", shows=("output cut",)),
    trick("a million lines", "for i in range(1_000_000):\n    print(i)", shows=("output cut",)),
    trick(
        "a thousand pictures",
        "from IPython.display import Image, display\n"
        "for _ in range(1000):\n    display(Image(data=bytes(100_000), format='png'))",
    ),
    trick(
        "an enormous result",
        "class R:\n    def __repr__(self):\n        return 'x' * (300 << 20)\nR()",
    ),
    trick("an endless cell", "while True:\n    pass", shows=("ran longer than",)),
    trick(
        "an endless cell that catches",
        "while True:\n    try:\n        while True:\n"
        "            pass\n    except BaseException:\n        pass",
        shows=("did not stop",),
    ),
    trick("endless sleep", "import time\ntime.sleep(10 ** 6)", shows=("ran longer than",)),
    trick("endless C code", "sum(range(10 ** 12))", shows=("did not stop at its time limit",)),
    trick("waiting for a pipe", "import os\nos.mkfifo('p')\nopen('p').read()"),
    trick("waiting for input", "input('name? ')", shows=("nobody is there to answer",)),
    trick("reading standard input", "import sys\nprint(repr(sys.stdin.read()))"),
    Case(
        "an endless answer",
        right=True,
        answers=_square("while True: pass"),
        points=_RIGHT_BUT_SQUARE,
        shows=("took longer than the time limit", "while True: pass"),
    ),
    Case(
        "an endless answer that catches",
        right=True,
        answers={
            "square": "def square(x):\n    while True:\n        try:\n            while True:\n"
            "                pass\n        except BaseException:\n            pass"
        },
        points=_RIGHT_BUT_SQUARE,
        shows=("did not answer in time",),
    ),
    Case(
        "an answer without end in memory",
        right=True,
        answers=_square("y = [bytearray(1 << 24) for _ in range(10 ** 9)]"),
        points=_RIGHT_BUT_SQUARE,
        shows=("MemoryError",),
    ),
    Case(
        "an answer too deep",
        right=True,
        answers={"square": "def square(x):\n    return square(x)"},
        points=_RIGHT_BUT_SQUARE,
        shows=("RecursionError",),
    ),
    Case(
        "a result too large",
        right=True,
        answers={"square": "def square(x):\n    return np.zeros(1 << 25)"},
        points=_RIGHT_BUT_SQUARE,
        shows=("too large",),
    ),
    Case(
        "a result too deep",
        right=True,
        answers={
            "square": "def square(x):\n    y = []\n    for _ in range(100):\n        y = [y]\n"
            "    return y"
        },
        points=_RIGHT_BUT_SQUARE,
        shows=("too deeply",),
    ),
    Case(
        "a result that contains itself",
        right=True,
        answers={"square": "def square(x):\n    y = []\n    y.append(y)\n    return y"},
        points=_RIGHT_BUT_SQUARE,
    ),
    Case(
        "a result with a million entries",
        right=True,
        answers={"square": "def square(x):\n    return list(range(10 ** 6))"},
        points=_RIGHT_BUT_SQUARE,
        shows=("too many",),
    ),
    Case(
        "an answer that writes its input",
        right=True,
        answers={"square": "def square(x):\n    x *= x\n    return x"},
        # as in an ordinary kernel, a hand-written test that goes on to use x finds it changed
        points={"square__value": 0.0, "square__keeps_its_input": 0.0},
        shows=("it changed x",),
    ),
]
