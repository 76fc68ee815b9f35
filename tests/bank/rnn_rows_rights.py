"""Unit 07b, right answers in unusual form, as they are found in public solutions of CS231n."""

import numpy as np

from .registry import rights_of
from .rnn_rows import rnn_step_backward, rnn_step_forward

right = rights_of("rnn_rows")


@right("rnn_step_backward")
def by_power_and_transpose(dnext_h, cache):
    x, prev_h, Wx, Wh, b, next_h = cache
    d_tanh = (1 - np.power(next_h, 2)) * dnext_h
    dWx = np.dot(np.transpose(x), d_tanh)
    dWh = np.dot(np.transpose(prev_h), d_tanh)
    dx = np.dot(d_tanh, np.transpose(Wx))
    dprev_h = np.dot(d_tanh, np.transpose(Wh))
    return dx, dprev_h, dWx, dWh, d_tanh.sum(axis=0)


@right("rnn_step_backward")
def by_columns_and_back(dnext_h, cache):
    """The state goes back through a product of transposes."""
    x, prev_h, Wx, Wh, b, next_h = cache
    dt = (1 - np.square(next_h)) * dnext_h
    return dt.dot(Wx.T), Wh.dot(dt.T).T, x.T.dot(dt), prev_h.T.dot(dt), dt.sum(0)


@right("rnn_step_backward")
def by_ones_and_einsum(dnext_h, cache):
    x, prev_h, Wx, Wh, b, next_h = cache
    da = dnext_h * (np.ones(next_h.shape) - next_h * next_h)
    dx, dprev_h = np.einsum("ik,dk->id", da, Wx), np.einsum("ik,jk->ij", da, Wh)
    return [
        dx,
        dprev_h,
        np.einsum("id,ik->dk", x, da),
        np.matmul(prev_h.T, da),
        np.ones(len(x)) @ da,
    ]


@right()
class slope_of_the_affine_output:
    """The cache keeps what went into the tanh."""

    def rnn_step_forward(x, prev_h, Wx, Wh, b):
        affine = x.dot(Wx) + prev_h.dot(Wh) + b[np.newaxis, :]
        return np.tanh(affine), (x.copy(), prev_h, Wx, Wh, affine)

    def rnn_step_backward(dnext_h, cache):
        x, prev_h, Wx, Wh, affine = cache
        dt = (1 - np.square(np.tanh(affine))) * dnext_h
        return dt.dot(Wx.T), dt.dot(Wh.T), x.T.dot(dt), prev_h.T.dot(dt), np.sum(dt, axis=0)


@right()
class caches_are_dicts:
    def rnn_step_forward(x, prev_h, Wx, Wh, b):
        next_h = np.tanh(prev_h @ Wh + x @ Wx + b)
        cache = {"x": x.copy(), "prev_h": prev_h, "Wx": Wx, "Wh": Wh, "next_h": next_h}
        return next_h, cache

    def rnn_step_backward(dnext_h, cache):
        dz = dnext_h * (1 - cache["next_h"] ** 2)
        back = dz.dot(cache["Wx"].T), dz.dot(cache["Wh"].T)
        return *back, cache["x"].T.dot(dz), cache["prev_h"].T.dot(dz), np.sum(dz, axis=0)

    def rnn_forward(x, h0, Wx, Wh, b):
        N, T, D = x.shape
        h, cache, prev_h = np.zeros((N, T, len(b))), {"D": D}, h0
        for t in range(T):
            prev_h, cache[t] = rnn_step_forward(x[:, t, :], prev_h, Wx, Wh, b)
            h[:, t, :] = prev_h
        return h, cache

    def rnn_backward(dh, cache):
        N, T, H = dh.shape
        dx, dh0, dWx, dWh, db = np.zeros((N, T, cache["D"])), 0, 0, 0, 0
        for t in range(T - 1, -1, -1):
            dx[:, t, :], dh0, dWxt, dWht, dbt = rnn_step_backward(dh[:, t, :] + dh0, cache[t])
            dWx, dWh, db = dWx + dWxt, dWh + dWht, db + dbt
        return dx, dh0, dWx, dWh, db


