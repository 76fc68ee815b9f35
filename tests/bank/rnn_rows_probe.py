"""Unit 07b seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace
from .rnn_probe import counted

Arrays = dict[str, np.ndarray]
SHAPES = [  # D, H, N, T: all different, one step, everything equal
    (3, 5, 7, 4),
    (3, 5, 7, 1),
    (3, 3, 3, 3),
]
NAMES = {"x": "dx", "h0": "dh0", "Wx": "dWx", "Wh": "dWh", "b": "db"}


@dataclass(frozen=True, eq=False)
class Instance:
    leaves: Arrays  # x: (N, T, D), h0: (N, H) and the three parameters, in the order of a call
    dh: np.ndarray  # (N, T, H), a random upstream

    @property
    def args(self) -> tuple[np.ndarray, ...]:
        return tuple(self.leaves.values())

    @property
    def step(self) -> tuple[np.ndarray, ...]:
        return (self.leaves["x"][:, 0], *self.args[1:])


@cache
def instances() -> tuple[Instance, ...]:
    rng = np.random.default_rng(70)
    found = []
    for D, H, N, T in SHAPES:
        shapes = {"x": (N, T, D), "h0": (N, H), "Wx": (D, H), "Wh": (H, H), "b": (H,)}
        leaves = {key: rng.normal(size=shape) / 2 for key, shape in shapes.items()}
        found.append(Instance(leaves, rng.normal(size=(N, T, H))))
    return tuple(found)


def hidden(v: Arrays) -> np.ndarray:
    """Return h: (N, T, H) of the leaves `v`."""
    h, steps = v["h0"], []
    for t in range(v["x"].shape[1]):
        h = np.tanh(h @ v["Wh"] + v["x"][:, t] @ v["Wx"] + v["b"])
        steps.append(h)
    return np.stack(steps, axis=1)


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    v, dh = one.leaves, one.dh
    first = {**v, "x": v["x"][:, :1]}  # the first step alone
    found: Observation = {"rnn_backward calls the step more than once a step": 0.0}
    for key, name in NAMES.items():
        alone = lambda w, key=key: np.sum(dh[:, :1] * hidden({**first, key: w}))  # noqa: E731
        whole = lambda w, key=key: np.sum(dh * hidden({**v, key: w}))  # noqa: E731
        step = "dprev_h" if key == "h0" else name
        found[f"rnn_step_backward.{step}"] = central(alone, first[key])
        found[f"rnn_backward.{name}"] = central(whole, v[key])
    found["rnn_step_backward.dx"] = found["rnn_step_backward.dx"][:, 0]
    found["rnn_step_forward.next_h"] = hidden(v)[:, 0]
    found["rnn_forward.h"] = hidden(v)
    behaviour = {key: 0 for key in found if "." in key}
    return {**expected_behaviour(behaviour), **found}


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)

    def named(*names):
        return lambda result: dict(zip(names, result, strict=True))

    made = look("rnn_step_forward", *one.step, parts=lambda r: {"next_h": r[0]})
    if made:
        grads = named("dx", "dprev_h", "dWx", "dWh", "db")
        look("rnn_step_backward", one.dh[:, 0], made[1], parts=grads)
    if look("rnn_forward", *one.args, parts=lambda r: {"h": r[0]}):
        mine = one.leaves["x"].copy()
        later, kept = ns["rnn_forward"](mine, *(a.copy() for a in one.args[1:]))
        later[:] = mine[:] = 9.0  # what becomes of h and x is not the business of the cache
        with counted(ns, "rnn_step_backward") as calls:
            look("rnn_backward", one.dh, kept, parts=named(*NAMES.values()))
        over = calls[0] > 2 * one.dh.shape[1]  # the observer calls twice
        look.seen["rnn_backward calls the step more than once a step"] = float(over)
    return look.seen
