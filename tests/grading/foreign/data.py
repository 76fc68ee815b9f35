"""Numerics, polynomials, arrays, data files, helper modules and pictures."""

from __future__ import annotations

from . import Course

NUMERICS = Course(
    right='''
import numpy as np
import scipy.sparse
from numpy.polynomial import Polynomial
def newton(f, df, x0, tol=1e-10, max_iter=50):
    x = x0
    for _ in range(max_iter):
        if abs(f(x)) < tol:
            return x
        if df(x) == 0:
            raise ZeroDivisionError("derivative is zero")
        x = x - f(x) / df(x)
    raise RuntimeError("no convergence")
def lagrange(xs, ys):
    def p(x):
        total = 0.0
        for i, xi in enumerate(xs):
            term = ys[i]
            for j, xj in enumerate(xs):
                if i != j:
                    term = term * (x - xj) / (xi - xj)
            total = total + term
        return total
    return p
def fit(xs, ys, degree):
    return np.poly1d(np.polyfit(xs, ys, degree))
def interpolate(xs, ys):
    return Polynomial.fit(xs, ys, len(xs) - 1)
def trapezoid(f, a, b, n):
    x = np.linspace(a, b, n + 1)
    y = f(x)
    return (b - a) / n * (y.sum() - (y[0] + y[-1]) / 2)
def lu(A):
    n = len(A)
    L, U = np.eye(n), A.astype(float).copy()
    for k in range(n):
        for i in range(k + 1, n):
            L[i, k] = U[i, k] / U[k, k]
            U[i] -= L[i, k] * U[k]
    return L, U
def euler(f, y0, ts):
    ys = [np.asarray(y0, float)]
    for a, b in zip(ts, ts[1:]):
        ys.append(ys[-1] + (b - a) * f(a, ys[-1]))
    return np.array(ys)
def normalize(A):
    A -= A.mean(axis=0)
    A /= A.std(axis=0)
class Regression:
    def __init__(self):
        self.coef_ = None
        self.params = {"W": np.array([1.0, 2.0]), "b": np.zeros(1)}
    def fit(self, X, y):
        self.coef_ = np.linalg.lstsq(X, y, rcond=None)[0]
        return self
    def predict(self, X):
        return X @ self.coef_
    def loss(self):
        return float(0.5 * np.sum(self.params["W"] ** 2)), {"W": self.params["W"].copy()}
def noise(n):
    return np.random.randn(n)
def band(n):
    return scipy.sparse.diags([1.0, -2.0, 1.0], [-1, 0, 1], shape=(n, n)).tocsr()
def stats(x):
    return {"mean": np.mean(x), "std": np.std(x), "n": len(x), "hist": np.histogram(x, 2)[0]}
def mask(x):
    return x[x > 0]
def is_even(x):
    return x % 2 == 0
def solve(A, b):
    return np.linalg.solve(A, b)
softmax = lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()
vec = np.array([1.0, 2.0, 3.0])
def steps(n):
    for k in range(n):
        yield np.full(2, float(k))
def smooth(x):
    out = x.copy()
    out[1:-1] = (x[:-2] + x[1:-1] + x[2:]) / 3
    return out
''',
    wrong='''
import numpy as np
def newton(f, df, x0):
    return x0
def lagrange(xs, ys):
    return lambda x: ys[0]
def fit(xs, ys, degree):
    return np.zeros(degree)
def interpolate(xs, ys):
    return None
def trapezoid(f, a, b, n):
    return f(a)
def lu(A):
    return A, np.eye(len(A))
def euler(f, y0, ts):
    return np.zeros((len(ts), 1))
def normalize(A):
    A = A - A.mean()
class Regression:
    params = {"W": np.array([1.0, 2.0])}
    def fit(self, X, y):
        self.coef_ = y
    def predict(self, X):
        return X
    def loss(self):
        return 1.0, {"W": np.zeros(2)}
def noise(n):
    return np.zeros(n)
def band(n):
    return np.eye(n)
def stats(x):
    return {}
def mask(x):
    return x
def is_even(x):
    return True
def solve(A, b):
    return b
softmax = lambda z: z
vec = [1.0, 2.0]
def steps(n):
    return np.zeros(n)
def smooth(x):
    x[0] = 5
    return x
''',
    tests={
        "newton": "assert abs(newton(lambda x: x**2 - 2, lambda x: 2*x, 1.0) - 2**0.5) < 1e-8",
        "newton, count": (
            "calls = []\ndef g(x):\n    calls.append(x)\n    return x**2 - 9\n"
            "assert abs(newton(g, lambda x: 2*x, 1.0) - 3) < 1e-8\nassert len(calls) < 40"
        ),
        "newton, raises": (
            "import pytest\nwith pytest.raises(ZeroDivisionError):\n    newton(lambda x: x**2 + 1, lambda x: 2*x, 0.0)"
        ),
        "newton, no convergence": (
            "import pytest\nwith pytest.raises(RuntimeError, match='convergence'):\n"
            "    newton(lambda x: x**2 + 1, lambda x: 2*x, 1.0, max_iter=3)"
        ),
        "numpy callbacks": "import numpy as np\nassert abs(newton(np.cos, lambda x: -np.sin(x), 1.0) - np.pi/2) < 1e-8",
        "lagrange": (
            "import numpy as np\nxs = np.array([0., 1., 2.])\np = lagrange(xs, xs**2)\n"
            "assert np.allclose(p(np.linspace(0, 2, 5)), np.linspace(0, 2, 5)**2)"
        ),
        "lagrange, callable": "p = lagrange([0, 1], [1, 3])\nassert callable(p) and p(0.5) == 2",
        "poly1d": (
            "import numpy as np\np = fit([0, 1, 2], [1, 3, 5], 1)\nassert isinstance(p, np.poly1d)\n"
            "assert np.allclose(p.coeffs, [2, 1]) and abs(p(10) - 21) < 1e-8 and p.order == 1"
        ),
        "Polynomial": "import numpy as np\np = interpolate([0., 1., 2.], [0., 1., 4.])\nassert np.allclose(p.convert().coef, [0, 0, 1])\nassert np.isclose(p.deriv()(1.0), 2)",
        "trapezoid": "import numpy as np\nassert abs(trapezoid(np.sin, 0, np.pi, 200) - 2) < 1e-3",
        "trapezoid, test's function": "assert abs(trapezoid(lambda x: x**2, 0, 1, 100) - 1/3) < 1e-3",
        "lu": (
            "import numpy as np\nA = np.array([[2., 1.], [4., 5.]])\nL, U = lu(A)\n"
            "np.testing.assert_allclose(L @ U, A)\nassert np.allclose(np.tril(L), L)\n"
            "np.testing.assert_array_equal(A, [[2, 1], [4, 5]])"
        ),
        "euler": (
            "import numpy as np\nts = np.linspace(0, 1, 101)\nys = euler(lambda t, y: -y, [1.0], ts)\n"
            "assert ys.shape == (101, 1) and abs(ys[-1, 0] - np.exp(-1)) < 1e-2"
        ),
        "array in place": (
            "import numpy as np\nA = np.array([[1., 2.], [3., 6.]])\nB = A\nassert normalize(A) is None\n"
            "assert np.allclose(A.mean(axis=0), 0) and np.allclose(B.std(axis=0), 1)"
        ),
        "fitted attribute": (
            "import numpy as np\nX = np.array([[1., 0.], [1., 1.], [1., 2.]])\nm = Regression()\n"
            "assert m.coef_ is None\nm.fit(X, X @ [1., 2.])\nnp.testing.assert_allclose(m.coef_, [1, 2])\n"
            "assert np.allclose(m.predict(X), [1, 3, 5])"
        ),
        "fit returns self": "import numpy as np\nm = Regression()\nassert m.fit(np.eye(2), np.ones(2)) is m",
        "numeric gradient of a parameter": (
            "import numpy as np\nm = Regression()\nloss, grads = m.loss()\nW, h = m.params['W'], 1e-6\n"
            "num = np.zeros_like(W)\nfor k in range(W.size):\n    old = W[k]\n"
            "    W[k] = old + h\n    up = m.loss()[0]\n    W[k] = old - h\n    down = m.loss()[0]\n"
            "    W[k] = old\n    num[k] = (up - down) / (2 * h)\nassert np.allclose(num, grads['W'])"
        ),
        "parameter replaced": "import numpy as np\nm = Regression()\nm.params['W'] = np.array([3., 4.])\nassert m.loss()[0] == 12.5",
        "seed": "import numpy as np\nnp.random.seed(3)\nexpected = np.random.randn(4)\nnp.random.seed(3)\nassert np.allclose(noise(4), expected)",
        "sparse": "import numpy as np\nA = band(4)\nassert np.allclose(A.toarray()[1], [1, -2, 1, 0]) and A.shape == (4, 4)",
        "sparse type": "import scipy.sparse\nassert scipy.sparse.issparse(band(3))\nassert band(3).nnz == 7",
        "dict of arrays": "import numpy as np\ns = stats(np.array([0., 1., 2., 9.]))\nassert s['mean'] == 3 and list(s['hist']) == [3, 1] and s['n'] == 4",
        "number types": "import numpy as np\nassert isinstance(stats(np.ones(3))['mean'], (float, np.floating))",
        "mask": "import numpy as np\nnp.testing.assert_array_equal(mask(np.array([-1, 2, 3])), [2, 3])",
        "dtype": "import numpy as np\nassert solve(np.eye(2), np.ones(2)).dtype == np.float64\nassert mask(np.array([-1, 2])).dtype.kind == 'i' and len(mask(np.array([-1, 2]))) == 1",
        "vectorize": "import numpy as np\nassert list(np.vectorize(is_even)(np.arange(3))) == [True, False, True]",
        "LinAlgError": "import numpy as np, pytest\nwith pytest.raises(np.linalg.LinAlgError):\n    solve(np.zeros((2, 2)), np.ones(2))",
        "lambda": "import numpy as np\nassert np.isclose(softmax(np.array([1., 2.])).sum(), 1)",
        "global array": "import numpy as np\nassert vec.shape == (3,) and np.array_equal(vec, [1, 2, 3])",
        "generator of arrays": "import numpy as np\nassert np.allclose(np.array(list(steps(3))), [[0, 0], [1, 1], [2, 2]])",
        "input unchanged": "import numpy as np\nx = np.array([0., 3., 0.])\nkept = x.copy()\nassert np.allclose(smooth(x), [0, 1, 0])\nassert np.array_equal(x, kept)",
        "integers": "assert is_even(4) and not is_even(3) and is_even(3) == False",
        "pytest.approx": "import pytest, numpy as np\nassert trapezoid(np.exp, 0, 1, 100) == pytest.approx(np.e - 1, rel=1e-3)",
        "scipy": "import numpy as np\nfrom scipy.optimize import brentq\np = lagrange([0, 1, 2], [-1, 0, 3])\nassert abs(brentq(p, 0.5, 1.5) - 1) < 1e-8",
        "points": "import numpy as np\nround(0.5 * sum([is_even(2) == True, is_even(3) == False]), 2)",
    },
)

