"""Unit 12, right answers in the forms that public code has, written anew for this contract."""

import math

import numpy as np

from .registry import rights_of

right = rights_of("attention")


@right("softmax_rows_backward")
def a_jacobian_for_each_row(dP, P):
    dS = np.zeros_like(P)
    for i in range(P.shape[0]):
        s = P[i].reshape(-1, 1)
        dS[i] = (np.diagflat(s) - np.dot(s, s.T)) @ dP[i]
    return dS


@right("softmax_rows_backward")
def product_first_then_its_sum(dP, P):
    dS = dP * P
    dS -= P * np.sum(dS, axis=-1, keepdims=True)
    return dS


@right("softmax_rows_backward")
def one_tensor_of_jacobians(dP, P):
    n = P.shape[-1]
    J = P[:, :, None] * np.eye(n) - np.einsum("ij,ik->ijk", P, P)
    return np.einsum("ijk,ik->ij", J, dP)


@right("softmax_rows_backward")
def in_two_loops(dP, P):
    dS = np.empty(P.shape)
    for i, (up, p) in enumerate(zip(dP, P, strict=True)):
        total = sum(a * b for a, b in zip(up, p, strict=True))
        for j in range(len(p)):
            dS[i, j] = p[j] * (up[j] - total)
    return dS


@right()
class finite_score_for_what_is_hidden:
    """-1e9 in the place of -inf, and the mask once more on the way back."""

    def attention_forward(Q, K, V, mask=None):
        d_k = Q.shape[1]
        scores = np.matmul(Q, K.T) / np.sqrt(d_k)
        if mask is not None:
            scores = np.where(mask == 0, -1e9, scores)
        exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights = exp / exp.sum(axis=-1, keepdims=True)
        cache = {"Q": Q, "K": K, "V": V, "weights": weights, "mask": mask}
        return np.matmul(weights, V), {
            k: np.copy(v) if v is not None else v for k, v in cache.items()
        }

    def attention_backward(dout, cache):
        Q, K, V, weights = (cache[k] for k in ("Q", "K", "V", "weights"))
        d_weights = np.matmul(dout, V.T)
        dV = np.matmul(weights.T, dout)
        d_scores = weights * (d_weights - np.sum(d_weights * weights, axis=-1, keepdims=True))
        if cache["mask"] is not None:
            d_scores = np.where(cache["mask"], d_scores, 0.0)
        d_scores = d_scores / np.sqrt(Q.shape[-1])
        dK = np.matmul(Q.T, d_scores).T
        return np.matmul(d_scores, K), dK, dV


@right()
class with_einsum:
    """Every product is an einsum; the scale is a factor."""

    def attention_forward(Q, K, V, mask=None):
        scale = 1.0 / np.sqrt(Q.shape[-1])
        scores = np.einsum("td,sd->ts", Q, K) * scale
        if mask is not None:
            scores = scores + np.where(mask, 0.0, -1e30)
        scores -= scores.max(axis=1)[:, None]
        attn = np.exp(scores)
        attn /= attn.sum(axis=1)[:, None]
        return np.einsum("ts,sd->td", attn, V), (np.array(Q), np.array(K), np.array(V), attn, scale)

    def attention_backward(dout, cache):
        Q, K, V, attn, scale = cache
        dattn = np.einsum("td,sd->ts", dout, V)
        dV = np.einsum("ts,td->sd", attn, dout)
        dscores = attn * (dattn - np.einsum("ts,ts->t", dattn, attn)[:, None])
        dQ = np.einsum("ts,sd->td", dscores, K) * scale
        dK = np.einsum("ts,td->sd", dscores, Q) * scale
        return dQ, dK, dV


