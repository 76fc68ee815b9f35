"""Exits, signals, threads, child processes, descriptors: nothing may outlive or stop the run."""

from .case import Case, trick

_SQUARE = "def square(x):\n    {}\n    return x"
# `square` dies when it is called; the other answers keep what they earn
_DEAD = {"square__keeps_its_input": 0.0}
_RIGHT_BUT_SQUARE = {"square__value": 0.0, "square__keeps_its_input": 0.0}

CASES: list[Case] = [
    trick("os._exit in a cell", "import os\nos._exit(0)", shows=("process ended",)),
    trick("sys.exit in a cell", "import sys\nsys.exit()"),
    trick("exit()", "exit()"),
    trick("a fatal signal to oneself", "import os\nos.kill(os.getpid(), 11)"),
    trick("kill everything", "import os\nos.kill(-1, 9)", shows=("PermissionError",)),
    trick(
        "kill or stop the first processes",
        "import fcntl, os\nfirst = os.getppid()\nfor p in (1, 2, first, -1, -first):\n"
        "    for n in (9, 19):\n        try:\n            os.kill(p, n)\n"
        "            print('SENT', p)\n        except OSError as e:\n            print(e)\n"
        "try:\n    fcntl.fcntl(0, fcntl.F_SETOWN, first)\n    print('SENT')\n"
        "except OSError:\n    print('refused all')",
        shows=("refused all",),
    ),
    trick("a segmentation fault", "import ctypes\nctypes.string_at(0)", shows=("process",)),
    trick("SystemExit raised", "raise SystemExit"),
    trick("KeyboardInterrupt raised", "raise KeyboardInterrupt"),
    trick("GeneratorExit raised", "raise GeneratorExit"),
    Case(
        "os._exit in an answer",
        right=True,
        answers={"square": _SQUARE.format("import os; os._exit(0)")},
        points=_RIGHT_BUT_SQUARE,
        shows=("process ended",),
    ),
    Case(
        "sys.exit in an answer",
        right=True,
        answers={"square": _SQUARE.format("raise SystemExit(0)")},
        points=_RIGHT_BUT_SQUARE,
        shows=("SystemExit",),
    ),
    Case(
        "an answer kills all processes",
        right=True,
        answers={"square": _SQUARE.format("import os; os.kill(-1, 9)")},
        points=_RIGHT_BUT_SQUARE,
        shows=("PermissionError",),
    ),
    Case(
        "an answer ends or stops its ancestors, its group and itself",
        right=True,
        answers={
            "square": "def square(x):\n    import os\n"
            "    for p in (os.getppid(), -os.getppid(), os.getpgid(os.getppid()), -1, 1, 2):\n"
            "        for n in (19, 9):\n            try:\n                os.kill(p, n)\n"
            "            except OSError:\n                pass\n    os.kill(0, 9)"
        },
        points=_RIGHT_BUT_SQUARE,
        shows=("ended during the call",),
    ),
    Case(
        "an answer leaves no room for another process",
        right=True,
        answers={
            "square": "def square(x):\n    import os, time\n    while True:\n        try:\n"
            "            child = os.fork()\n        except OSError:\n            os._exit(1)\n"
            "        if not child:\n            os.closerange(0, 256)\n"
            "            time.sleep(1000)"
        },
        points=_RIGHT_BUT_SQUARE,
        shows=("ended during the call",),
    ),
    trick(
        "a thread that acts later",
        "import threading, time, numpy as np\n"
        "def later():\n    while True:\n        time.sleep(0.01)\n"
        "        np.allclose = np.array_equal = lambda *a, **k: True\n"
        "threading.Thread(target=later, daemon=True).start()",
    ),
    trick(
        "a timer signal",
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)",
    ),
    trick(
        "atexit",
        "import atexit, os\natexit.register(lambda: os.write(1, b'3.0'))",
    ),
    trick(
        "a detached child",
        "import os, time\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        while True:\n            time.sleep(0.1)\n    os._exit(0)",
    ),
    trick(
        "a fork bomb",
        "import os\n"
        "for _ in range(500):\n    try:\n        if os.fork() == 0:\n"
        "            while True:\n                pass\n    except OSError:\n        break",
        # the copies that answer the tests cannot be made any more, or there is room: both is fine
        points={"square__keeps_its_input": None},
    ),
    trick(
        "five hundred threads",
        "import threading, time\n"
        "try:\n    for _ in range(500):\n"
        "        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "except RuntimeError as e:\n    print(e)",
        points={"square__keeps_its_input": None},
    ),
    trick(
        "closing every descriptor",
        "import os\nos.closerange(0, 256)",
        shows=("process",),
    ),
    trick(
        "writing into every descriptor",
        "import os\nfor fd in range(256):\n    try:\n        os.write(fd, b'\\x00' * 64)\n"
        "    except OSError:\n        pass",
        shows=("process",),
    ),
    trick(
        "a forged frame on every descriptor",
        "import os, json, struct\n"
        "head = json.dumps(['d', None, [['outputs', ['l', None, [3.0]]]]]).encode()\n"
        "body = struct.pack('>I', len(head)) + head\n"
        "frame = struct.pack('>I', len(body)) + body\n"
        "for fd in range(256):\n    try:\n        os.write(fd, frame)\n"
        "    except OSError:\n        pass",
        points={"square__keeps_its_input": None},
    ),
    trick(
        "an endless frame",
        "import os, struct, socket\n"
        "for fd in range(3, 256):\n    try:\n        s = socket.socket(fileno=os.dup(fd))\n"
        "        s.sendall(struct.pack('>I', 1 << 31))\n    except OSError:\n        pass",
        shows=("process",),
    ),
    Case(
        "an answer closes the channel",
        right=True,
        answers={"square": _SQUARE.format("import os; os.closerange(3, 256)")},
        points=_RIGHT_BUT_SQUARE,
    ),
    Case(
        "an answer writes into the channel",
        right=True,
        answers={
            "square": "def square(x):\n    import os\n    for fd in range(3, 256):\n"
            "        try:\n            os.write(fd, b'\\x00\\x00\\x00\\x05\\x00\\x00\\x00\\x01[')\n"
            "        except OSError:\n            pass\n    return x * x"
        },
        points=_RIGHT_BUT_SQUARE,
    ),
    Case(
        "an answer forks and both return",
        answers={"square": "def square(x):\n    import os\n    os.fork()\n    return x"},
    ),
    Case(
        "raising the limits",
        first="import resource\nfor r in (resource.RLIMIT_AS, resource.RLIMIT_NPROC):\n"
        "    was = resource.getrlimit(r)\n    resource.setrlimit(r, (-1, -1))\n"
        "    print('limit stays' if resource.getrlimit(r) == was else 'RAISED')",
        shows=("limit stays",),
    ),
    trick(
        "becoming root",
        "import os\nfor f in (os.setuid, os.setgid):\n"
        "    try:\n        f(0)\n        print('ROOT')\n"
        "    except OSError as e:\n        print('refused', e)\nprint(os.getuid() != 0)",
        shows=("refused",),
    ),
    trick(
        "mounting",
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "print('mount', libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))",
        shows=("mount -1",),
    ),
    trick(
        "namespaces of one's own",
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "print('unshare', libc.unshare(0x10000000), libc.unshare(0x20000))",
        shows=("unshare -1 -1",),
    ),
]
