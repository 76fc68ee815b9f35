"""Classes, exceptions, generators, closures and what the standard library makes of them."""

from __future__ import annotations

from . import Course

CLASSES = Course(
    right='''
from dataclasses import dataclass, field
from collections import namedtuple
from enum import Enum
from abc import ABC, abstractmethod
class InsufficientFunds(Exception):
    def __init__(self, missing):
        super().__init__(f"{missing} missing")
        self.missing = missing
class Account:
    """A bank account."""
    count = 0
    def __init__(self, owner, balance=0):
        self.owner, self.balance, self.history = owner, balance, []
        Account.count += 1
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(("deposit", amount))
        return self
    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(amount - self.balance)
        self.balance -= amount
    @property
    def empty(self):
        return self.balance == 0
    @staticmethod
    def bank():
        return "B"
    @classmethod
    def opened(cls, owner):
        return cls(owner, 10)
    def __str__(self):
        return f"{self.owner}: {self.balance}"
class Savings(Account):
    rate = 0.5
    def grow(self):
        self.balance *= 1 + self.rate
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self):
        return Vector(-self.x, -self.y)
    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)
    def __hash__(self):
        return hash((self.x, self.y))
    def __lt__(self, other):
        return self.norm() < other.norm()
    def __repr__(self):
        return f"Vector({self.x}, {self.y})"
    def __abs__(self):
        return self.norm()
    def __bool__(self):
        return bool(self.x or self.y)
    def __iter__(self):
        return iter((self.x, self.y))
    def __getitem__(self, k):
        return (self.x, self.y)[k]
    def __len__(self):
        return 2
    def __contains__(self, v):
        return v in (self.x, self.y)
    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
class Stack:
    def __init__(self, items=()):
        self.items = list(items)
    def push(self, item):
        self.items.append(item)
    def pop(self):
        return self.items.pop()
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        return iter(self.items[::-1])
@dataclass
class Point:
    x: float
    y: float = 0.0
    tags: list = field(default_factory=list)
Pair = namedtuple("Pair", "left right")
class Color(Enum):
    RED = 1
    BLUE = 2
class Shape(ABC):
    @abstractmethod
    def area(self): ...
class Square(Shape):
    def __init__(self, a): self.a = a
    def area(self): return self.a ** 2
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def linked(items):
    head = None
    for item in reversed(items):
        head = Node(item, head)
    return head
def swap(pair):
    return Pair(pair.right, pair.left)
class Timer:
    def __enter__(self):
        self.open = True
        return self
    def __exit__(self, *exc):
        self.open = False
        return exc[0] is KeyError
class Temperature:
    def __init__(self, c): self.celsius = c
    @property
    def fahrenheit(self): return self.celsius * 9 / 5 + 32
    @fahrenheit.setter
    def fahrenheit(self, f): self.celsius = (f - 32) * 5 / 9
def apply(f, x):
    return f(x)
class Polynomial:
    def __init__(self, c): self.c = c
    def __call__(self, x): return sum(a * x ** k for k, a in enumerate(self.c))
''',
    wrong='''
from dataclasses import dataclass, field
class InsufficientFunds(Exception):
    pass
class Account:
    def __init__(self, owner, balance=1):
        self.owner, self.balance, self.history = owner, balance, None
    def deposit(self, amount):
        self.balance -= amount
    def withdraw(self, amount):
        raise ValueError("no")
    empty = None
    def bank(self):
        return "C"
    @classmethod
    def opened(cls, owner):
        return Account(owner, 9)
class Savings:
    def grow(self):
        pass
class Vector:
    def __init__(self, x, y):
        self.x, self.y = y, x
    def __add__(self, other):
        return (self.x, self.y)
    def norm(self):
        return 0.0
class Stack:
    def __init__(self, items=()):
        self.items = ()
    def push(self, item):
        pass
    def pop(self):
        return None
    def __len__(self):
        return -1
@dataclass
class Point:
    y: float = 0.0
    x: float = 0.0
Pair = tuple
class Color:
    RED = 2
class Shape:
    def area(self): ...
class Square:
    def area(self): return 0
class Node:
    pass
def linked(items):
    return Node()
def swap(pair):
    return pair
class Timer:
    def __enter__(self):
        pass
    def __exit__(self, *exc):
        pass
class Temperature:
    fahrenheit = 0
    def __init__(self, c): self.celsius = c
def apply(f, x):
    return f
class Polynomial:
    def __init__(self, c): pass
''',
    tests={
        "attributes": "a = Account('ann')\nassert a.owner == 'ann' and a.balance == 0",
        "methods": "a = Account('ann', 5)\na.deposit(10)\nassert a.balance == 15",
        "chained": "assert Account('a').deposit(1).deposit(2).balance == 3",
        "list attribute": "a = Account('a')\na.deposit(2)\nassert a.history == [('deposit', 2)]",
        "list attribute changed": (
            "a = Account('a')\na.history.append('x')\na.deposit(1)\n"
            "assert a.history == ['x', ('deposit', 1)]"
        ),
        "attribute set": "a = Account('a')\na.balance = 7\na.withdraw(7)\nassert a.empty",
        "own exception": (
            "try:\n    Account('a', 1).withdraw(3)\nexcept InsufficientFunds as error:\n"
            "    assert error.missing == 2 and str(error) == '2 missing'\n"
            "else:\n    assert False, 'nothing was raised'"
        ),
        "own exception, pytest": (
            "import pytest\nwith pytest.raises(InsufficientFunds, match='2 missing'):\n"
            "    Account('a', 1).withdraw(3)"
        ),
        "exception class": "assert issubclass(InsufficientFunds, Exception)\nassert InsufficientFunds(3).args[0] == '3 missing'",
        "class attribute": "n = Account.count\nAccount('a')\nassert Account.count == n + 1",
        "static": "assert Account.bank() == 'B'",
        "class method": "s = Savings.opened('s')\nassert type(s) is Savings and s.balance == 10",
        "inheritance": "s = Savings('s', 10)\ns.grow()\nassert s.balance == 15 and isinstance(s, Account)",
        "issubclass": "assert issubclass(Savings, Account) and not issubclass(Account, Savings)",
        "bases": "assert Savings.__bases__ == (Account,) and Savings.__mro__[1] is Account",
        "str": "assert str(Account('a', 3)) == 'a: 3' and f'{Account(\"a\", 3)}' == 'a: 3'",
        "class docstring": "assert Account.__doc__ == 'A bank account.'",
        "hasattr": "assert hasattr(Account, 'deposit') and not hasattr(Account('a'), 'nothing')\nassert Account('q').deposit(1) is not None",
        "vars": "assert vars(Vector(1, 2)) == {'x': 1, 'y': 2}",
        "eq": "assert Vector(1, 2) == Vector(1, 2)\nassert Vector(1, 2) != Vector(2, 1)",
        "add": "assert Vector(1, 2) + Vector(3, 4) == Vector(4, 6)",
        "scalar": "v = 2 * Vector(1, 2) * 3\nassert (v.x, v.y) == (6, 12)",
        "repr": "assert repr(-Vector(1, 2)) == 'Vector(-1, -2)'",
        "abs": "import math\nassert math.isclose(abs(Vector(3, 4)), 5)",
        "sorted": "assert [v.x for v in sorted([Vector(3, 0), Vector(1, 0)])] == [1, 3]",
        "hash": "assert len({Vector(1, 2), Vector(1, 2), Vector(0, 1)}) == 2",
        "truth": "assert Vector(0, 1) and not Vector(0, 0)",
        "unpack": "x, y = Vector(5, 6)\nassert (x, y) == (5, 6) and tuple(Vector(1, 2)) == (1, 2)",
        "index": "v = Vector(7, 8)\nassert v[1] == 8 and v[-1] == 8 and len(v) == 2",
        "in": "assert 7 in Vector(7, 8) and 1 not in Vector(7, 8)",
        "numpy of it": "import numpy as np\nassert np.allclose(list(Vector(1.5, 2.5)), [1.5, 2.5])",
        "stack": "s = Stack()\ns.push(1)\ns.push(2)\nassert s.pop() == 2 and len(s) == 1",
        "stack, iterated": "assert list(Stack([1, 2])) == [2, 1] and sorted(Stack([3, 1])) == [1, 3]",
        "stack of what is handed over": "items = [1]\ns = Stack(items)\ns.push(2)\nassert items == [1] and s.items == [1, 2]",
        "pop from empty": "import pytest\nwith pytest.raises(IndexError):\n    Stack().pop()",
        "deepcopy": (
            "import copy\na = Stack([[1]])\nb = copy.deepcopy(a)\nb.items[0].append(2)\n"
            "b.push(3)\nassert a.items == [[1]] and b.items == [[1, 2], 3]"
        ),
        "dataclass": "assert Point(1.0) == Point(1.0, 0.0) and repr(Point(1.0)) == 'Point(x=1.0, y=0.0, tags=[])'",
        "dataclass, fields": (
            "import dataclasses\nassert dataclasses.is_dataclass(Point)\n"
            "assert [f.name for f in dataclasses.fields(Point)] == ['x', 'y', 'tags']"
        ),
        "asdict": "import dataclasses\nassert dataclasses.asdict(Point(1, 2)) == {'x': 1, 'y': 2, 'tags': []}",
        "no shared default": "p = Point(1)\np.tags.append(1)\nassert Point(2).tags == []",
        "named tuple": "p = swap(Pair(1, 2))\nassert p == Pair(2, 1) and p.left == 2 and isinstance(p, tuple)",
        "named tuple, fields": "assert Pair._fields == ('left', 'right') and isinstance(swap(Pair(1, 2)), Pair)",
        "enum": "assert Color.RED.value == 1 and Color(2) is Color.BLUE and Color['RED'] == Color.RED",
        "enum, iterated": "assert [c.name for c in Color] == ['RED', 'BLUE'] and len(Color) == 2",
        "abstract": "import pytest\nwith pytest.raises(TypeError):\n    Shape()\nassert Square(3).area() == 9",
        "linked list": "n = linked([1, 2, 3])\nassert n.next.next.value == 3 and n.next.next.next is None",
        "linked list, walked": (
            "n, found = linked('abc'), []\nwhile n:\n    found.append(n.value)\n    n = n.next\n"
            "assert found == ['a', 'b', 'c']"
        ),
        "cycle": "a = Node(1)\na.next = a\nassert a.next is a and a.next.next.value == 1",
        "context manager": "with Timer() as t:\n    assert t.open\nassert not t.open",
        "context manager, swallows": "with Timer():\n    raise KeyError('x')",
        "property": "t = Temperature(100)\nassert t.fahrenheit == 212\nt.fahrenheit = 32\nassert t.celsius == 0",
        "class handed over": "p = apply(lambda v: v.x, Vector(4, 5))\nassert p == 4",
        "a test's own object": (
            "class Fake:\n    def __init__(self):\n        self.calls = 0\n"
            "    def __call__(self, x):\n        self.calls += 1\n        return x + 1\n"
            "fake = Fake()\nassert apply(fake, 1) == 2 and fake.calls == 1"
        ),
        "mock": (
            "from unittest.mock import Mock\nm = Mock(return_value=5)\nassert apply(m, 3) == 5\n"
            "m.assert_called_once_with(3)"
        ),
        "callable object": "p = Polynomial([1, 0, 2])\nassert callable(p) and p(2) == 9",
        "signature of a class": "import inspect\nassert list(inspect.signature(Account).parameters) == ['owner', 'balance']",
        "signature of a method": "import inspect\nassert 'amount' in inspect.signature(Account.deposit).parameters\nassert Account('a').deposit(1).balance == 1",
        "isinstance of types": "assert isinstance(Account('a').balance, (int, float)) and isinstance(Account, type)\nassert Account('a').balance == 0",
        "not implemented": "import pytest\nwith pytest.raises((AttributeError, TypeError)):\n    Vector(1, 2) + 1\nassert len(Vector(1, 2)) == 2",
        "map": "assert list(map(Vector.norm, [Vector(3, 4)])) == [5.0]",
        "key": "assert max([Vector(1, 1), Vector(3, 3)], key=lambda v: v.norm()).x == 3",
        "default of an attribute": "assert getattr(Account('a'), 'nothing', 4) == 4 and Account.opened('a').balance == 10",
    },
)