@right()
class query_by_query:
    """Loops over queries, as a kernel in C has them."""

    def attention_forward(Q, K, V, mask=None):
        out, rows = np.zeros((len(Q), V.shape[1])), []
        for i, q in enumerate(Q):
            seen = np.arange(len(K)) if mask is None else np.flatnonzero(mask[i])
            s = K[seen] @ q / math.sqrt(len(q))
            p = np.exp(s - s.max())
            p = p / p.sum()
            out[i] = p @ V[seen]
            rows.append((seen, p))
        return out, (Q.copy(), K.copy(), V.copy(), rows)

    def attention_backward(dout, cache):
        Q, K, V, rows = cache
        dQ, dK, dV = np.zeros_like(Q), np.zeros_like(K), np.zeros_like(V)
        for i, (seen, p) in enumerate(rows):
            dp = V[seen] @ dout[i]
            ds = p * (dp - dp @ p) / math.sqrt(Q.shape[1])
            dQ[i] = ds @ K[seen]
            dK[seen] += np.outer(ds, Q[i])
            dV[seen] += np.outer(p, dout[i])
        return dQ, dK, dV


@right("attention_forward")
def q_is_scaled_before_the_product(Q, K, V, mask=None):
    scores = (Q / Q.shape[1] ** 0.5) @ K.T
    if mask is not None:
        scores[~mask] = -np.inf
    top = scores.max(-1, keepdims=True)
    log_weights = scores - top - np.log(np.exp(scores - top).sum(-1, keepdims=True))
    P = np.exp(log_weights)
    return P.dot(V), (Q.copy(), K.copy(), V.copy(), P)


@right("attention_backward")
def row_sum_by_out(dout, cache):
    """sum(dP * P) of a row is dout · out of that row: what memory-saving kernels use."""
    Q, K, V, P = cache
    delta = np.sum(dout * (P @ V), axis=1, keepdims=True)
    dS = P * (dout @ V.T - delta) * Q.shape[1] ** -0.5
    return dS @ K, dS.T @ Q, P.T @ dout


@right()
class one_head_after_the_other:
    """Slices of columns, and the functions for one head."""

    def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
        d = Wq.shape[1] // n_heads
        H, caches = np.zeros((len(X), Wq.shape[1])), []
        for h in range(n_heads):
            c = slice(h * d, (h + 1) * d)
            H[:, c], kept = attention_forward(X @ Wq[:, c], X @ Wk[:, c], X @ Wv[:, c], mask)  # noqa: F821
            caches.append(kept)
        leaves = {"X": X.copy(), "Wq": Wq.copy(), "Wk": Wk.copy(), "Wv": Wv.copy()}
        return X + H @ Wo, {**leaves, "Wo": Wo.copy(), "H": H, "heads": caches}

    def self_attention_backward(dout, cache):
        X, H = cache["X"], cache["H"]
        dH = dout @ cache["Wo"].T
        d = H.shape[1] // len(cache["heads"])
        dX = dout.copy()
        grads = {n: np.zeros_like(cache[n]) for n in ("Wq", "Wk", "Wv")}
        for h, kept in enumerate(cache["heads"]):
            c = slice(h * d, (h + 1) * d)
            for n, dA in zip(grads, attention_backward(dH[:, c], kept), strict=True):  # noqa: F821
                grads[n][:, c] = X.T @ dA
                dX += dA @ cache[n][:, c].T
        return dX, grads["Wq"], grads["Wk"], grads["Wv"], H.T @ dout


