"""What may stand in the place of the loss of the softmax, and of its gradient."""

from __future__ import annotations

import numpy as np

from autograder.engine.exercise import Relative
from autograder.engine.formulas import Formula
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
    shifted = np.exp(x - x.max(axis=0))
    unlike = -np.log((shifted / shifted.sum(axis=1, keepdims=True))[rows, y]).mean()
    known.append(("softmax-shift-differs", "", float(unlike)))
    # with another axis it matters by how much the scores of a row were shifted before
    for shift in (0.0, x.max(axis=1, keepdims=True)):
        f = np.exp(x - shift)
        for told, total in (("over the examples", f.sum(axis=0)), ("over everything", f.sum())):
            wrong = -np.log((f / total)[rows, y]).mean()
            known.append(("softmax-wrong-axis", told, float(wrong)))
    return tuple(Relative(id, {"loss": np.asarray(found)}, told) for id, told, found in known)


def formula_of_dx(x: Array, y: Array) -> Formula:
    """The formula of dx, in which ``one_hot`` is 1 at the label of each row and 0 elsewhere."""
    one_hot = np.zeros_like(x)
    one_hot[np.arange(len(y)), y] = 1.0
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    others = ("(np.exp(x) - one_hot) / N", "one_hot * (p - 1) / N", "p * (p - one_hot) / N")
    held = {"p": p, "one_hot": one_hot, "N": len(y), "C": x.shape[1], "x": x}
    spelt = {"p": "softmax(x)", "one_hot": "one_hot(y)"}
    return Formula("(p - one_hot) / N", held, spelt, others)
