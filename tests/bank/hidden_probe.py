"""Unit 03b seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = ((3, 5, 7), (2, 4, 11), (4, 4, 6))  # n_x, n_h, m: all different, twice; square
BETWEEN = ("dZ2", "dA1", "dZ1")


@dataclass(frozen=True, eq=False)
class Instance:
    X: np.ndarray  # (n_x, m)
    Y: np.ndarray  # (1, m)
    parameters: Arrays


def forward(one: Instance, bump: Arrays) -> Arrays:
    """Return Z1, A1, Z2, A2 and J, where ``bump["dZ2"]`` is added to Z2, ``bump["dW1"]`` to W1."""
    p = {name: value + bump.get(f"d{name}", 0) for name, value in one.parameters.items()}
    Z1 = p["W1"] @ one.X + p["b1"] + bump.get("dZ1", 0)
    A1 = np.tanh(Z1) + bump.get("dA1", 0)
    Z2 = p["W2"] @ A1 + p["b2"] + bump.get("dZ2", 0)
    A2 = 1 / (1 + np.exp(-Z2))
    J = -np.mean(one.Y * np.log(A2) + (1 - one.Y) * np.log(1 - A2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "J": np.array(J)}


@cache
def instances() -> tuple[Instance, ...]:
    """Return screened instances: both labels and both answers, no tanh that is saturated."""
    rng = np.random.default_rng(33)
    found: list[Instance] = []
    while len(found) < len(SHAPES):
        n_x, n_h, m = SHAPES[len(found)]
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
        parameters = {name: rng.normal(size=shape) * 0.7 for name, shape in shapes.items()}
        one = Instance(rng.normal(size=(n_x, m)), rng.integers(0, 2, (1, m)) * 1.0, parameters)
        values = forward(one, {})
        said = values["A2"] > 0.5
        mixed = 0 < one.Y.mean() < 1 and 0 < said.mean() < 1
        if mixed and np.abs(values["Z1"]).max() < 2.5:
            found.append(one)
    return tuple(found)


def slopes(one: Instance) -> Arrays:
    """Return the derivative of J at every node, by central differences."""
    values = forward(one, {})
    shapes = {f"d{k}": v.shape for k, v in one.parameters.items()}
    shapes |= {name: values[name[1:]].shape for name in BETWEEN}
    return {
        key: central(lambda v, key=key: float(forward(one, {key: v})["J"]), np.zeros(shape))
        for key, shape in shapes.items()
    }


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    n_x, m = one.X.shape
    values, ofJ = forward(one, {}), slopes(one)
    found: Observation = {
        "layer_sizes.sizes": np.array([n_x, 4, 1]),
        "initialize_parameters.as asked": 1.0,
        "forward_propagation.A2": values["A2"],
        "compute_cost.J": values["J"],
        "nn_model.off its path": 0.0,
        "predict.answers": (values["A2"] > 0.5) * 1.0,
        "predict(half).answers": np.zeros((1, m)),
    }
    found |= {f"backward_propagation.d{k}": ofJ[f"d{k}"] for k in one.parameters}
    for convention, factor in (("L", m), ("J", 1)):
        found |= {f"backward_signals({convention}).{k}": factor * ofJ[k] for k in BETWEEN}
    for tag, rate in (("(given)", 0.3), ("", 1.2)):
        stepped = {k: v - rate * ofJ["d" + k] for k, v in one.parameters.items()}
        found |= {f"update_parameters{tag}.{k}": v for k, v in stepped.items()}
    return expected_behaviour(found)


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look, p, X, Y = Observer(ns), one.parameters, one.X, one.Y
    values = forward(one, {})
    grads = {f"d{name}": truth(index)[f"backward_propagation.d{name}"] for name in p}
    look("layer_sizes", X, Y, parts=lambda r: {"sizes": np.array(r)})
    look("initialize_parameters", 60, 50, 40, parts=as_asked)
    made = look("forward_propagation", X, p, parts=lambda r: {"A2": r[0]})
    more = (p,) if ns["compute_cost"].__code__.co_argcount == 3 else ()
    look("compute_cost", values["A2"], Y, *more, parts=lambda r: {"J": r})
    if made:
        look("backward_propagation", p, made[1], X, Y, parts=dict)
        for convention in "LJ":
            args = (p, made[1], X, Y, convention)
            look("backward_signals", *args, tag=f"({convention})", parts=dict)
    turned = {name: grads[name] for name in sorted(grads, key=lambda n: -int(n[2:]))}
    look("update_parameters", p, turned, 0.3, tag="(given)", parts=dict)
    look("update_parameters", p, grads, parts=dict)
    look("nn_model", X, Y, 3, 3, parts=lambda r: {"off its path": off_path(ns, index, r)})
    look("predict", p, X, parts=lambda r: {"answers": np.array(r) * 1.0})
    zeros = {k: 0 * v for k, v in p.items()}
    look("predict", zeros, X, tag="(half)", parts=lambda r: {"answers": np.array(r) * 1.0})
    return look.seen


def as_asked(parameters: Arrays) -> Observation:
    """Tell whether the parameters have the spread of 0.01, zero biases and a draw of their own."""
    shapes = {"W1": (50, 60), "b1": (50, 1), "W2": (40, 50), "b2": (40, 1)}
    good = parameters.keys() == shapes.keys()
    good = good and all(parameters[k].shape == shape for k, shape in shapes.items())
    if good:
        W1, W2 = parameters["W1"], parameters["W2"]
        good &= not parameters["b1"].any() and not parameters["b2"].any()
        good &= all(abs(W.std() - 0.01) < 0.001 and abs(W.mean()) < 0.001 for W in (W1, W2))
        good &= len(np.intersect1d(W1, W2)) == 0 and np.linalg.matrix_rank(W1) == 50
    return {"as asked": float(good)}


def off_path(ns: Namespace, index: int, result: Any) -> float:
    """Return how far three updates end from those of gradient descent from the same start."""
    one = instances()[index]
    here = ns["nn_model"](one.X, one.Y, 3, 0)
    if here["W1"].shape != (3, len(one.X)) or result.keys() != here.keys():
        return np.inf
    if here["b1"].any() or here["b2"].any():
        return np.inf  # before any update biases are zero
    for _ in range(3):
        slope = slopes(Instance(one.X, one.Y, here))
        here = {k: v - 1.2 * slope["d" + k] for k, v in here.items()}
    return max(float(np.max(np.abs(result[k] - here[k]))) for k in here)
