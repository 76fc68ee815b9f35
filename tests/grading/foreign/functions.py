"""Plain functions: nbgrader's documentation course, first programming courses, numerics."""

from __future__ import annotations

from . import Course

DOCUMENTATION = Course(
    right='''
def squares(n):
    """Compute the squares of numbers from 1 to n."""
    if n < 1:
        raise ValueError("n must be greater than or equal to 1")
    return [i ** 2 for i in range(1, n + 1)]

def sum_of_squares(n):
    """Compute the sum of the squares of numbers from 1 to n."""
    return sum(squares(n))
''',
    wrong='''
def squares(n):
    return [i ** 2 for i in range(n)]

def sum_of_squares(n):
    return sum(i ** 2 for i in range(1, n + 1))
''',
    tests={
        "squares": (
            "assert squares(1) == [1]\nassert squares(2) == [1, 4]\n"
            "assert squares(10) == [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]"
        ),
        "squares, errors": (
            "try:\n    squares(0)\nexcept ValueError:\n    pass\n"
            "else:\n    raise AssertionError('did not raise')\n\n"
            "try:\n    squares(-4)\nexcept ValueError:\n    pass\n"
            "else:\n    raise AssertionError('did not raise')"
        ),
        "sum": "assert sum_of_squares(1) == 1\nassert sum_of_squares(10) == 385",
        "uses squares": (
            "orig_squares = squares\ndel squares\ntry:\n    sum_of_squares(1)\n"
            "except NameError:\n    pass\n"
            "else:\n    raise AssertionError('sum_of_squares does not use squares')\n"
            "finally:\n    squares = orig_squares"
        ),
        "still there": "assert sum_of_squares(3) == 14 and squares(1) == [1]",
        "pytest": "import pytest\nwith pytest.raises(ValueError, match='greater than'):\n    squares(0)",
        "pytest, value": (
            "import pytest\nwith pytest.raises(Exception) as info:\n    squares(0)\n"
            "assert info.type is ValueError and 'must be' in str(info.value)"
        ),
        "docstring": "assert 'squares of numbers' in squares.__doc__",
        "callable": "assert callable(squares) and squares.__name__ == 'squares'",
        "calls replaced": (
            "seen = []\noriginal = squares\n"
            "def squares(n):\n    seen.append(n)\n    return original(n)\n"
            "sum_of_squares(4)\nsquares = original\nassert seen == [4]"
        ),
    },
)