ITERATION = Course(
    right='''
import functools
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
def countdown(n):
    while n:
        yield n
        n -= 1
def echo():
    got = yield "ready"
    while True:
        got = yield got
def make_counter():
    n = 0
    def counter():
        nonlocal n
        n += 1
        return n
    return counter
def compose(*fs):
    return lambda x: functools.reduce(lambda v, f: f(v), fs, x)
def memoize(f):
    cache = {}
    @functools.wraps(f)
    def wrapper(x):
        if x not in cache:
            cache[x] = f(x)
        return cache[x]
    wrapper.cache = cache
    return wrapper
@memoize
def slow(x):
    return x * x
def evens(items):
    return filter(lambda v: v % 2 == 0, items)
def zipped(a, b):
    return zip(a, b)
class Range:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
def adders(n):
    return [lambda x, k=k: x + k for k in range(n)]
power = lambda n: lambda x: x ** n
def retry(f, times):
    for _ in range(times):
        try:
            return f()
        except ZeroDivisionError:
            continue
    raise RuntimeError("gave up") from None
def consume(iterator):
    return sum(iterator)
def words(file):
    return [w for line in file for w in line.split()]
def save(file, items):
    for item in items:
        print(item, file=file)
def sample(rng, n):
    return rng.normal(size=n)
def apply_all(fs, x):
    return {name: f(x) for name, f in fs.items()}
''',
    wrong='''
def fib():
    return [0, 1, 2, 3, 4, 5]
def countdown(n):
    return list(range(n))
def echo():
    yield "no"
def make_counter():
    return lambda: 1
def compose(*fs):
    return fs[-1]
def memoize(f):
    return f
def slow(x):
    return x
def evens(items):
    return items
def zipped(a, b):
    return a + b
class Range:
    def __init__(self, n): pass
def adders(n):
    return [lambda x: x + k for k in range(n)]
power = 3
def retry(f, times):
    return f()
def consume(iterator):
    return 0
def words(file):
    return []
def save(file, items):
    print(items)
def sample(rng, n):
    return [0.0] * n
def apply_all(fs, x):
    return {}
''',
    tests={
        "generator": "from itertools import islice\nassert list(islice(fib(), 7)) == [0, 1, 1, 2, 3, 5, 8]",
        "next": "g = fib()\nassert [next(g), next(g), next(g), next(g)] == [0, 1, 1, 2]",
        "generator type": "import types\nassert isinstance(fib(), types.GeneratorType)",
        "is generator": "import inspect\nassert inspect.isgeneratorfunction(countdown) and inspect.isgenerator(countdown(1))",
        "finite": "assert list(countdown(3)) == [3, 2, 1] and sum(countdown(4)) == 10",
        "exhausted": "import pytest\ng = countdown(1)\nnext(g)\nwith pytest.raises(StopIteration):\n    next(g)",
        "send": "e = echo()\nassert next(e) == 'ready' and e.send(3) == 3\ne.close()",
        "closure state": "c = make_counter()\nassert (c(), c()) == (1, 2) and make_counter()() == 1",
        "closure cells": "assert make_counter().__closure__ is not None",
        "compose": "assert compose(lambda x: x + 1, lambda x: x * 2)(3) == 8",
        "decorator": (
            "calls = []\ndef f(x):\n    calls.append(x)\n    return -x\n"
            "g = memoize(f)\nassert (g(2), g(2)) == (-2, -2) and calls == [2] and g.__name__ == 'f'"
        ),
        "decorated": "assert slow(4) == 16 and slow.cache[4] == 16 and slow.__name__ == 'slow'",
        "wrapped": "assert slow.__wrapped__(3) == 9",
        "filter": "assert list(evens(range(6))) == [0, 2, 4]",
        "zip": "assert dict(zipped('ab', [1, 2])) == {'a': 1, 'b': 2}",
        "iterator class": "assert list(Range(3)) == [1, 2, 3] and [v for v in Range(2)] == [1, 2]",
        "late binding": "assert [f(10) for f in adders(3)] == [10, 11, 12]",
        "lambda": "assert power(2)(5) == 25 and power(3)(2) == 8",
        "callback raises": (
            "import pytest\nwith pytest.raises(RuntimeError, match='gave up'):\n    retry(lambda: 1 / 0, 2)"
        ),
        "callback raises another": "import pytest\nwith pytest.raises(KeyError):\n    retry(lambda: {}['a'], 2)\nassert retry(lambda: 3, 1) == 3 and power(1)(2) == 2",
        "test's generator": "assert consume(v * v for v in range(4)) == 14",
        "test's iterator": "assert consume(iter([1, 2, 3])) == 6 and consume(map(abs, [-1])) == 1",
        "StringIO": "import io\nassert words(io.StringIO('a b\\nc')) == ['a', 'b', 'c']",
        "StringIO, written": "import io\nout = io.StringIO()\nsave(out, [1, 2])\nassert out.getvalue() == '1\\n2\\n'",
        "rng": (
            "import numpy as np\nfound = sample(np.random.default_rng(0), 3)\n"
            "assert np.allclose(found, np.random.default_rng(0).normal(size=3))"
        ),
        "dict of functions": "import math\nassert apply_all({'sqrt': math.sqrt, 'neg': lambda v: -v}, 4) == {'sqrt': 2.0, 'neg': -4}",
        "enumerate": "assert list(enumerate(countdown(2))) == [(0, 2), (1, 1)]",
        "same generator": "g = countdown(3)\nassert next(g) == 3 and list(g) == [2, 1]",
    },
)
