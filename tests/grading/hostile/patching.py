"""Patching what the tests rely on: NumPy, builtins, the package, the interpreter."""

from .case import Case, trick

CASES: list[Case] = [
    trick("np.allclose says yes", "import numpy as np\nnp.allclose = lambda *a, **k: True"),
    trick("np.array_equal says yes", "import numpy as np\nnp.array_equal = lambda *a, **k: True"),
    trick(
        "every comparison of NumPy says yes",
        "import numpy as np, numpy.testing\n"
        "yes = lambda *a, **k: True\n"
        "for n in ('allclose', 'array_equal', 'isclose', 'equal', 'all', 'any'):\n"
        "    setattr(np, n, yes)\n"
        "np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None",
    ),
    trick(
        "a false numpy in sys.modules",
        "import sys, types\nfake = types.ModuleType('numpy')\n"
        "fake.allclose = fake.array_equal = lambda *a, **k: True\n"
        "sys.modules['numpy'] = fake",
    ),
    trick("builtins.all says yes", "import builtins\nbuiltins.all = lambda x: True"),
    trick("builtins.isinstance says yes", "import builtins\nbuiltins.isinstance = lambda *a: True"),
    trick("AssertionError never raised", "import builtins\nbuiltins.AssertionError = Warning"),
    trick("__debug__ off", "import sys\nsys.flags = None\nglobals()['__debug__'] = False"),
    trick(
        "an import hook",
        "import builtins\nreal = builtins.__import__\n"
        "def hook(name, *a, **k):\n"
        "    m = real(name, *a, **k)\n"
        "    if name == 'numpy':\n        m.allclose = lambda *a, **k: True\n"
        "    return m\n"
        "builtins.__import__ = hook\nimport numpy",
    ),
    trick("autograder.grade does nothing", "import autograder\nautograder.grade = lambda *a: None"),
    trick(
        "CheckFailed is harmless",
        "import autograder\nautograder.CheckFailed = type('E', (BaseException,), {})",
    ),
    trick(
        "the call observer lies",
        "import autograder.observe as c\nc.array_equal = lambda *a, **k: True\n"
        "c.observe = lambda fn, args, count=(): c.Reply(args[0] * args[0])",
    ),
    trick(
        "names of the tests are defined beforehand",
        "grade = check = allclose = array_equal = lambda *a, **k: True\nx = A = W = Z = 0",
    ),
    trick(
        "np is replaced in the notebook",
        "class Fake:\n    def __getattr__(self, n):\n        return lambda *a, **k: True\n"
        "np = Fake()",
        last="np = Fake()",
        # with the false np, total() fails and the tests stay those of the real one
    ),
    trick(
        "the C level of float comparison",
        "import ctypes\nfor i in (0, 1, 2):\n    ctypes.c_long.from_address(id(i) + 24).value = 1",
        points={"square__keeps_its_input": None},
    ),
    trick("sys.exit in a trace function", "import sys\nsys.settrace(lambda *a: sys.exit(0))"),
    trick(
        "an ast transformer that strips asserts",
        "import ast\n"
        "class T(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n        return None\n"
        "get_ipython().ast_transformers.append(T())",
    ),
    trick(
        "an input transformer",
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])",
        # it empties the cells that follow: nothing is defined any more
        points={"square__keeps_its_input": 0.0},
    ),
    trick(
        "run_cell patched",
        "ip = get_ipython()\nip.run_cell = lambda *a, **k: None",
        points={"square__keeps_its_input": 0.0},
    ),
    trick(
        "showtraceback patched",
        "ip = get_ipython()\nip.showtraceback = ip._showtraceback = lambda *a, **k: None",
    ),
    trick(
        "an exception handler that swallows",
        "get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)",
    ),
    trick(
        "a pre-run hook that redefines the answers",
        "def hook(*a):\n    get_ipython().user_ns['total'] = lambda x: 5.0 * (len(x) == 5)\n"
        "get_ipython().events.register('pre_run_cell', hook)",
    ),
]
