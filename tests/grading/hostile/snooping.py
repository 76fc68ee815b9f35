"""Looking for what is hidden: tests, expected values, other submissions, the gradebook.

Each prints what it finds; `test_hostile` looks for the secret words in what was printed.
"""

from .case import Case, trick

_EVERYWHERE = """
import os
found = []
for top in ('/dev', '/etc', '/home', '/mnt', '/root', '/run', '/side', '/tmp', '/var', '/work'):
    for folder, below, files in os.walk(top):
        below[:] = [name for name in below if name != 'lib']
        for name in files:
            if name.endswith(('.ipynb', '.db', 'nbgrader_config.py')) or 'hidden' in name:
                found.append(os.path.join(folder, name))
print('FOUND', found)
"""

CASES: list[Case] = [
    trick("walk the file system", _EVERYWHERE, shows=("FOUND []",)),
    trick(
        "read the course folder",
        "import os\nfor p in ('..', '../..', '../../../source', '/proc/1/cwd', '/proc/1/root'):\n"
        "    try:\n        print(p, os.listdir(p))\n"
        "    except OSError as e:\n        print(p, type(e).__name__)",
    ),
    trick(
        "read the memory of the parent",
        "import os\nfor pid in (1, 2, os.getppid()):\n"
        "    try:\n        open(f'/proc/{pid}/mem', 'rb').read(1)\n        print('READ', pid)\n"
        "    except OSError as e:\n        print('refused', type(e).__name__)",
        shows=("refused",),
    ),
    trick(
        "the environment of every process",
        "import glob\nfor p in glob.glob('/proc/[0-9]*/environ'):\n"
        "    try:\n        print(open(p).read())\n    except OSError:\n        pass",
    ),
    trick(
        "frames and the garbage collector",
        "import gc, sys\nf = sys._getframe()\nseen = []\n"
        "while f:\n    seen += [k for k in f.f_locals]\n    f = f.f_back\n"
        "print(seen)\nprint([o for o in gc.get_objects() if type(o) is str and 'SECRET' in o])\n"
        "print([k for k in gc.get_objects() if type(k) is dict and 'expected' in k][:3])",
    ),
    trick(
        "the history of the shell",
        "print(list(get_ipython().history_manager.input_hist_parsed), In, Out)",
        last="print(In)\n%history",
    ),
    trick(
        "import the grader's own parts",
        "import importlib\n"
        "for n in ('suite', 'checks', 'diagnosis', 'instances', 'compare', 'grading', 'verdict',\n"
        "          'authoring', 'evaluate', 'problem'):\n"
        "    try:\n        importlib.import_module('autograder.' + n)\n        print('GOT', n)\n"
        "    except ImportError:\n        print('nothing called', n)",
        shows=("nothing called suite", "nothing called grading", "nothing called checks"),
    ),
    Case(
        "arguments are kept and printed later",
        answers={
            "square": "seen = []\n\n\ndef square(x):\n    seen.append(x)\n"
            "    open('/tmp/seen', 'a').write(str(x))\n    return x"
        },
        last="import os\nprint('SEEN', seen, os.path.exists('/tmp/seen'))",
        shows=("SEEN [] False",),
    ),
    Case(
        "the caller's frame when called",
        answers={
            "square": "def square(x):\n    import sys\n    f = sys._getframe()\n    names = []\n"
            "    while f:\n        names += list(f.f_locals)\n        f = f.f_back\n"
            "    raise ValueError(' '.join(names)[:300])"
        },
        points={"square__keeps_its_input": 0.0},
    ),
    Case(
        "answers remembered from an earlier call",
        answers={
            "square": "memory = {}\n\n\ndef square(x):\n    memory[x.tobytes()] = x\n"
            "    return memory.get(x.tobytes(), x)"
        },
    ),
    Case(
        "descriptors that were left open",
        first="import os\nfor fd in range(3, 64):\n    try:\n        print(fd, "
        "os.readlink(f'/proc/self/fd/{fd}'))\n    except OSError:\n        pass",
    ),
    trick(
        "the network",
        "import socket\nfor host in ('127.0.0.1', '10.0.0.1', '8.8.8.8'):\n"
        "    try:\n        socket.create_connection((host, 53), timeout=1)\n"
        "        print('CONNECTED')\n    except OSError as e:\n        print('no network', e)\n"
        "print([n for _, n in socket.if_nameindex()])",
        shows=("no network",),
    ),
    trick(
        "an abstract socket of another process",
        "import socket\ns = socket.socket(socket.AF_UNIX)\n"
        "print(open('/proc/net/unix').read().count('@'), 'abstract sockets')",
        shows=("0 abstract sockets",),
    ),
]
