"""Unit 04 seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = [  # widths, m: all different; three layers twice; L = 1, 2, 4; everything square
    ((5, 4, 3, 1), 7),
    ((3, 5, 2, 1), 11),
    ((5, 1), 7),
    ((2, 3, 1), 5),
    ((7, 5, 3, 2, 1), 11),
    ((3, 3, 3, 3, 1), 3),
]


@dataclass(frozen=True, eq=False)
class Instance:
    X: np.ndarray  # (n_0, m)
    Y: np.ndarray  # (1, m)
    parameters: Arrays
    upstream: np.ndarray  # (n_1, m), a random dZ or dA for the first layer

    @property
    def L(self) -> int:
        return len(self.parameters) // 2


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def forward(one: Instance, bump: Arrays) -> Arrays:
    """Return all A, Z and J, where ``bump["dZ2"]`` is added to Z2, ``bump["dW1"]`` to W1, ..."""
    A = one.X + bump.get("dA0", 0)
    values = {}
    for l in range(1, one.L + 1):
        W = one.parameters[f"W{l}"] + bump.get(f"dW{l}", 0)
        b = one.parameters[f"b{l}"] + bump.get(f"db{l}", 0)
        Z = W @ A + b + bump.get(f"dZ{l}", 0)
        A = (sigmoid(Z) if l == one.L else np.where(Z > 0, Z, 0)) + bump.get(f"dA{l}", 0)
        values.update({f"A{l}": A, f"Z{l}": Z})
    values["J"] = -np.mean(one.Y * np.log(A) + (1 - one.Y) * np.log(1 - A))
    return values


@cache
def instances() -> tuple[Instance, ...]:
    """Return screened instances: both labels, every ReLU on and off, nothing near a kink."""
    rng = np.random.default_rng(4)
    found: list[Instance] = []
    while len(found) < len(SHAPES):
        sizes, m = SHAPES[len(found)]
        parameters: Arrays = {}
        for l in range(1, len(sizes)):
            parameters[f"W{l}"] = rng.normal(size=(sizes[l], sizes[l - 1]))
            parameters[f"b{l}"] = rng.normal(size=(sizes[l], 1)) / 2
        Y = rng.integers(0, 2, (1, m)) * 1.0
        one = Instance(
            rng.normal(size=(sizes[0], m)), Y, parameters, rng.normal(size=(sizes[1], m))
        )
        values = forward(one, {})
        hidden = [values[f"Z{l}"] for l in range(1, one.L)]
        mixed = all(np.all((Z > 0).any(1) & (Z < 0).any(1)) for Z in hidden)
        apart = all(np.abs(Z).min() > 1e-2 for Z in hidden)
        if 0 < Y.mean() < 1 and mixed and apart and np.abs(values[f"Z{one.L}"]).max() < 4:
            found.append(one)
    return tuple(found)


def slopes(one: Instance) -> Arrays:
    """Return the derivative of J at every node, by central differences."""
    values = forward(one, {})
    shapes = {"dA0": one.X.shape} | {f"d{k}": v.shape for k, v in one.parameters.items()}
    shapes |= {f"d{k}": v.shape for k, v in values.items() if k[0] in "AZ" and k != f"A{one.L}"}
    return {
        key: central(lambda v, key=key: forward(one, {key: v})["J"], np.zeros(shape))
        for key, shape in shapes.items()
    }


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    m, up, values = one.X.shape[1], one.upstream, forward(one, {})
    W, Z = one.parameters["W1"], values["Z1"]
    all_true: Observation = {"linear_forward.Z": Z, "compute_cost.J": values["J"]}
    all_true["L_model_forward.AL"] = values[f"A{one.L}"]
    for name, g in {"relu": lambda z: np.where(z > 0, z, 0), "sigmoid": sigmoid}.items():
        tag = f"({name})"
        dZ = central(lambda z, g=g: float(np.sum(up * g(z))), Z)
        all_true[f"{name}_backward.dZ"] = dZ
        at_zero = 0.0 if name == "relu" else up / 4  # ReLU's slope at 0 is a matter of contract
        all_true[f"{name}_backward(0).dZ"] = at_zero + 0 * up
        all_true[f"linear_activation_forward{tag}.A"] = g(Z)
        all_true |= linear(f"linear_activation_backward{tag}", dZ, one.X, W, m)
    all_true |= linear("linear_backward", up, one.X, W, m)
    ofJ = slopes(one)
    ofL = {k: v * m if k[:2] in ("dZ", "dA") else v for k, v in ofJ.items()}
    for name, grads in {"L_model_backward": ofL, "L_model_backward_J": ofJ}.items():
        all_true |= {f"{name}.{k}": v for k, v in grads.items()}
    for dst, wanted in {"L": ofL, "J": ofJ}.items():
        for src in "LJ":
            all_true |= {f"convert({src}{dst}).{k}": v for k, v in wanted.items()}
    stepped = {k: v - 0.3 * ofJ["d" + k] for k, v in one.parameters.items()}
    all_true |= {f"update_parameters.{k}": v for k, v in stepped.items()}
    all_true |= {"initialize_parameters_deep.as asked": 1.0, "L_layer_model.off its path": 0.0}
    return expected_behaviour(all_true)


def linear(label: str, dZ: np.ndarray, A: np.ndarray, W: np.ndarray, m: int) -> Observation:
    """Return dA, dW, db of Z = W A + b, by central differences of the sum of dZ * Z."""
    dA = central(lambda a: float(np.sum(dZ * (W @ a))), A)
    dW = central(lambda w: float(np.sum(dZ * (w @ A))), W) / m
    db = central(lambda b: float(np.sum(dZ * (W @ A + b))), np.zeros((len(W), 1))) / m
    return {f"{label}.dA_prev": dA, f"{label}.dW": dW, f"{label}.db": db}


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)
    p, up = one.parameters, one.upstream
    Z = p["W1"] @ one.X + p["b1"]
    ofJ = {k.split(".")[1]: v for k, v in truth(index).items() if k.startswith("convert(LJ).")}
    ofL = {k.split(".")[1]: v for k, v in truth(index).items() if k.startswith("convert(JL).")}
    made = look("linear_forward", one.X, p["W1"], p["b1"], parts=lambda r: {"Z": r[0]})
    if made:
        look("linear_backward", up, made[1], parts=triple)
    for name in ("relu", "sigmoid"):
        look(f"{name}_backward", up, Z, parts=lambda r: {"dZ": r})
        look(f"{name}_backward", up, 0 * Z, tag="(0)", parts=lambda r: {"dZ": r})
        args = (one.X, p["W1"], p["b1"], name)
        made = look(
            "linear_activation_forward", *args, tag=f"({name})", parts=lambda r: {"A": r[0]}
        )
        if made:
            args = (up, made[1], name)
            look("linear_activation_backward", *args, tag=f"({name})", parts=triple)
    AL = forward(one, {})[f"A{one.L}"]
    look("compute_cost", AL, one.Y, parts=lambda r: {"J": r})
    made = look("L_model_forward", one.X, p, parts=lambda r: {"AL": r[0]})
    if made:
        look("L_model_backward", made[0], one.Y, made[1], parts=dict)
        look("L_model_backward_J", made[0], one.Y, made[1], parts=dict)
    for src, grads in {"L": ofL, "J": ofJ}.items():
        for dst in "LJ":
            look("convert", grads, one.X.shape[1], src, dst, tag=f"({src}{dst})", parts=dict)
    look("update_parameters", p, ofJ, 0.3, parts=dict)
    look("initialize_parameters_deep", [40, 100, 60, 80], 3, parts=as_asked)
    args = (one.X, one.Y, [len(one.X), 3, 1], 0.3, 4)
    look("L_layer_model", *args, parts=lambda r: {"off its path": off_path(ns, one, r)})
    return look.seen


def triple(result: Any) -> Observation:
    return dict(zip(("dA_prev", "dW", "db"), result, strict=True))


def as_asked(parameters: Arrays) -> Observation:
    """Tell whether the parameters have He's spread, zero biases and a draw of their own."""
    sizes, good = [40, 100, 60, 80], True
    for l in (1, 2, 3):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        good &= W.shape == (sizes[l], sizes[l - 1]) and b.shape == (sizes[l], 1)
        good &= abs(W.std() * np.sqrt(sizes[l - 1] / 2) - 1) < 0.05 and not b.any()
        good &= abs(W.mean()) < 0.1 * W.std()
    return {"as asked": float(good)}


def off_path(ns: Namespace, one: Instance, result: Any) -> float:
    """Return how far training ends from gradient descent that starts at the same weights."""
    parameters, costs = result
    start = ns["initialize_parameters_deep"]([len(one.X), 3, 1], 1)
    end, path = descent(instances().index(one), tuple((k, v.tobytes()) for k, v in start.items()))
    if len(costs) != 4 or parameters.keys() != end.keys():
        return np.inf
    far = max(float(np.max(np.abs(parameters[k] - end[k]))) for k in end)
    return max(far, float(np.max(np.abs(np.array(costs) - path))))


@cache
def descent(index: int, start: tuple[tuple[str, bytes], ...]) -> tuple[Arrays, list[float]]:
    """Return the end and the costs of four steps with rate 0.3 through a hidden layer of 3."""
    one, path = instances()[index], []
    shapes = {"W1": (3, len(one.X)), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
    here = {k: np.frombuffer(v).reshape(shapes[k]) for k, v in start}
    for _ in range(4):
        there = Instance(one.X, one.Y, here, one.upstream)
        path.append(forward(there, {})["J"])
        slope = slopes(there)
        here = {k: v - 0.3 * slope["d" + k] for k, v in here.items()}
    return here, path
