"""Unit 03 seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour, same
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = [((7, 2, 3), 5, 4), ((5, 3), 7, 2), ((11, 2), 4, 3), ((4, 4), 4, 4)]  # x, M, C


class Affine:
    """A layer of a model, given to the student."""

    def __init__(self, w: np.ndarray, b: np.ndarray) -> None:
        self.w, self.b = w, b

    def forward(self, x: np.ndarray) -> tuple[np.ndarray, Any]:
        flat = x.reshape(len(x), -1)
        return flat @ self.w + self.b, flat

    def backward(self, dout: np.ndarray, flat: Any) -> tuple[np.ndarray, Arrays]:
        return dout @ self.w.T, {"w": flat.T @ dout, "b": dout.sum(axis=0)}


class Relu:
    """A layer without parameters."""

    def forward(self, x: np.ndarray) -> tuple[np.ndarray, Any]:
        return np.where(x > 0, x, 0), x > 0

    def backward(self, dout: np.ndarray, mask: Any) -> tuple[np.ndarray, Arrays]:
        return dout * mask, {}


class Model:
    def __init__(self, *layers: Any) -> None:
        self.layers = list(layers)


@dataclass(frozen=True, eq=False)
class Instance:
    x: np.ndarray  # (N, d_1, ..., d_k)
    w: np.ndarray  # (D, M)
    b: np.ndarray  # (M,)
    w2: np.ndarray  # (M, C)
    b2: np.ndarray  # (C,)
    y: np.ndarray  # (N,) labels
    up: np.ndarray  # (N, M), a random upstream
    scores: np.ndarray  # (N, C)

    def model(self) -> Model:
        return Model(Affine(self.w, self.b), Relu(), Affine(self.w2, self.b2))


@cache
def instances() -> tuple[Instance, ...]:
    """Return instances with no exact zero, and with ReLU units on and off."""
    rng, found = np.random.default_rng(3), []
    while len(found) < len(SHAPES):
        shape, M, C = SHAPES[len(found)]
        N, D = shape[0], int(np.prod(shape[1:]))
        sizes = [shape, (D, M), (M,), (M, C), (C,)]
        arrays = [rng.normal(size=size) for size in sizes]
        y = rng.permutation(np.arange(N) % C)
        one = Instance(*arrays, y, rng.normal(size=(N, M)), rng.normal(size=(N, C)))
        z = one.x.reshape(N, -1) @ one.w + one.b
        if np.abs(z).min() > 1e-2 and np.all((z > 0).any(0) & (z < 0).any(0)):
            found.append(one)
    return tuple(found)


def softmax(x: np.ndarray) -> np.ndarray:
    return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)


def loss(scores: np.ndarray, y: np.ndarray) -> float:
    return float(-np.mean(np.log(softmax(scores))[np.arange(len(y)), y]))


POINTWISE = {
    "relu": lambda x: np.where(x > 0, x, 0),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "softmax": softmax,
}


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    N = len(one.x)

    def affine(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
        return x.reshape(N, -1) @ w + b

    def total(w: Any = one.w, b: Any = one.b, w2: Any = one.w2, b2: Any = one.b2) -> float:
        a = POINTWISE["relu"](affine(one.x, w, b))
        return loss(a @ w2 + b2, one.y)

    def given(**changed: Any) -> float:
        leaves = {"x": one.x, "w": one.w, "b": one.b} | changed
        return float(np.sum(one.up * affine(**leaves)))

    z = affine(one.x, one.w, one.b)
    found: Observation = {"affine_forward.out": z, "softmax_loss.loss": loss(one.scores, one.y)}
    for key in "xwb":
        slope = central(lambda v, key=key: given(**{key: v}), getattr(one, key))
        found[f"affine_backward.d{key}"] = slope
    for name, g in POINTWISE.items():
        if name != "softmax":
            found[f"{name}_forward.out"] = g(z)
        found[f"{name}_backward.dx"] = central(lambda v, g=g: float(np.sum(one.up * g(v))), z)
    found["softmax_loss.dx"] = central(lambda v: loss(v, one.y), one.scores)
    found |= {
        f"softmax_loss of large scores.{k}": found[f"softmax_loss.{k}"] for k in ("loss", "dx")
    }
    found["backprop.loss"] = total()
    for key in ("w", "b", "w2", "b2"):
        slope = central(lambda v, key=key: total(**{key: v}), getattr(one, key))
        found[f"backprop.{2 if '2' in key else 0} {key[0]}"] = slope
    owned = {f"{layer} keeps its cache": 1.0 for layer in ("affine", "relu", "sigmoid", "tanh")}
    return {**expected_behaviour(found), **owned, "relu passes at zero": 0.0}


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)
    z = one.x.reshape(len(one.x), -1) @ one.w + one.b
    made = look("affine_forward", one.x, one.w, one.b, parts=lambda r: {"out": r[0]})
    if made:
        look("affine_backward", one.up, made[1], parts=triple)
    keeps(look, "affine", one.up, one.x, one.w, one.b)
    for name in ("relu", "sigmoid", "tanh"):
        made = look(f"{name}_forward", z, parts=lambda r: {"out": r[0]})
        if made:
            look(f"{name}_backward", one.up, made[1], parts=lambda r: {"dx": r})
        keeps(look, name, one.up, z)
    look("softmax_backward", one.up, softmax(z), parts=lambda r: {"dx": r})
    at_zero(look, np.ones_like(z))
    look("softmax_loss", one.scores, one.y, parts=lambda r: {"loss": r[0], "dx": r[1]})
    large = one.scores + 1000.0
    tag = " of large scores"
    look("softmax_loss", large, one.y, tag=tag, parts=lambda r: {"loss": r[0], "dx": r[1]})
    look("backprop", one.model(), one.x, one.y, parts=walked)
    return look.seen


def keeps(look: Observer, layer: str, up: np.ndarray, *args: np.ndarray) -> None:
    """Note whether what a layer cached survives that its caller overwrites the arguments."""
    mine = [arg.copy() for arg in args]
    try:
        _, cache = look.ns[f"{layer}_forward"](*mine)
        before = look.ns[f"{layer}_backward"](up.copy(), cache)
        for arg in mine:
            arg[...] = 9.0
        after = look.ns[f"{layer}_backward"](up.copy(), cache)
    except Exception as error:  # a student's function may raise anything
        look.seen[f"{layer} keeps its cache"] = type(error).__name__
        return
    look.seen[f"{layer} keeps its cache"] = float(same(before, after))


def at_zero(look: Observer, up: np.ndarray) -> None:
    """Note whether ReLU passes anything where x is exactly 0."""
    try:
        _, cache = look.ns["relu_forward"](np.zeros_like(up))
        passed = np.any(look.ns["relu_backward"](up, cache) != 0)
    except Exception as error:  # a student's function may raise anything
        look.seen["relu passes at zero"] = type(error).__name__
        return
    look.seen["relu passes at zero"] = float(passed)


def triple(result: Any) -> Observation:
    return dict(zip(("dx", "dw", "db"), result, strict=True))


def walked(result: Any) -> Observation:
    cost, grads = result
    flat = {f"{i} {key}": v for i, layer in grads.items() for key, v in layer.items()}
    return {"loss": cost, **flat}