@right()
class einsum_over_heads:
    """Heads by einsum, as in code for batches; the weights have an axis for heads."""

    def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
        D, E = Wq.shape
        wq, wk, wv = (W.reshape(D, n_heads, -1) for W in (Wq, Wk, Wv))
        q, k, v = (np.einsum("td,dhm->htm", X, w) for w in (wq, wk, wv))
        scale = 1 / np.sqrt(E // n_heads)
        scores = np.einsum("hid,hjd->hij", q, k) * scale
        if mask is not None:
            scores = np.where(mask[None], scores, -1e9)
        attn = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attn = attn / attn.sum(axis=-1, keepdims=True)
        ctx = np.einsum("hij,hjd->hid", attn, v)
        out = np.einsum("hid,hdk->ik", ctx, Wo.reshape(n_heads, -1, D)) + X
        leaves = [A.copy() for A in (X, Wq, Wk, Wv, Wo)]
        return out, (leaves, q, k, v, attn, ctx, scale)

    def self_attention_backward(dout, cache):
        (X, Wq, Wk, Wv, Wo), q, k, v, attn, ctx, scale = cache
        h, T, d = q.shape
        dctx = np.einsum("ik,hdk->hid", dout, Wo.reshape(h, d, -1))
        dWo = np.einsum("hid,ik->hdk", ctx, dout).reshape(Wo.shape)
        dattn = np.einsum("hid,hjd->hij", dctx, v)
        ds = attn * (dattn - (dattn * attn).sum(axis=-1, keepdims=True)) * scale
        dq, dk = np.einsum("hij,hjd->hid", ds, k), np.einsum("hij,hid->hjd", ds, q)
        dv = np.einsum("hij,hid->hjd", attn, dctx)
        dX, dWs = np.array(dout), []
        for W, g in ((Wq, dq), (Wk, dk), (Wv, dv)):
            dX = dX + np.einsum("htm,dhm->td", g, W.reshape(-1, h, d))
            dWs.append(np.einsum("td,htm->dhm", X, g).reshape(W.shape))
        return dX, *dWs, dWo


@right()
class one_matrix_for_all_three:
    """Wq, Wk, Wv side by side, as in small language models; the scale in dS, in place."""

    def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
        T = len(X)
        W = np.concatenate([Wq, Wk, Wv], axis=1)
        qkv = (X @ W).reshape(T, 3, n_heads, -1).transpose(1, 2, 0, 3)
        q, k, v = qkv
        att = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
        if mask is not None:
            att = att + np.where(mask, 0, -np.inf)
        att = np.exp(att - att.max(-1, keepdims=True))
        att = att / att.sum(-1, keepdims=True)
        y = (att @ v).swapaxes(0, 1).reshape(T, -1)
        return y @ Wo + X, {"X": X.copy(), "W": W, "Wo": Wo.copy(), "qkv": qkv, "att": att, "y": y}

    def self_attention_backward(dout, cache):
        X, W, Wo, att, y = (cache[n] for n in ("X", "W", "Wo", "att", "y"))
        q, k, v = cache["qkv"]
        h, T, d = q.shape
        dy = (dout @ Wo.T).reshape(T, h, d).swapaxes(0, 1)
        datt = dy @ v.swapaxes(-1, -2)
        ds = att * (datt - (datt * att).sum(-1, keepdims=True))
        ds /= np.sqrt(d)
        back = np.stack([ds @ k, ds.swapaxes(-1, -2) @ q, att.swapaxes(-1, -2) @ dy])
        flat = back.transpose(2, 0, 1, 3).reshape(T, -1)
        dW = X.T @ flat
        return flat @ W.T + dout, *np.split(dW, 3, axis=1), y.T @ dout


@right()
class lists_of_heads:
    """A list for each of Q, K and V; what comes back is put together at the end."""

    def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
        lists = [np.array_split(X @ W, n_heads, axis=1) for W in (Wq, Wk, Wv)]
        outs, weights = [], []
        for q, k, v in zip(*lists, strict=True):
            t = q @ k.T / math.sqrt(q.shape[1])
            t = t if mask is None else np.where(mask, t, -1e12)
            e = np.exp(t - np.max(t, axis=1, keepdims=True))
            weights.append(e / np.sum(e, axis=1, keepdims=True))
            outs.append(weights[-1] @ v)
        H = np.concatenate(outs, axis=-1)
        return np.add(X, np.matmul(H, Wo)), [
            X + 0,
            Wq + 0,
            Wk + 0,
            Wv + 0,
            Wo + 0,
            lists,
            weights,
            H,
        ]

    def self_attention_backward(dout, cache):
        X, Wq, Wk, Wv, Wo, lists, weights, H = cache
        dQ, dK, dV = [], [], []
        for q, k, v, p, dh in zip(
            *lists, weights, np.array_split(dout @ Wo.T, len(weights), 1), strict=True
        ):
            dp = dh @ v.T
            ds = (p * dp - p * (p * dp).sum(1)[:, None]) / math.sqrt(q.shape[1])
            dQ.append(ds @ k)
            dK.append(ds.T @ q)
            dV.append(p.T @ dh)
        dQ, dK, dV = (np.concatenate(part, axis=1) for part in (dQ, dK, dV))
        dX = sum(g @ W.T for g, W in ((dQ, Wq), (dK, Wk), (dV, Wv))) + dout
        return [dX, X.T @ dQ, X.T @ dK, X.T @ dV, H.T @ dout]
