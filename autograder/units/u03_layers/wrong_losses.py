"""What may stand in the place of the loss of the softmax, and of its gradient."""

from __future__ import annotations

import numpy as np

from autograder.engine.exercise import Relative
from autograder.networks import Array


def wrong_losses(x: Array, y: Array, loss: float) -> tuple[Relative, ...]:
    """What known mistakes make of the loss, and what makes it unlike them."""
    rows, e = np.arange(len(y)), np.exp(x)
    known = [
        ("sum-loss-vs-mean-loss", "", loss * len(y)),
        ("log-base", "base 2", loss / np.log(2)),
        ("log-base", "base 10", loss / np.log(10)),
        ("sign-flip", "", -loss),
        ("wrong-m", "N = x.shape[1]", loss * len(y) / x.shape[1]),
    ]
    overwritten = float(-np.log(1 - (e / e.sum(axis=1, keepdims=True))[rows, y]).mean())
    known.append(("inplace-p-minus-y", "the loss from p - y", overwritten))
    # with another axis it matters by how much the scores of a row were shifted before
    for shift in (0.0, x.max(axis=1, keepdims=True)):
        f = np.exp(x - shift)
        for told, total in (("over the examples", f.sum(axis=0)), ("over everything", f.sum())):
            wrong = -np.log((f / total)[rows, y]).mean()
            known.append(("softmax-wrong-axis", told, float(wrong)))
    return tuple(Relative(id, {"loss": np.asarray(found)}, told) for id, told, found in known)


def instead_of_dx(x: Array, y: Array) -> dict[str, Array]:
    """What may stand in the place of ``dx = (p - 1 at the label) / N``, in words."""
    N, one = len(y), np.zeros_like(x)
    one[np.arange(N), y] = 1.0
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    return {
        "(p + 1 at the label) / N, with 1 added where it has to be subtracted": (p + one) / N,
        "(log p - 1 at the label) / N, with log p in the place of p": (np.log(p) - one) / N,
        "(exp(x) - 1 at the label) / N, with exp(x) in the place of p": (np.exp(x) - one) / N,
        "(x - 1 at the label) / N, with the scores in the place of p": (x - one) / N,
        "p / N - 1 at the label: N divides p alone": p / N - one,
        "p - 1/N at the label: N divides the 1 alone": p - one / N,
        "(1 at the label times (p - 1)) / N: 0 at the classes that are no label": one * (p - 1) / N,
        "p * (p - 1 at the label) / N, with a factor p too many": p * (p - one) / N,
        "(p - 1 in every column) / N": (p - 1) / N,
    }