@right("rnn_backward")
def stacks_every_step_and_sums_at_the_end(dh, cache):
    N, T, H = dh.shape
    D = cache[0][0].shape[-1]
    dx, dWx, dWh, db = (
        np.zeros((N, T, D)),
        np.zeros((D, H, T)),
        np.zeros((H, H, T)),
        np.zeros((H, T)),
    )
    dprev = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dx[:, t, :], dprev, dWx[:, :, t], dWh[:, :, t], db[:, t] = rnn_step_backward(
            dh[:, t, :] + dprev, cache[t]
        )
    return dx, dprev.copy(), dWx.sum(axis=2), dWh.sum(axis=2), db.sum(axis=1)


@right("rnn_backward")
def the_last_step_before_the_loop(dh, cache):
    N, T, H = dh.shape
    dxl, dprev_h, dWx, dWh, db = rnn_step_backward(dh[:, T - 1, :], cache[T - 1])
    dx = np.zeros((N, T, dxl.shape[1]))
    dx[:, T - 1, :] = dxl
    for t in reversed(range(T - 1)):
        step = rnn_step_backward(dh[:, t, :] + dprev_h, cache[t])
        dx[:, t, :] += step[0]
        dprev_h = step[1]
        dWx, dWh, db = dWx + step[2], dWh + step[3], db + step[4]
    return dx, dprev_h, dWx, dWh, db


@right("rnn_backward")
def adds_into_a_copy_of_dh(dh, cache):
    N, T, H = dh.shape
    current = dh.copy()
    dx, sums = np.zeros((N, T, len(cache[0][2]))), [0, 0, 0]
    for i in reversed(range(T)):
        dx[:, i, :], dprev_h, *parts = rnn_step_backward(current[:, i, :], cache[i])
        if i > 0:
            current[:, i - 1, :] += dprev_h
        sums = [s + p for s, p in zip(sums, parts, strict=True)]
    return dx, dprev_h, *sums


@right()
class time_goes_first:
    """Both loops run over transposed copies, (T, N, D)."""

    def rnn_forward(x, h0, Wx, Wh, b):
        N, T, D = x.shape
        trans_x, h, cache = x.transpose(1, 0, 2).copy(), np.zeros((T, N, Wh.shape[0])), []
        prev_h = h0
        for i in range(T):
            h[i], step_cache = rnn_step_forward(trans_x[i], prev_h, Wx, Wh, b)
            prev_h = h[i].copy()
            cache.append(step_cache)
        return h.transpose(1, 0, 2), cache

    def rnn_backward(dh, cache):
        trans_dh = dh.transpose(1, 0, 2)
        T, N, H = trans_dh.shape
        trans_dx, dnext_h = np.zeros((T, N, cache[0][0].shape[1])), np.zeros((N, H))
        dWx, dWh, db = 0, 0, 0
        for i in reversed(range(T)):
            dnext_h += trans_dh[i]
            trans_dx[i], dprev_h, wx, wh, bias = rnn_step_backward(dnext_h, cache[i])
            dWx, dWh, db, dnext_h = dWx + wx, dWh + wh, db + bias, dprev_h
        return trans_dx.transpose(1, 0, 2), dnext_h, dWx, dWh, db


