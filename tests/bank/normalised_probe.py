"""Unit 11 seen from outside: instances, their truth by central differences, an observation."""

import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = ((7, 4), (4, 4), (2, 3))  # N, D
EPS, MOMENTUM = 0.6, 0.7
NAMES = ("dx", "dgamma", "dbeta")


@dataclass(frozen=True, eq=False)
class Instance:
    leaves: Arrays  # x (N, D), gamma (D,), beta (D,), in the order of a call
    dout: np.ndarray
    averages: Arrays  # running_mean and running_var, (D,)

    @property
    def args(self) -> tuple[np.ndarray, ...]:
        return tuple(self.leaves.values())

    def bn_param(self, mode: str) -> dict[str, Any]:
        return {"mode": mode, "eps": EPS, "momentum": MOMENTUM, **self.averages}


@cache
def instances() -> tuple[Instance, ...]:
    rng, found = np.random.default_rng(110), []
    for N, D in SHAPES:
        x = rng.normal(size=(N, D)) * rng.uniform(0.7, 2, D) + rng.uniform(0.5, 1.5, (N, 1))
        leaves = {"x": x, "gamma": rng.uniform(1.3, 2, D), "beta": rng.uniform(0.4, 1, D)}
        averages = {"running_mean": rng.normal(size=D), "running_var": rng.uniform(0.5, 2, D)}
        found.append(Instance(leaves, rng.normal(size=(N, D)) + 0.3, averages))
    return tuple(found)


def outputs(v: Arrays, axis: int, eps: float = EPS) -> np.ndarray:
    """Return out of the leaves `v`, its means along this axis, written with loops."""
    table = v["x"] if axis else v["x"].T
    rows = []
    for row in table:
        mean = sum(row) / len(row)
        spread = sum((value - mean) ** 2 for value in row) / len(row)
        rows.append((row - mean) / (spread + eps) ** 0.5)
    normal = np.array(rows) if axis else np.array(rows).T
    return normal * v["gamma"] + v["beta"]


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    found: Observation = {}
    for kind, axis in (("batchnorm", 0), ("layernorm", 1)):
        found[f"{kind}_forward.out"] = outputs(one.leaves, axis)
        for name in NAMES:
            found[f"{kind}_backward.{name}"] = central(
                lambda w, k=name[1:], a=axis: np.sum(one.dout * outputs({**one.leaves, k: w}, a)),
                one.leaves[name[1:]],
            )
    mean, var = one.averages.values()
    x, gamma, beta = one.args
    found["batchnorm_forward(test).out"] = gamma * (x - mean) * (var + EPS) ** -0.5 + beta
    for tag, m, (old_mean, old_var) in (("", MOMENTUM, (mean, var)), ("(first)", 0.9, (0, 0))):
        found[f"averages_after{tag}.mean"] = m * old_mean + (1 - m) * x.mean(0)
        found[f"averages_after{tag}.var"] = m * old_var + (1 - m) * x.var(0)
    found["layernorm_forward(usual).out"] = outputs(one.leaves, 1, 1e-5)
    found |= {"averages_after(test).mean": mean, "averages_after(test).var": var}
    backward = {key: 0 for key in found if "backward" in key or key == "layernorm_forward.out"}
    return {**found, **expected_behaviour(backward), **found}


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)
    for kind, param in (("batchnorm", one.bn_param("train")), ("layernorm", {"eps": EPS})):
        made = look(f"{kind}_forward", *one.args, param, parts=lambda r: {"out": r[0]})
        look.seen.pop(f"{kind}_forward changes its arguments", None)  # param may be written into
        x, gamma, beta = (array.copy() for array in one.args)
        if made:
            ns[f"{kind}_forward"](x, gamma, beta, copy.deepcopy(param))
            kept = all(map(np.array_equal, (x, gamma, beta), one.args))
            look.seen[f"{kind}_forward changes its arguments"] = float(not kept)
            look(
                f"{kind}_backward",
                one.dout,
                made[1],
                parts=lambda r: dict(zip(NAMES, r, strict=True)),
            )
    look("layernorm_forward", *one.args, {}, tag="(usual)", parts=lambda r: {"out": r[0]})
    look.seen.pop("layernorm_forward(usual) changes its arguments", None)
    args = (*one.args, one.bn_param("test"))
    look("batchnorm_forward", *args, tag="(test)", parts=lambda r: {"out": r[0]})
    first = {"mode": "train", "eps": EPS}  # momentum is 0.9
    for tag, param in (
        ("", one.bn_param("train")),
        ("(first)", first),
        ("(test)", one.bn_param("test")),
    ):
        x, gamma, beta = one.args
        look(
            "averages_after",
            (x,),
            gamma,
            beta,
            param,
            tag=tag,
            parts=lambda r: dict(
                zip(("mean", "var"), (np.array(a, float).ravel() for a in r), strict=True)
            ),
        )
    return look.seen
