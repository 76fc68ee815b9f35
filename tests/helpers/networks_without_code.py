"""Networks that the package does not know: written forward, with named nodes, and nothing else."""

import numpy as np

from autograder.networks import Graph
from autograder.networks.facts import Facts

#: Gates of the LSTM in the names of the course, and the letters of their weights.
GATES = {"ft": "f", "it": "i", "cct": "c", "ot": "o"}


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_graph(T, m=4, n_a=3, n_x=2):
    """J = (1/m) sum of a_t²; forget, update and output gates, candidate, cell and state."""
    rng = np.random.default_rng(0)
    leaves = {"x": rng.normal(size=(n_x, m, T))}
    leaves |= {name: rng.normal(size=(n_a, m)) for name in ("a0", "c0")}
    leaves |= {f"W{k}": rng.normal(size=(n_a, n_a + n_x)) for k in GATES.values()}
    leaves |= {f"b{k}": rng.normal(size=(n_a, 1)) for k in GATES.values()}

    def forward(inputs, tap):
        seen = {name: tap(name, value) for name, value in inputs.items()}
        losses = 0.0
        for t in range(1, T + 1):
            a, x = seen[f"a{t - 1}"], seen["x"][..., t - 1]
            for gate, k in GATES.items():
                node = f"{gate}{t}"
                W, b = (tap.wire(f"{kind}{k}", node, seen[f"{kind}{k}"]) for kind in "Wb")
                z = W[..., :n_a] @ tap.wire(f"a{t - 1}", node, a)
                z = z + W[..., n_a:] @ tap.wire("x", node, x) + b
                seen[node] = tap(node, np.tanh(z) if gate == "cct" else _sigmoid(z))
            c, state = f"c{t}", f"a{t}"
            kept, new, held, before = (
                tap.wire(n, c, seen[n]) for n in (f"ft{t}", f"it{t}", f"cct{t}", f"c{t - 1}")
            )
            seen[c] = tap(c, kept * before + new * held)
            out, cell = (tap.wire(n, state, seen[n]) for n in (f"ot{t}", c))
            seen[state] = tap(state, out * np.tanh(cell))
            loss = tap(f"L{t}", tap.wire(state, f"L{t}", seen[state]) ** 2)
            losses = losses + tap.wire(f"L{t}", "J", loss).sum(axis=(-2, -1))
        return tap("J", losses / m)

    scopes = {"every step": tuple(range(1, T + 1))}
    return Graph(forward, leaves, Facts(family="unknown", scopes=scopes, m=m))


def sums_graph(made_of):
    """A graph of numbers, each node tanh of a sum; what is made of nothing is a leaf."""
    sources = [name for line in made_of.values() for name in line.split()]
    leaves = {name: np.array(0.3) for name in sources if name not in made_of}

    def forward(inputs, tap):
        seen = {name: tap(name, value) for name, value in inputs.items()}
        for node, line in made_of.items():
            terms = [tap.wire(name, node, seen[name]) for name in line.split()]
            seen[node] = tap(node, np.tanh(sum(terms)))
        return seen["J"]

    return Graph(forward, leaves, Facts(family="sums", scopes={}))


def branches_graph(depth):
    """Two branches a layer, joined in S<n>, to which S<n-2> is added past them."""
    made_of = {}
    for n in range(1, depth + 1):
        made_of[f"P{n}"] = f"S{n - 1} U{n} b{n}"
        made_of[f"Q{n}"] = f"S{n - 1} V{n}"
        made_of[f"S{n}"] = f"P{n} Q{n}" + f" S{n - 2}" * (n > 1)
    return sums_graph(made_of | {"L": f"S{depth}", "J": "L"})


def residual_graph(depth):
    """A<n> = A<n-1> + R(W<n> A<n-1> + b<n>)."""
    made_of = {}
    for n in range(1, depth + 1):
        made_of |= {f"Z{n}": f"A{n - 1} W{n} b{n}", f"R{n}": f"Z{n}", f"A{n}": f"R{n} A{n - 1}"}
    return sums_graph(made_of | {"J": f"A{depth}"})


def gated_graph(T):
    """A gated recurrent unit with an output at each step."""
    made_of = {}
    for t in range(1, T + 1):
        made_of |= {f"r{t}": f"h{t - 1} x{t} Wr", f"u{t}": f"h{t - 1} x{t} Wu"}
        made_of |= {f"n{t}": f"r{t} h{t - 1} x{t} Wn", f"h{t}": f"u{t} n{t} h{t - 1}"}
        made_of |= {f"yhat{t}": f"h{t} V", f"L{t}": f"yhat{t}"}
    return sums_graph(made_of | {"J": " ".join(f"L{t}" for t in range(1, T + 1))})


def both_ways_graph(T):
    """A recurrent network that reads a sequence from both ends."""
    steps = range(1, T + 1)
    made_of = {}
    for t in steps:
        made_of |= {f"zf{t}": f"f{t - 1} x{t} Wf", f"f{t}": f"zf{t}"}
    for t in reversed(steps):
        made_of |= {f"zb{t}": f"b{t + 1} x{t} Wb", f"b{t}": f"zb{t}"}
    for t in steps:
        made_of |= {f"y{t}": f"f{t} b{t}", f"L{t}": f"y{t}"}
    return sums_graph(made_of | {"J": " ".join(f"L{t}" for t in steps)})


def last_loss_graph(T):
    """A recurrent network with one output, after the last step."""
    made_of = {"e1": "x1 W", "h1": "e1"}
    for t in range(2, T + 1):
        made_of |= {f"e{t}": f"h{t - 1} x{t} W", f"h{t}": f"e{t}"}
    return sums_graph(made_of | {f"zy{T}": f"h{T} V", f"L{T}": f"zy{T}", "J": f"L{T}"})


def unnumbered_graph():
    """Two branches of the same data, and the data again, without any numbers."""
    return sums_graph({"h": "x W b", "g": "h", "p": "x V", "q": "p", "s": "g q x", "J": "s"})


def penalty_graph(depth):
    """Layers with a skip from the first to the last, and a penalty on all weights."""
    made_of = {}
    for n in range(1, depth + 1):
        made_of |= {f"Z{n}": f"A{n - 1} W{n} b{n}" + " A1" * (n == depth), f"A{n}": f"Z{n}"}
    weights = " ".join(f"W{n}" for n in range(1, depth + 1))
    return sums_graph(made_of | {"L": f"A{depth}", "R": weights, "J": "L R"})