@right()
class whole_arrays_of_their_own:
    """One cache for the whole sequence, of copies; the caches of the steps are made anew."""

    def rnn_forward(x, h0, Wx, Wh, b):
        h, prev_h = np.zeros((*x.shape[:2], len(b))), h0
        for t in range(x.shape[1]):
            prev_h, _ = rnn_step_forward(x[:, t, :], prev_h, Wx, Wh, b)
            h[:, t, :] = prev_h
        return h, (x.copy(), h0, Wh, Wx, b, h.copy())

    def rnn_backward(dh, cache):
        x, h0, Wh, Wx, b, h = cache
        N, T, H = dh.shape
        next_h, dprev_h = h[:, T - 1, :], np.zeros((N, H))
        dx, dWx, dWh, db = np.zeros(x.shape), np.zeros_like(Wx), np.zeros_like(Wh), np.zeros((H,))
        for t in range(T):
            t = T - 1 - t
            prev_h = h0 if t == 0 else h[:, t - 1, :]
            step_cache = (x[:, t, :], prev_h, Wx, Wh, b, next_h)
            next_h = prev_h
            dnext_h = dh[:, t, :] + dprev_h
            dx[:, t, :], dprev_h, dWxt, dWht, dbt = rnn_step_backward(dnext_h, step_cache)
            dWx, dWh, db = dWx + dWxt, dWh + dWht, db + dbt
        return dx, dprev_h, dWx, dWh, db


@right()
class states_in_a_dict_that_begins_at_minus_one:
    def rnn_forward(x, h0, Wx, Wh, b):
        hs, h = {-1: h0}, np.zeros((*x.shape[:2], h0.shape[1]))
        for i in range(x.shape[1]):
            hs[i], _ = rnn_step_forward(x[:, i, :], hs[i - 1], Wx, Wh, b)
            h[:, i, :] = hs[i]
        return h, (x.copy(), Wx, Wh, b, hs)

    def rnn_backward(dh, cache):
        x, Wx, Wh, b, hs = cache
        dx, dh0 = np.zeros_like(x), np.zeros_like(hs[-1])
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(b))
        for i in reversed(range(x.shape[1])):
            t_cache = (x[:, i, :], hs[i - 1], Wx, Wh, b, hs[i])
            dx[:, i, :], dh0, wx, wh, bias = rnn_step_backward(dh[:, i, :] + dh0, t_cache)
            db, dWh, dWx = db + bias, dWh + wh, dWx + wx
        return dx, dh0, dWx, dWh, db


@right("rnn_backward")
def every_arriving_state_is_a_new_array(dh, cache):
    N, T, H = dh.shape
    grads, dh_pass, dxs = [0, 0, 0], np.zeros((N, H)), []
    for t in np.arange(T)[::-1]:
        dx_t, dh_pass, *parts = rnn_step_backward(dh[:, t, :] + dh_pass, cache[t])
        grads = [g + p for g, p in zip(grads, parts, strict=True)]
        dxs.append(dx_t)
    return np.stack(list(reversed(dxs)), axis=1), dh_pass, *grads


@right()
class everything_in_one_function:
    """rnn_backward calls no step."""

    def rnn_forward(x, h0, Wx, Wh, b):
        h = [h0]
        for t in range(x.shape[1]):
            h.append(np.tanh(x[:, t] @ Wx + h[-1] @ Wh + b))
        return np.stack(h[1:], axis=1), {"h": h, "x": x.copy(), "W": (Wx.copy(), Wh.copy())}

    def rnn_backward(dh, cache):
        h, x, (Wx, Wh) = cache["h"], cache["x"], cache["W"]
        dzs, carry = np.zeros(dh.shape), 0
        for t in reversed(range(dh.shape[1])):
            dzs[:, t] = (dh[:, t] + carry) * (1 - h[t + 1] ** 2)
            carry = dzs[:, t] @ Wh.T
        before = np.stack(h[:-1], axis=1)
        dWx, dWh = (np.einsum("ntd,ntk->dk", a, dzs) for a in (x, before))
        return dzs @ Wx.T, carry, dWx, dWh, dzs.sum(axis=(0, 1))


@right()
class the_first_step_before_the_loop:
    def rnn_forward(x, h0, Wx, Wh, b):
        h_t, cache_t = rnn_step_forward(x[:, 0, :], h0, Wx, Wh, b)
        hs, cache = [h_t], [cache_t]
        for t in range(1, x.shape[1]):
            h_t, cache_t = rnn_step_forward(x[:, t, :], h_t, Wx, Wh, b)
            hs.append(h_t)
            cache = [*cache, cache_t]
        return np.stack(hs, axis=1), cache