FILES = Course(
    files={
        "numbers.csv": b"a,b\n1,2\n3,4\n",
        "helper.py": b"import numpy as np\nSCALE = 3\ndef close(a, b):\n    return bool(np.allclose(a, b))\n",
    },
    right='''
import csv, json
import numpy as np
import matplotlib.pyplot as plt
from helper import SCALE
def read(path):
    with open(path) as file:
        return [{k: int(v) for k, v in row.items()} for row in csv.DictReader(file)]
def count_lines(path):
    with open(path) as file:
        return len(file.readlines())
def scaled(x):
    return SCALE * np.asarray(x)
def plot(x, y, title):
    fig, ax = plt.subplots()
    ax.plot(x, y, label="data", color="red")
    ax.set_title(title)
    ax.set_xlabel("x")
    ax.legend()
    return ax
def bars(heights):
    fig, ax = plt.subplots()
    ax.bar(range(len(heights)), heights)
    return fig
def load(text):
    return json.loads(text)
''',
    wrong='''
def read(path):
    return []
def count_lines(path):
    return 0
def scaled(x):
    return x
def plot(x, y, title):
    pass
def bars(heights):
    return heights
def load(text):
    return text
''',
    tests={
        "data file": "assert read('numbers.csv') == [{'a': 1, 'b': 2}, {'a': 3, 'b': 4}]",
        "data file here too": "assert open('numbers.csv').read().startswith('a,b') and len(read('numbers.csv')) == 2",
        "missing file": "import pytest\nwith pytest.raises(FileNotFoundError):\n    read('nothing.csv')",
        "helper module": "from helper import close\nassert close(scaled([1, 2]), [3, 6])",
        "helper, the same": "import helper\nassert scaled(2) == 2 * helper.SCALE",
        "file of the test": "with open('poem.txt', 'w') as file:\n    file.write('a\\nb\\nc\\n')\nassert count_lines('poem.txt') == 3",
        "axes": "ax = plot([1, 2], [3, 4], 'T')\nassert ax.get_title() == 'T' and ax.get_xlabel() == 'x'",
        "line": "import numpy as np\nax = plot([1, 2], [3, 4], 'T')\nline = ax.get_lines()[0]\nassert len(ax.lines) == 1 and np.allclose(line.get_ydata(), [3, 4]) and line.get_color() == 'red'",
        "legend": "ax = plot([1], [2], 'T')\nassert [t.get_text() for t in ax.get_legend().get_texts()] == ['data']",
        "type of axes": "import matplotlib.axes\nassert isinstance(plot([1], [1], 'T'), matplotlib.axes.Axes)",
        "bars": "fig = bars([1, 5])\nassert [p.get_height() for p in fig.axes[0].patches] == [1, 5]",
        "no legend": "ax = plot([1], [1], 'T')\nassert ax.get_ylabel() == '' and ax.has_data()",
        "json": "assert load('{\"a\": [1, null]}') == {'a': [1, None]}",
        "json, raises": "import json, pytest\nwith pytest.raises(json.JSONDecodeError):\n    load('{')\nassert load('1') == 1",
    },
)
