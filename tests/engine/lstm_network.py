"""An LSTM of which the catalogue knows nothing, and the way back through it as one would write it.

Layout of the deep-learning specialisation: x is (n_x, m, T), a and c are (n_a, m). J = sum(da * a).
"""

import numpy as np

from autograder.engine.problem import Claim, Problem
from autograder.networks import Graph
from autograder.networks.blocks import sigmoid, tanh
from autograder.networks.facts import TimeFacts

GATES = {"f": sigmoid, "i": sigmoid, "g": tanh, "o": sigmoid}


def lstm_graph(leaves, da):
    """The graph; its leaves are x, a0, c0 and for each gate Wf (n_a, n_a + n_x) and bf."""
    m, T = da.shape[1:]

    def gate(tap, t, name, entered, stack):
        z, W, b = f"z{name}{t}", f"W{name}", f"b{name}"
        weights, bias = (tap.wire(leaf, z, entered[leaf]) for leaf in (W, b))
        linear = tap(z, weights @ tap.wire(f"s{t}", z, stack) + bias)
        return tap(f"{name}{t}", GATES[name](tap.wire(z, f"{name}{t}", linear)))

    def forward(inputs, tap):
        entered = {name: tap(name, value) for name, value in inputs.items()}
        a, c, terms = entered["a0"], entered["c0"], []
        for t in range(1, T + 1):
            a_in = tap.wire(f"a{t - 1}", f"s{t}", a)
            x_in = tap.wire("x", f"s{t}", entered["x"][..., t - 1])
            lead = np.broadcast_shapes(a_in.shape[:-2], x_in.shape[:-2])
            parts = (np.broadcast_to(p, (*lead, *p.shape[-2:])) for p in (a_in, x_in))
            stack = tap(f"s{t}", np.concatenate(list(parts), axis=-2))
            f, i, g, o = (gate(tap, t, name, entered, stack) for name in GATES)
            kept = tap.wire(f"f{t}", f"c{t}", f) * tap.wire(f"c{t - 1}", f"c{t}", c)
            new = tap.wire(f"i{t}", f"c{t}", i) * tap.wire(f"g{t}", f"c{t}", g)
            c = tap(f"c{t}", kept + new)
            h = tap(f"h{t}", np.tanh(tap.wire(f"c{t}", f"h{t}", c)))
            a = tap(f"a{t}", tap.wire(f"o{t}", f"a{t}", o) * tap.wire(f"h{t}", f"a{t}", h))
            terms.append((da[..., t - 1] * tap.wire(f"a{t}", "J", a)).sum(axis=(-2, -1)))
        return tap("J", np.asarray(sum(terms)))

    facts = TimeFacts(family="unknown", scopes={"every step": tuple(range(1, T + 1))}, m=m, T=T)
    return Graph(forward, leaves, facts)


def lstm_problem(seed, n_x, n_a, m, T):
    rng = np.random.default_rng(seed)
    leaves = {
        "x": rng.normal(size=(n_x, m, T)),
        "a0": rng.normal(size=(n_a, m)),
        "c0": rng.normal(size=(n_a, m)),
    }
    for name in GATES:
        leaves[f"W{name}"] = rng.normal(size=(n_a, n_a + n_x)) * 0.5
        leaves[f"b{name}"] = rng.normal(size=(n_a, 1)) * 0.5
    da = rng.normal(size=(n_a, m, T))
    claims = {f"d{name}": Claim(name) for name in ("a0", "c0", "x")}
    claims |= {f"d{letter}{name}": Claim(f"{letter}{name}") for name in GATES for letter in "Wb"}
    return Problem(lstm_graph(leaves, da), claims), da


BACKWARD = """
def backward(p, v, da):
    n_a, m, T = da.shape
    grads = {f"d{k}{g}": np.zeros_like(p[k + g]) for k in "Wb" for g in "figo"}
    grads["dx"] = np.zeros_like(p["x"])
    da_next, dc_next = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in range(T, 0, -1):
        s, c_prev = v[f"s{t}"], v[f"c{t - 1}"]
        f, i, g, o, h = (v[f"{k}{t}"] for k in "figoh")
        dat = da[:, :, t - 1] + da_next
        dct = dc_next + dat * o * (1 - h**2)
        dz = {
            "o": dat * h * o * (1 - o),
            "f": dct * c_prev * f * (1 - f),
            "i": dct * g * i * (1 - i),
            "g": dct * i * (1 - g**2),
        }
        for k in "figo":
            grads["dW" + k] += dz[k] @ s.T
            grads["db" + k] += dz[k].sum(axis=1, keepdims=True)
        ds = sum(p["W" + k].T @ dz[k] for k in "figo")
        da_next, grads["dx"][:, :, t - 1] = ds[:n_a], ds[n_a:]
        dc_next = dct * f
    return grads | {"da0": da_next, "dc0": dc_next}
"""
