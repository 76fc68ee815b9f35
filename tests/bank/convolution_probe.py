"""Unit 13 seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

#: N, C, H, W, F, HH, WW, stride, pad.
SIZES = ((2, 3, 5, 4, 2, 3, 2, 2, 1), (2, 2, 4, 3, 2, 2, 2, 1, 0), (1, 2, 3, 5, 3, 2, 3, 1, 1))
NAMES = ("dx", "dw", "db")


@dataclass(frozen=True, eq=False)
class Instance:
    leaves: dict[str, np.ndarray]  # x, w, b, in the order of a call
    dout: np.ndarray
    dpool: np.ndarray
    dcols: np.ndarray
    stride: int
    pad: int

    @property
    def pool_param(self) -> dict[str, int]:
        HH, WW = self.leaves["w"].shape[2:]
        return {"pool_height": HH, "pool_width": WW, "stride": self.stride}


@cache
def instances() -> tuple[Instance, ...]:
    rng, found = np.random.default_rng(130), []
    for N, C, H, W, F, HH, WW, stride, pad in SIZES:
        high, wide = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
        leaves = {
            "x": rng.normal(size=(N, C, H, W)),
            "w": rng.normal(size=(F, C, HH, WW)),
            "b": rng.normal(size=F),
        }
        if HH == WW:  # the same numbers in other windows: a winner is found in its own
            leaves["x"][:, :, HH:] = leaves["x"][:, :, :HH]
        dout = rng.normal(size=(N, F, high, wide)) + 0.3
        dpool = rng.normal(size=(N, C, (H - HH) // stride + 1, (W - WW) // stride + 1)) + 0.3
        dcols = rng.normal(size=(N, C * HH * WW, high * wide))
        found.append(Instance(leaves, dout, dpool, dcols, stride, pad))
    return tuple(found)


def windows(x: np.ndarray, HH: int, WW: int, stride: int, pad: int) -> np.ndarray:
    """Return (N, C, H', W', HH, WW)."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    view = np.lib.stride_tricks.sliding_window_view(padded, (HH, WW), axis=(2, 3))
    return view[:, :, ::stride, ::stride]


def convolved(one: Instance, **other: np.ndarray) -> np.ndarray:
    v = one.leaves | other
    seen = windows(v["x"], *v["w"].shape[2:], one.stride, one.pad)
    return np.einsum("ncijhk,fchk->nfij", seen, v["w"]) + v["b"][:, None, None]


def pooled(one: Instance, x: np.ndarray) -> np.ndarray:
    return windows(x, *one.leaves["w"].shape[2:], one.stride, 0).max(axis=(4, 5))


def columns(one: Instance, x: np.ndarray) -> np.ndarray:
    seen = windows(x, *one.leaves["w"].shape[2:], one.stride, one.pad)
    return np.moveaxis(seen, (4, 5), (2, 3)).reshape(one.dcols.shape)


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    x = one.leaves["x"]
    found: Observation = {
        "conv_forward_naive.out": convolved(one),
        "max_pool_forward_naive.out": pooled(one, x),
    }
    for name in NAMES:
        found[f"conv_backward_naive.{name}"] = central(
            lambda v, k=name[1:]: np.sum(one.dout * convolved(one, **{k: v})), one.leaves[name[1:]]
        )
    found["max_pool_backward_naive.dx"] = central(lambda v: np.sum(one.dpool * pooled(one, v)), x)
    found["col2im.dx"] = central(lambda v: np.sum(one.dcols * columns(one, v)), x)
    return expected_behaviour(found)


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one, look = instances()[index], Observer(ns)
    conv_param = {"stride": one.stride, "pad": one.pad}
    made = look(
        "conv_forward_naive", *one.leaves.values(), conv_param, parts=lambda r: {"out": r[0]}
    )
    if made:
        look(
            "conv_backward_naive",
            one.dout,
            made[1],
            parts=lambda r: dict(zip(NAMES, r, strict=True)),
        )
    x, (HH, WW) = one.leaves["x"], one.leaves["w"].shape[2:]
    made = look("max_pool_forward_naive", x, one.pool_param, parts=lambda r: {"out": r[0]})
    if made:
        look("max_pool_backward_naive", one.dpool, made[1], parts=lambda r: {"dx": r})
    look("col2im", one.dcols, x.shape, HH, WW, one.stride, one.pad, parts=lambda r: {"dx": r})
    return look.seen