BASICS = Course(
    right='''
import math
x, answer, name = 5, 42.0, "Ada"
table = {"a": [0.0, 1.0, 2.0], "b": [1, 2]}
def sort_in_place(items, reverse=False):
    items.sort(reverse=reverse)
def greet(name, greeting="Hello"):
    print(f"{greeting}, {name}!")
def ask():
    return int(input("How many? ")) + int(input("More? "))
def counted(words):
    from collections import Counter
    return Counter(words)
def unique(items):
    return set(items)
def area(r: float) -> float:
    """Area of a circle."""
    return math.pi * r ** 2
def minmax(items):
    return min(items), max(items)
def first_word(text):
    return text.split()[0]
def add_item(item, items=None):
    items = [] if items is None else items
    items.append(item)
    return items
def dice(n):
    import random
    return [random.randint(1, 6) for _ in range(n)]
def halves(n):
    from fractions import Fraction
    return [Fraction(k, 2) for k in range(n)]
def merge(a, b):
    a.update(b)
def pairs(d):
    return d.items()
def grid(n):
    return {(i, j): i * j for i in range(n) for j in range(n)}
def warned(x):
    import warnings
    if x < 0:
        warnings.warn("negative", UserWarning)
    return abs(x)
def flat(items):
    out = []
    for item in items:
        out.extend(flat(item) if isinstance(item, list) else [item])
    return out
def day(y, m, d):
    import datetime
    return datetime.date(y, m, d)
total = 0
def increase(k):
    global total
    total += k
''',
    wrong='''
x, answer, name = 6, 41.0, "ada"
table = {"a": [0.0, 1.0], "b": [1]}
def sort_in_place(items):
    items = sorted(items)
def greet(name, greeting="Hi"):
    print(greeting, name)
def ask():
    return 3
def counted(words):
    return {w: 1 for w in words}
def unique(items):
    return list(items)
def area(radius):
    return 3.14 * radius ** 2
def minmax(items):
    return [max(items), min(items)]
def first_word(text):
    return text[0]
def add_item(item, items=[]):
    items.append(item)
    return items
def dice(n):
    return [4] * n
def halves(n):
    return [k // 2 for k in range(n)]
def merge(a, b):
    return {**a, **b}
def pairs(d):
    return list(d)
def grid(n):
    return {}
def warned(x):
    return abs(x)
def flat(items):
    return items
def day(y, m, d):
    return (y, m, d)
total = 0
def increase(k):
    total = k
''',
    tests={
        "number": "assert x == 5",
        "isclose": "import math\nassert math.isclose(answer, 42)",
        "string": "assert name == 'Ada', 'wrong name'",
        "dict": "assert table['b'] == [1, 2] and len(table['a']) == 3",
        "mutation": "l = [3, 1, 2]\nassert sort_in_place(l) is None\nassert l == [1, 2, 3]",
        "keyword": "l = [3, 1, 2]\nsort_in_place(l, reverse=True)\nassert l == [3, 2, 1]",
        "printed": (
            "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\n"
            "with redirect_stdout(out):\n    greet('Bob')\nassert out.getvalue() == 'Hello, Bob!\\n'"
        ),
        "printed, stdout replaced": (
            "import io, sys\nold, sys.stdout = sys.stdout, io.StringIO()\n"
            "try:\n    greet('Bob', 'Hey')\n    text = sys.stdout.getvalue()\n"
            "finally:\n    sys.stdout = old\n"
            "import re\nassert re.match(r'^Hey,\\s+Bob', text)"
        ),
        "printed, IPython": (
            "from IPython.utils.capture import capture_output\n"
            "with capture_output() as captured:\n    greet('Eve')\n"
            "assert captured.stdout.strip() == 'Hello, Eve!'"
        ),
        "input": (
            "from unittest.mock import patch\n"
            "with patch('builtins.input', side_effect=['3', '4']):\n    assert ask() == 7"
        ),
        "input, replaced": (
            "import builtins\nold = builtins.input\nbuiltins.input = lambda *a: '10'\n"
            "try:\n    assert ask() == 20\nfinally:\n    builtins.input = old"
        ),
        "stdin": (
            "import io, sys\nold, sys.stdin = sys.stdin, io.StringIO('1\\n2\\n')\n"
            "import builtins\nold_input = input\n"
            "builtins.input = lambda prompt='': sys.stdin.readline().strip()\n"
            "try:\n    assert ask() == 3\n"
            "finally:\n    sys.stdin = old\n    builtins.input = old_input"
        ),
        "counter": (
            "from collections import Counter\nfound = counted('abracadabra')\n"
            "assert found == Counter('abracadabra')\nassert found.most_common(1) == [('a', 5)]"
        ),
        "set": "found = unique([1, 1, 2])\nassert isinstance(found, set) and found == {1, 2}",
        "assertAlmostEqual": (
            "from unittest import TestCase\nTestCase().assertAlmostEqual(area(2), 12.566370614, 6)"
        ),
        "TestCase": (
            "import unittest\nclass T(unittest.TestCase):\n"
            "    def test_one(self):\n        self.assertEqual(minmax([2, 1, 3]), (1, 3))\n"
            "    def test_two(self):\n        with self.assertRaises(ValueError):\n"
            "            minmax([])\n"
            "found = unittest.TestResult()\n"
            "unittest.TestLoader().loadTestsFromTestCase(T).run(found)\n"
            "assert found.wasSuccessful() and found.testsRun == 2"
        ),
        "signature": (
            "import inspect\nfound = inspect.signature(area)\nassert list(found.parameters) == ['r']\n"
            "assert found.return_annotation is float"
        ),
        "default": (
            "import inspect\n"
            "assert inspect.signature(greet).parameters['greeting'].default == 'Hello'\n"
            "assert greet.__defaults__ == ('Hello',)"
        ),
        "annotations": "assert area.__annotations__ == {'r': float, 'return': float}",
        "argument names": "assert area.__code__.co_varnames[:1] == ('r',)",
        "tuple": "low, high = minmax((4, 2))\nassert (low, high) == (2, 4)\nassert type(minmax([1])) is tuple",
        "type of result": "assert type(first_word('a b')) == str and first_word('ab cd') == 'ab'",
        "mutable default": "add_item(1)\nassert add_item(2) == [2]",
        "same object": "l = []\nassert add_item(1, l) is l and l == [1]",
        "seeded": (
            "import random\nrandom.seed(7)\nexpected = [random.randint(1, 6) for _ in range(5)]\n"
            "random.seed(7)\nassert dice(5) == expected"
        ),
        "fractions": "from fractions import Fraction\nassert halves(3) == [0, Fraction(1, 2), 1]",
        "dict in place": "d = {'a': 1}\nmerge(d, {'b': 2})\nassert d == {'a': 1, 'b': 2}",
        "dict view": "assert sorted(pairs({'a': 1, 'b': 2})) == [('a', 1), ('b', 2)]",
        "tuple keys": "assert grid(3)[2, 2] == 4",
        "pytest.warns": "import pytest\nwith pytest.warns(UserWarning, match='neg'):\n    warned(-1)",
        "warnings recorded": (
            "import warnings\nwith warnings.catch_warnings(record=True) as found:\n"
            "    warnings.simplefilter('always')\n    assert warned(-2) == 2\n"
            "assert len(found) == 1 and issubclass(found[0].category, UserWarning)"
        ),
        "recursion": "assert flat([1, [2, [3, []]]]) == [1, 2, 3]",
        "date": "import datetime\nassert day(2026, 1, 2) == datetime.date(2026, 1, 2)",
        "global changed": "before = total\nincrease(3)\nassert total == before + 3",
        "hypothesis": (
            "from hypothesis import given, settings, strategies as st\n"
            "@settings(max_examples=10, database=None, deadline=None)\n"
            "@given(st.lists(st.integers(), min_size=1))\n"
            "def agrees(items):\n    assert minmax(items) == (min(items), max(items))\nagrees()"
        ),
        "partial": "points = 0\nif x == 5:\n    points += 0.25\nif name == 'Ada':\n    points += 0.5\npoints",
        "time": "import time\nstart = time.time()\nminmax(range(100))\nassert time.time() - start < 5 and x == 5",
        "in a loop": "for r in range(5):\n    assert abs(area(r) - 3.141592653589793 * r * r) < 1e-9",
    },
)
