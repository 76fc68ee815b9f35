"""Unit 11, right answers in the forms that public solutions of CS231n have."""

import numpy as np

from .registry import rights_of

right = rights_of("normalised")


@right("batchnorm_backward")
def closed_form(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    N = dout.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx = gamma / N / np.sqrt(var + eps) * (N * dout - dgamma * x_hat - dbeta)
    return dx, dgamma, dbeta


@right("batchnorm_backward")
def means_of_dx_hat(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    dx_hat = dout * gamma
    dx = dx_hat - np.mean(dx_hat, axis=0) - x_hat * np.mean(dx_hat * x_hat, axis=0)
    return dx / np.sqrt(var + eps), np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)


@right("batchnorm_backward")
def with_the_road_that_carries_nothing(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    n = x.shape[0]
    dvar = -1.0 / 2 * np.sum(dout * gamma * (x - mu) * np.power(var + eps, -3.0 / 2), axis=0)
    dmu = np.sum(dout * gamma * -1.0 / np.sqrt(var + eps), axis=0)
    dmu += dvar * np.sum(-2.0 * (x - mu), axis=0) / n
    dx = dout * gamma * 1.0 / np.sqrt(var + eps) + dvar * 2.0 * (x - mu) / n + dmu / n
    return dx, np.sum(x_hat * dout, axis=0), np.sum(dout, axis=0)


@right("batchnorm_backward")
def diagonals_of_products(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    N, D = dout.shape
    dx_hat = dout * gamma
    dvar = -0.5 * ((x_hat / (var + eps)).T.dot(dx_hat)).diagonal()
    centred = (2.0 / N) * (x - mu) * dvar + dx_hat / np.sqrt(var + eps)
    dmu = np.ones((D, N)).dot(-1.0 * centred).diagonal()
    return centred + dmu / N, dout.T.dot(x_hat).diagonal(), np.ones(N).dot(dout)


@right("batchnorm_backward")
def a_matrix_for_each_feature(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    N, D = dout.shape
    dx = np.empty_like(x)
    for j in range(D):
        h = x_hat[:, j]
        table = (np.eye(N) - 1.0 / N - np.outer(h, h) / N) / np.sqrt(var[j] + eps)
        dx[:, j] = table @ (dout[:, j] * gamma[j])
    return dx, np.einsum("ij,ij->j", dout, x_hat), np.einsum("ij->j", dout)


@right("batchnorm_backward")
def in_three_loops(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    N, D = dout.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for j in range(D):
        for k in range(N):
            dgamma[j] += dout[k, j] * x_hat[k, j]
            dbeta[j] += dout[k, j]
            for i in range(N):
                part = (1.0 if i == k else 0.0) - 1 / N - x_hat[i, j] * x_hat[k, j] / N
                dx[i, j] += gamma[j] * dout[k, j] * part / (var[j] + eps) ** 0.5
    return dx, dgamma, dbeta


@right()
class nine_steps_of_a_graph:
    """Every intermediate value in the cache, as in a widely read walk through the graph."""

    def batchnorm_forward(x, gamma, beta, bn_param):
        mode, eps = bn_param["mode"], bn_param.get("eps", 1e-5)
        momentum = bn_param.get("momentum", 0.9)
        N, D = x.shape
        running_mean = bn_param.get("running_mean", np.zeros(D))
        running_var = bn_param.get("running_var", np.zeros(D))
        if mode == "train":
            mu = 1.0 / N * np.sum(x, axis=0)
            xmu = x - mu
            sq = xmu**2
            var = 1.0 / N * np.sum(sq, axis=0)
            sqrtvar = np.sqrt(var + eps)
            ivar = 1.0 / sqrtvar
            xhat = xmu * ivar
            gammax = gamma * xhat
            out = gammax + beta
            bn_param["running_mean"] = momentum * running_mean + (1.0 - momentum) * mu
            bn_param["running_var"] = momentum * running_var + (1.0 - momentum) * var
            return out, (xhat, gamma, xmu, ivar, sqrtvar, var, eps)
        return gamma * ((x - running_mean) / np.sqrt(running_var + eps)) + beta, None

    def batchnorm_backward(dout, cache):
        xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
        N, D = dout.shape
        dbeta = np.sum(dout, axis=0)
        dgammax = dout
        dgamma = np.sum(dgammax * xhat, axis=0)
        dxhat = dgammax * gamma
        divar = np.sum(dxhat * xmu, axis=0)
        dxmu1 = dxhat * ivar
        dsqrtvar = -1.0 / (sqrtvar**2) * divar
        dvar = 0.5 * 1.0 / np.sqrt(var + eps) * dsqrtvar
        dsq = 1.0 / N * np.ones((N, D)) * dvar
        dxmu2 = 2 * xmu * dsq
        dx1 = dxmu1 + dxmu2
        dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
        dx2 = 1.0 / N * np.ones((N, D)) * dmu
        return dx1 + dx2, dgamma, dbeta


@right()
class one_function_for_both_with_a_flag:
    """Layer normalisation calls batch normalisation on the transpose; a flag stops the averages."""

    def batchnorm_forward(x, gamma, beta, bn_param):
        mode, eps = bn_param["mode"], bn_param.get("eps", 1e-5)
        momentum, layernorm = bn_param.get("momentum", 0.9), bn_param.get("layernorm", 0)
        N, D = x.shape
        running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
        running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
        cache = None
        if mode == "train":
            mu, var = x.mean(axis=0), x.var(axis=0)
            std = (var + eps) ** 0.5
            z = (x - mu) / std
            out = gamma * z + beta
            if layernorm == 0:
                running_mean = momentum * running_mean + (1 - momentum) * mu
                running_var = (
                    momentum * running_var + (1 - momentum) * std**2 - (1 - momentum) * eps
                )
            cache = {"x": x, "mu": mu, "std": std, "gamma": gamma, "z": z, "axis": layernorm}
        elif mode == "test":
            out = gamma * (x - running_mean) / (running_var + eps) ** 0.5 + beta
        bn_param["running_mean"] = running_mean
        bn_param["running_var"] = running_var
        return out, cache

    def batchnorm_backward(dout, cache):
        dbeta = dout.sum(axis=cache["axis"])
        dgamma = np.sum(dout * cache["z"], axis=cache["axis"])
        N = 1.0 * dout.shape[0]
        dfdz = dout * cache["gamma"]
        dfdz_sum = np.sum(dfdz, axis=0)
        dx = dfdz - dfdz_sum / N - np.sum(dfdz * cache["z"], axis=0) * cache["z"] / N
        dx /= cache["std"]
        return dx, dgamma, dbeta

    def layernorm_forward(x, gamma, beta, ln_param):
        ln_param.setdefault("mode", "train")
        ln_param.setdefault("layernorm", 1)
        gamma, beta = np.atleast_2d(gamma, beta)
        out, cache = batchnorm_forward(x.T, gamma.T, beta.T, ln_param)  # noqa: F821
        return out.T, cache

    def layernorm_backward(dout, cache):
        dx, dgamma, dbeta = batchnorm_backward(dout.T, cache)  # noqa: F821
        return dx.T, dgamma, dbeta


@right()
class statistics_of_two_axes:
    """mu and var are (1, D), and so are the averages."""

    def batchnorm_forward(x, gamma, beta, bn_param):
        mode = bn_param["mode"]
        eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
        running_mean = bn_param.get("running_mean", np.zeros((1, x.shape[1])))
        running_var = bn_param.get("running_var", np.zeros((1, x.shape[1])))
        cache = None
        if mode == "train":
            mean = np.mean(x, axis=0, keepdims=True)
            var = np.var(x, axis=0, keepdims=True)
            norm = (x - mean) / np.sqrt(var + eps)
            out = norm * gamma + beta
            cache = [x, norm, gamma, eps, mean, var]
            running_mean = momentum * running_mean + (1 - momentum) * mean
            running_var = momentum * running_var + (1 - momentum) * var
        else:
            norm = (x - running_mean) / np.sqrt(running_var + eps)
            out = norm * gamma + beta
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
        return out, cache

    def batchnorm_backward(dout, cache):
        x, norm, gamma, eps, mean, var = cache
        N, D = dout.shape
        dnorm = dout * gamma
        dvar = np.sum(dnorm * (x - mean) * (-0.5) * np.power(var + eps, -1.5), axis=0)
        dmean = np.sum(dnorm * (-1) * np.power(var + eps, -0.5), axis=0)
        dmean += dvar * np.sum(-2 * (x - mean), axis=0) / N
        dx = dnorm * np.power(var + eps, -0.5) + dvar * 2 * (x - mean) / N + dmean / N
        return dx, np.sum(dout * norm, axis=0), np.sum(dout, axis=0)


@right("batchnorm_forward")
def test_mode_as_a_scale_and_a_shift(x, gamma, beta, bn_param):
    mode, eps = bn_param["mode"], bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], dtype=x.dtype))
    if mode == "test":
        scale = gamma / np.sqrt(running_var + eps)
        return x * scale + (beta - running_mean * scale), None
    mu = np.mean(x, axis=0)
    var = np.mean(x**2, axis=0) - mu**2
    running_mean *= momentum
    running_mean += (1 - momentum) * mu
    running_var *= momentum
    running_var += (1 - momentum) * var
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    x_hat = (x - mu) * (var + eps) ** -0.5
    return x_hat * gamma + beta, (x.copy(), x_hat, mu, var, gamma, eps)


@right("layernorm_backward")
def means_over_features(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    dx_hat = dout * gamma
    dx = (
        dx_hat - dx_hat.mean(-1, keepdims=True) - x_hat * (dx_hat * x_hat).mean(-1, keepdims=True)
    ) / np.sqrt(var + eps)
    return dx, (dout * x_hat).sum(0), dout.sum(0)


@right("layernorm_backward")
def transposed_and_back(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    N, D = dout.shape
    dgamma, dbeta = np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)
    up, hat = (dout * gamma).T, x_hat.T
    ivar = 1.0 / np.sqrt(var + eps).T
    dx = (1.0 / D) * ivar * (D * up - np.sum(up, axis=0) - hat * np.sum(up * hat, axis=0))
    return dx.T, dgamma, dbeta


@right()
class layer_with_a_cache_of_transposes:
    """x is transposed on the way forward and stays so in the cache."""

    def layernorm_forward(x, gamma, beta, ln_param):
        x = x.T
        mu = np.mean(x, axis=0)
        x_mu = x - mu
        std = np.std(x, axis=0)
        sqrt_var = np.sqrt(std**2 + ln_param.get("eps", 1e-5))
        x_hat = (x_mu * np.reciprocal(sqrt_var)).T
        return x_hat * gamma + beta, (x_mu, sqrt_var, x_hat, gamma)

    def layernorm_backward(dout, cache):
        x_mu, sqrt_var, x_hat, gamma = cache
        N, D = x_mu.shape  # of the transpose: N counts features
        dx_hat = np.multiply(dout, gamma).T
        di_var = np.sum(dx_hat * x_mu, axis=0)
        d_var = -di_var * np.reciprocal(sqrt_var**2) * 0.5 * np.reciprocal(sqrt_var)
        dx_1 = 2.0 * x_mu * ((1.0 / N) * np.ones(x_mu.shape) * d_var) + dx_hat / sqrt_var
        dx = dx_1 - (1.0 / N) * np.ones(x_mu.shape) * np.sum(dx_1, axis=0)
        return dx.T, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)


@right()
class statistics_reshaped_to_columns:
    """One variance an example, of one axis in the cache."""

    def layernorm_forward(x, gamma, beta, ln_param):
        eps = ln_param.get("eps", 1e-5)
        mean, var = x.mean(1).reshape(-1, 1), x.var(1).reshape(-1, 1)
        normal = (x - mean) / np.sqrt(var + eps)
        ln_param["mode"] = "train"
        return normal * gamma + beta, [x, normal, gamma, var[:, 0] + eps, mean[:, 0]]

    def layernorm_backward(dout, cache):
        x, normal, gamma, var, mean = cache
        var, mean = var[:, np.newaxis], mean[:, np.newaxis]
        D = x.shape[1]
        d = gamma[np.newaxis, :] * dout
        dmu = np.sum(-(1 / np.sqrt(var)) * d, axis=1)
        ds = np.sum(-0.5 * (x - mean) * np.power(var, -3 / 2) * d, axis=1)
        dmu = dmu + np.sum(-2 * x + 2 * mean, axis=1) * ds / D
        dx = d / np.sqrt(var) + (2 * x - 2 * mean) * ds[:, np.newaxis] / D
        return dx + (dmu / D)[:, np.newaxis], np.sum(normal * dout, axis=0), np.sum(dout, axis=0)
