"""Cases 1 and 2: a shape tells it."""

from __future__ import annotations

import numpy as np

from autograder.concept_keys.clinic.case import Case, Chart
from autograder.concept_keys.clinic.columns_in_time import drawn_rnn, rnn_backward


def _affine(id: str, rng: np.random.Generator) -> Chart:
    N, D, M = (int(n) for n in rng.choice([2, 3, 4, 5, 6, 7], 3, replace=False))
    x, w, dout = rng.normal(size=(N, D)), rng.normal(size=(D, M)), rng.normal(size=(N, M))
    dw, db = x.T @ dout, dout.sum(axis=0)
    if id == "db-wrong-axis":
        db = dout.sum(axis=1)
    if id == "db-no-sum":
        db = dout
    if id == "db-sum-all":
        db = dout.sum()
    if id == "db-extra-axis":
        db = dout.sum(axis=0, keepdims=True)
    if id == "dw-transposed":
        dw = dout.T @ x
    arrays = {"x": (x, dout @ w.T), "w": (w, dw), "b": (np.zeros(M), db)}
    return Chart([(name, f"{a.shape}", f"{np.shape(da)}") for name, (a, da) in arrays.items()])


AFFINE = Case(
    "03",
    ("array", "its shape", "shape of its gradient"),
    _affine,
    {
        "db-wrong-axis": "`db = dout.sum(axis=1)`",
        "db-no-sum": "`db = dout`",
        "db-sum-all": "`db = dout.sum()`",
        "db-extra-axis": "`db = dout.sum(axis=0, keepdims=True)`",
        "dw-transposed": "`dw = dout.T @ x`",
    },
)


def _recurrent(id: str, rng: np.random.Generator) -> Chart:
    n_x, n_a, m, T = (int(n) for n in rng.choice([2, 3, 4, 5, 6], 4, replace=False))
    columns = []
    for sizes in ((n_x, n_a, m, T), (1, 1, 1, 1)):
        drawn = drawn_rnn(rng, *sizes)
        columns.append((drawn, rnn_backward(drawn, id)))
    (large, found), (_, alone) = columns
    names = {"x": large["x"], "a0": large["a0"]}
    names |= {name: large[name] for name in ("Wax", "Waa", "ba")}
    return Chart(
        [
            (name, f"{a.shape}", f"{found[f'd{name}'].shape}", f"{alone[f'd{name}'].shape}")
            for name, a in names.items()
        ]
    )


RECURRENT = Case(
    "07",
    ("array", "its shape", "shape of its gradient", "the same, all sizes 1"),
    _recurrent,
    {
        "dba-broadcast-square": "`dba = dba + dz.sum(axis=1)`, with `dba` of shape (n_a, 1)",
        "db-no-keepdims": "the cell's backward function returns a `dba` without its second axis",
        "db-no-sum": "`dba = dba + dz`",
        "da0-not-returned": "`da0` is an array with an axis for time",
        "dw-transposed": "`dWax = dWax + xt @ dz.T`",
        "db-sum-all": "`dba = dba + dz.sum()`, from `dba = 0`",
    },
    only=("dba-broadcast-square", "db-no-keepdims", "da0-not-returned"),
)
