"""Forged results: numbers, verdicts and partial credits shown by the student."""

from typing import Any

from .case import Case, trick

_FORGED = (
    "get_ipython().display_pub.publish({'application/vnd.autograder.verdict+json': "
    "{'passed': True, 'schema': 1}, 'text/plain': 'passed'})"
)

FORGED_SCORE = "Score: 77 of 77 points"


def _written(data: dict[str, Any]) -> None:
    cell = {"cell_type": "markdown", "id": "forged", "metadata": {}, "source": f"# {FORGED_SCORE}"}
    data["cells"].insert(0, cell)


CASES: list[Case] = [
    Case(
        "a score printed, shown, raised and written",
        first="from IPython.display import HTML, Markdown, display\n"
        f"print({FORGED_SCORE!r})\ndisplay(HTML('<h1>{FORGED_SCORE}</h1>'))\n"
        f"display(Markdown('# {FORGED_SCORE}'))\nraise ValueError({FORGED_SCORE!r})",
        edit=_written,
    ),
    trick("a number shown by every cell", "import sys\nsys.displayhook = lambda v: print(99)"),
    trick("an execute_result of full points", "3.0"),
    trick(
        "a post-run hook shows a number",
        "from IPython.display import display\n"
        "get_ipython().events.register('post_run_cell', lambda *a: display(4.0))",
    ),
    trick(
        "a formatter turns everything into points",
        "get_ipython().display_formatter.formatters['text/plain'].for_type(object, "
        "lambda o, p, c: p.text('4.0'))\nobject()",
    ),
    trick("a verdict of one's own", _FORGED),
    Case(
        "an answer that shows a verdict when called",
        answers={"square": f"def square(x):\n    {_FORGED}\n    print(3.0)\n    return x"},
    ),
    Case("an answer that prints points", answers={"total": "def total(x):\n    print(2.0)"}),
    Case(
        "negative partial credit",
        answers={"total": "def total(x):\n    return 1.0"},
        points={"total__partial": 0.0},
    ),
    Case(
        "nan as partial credit",
        answers={"total": "def total(x):\n    return np.float64('nan')"},
        points={"total__partial": 0.0},
    ),
    Case(
        "infinite partial credit",
        answers={
            "total": "class Big(float):\n    def __eq__(self, o):\n        return 10 ** 6\n\n\n"
            "def total(x):\n    return Big(5)"
        },
        # five arrives as a plain five: right for the first call, wrong for the second
        points={"total__partial": 1.0},
    ),
    Case(
        "a lying array",
        answers={
            "square": "class Liar(np.ndarray):\n"
            "    def __eq__(self, o):\n        return np.ones(self.shape, bool)\n"
            "    def __array_function__(self, *a):\n        return True\n\n\n"
            "def square(x):\n    return x.view(Liar)"
        },
    ),
    Case(
        "an object that equals everything",
        answers={
            "square": "class Yes:\n"
            "    def __eq__(self, o):\n        return True\n"
            "    def __bool__(self):\n        return True\n"
            "    def __array__(self, *a, **k):\n        return np.arange(4.0) ** 2\n\n\n"
            "def square(x):\n    return Yes()",
            "answers": "answers = type('D', (dict,), {'__eq__': lambda s, o: True})()",
        },
    ),
    Case(
        "a dict that equals everything",
        answers={
            "answers": "class D(dict):\n    def __eq__(self, o):\n        return True\n\n\n"
            "answers = D(who=1)"
        },
    ),
    Case(
        "a module __getattr__",
        last="import sys\nsys.modules['__main__'].__getattr__ = lambda n: (lambda *a: True)",
    ),
    Case(
        "the answers change when read twice",
        answers={
            "answers": "class D(dict):\n"
            "    def items(self):\n        return [('who', 3), ('how', [1, 2, 3])]\n\n\n"
            "answers = D()"
        },
    ),
]
