"""A network with two branches and a skip connection, of which the catalogue knows nothing.

h = tanh(U x); the branches are p = sigmoid(P h) and q = tanh(Q h); they are multiplied, h skips
both, y = V (p * q + h) + b, and J is the mean over the m examples of |y - t|² / 2.
"""

import numpy as np

from autograder.engine.problem import Claim, Problem
from autograder.networks import Graph
from autograder.networks.blocks import sigmoid
from autograder.networks.facts import Facts

LEAVES = ("x", "U", "P", "Q", "V", "b")


def two_branch_graph(leaves, wanted):
    m = wanted.shape[1]

    def forward(inputs, tap):
        node = {name: tap(name, value) for name, value in inputs.items()}

        def into(target, *names):
            return [tap.wire(name, target, node[name]) for name in names]

        def linear(target, matrix, source):
            left, right = into(target, matrix, source)
            node[target] = tap(target, left @ right)

        linear("zh", "U", "x")
        node["h"] = tap("h", np.tanh(*into("h", "zh")))
        linear("zp", "P", "h")
        linear("zq", "Q", "h")
        node["p"] = tap("p", sigmoid(*into("p", "zp")))
        node["q"] = tap("q", np.tanh(*into("q", "zq")))
        p, q = into("r", "p", "q")
        node["r"] = tap("r", p * q)
        r, h = into("s", "r", "h")
        node["s"] = tap("s", r + h)
        V, s, b = into("y", "V", "s", "b")
        node["y"] = tap("y", V @ s + b)
        (y,) = into("J", "y")
        return tap("J", ((y - wanted) ** 2).sum(axis=(-2, -1)) / (2 * m))

    return Graph(forward, leaves, Facts(family="two branches", scopes={}, m=m))


def two_branch_problem(seed, n_x, n, n_y, m):
    rng = np.random.default_rng(seed)
    shapes = {"x": (n_x, m), "U": (n, n_x), "P": (n, n), "Q": (n, n), "V": (n_y, n), "b": (n_y, 1)}
    leaves = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    wanted = rng.normal(size=(n_y, m))
    claims = {f"d{name}": Claim(name) for name in LEAVES}
    return Problem(two_branch_graph(leaves, wanted), claims), wanted


BACKWARD = """
def backward(l, v, wanted):
    m = wanted.shape[1]
    h, p, q, s = v["h"], v["p"], v["q"], v["s"]
    dy = (v["y"] - wanted) / m
    db, dV = dy.sum(axis=1, keepdims=True), dy @ s.T
    ds = l["V"].T @ dy
    dr = ds
    dzp = dr * q * p * (1 - p)
    dzq = dr * p * (1 - q**2)
    dP, dQ = dzp @ h.T, dzq @ h.T
    dh = ds + l["P"].T @ dzp + l["Q"].T @ dzq
    dzh = dh * (1 - h**2)
    dU, dx = dzh @ l["x"].T, l["U"].T @ dzh
    return {"dx": dx, "dU": dU, "dP": dP, "dQ": dQ, "dV": dV, "db": db}
"""
