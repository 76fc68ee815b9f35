"""Unit 09, slips in the LSTM's forward pass that only the backward pass feels."""

import numpy as np

from .lstm import lstm_cell_forward
from .registry import mutants_of

mutant = mutants_of("lstm")


@mutant("cache-view-aliasing", of="lstm_forward")
def c_next_is_a_view_of_c(x, a0, parameters):
    caches, y = [], []
    n_a, m = a0.shape
    a, c = np.zeros((n_a, m, x.shape[2])), np.zeros((n_a, m, x.shape[2]))
    a_next, c_next = a0, c[:, :, 0]
    for t in range(x.shape[2]):
        xt = x[:, :, t].copy()
        a_next, c_next, yt, cache = lstm_cell_forward(xt, a_next, c_next, parameters)
        a[:, :, t], c[:, :, t] = a_next, c_next
        y.append(yt)
        caches.append(cache)
    return a, np.stack(y, axis=2), c, (caches, x)


@mutant("alias-last-cache", of="lstm_forward")
def one_cache_T_times(x, a0, parameters):
    a, c, y = [], [], []
    a_next, c_next = a0, np.zeros(a0.shape)
    for t in range(x.shape[2]):
        xt = x[:, :, t].copy()
        a_next, c_next, yt, cache = lstm_cell_forward(xt, a_next, c_next, parameters)
        a.append(a_next)
        c.append(c_next)
        y.append(yt)
    stacked = (np.stack(v, axis=2) for v in (a, y, c))
    return *stacked, ([cache] * x.shape[2], x)
