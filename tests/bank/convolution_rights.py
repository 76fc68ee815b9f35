"""Unit 13, right answers in the forms that public solutions of CS231n have."""

import numpy as np

from .registry import rights_of

right = rights_of("convolution")


@right("conv_backward_naive")
def db_of_all_axes_first(dout, cache):
    """db by one sum; each filter's dx is spread over the images at once."""
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant")
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    db = np.sum(dout, axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = i * stride, j * stride
            seen = xp[:, :, r : r + HH, c : c + WW]
            for k in range(F):
                dw[k] += np.sum(seen * dout[:, k, i, j][:, None, None, None], axis=0)
            for n in range(N):
                dxp[n, :, r : r + HH, c : c + WW] += np.sum(
                    w * dout[n, :, i, j][:, None, None, None], axis=0
                )
    return dxp[:, :, pad : xp.shape[2] - pad, pad : xp.shape[3] - pad], dw, db


@right("conv_backward_naive")
def einsum_for_each_place(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    H, W = x.shape[2:]
    HH, WW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
    dxp, dw = np.zeros(xp.shape), np.zeros(w.shape)
    for i, r in enumerate(range(0, H + 2 * pad - HH + 1, stride)):
        for j, c in enumerate(range(0, W + 2 * pad - WW + 1, stride)):
            dw += np.einsum("nf,nchk->fchk", dout[:, :, i, j], xp[:, :, r : r + HH, c : c + WW])
            dxp[:, :, r : r + HH, c : c + WW] += np.einsum("nf,fchk->nchk", dout[:, :, i, j], w)
    dx = dxp[:, :, pad:-pad, pad:-pad] if pad > 0 else dxp
    return dx, dw, np.einsum("nfij->f", dout)


@right("conv_backward_naive")
def tensordot_on_a_strided_view(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    H, W = x.shape[2:]
    F, C, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    view = np.lib.stride_tricks.sliding_window_view(xp, (HH, WW), axis=(2, 3))
    view = view[:, :, ::stride, ::stride]
    dw = np.tensordot(dout, view, axes=((0, 2, 3), (0, 2, 3)))
    dxp = np.zeros_like(xp)
    for n in range(len(x)):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                r, c = i * stride, j * stride
                dxp[n, :, r : r + HH, c : c + WW] += np.tensordot(dout[n, :, i, j], w, axes=1)
    return dxp[:, :, pad : H + pad, pad : W + pad], dw, dout.sum((0, 2, 3))


@right("conv_backward_naive")
def a_full_convolution_with_the_kernel_turned(dout, cache):
    """dout is spread by the stride and given a border; w is turned; x is read by turned steps."""
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    high, wide = ((n - 1) * stride + 1 for n in dout.shape[2:])
    apart = np.zeros((N, F, high, wide))
    apart[:, :, ::stride, ::stride] = dout
    fields = np.lib.stride_tricks.sliding_window_view
    dw = np.einsum("nfij,nchkij->fchk", apart, fields(xp, (high, wide), axis=(2, 3)))
    border = np.pad(apart, ((0, 0), (0, 0), (HH - 1, HH - 1), (WW - 1, WW - 1)))
    turned = np.rot90(w, 2, axes=(2, 3))
    dxp = np.einsum("nfijhk,fchk->ncij", fields(border, (HH, WW), axis=(2, 3)), turned)
    return dxp[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


@right("conv_backward_naive")
def seven_loops(dout, cache):
    """No border is made: an index that lies in it is left out."""
    x, w, b, conv_param = cache
    s, p = conv_param.get("stride", 1), conv_param.get("pad", 0)
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    db[f] += dout[n, f, i, j]
                    for h in range(HH):
                        for k in range(WW):
                            r, c = i * s + h - p, j * s + k - p
                            if 0 <= r < H and 0 <= c < W:
                                for m in range(C):
                                    dw[f, m, h, k] += dout[n, f, i, j] * x[n, m, r, c]
                                    dx[n, m, r, c] += dout[n, f, i, j] * w[f, m, h, k]
    return dx, dw, db


@right("conv_backward_naive")
def pixel_by_pixel_with_a_mask(dout, cache):
    """dx gathers, for each pixel, the weights that met it; the rest of a mask is zero."""
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = dout.shape[2:]
    xp = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)], "constant")
    db = np.array([np.sum(dout[:, f, :, :]) for f in range(F)])
    dw = np.zeros((F, C, HH, WW))
    for f in range(F):
        for c in range(C):
            for h in range(HH):
                for k in range(WW):
                    read = xp[
                        :, c, h : h + H_out * stride : stride, k : k + W_out * stride : stride
                    ]
                    dw[f, c, h, k] = np.sum(dout[:, f, :, :] * read)
    dx = np.zeros((N, C, H, W))
    for r in range(H):
        for q in range(W):
            for i in range(H_out):
                for j in range(W_out):
                    mask = np.zeros(w.shape)
                    h, k = r + pad - i * stride, q + pad - j * stride
                    if 0 <= h < HH and 0 <= k < WW:
                        mask[:, :, h, k] = 1.0
                    dx[:, :, r, q] += dout[:, :, i, j] @ np.sum(w * mask, axis=(2, 3))
    return dx, dw, db


@right()
class columns_of_each_image_in_the_cache:
    """The windows of each image stand as columns of a matrix in the cache."""

    def conv_forward_naive(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, C, H, W = x.shape
        F, _, HH, WW = w.shape
        high, wide = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
        xp = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant", constant_values=0)
        columns = np.zeros((N, C * HH * WW, high * wide))
        for n in range(N):
            count = 0
            for r in range(0, H + 2 * pad - HH + 1, stride):
                for c in range(0, W + 2 * pad - WW + 1, stride):
                    columns[n, :, count] = xp[n, :, r : r + HH, c : c + WW].ravel()
                    count += 1
        out = np.array([w.reshape(F, -1).dot(one) + b.reshape(F, 1) for one in columns])
        return out.reshape(N, F, high, wide), (x.shape, w, conv_param, columns)

    def conv_backward_naive(dout, cache):
        (N, C, H, W), w, conv_param, columns = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        F, _, HH, WW = w.shape
        flat = dout.reshape(N, F, -1)
        db = flat.sum(axis=2).sum(axis=0)
        dw = sum(flat[n] @ columns[n].T for n in range(N)).reshape(w.shape)
        dxp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
        for n in range(N):
            back, count = w.reshape(F, -1).T @ flat[n], 0
            for r in range(0, H + 2 * pad - HH + 1, stride):
                for c in range(0, W + 2 * pad - WW + 1, stride):
                    dxp[n, :, r : r + HH, c : c + WW] += back[:, count].reshape(C, HH, WW)
                    count += 1
        return dxp[:, :, pad : H + pad, pad : W + pad], dw, db


@right()
class a_dict_with_the_border_in_the_cache:
    """The padded images are kept; the border is cut with np.delete."""

    def conv_forward_naive(x, w, b, conv_param):
        s, p = conv_param["stride"], conv_param["pad"]
        HH, WW = w.shape[2:]
        xp = np.zeros((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
        xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
        high, wide = (xp.shape[2] - HH) // s + 1, (xp.shape[3] - WW) // s + 1
        out = np.empty((len(x), len(w), high, wide))
        for i in range(high):
            for j in range(wide):
                seen = xp[:, np.newaxis, :, i * s : i * s + HH, j * s : j * s + WW]
                out[:, :, i, j] = np.sum(seen * w, axis=(2, 3, 4)) + b
        return out, {"xp": xp, "w": w.copy(), "s": s, "p": p}

    def conv_backward_naive(dout, cache):
        xp, w, s, p = cache["xp"], cache["w"], cache["s"], cache["p"]
        HH, WW = w.shape[2:]
        dxp, dw = np.zeros_like(xp), np.zeros_like(w)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                g = dout[:, :, i, j][:, :, None, None, None]
                at = (slice(None), slice(None), slice(i * s, i * s + HH), slice(j * s, j * s + WW))
                dxp[at] += np.sum(g * w, axis=1)
                dw += np.sum(g * xp[at][:, None], axis=0)
        rows = [*range(p), *range(dxp.shape[2] - p, dxp.shape[2])]
        sides = [*range(p), *range(dxp.shape[3] - p, dxp.shape[3])]
        dx = np.delete(np.delete(dxp, rows, axis=2), sides, axis=3)
        return dx, dw, dout.sum(axis=3).sum(axis=2).sum(axis=0)


@right("max_pool_backward_naive")
def a_mask_of_all_that_are_largest(dout, cache):
    """Where two are the same both would be paid; the contract has no such windows."""
    x, pool_param = cache
    HH, WW, s = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    dx = np.zeros_like(x)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + HH, j * s : j * s + WW]
                    dx[n, c, i * s : i * s + HH, j * s : j * s + WW] += dout[n, c, i, j] * (
                        window == np.max(window)
                    )
    return dx


@right("max_pool_backward_naive")
def all_images_and_channels_at_once(dout, cache):
    x, pool_param = cache
    HH, WW, s = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * s : i * s + HH, j * s : j * s + WW]
            largest = np.max(window, axis=(2, 3), keepdims=True)
            dx[:, :, i * s : i * s + HH, j * s : j * s + WW] += (window == largest) * dout[
                :, :, i, j
            ][:, :, None, None]
    return dx


@right()
class the_places_of_the_winners_in_the_cache:
    """The forward pass keeps where each winner stood; np.add.at puts dout there."""

    def max_pool_forward_naive(x, pool_param):
        HH, WW, s = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
        view = np.lib.stride_tricks.sliding_window_view(x, (HH, WW), axis=(2, 3))
        view = view[:, :, ::s, ::s]
        flat = view.reshape(*view.shape[:4], HH * WW)
        return flat.max(axis=-1), (x.shape, flat.argmax(axis=-1), WW, s)

    def max_pool_backward_naive(dout, cache):
        shape, where, WW, s = cache
        n, c, i, j = np.indices(dout.shape)
        dx = np.zeros(shape)
        np.add.at(dx, (n, c, i * s + where // WW, j * s + where % WW), dout)
        return dx


@right("max_pool_forward_naive")
def largest_of_flat_windows(x, pool_param):
    HH, WW, s = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    N, C, H, W = x.shape
    out = np.zeros((N, C, int((H - HH) / s + 1), int((W - WW) / s + 1)))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            window = x[:, :, i * s : i * s + HH, j * s : j * s + WW]
            out[:, :, i, j] = np.max(window.reshape(N, C, -1), axis=2)
    return out, (x, pool_param)


@right("col2im")
def one_offset_of_the_window_at_a_time(dcols, x_shape, HH, WW, stride, pad):
    N, C, H, W = x_shape
    high, wide = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
    apart = dcols.reshape(N, C, HH, WW, high, wide)
    image = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for h in range(HH):
        for k in range(WW):
            rows = slice(h, h + stride * high, stride)
            image[:, :, rows, k : k + stride * wide : stride] += apart[:, :, h, k]
    return image[:, :, pad : H + pad, pad : W + pad]


@right("col2im")
def with_arrays_of_indices(dcols, x_shape, HH, WW, stride, pad):
    N, C, H, W = x_shape
    high, wide = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
    i0 = np.tile(np.repeat(np.arange(HH), WW), C)
    j0 = np.tile(np.arange(WW), HH * C)
    rows = i0.reshape(-1, 1) + stride * np.repeat(np.arange(high), wide)
    sides = j0.reshape(-1, 1) + stride * np.tile(np.arange(wide), high)
    channel = np.repeat(np.arange(C), HH * WW).reshape(-1, 1)
    image = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    np.add.at(image, (slice(None), channel, rows, sides), dcols)
    return image if pad == 0 else image[:, :, pad:-pad, pad:-pad]
