"""Every wrong gradient is the right gradient of an edited graph: slips in NumPy beside edits."""

import numpy as np
import pytest

from autograder.engine.diagnosis import Cause
from autograder.engine.diagnosis.forms import LayerForm, WholeForm
from autograder.engine.problem import Claim, Problem
from autograder.units import CATALOGUE
from autograder.units.u04_network.instances import mlp_instance
from tests.helpers.networks import scaled


def backward(drawn, slip=""):
    """The way back of a ReLU network with a sigmoid at its end, in J; `slip` names a mistake."""
    seen, grads, m = drawn.graph.seen, {}, drawn.X.shape[1]
    L = len(drawn.activations)
    for n in range(L, 0, -1):
        A, A_prev, Z, W = (seen[name] for name in (f"A{n}", f"A{n - 1}", f"Z{n}", f"W{n}"))
        if n == L:
            dZ = (A - drawn.Y) / m
            dZ = dZ * A * (1 - A) if slip == "sigmoid' twice" else dZ
        else:
            mask = {"g' missing": 1.0, "g for g'": A}.get(slip, Z > 0)
            dA = grads[f"A{n}"]
            dZ = dA * ((dA > 0) if slip == "mask on dA" else mask)
        dZ = -dZ if n == L and slip == "sign" else dZ
        other = seen[f"Z{n - 1}"] if slip == "dW meets Z" and n > 1 else A_prev
        dW, db = dZ @ other.T, dZ.sum(axis=1, keepdims=True)
        dW, db = {
            "1/m missing": (dW * m, db * m),
            "db not averaged": (dW, db * m),
            "m is n_prev": (dW * m / W.shape[1], db * m / W.shape[1]),
            "db zero": (dW, 0 * db),
            "db shared": (dW, 0 * db + db.sum()),
            "db from dW": (dW, dW.sum(axis=1, keepdims=True)),
        }.get(slip, (dW, db))
        dA_prev = (dW if slip == "through dW" else W).T @ dZ
        dA_prev *= {"1/m in dA": 1 / m, "dA twice": 2.0, "dA zero": 0.0}.get(slip, 1.0)
        grads |= {f"Z{n}": dZ, f"W{n}": dW, f"b{n}": db, f"A{n - 1}": dA_prev}
    return grads


#: Slip above -> id in the catalogue, detail of the form, scope.
KNOWN = {
    "g' missing": ("missing-activation-derivative", "", "the hidden layers"),
    "g for g'": ("relu-value-as-derivative", "", "every layer"),
    "mask on dA": ("relu-mask-on-gradient", "", ""),
    "sigmoid' twice": ("output-derivative-twice", "", "every layer"),
    "sign": ("sign-flip", "", ""),
    "1/m missing": ("missing-one-over-m", "in dW and db", "every layer"),
    "1/m in dA": ("one-over-m-per-layer", "in dA_prev", "every layer"),
    "m is n_prev": ("wrong-m", "m = A_prev.shape[0]", "every layer"),
    "db not averaged": ("db-not-averaged", "", "every layer"),
    "db zero": ("db-forgotten", "", "every layer"),
    "db shared": ("db-sum-all", "", "every layer"),
    "db from dW": ("db-from-dw-rowsum", "", "every layer"),
    "dW meets Z": ("dw-uses-z", "", "every layer"),
    "through dW": ("dw-instead-of-w", "", ""),
    "dA twice": ("input-grad-counted-twice", "", "every layer"),
    "dA zero": ("gradient-left-at-zero", "dA_prev", "every layer"),
}


def problems():
    """Two networks in the J convention, every array claimed."""
    for seed, sizes, m in ((0, (3, 5, 4, 2, 1), 7), (1, (4, 3, 1), 5)):
        drawn = mlp_instance(np.random.default_rng(seed), sizes, m)
        names = [f"{kind}{n}" for n in range(len(sizes) - 1, 0, -1) for kind in "ZWb"]
        names += [f"A{n}" for n in range(len(sizes) - 1)]
        yield drawn, Problem(drawn.graph, {name: Claim(name) for name in names})


def test_without_a_slip_it_is_the_gradient():
    for drawn, problem in problems():
        right = problem.truth()
        assert all(scaled(g, right[name]) < 1e-12 for name, g in backward(drawn).items())


@pytest.mark.parametrize("slip", KNOWN)
def test_a_slip_is_the_exact_gradient_of_an_edited_graph(slip):
    id, detail, scope = KNOWN[slip]
    form = _form(id, detail)
    for drawn, problem in problems():
        edits = Cause(form, scope).edits(problem)
        edited, right, slipped = problem.truth(edits), problem.truth(), backward(drawn, slip)
        for name, wrong in slipped.items():
            assert np.allclose(wrong, edited[name], rtol=1e-10, atol=1e-14), name
        assert any(scaled(g, right[name]) > 1e-3 for name, g in slipped.items())


@pytest.mark.parametrize("slip", KNOWN)
def test_an_edit_leaves_the_values_of_the_graph_alone(slip):
    id, detail, scope = KNOWN[slip]
    form = _form(id, detail)
    for _, problem in problems():
        edits = Cause(form, scope).edits(problem)
        seen = problem.graph.run(edits=edits).seen
        for name in problem.graph.nodes():
            right = problem.graph.value(name)
            assert np.allclose(np.real(seen[name]), right, rtol=1e-14, atol=0), name


def _form(id, detail):
    forms = [f for kind in (LayerForm, WholeForm) for f in CATALOGUE.forms(kind, "columns")]
    return next(f for f in forms if (f.misconception.id, f.detail) == (id, detail))
