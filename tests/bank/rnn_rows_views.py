"""Unit 07b, caches that hold views of x or of h, as most public solutions have them.

Everything else about them is right: in a script that never reuses an array nobody notices.
"""

import numpy as np

from .registry import MUTANTS, Mutant
from .rnn_rows import rnn_step_backward, rnn_step_forward


def views(thing):
    """Register the functions of a class body; what they lack shows in rnn_backward."""
    made = {name: f for name, f in vars(thing).items() if not name.startswith("__")}
    name = f"rnn_backward/{thing.__name__}"
    known = "cache-view-aliasing"
    MUTANTS[f"rnn_rows:{name}"] = Mutant(name, "rnn_rows", made, {}, "rnn_backward", known)
    return thing


@views
class view_of_x_in_the_cache:
    def rnn_step_forward(x, prev_h, Wx, Wh, b):
        next_h = np.tanh(np.dot(x, Wx) + np.dot(prev_h, Wh) + b)
        return next_h, (x, prev_h, Wx, Wh, b, next_h)


@views
class views_of_x_and_of_h:
    """The states are read back from the array that is returned."""

    def rnn_step_forward(x, prev_h, Wx, Wh, b):
        next_h = np.tanh(x.dot(Wx) + prev_h.dot(Wh) + b)
        return next_h, (x, prev_h, Wx, Wh, b, next_h)

    def rnn_forward(x, h0, Wx, Wh, b):
        N, T, D = x.shape
        h, cache = np.empty((N, T, Wh.shape[0])), []
        for i in range(T):
            before = h0 if i == 0 else h[:, i - 1, :]
            h[:, i, :], c = rnn_step_forward(x[:, i, :], before, Wx, Wh, b)
            cache.append(c)
        return h, cache


@views
class the_very_arrays_of_the_whole_sequence:
    """The cache is (x, Wx, Wh, h, h0), and backward lays h0 before h."""

    def rnn_forward(x, h0, Wx, Wh, b):
        h, prev_h = np.zeros((*x.shape[:2], b.shape[0])), h0
        for i in np.arange(x.shape[1]):
            h[:, i, :], _ = rnn_step_forward(x[:, i, :], prev_h, Wx, Wh, b)
            prev_h = h[:, i, :]
        return h, (x, Wx, Wh, b, h, h0)

    def rnn_backward(dh, cache):
        x, Wx, Wh, b, h, h0 = cache
        N, T, H = dh.shape
        memory = np.zeros((N, T + 1, H))
        memory[:, 1:, :], memory[:, 0, :] = h, h0
        dx, dprev = np.zeros_like(x), np.zeros((N, H))
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(H)
        for i in reversed(range(T)):
            step = (x[:, i, :], memory[:, i, :], Wx, Wh, b, memory[:, i + 1, :])
            dx[:, i, :], dprev, wx, wh, bias = rnn_step_backward(dh[:, i, :] + dprev, step)
            dWx, dWh, db = dWx + wx, dWh + wh, db + bias
        return dx, dprev, dWx, dWh, db
