"""Odd, but honest: what the last cells of a notebook do must not cost the functions above."""

from .case import Case

_ODD = {
    "lowered limits": (
        "import resource\nfor r in ('NOFILE', 'NPROC', 'CPU', 'AS', 'FSIZE', 'STACK'):\n"
        "    resource.setrlimit(getattr(resource, 'RLIMIT_' + r), (1, 1))"
    ),
    "signal handlers and timers": (
        "import signal\ndef ring(*a):\n    raise RuntimeError('ring')\n"
        "for s in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    try:\n        signal.signal(s, ring)\n    except OSError:\n        pass\n"
        "for t in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):\n"
        "    signal.setitimer(t, 0.01, 0.01)"
    ),
    "blocked signals": "import signal\nsignal.pthread_sigmask(0, signal.valid_signals())",
    "magics": (
        "%load_ext autoreload\n%autoreload 2\n%pdb on\n%xmode Verbose\n%precision 3\n%reset -f"
    ),
    "warnings and errors of NumPy": (
        "import warnings, numpy\nwarnings.simplefilter('error')\nnumpy.seterr(all='raise')"
    ),
    "no standard output": "import sys\nsys.stdout.close()\nsys.stdout = sys.stderr = None",
    "a folder that is gone": "import os\nos.mkdir('x')\nos.chdir('x')\nos.rmdir('../x')",
    "a low limit of recursion": "import sys\nsys.setrecursionlimit(60)",
    "many open files": "kept = []\nwhile True:\n    kept.append(open('/dev/null'))",
    "children that nobody waits for": (
        "import os\nfor _ in range(500):\n    if os.fork() == 0:\n        os._exit(0)"
    ),
    "children that wait": (
        "import os, signal\nfor _ in range(500):\n    if os.fork() == 0:\n        signal.pause()"
    ),
    "a profile that raises": "import sys\nsys.setprofile(lambda *a: 1 / 0)",
}
CASES: list[Case] = [Case(name, right=True, last=source) for name, source in _ODD.items()]
