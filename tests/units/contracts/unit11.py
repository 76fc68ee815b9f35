"""Unit 11: the clauses of its text, and code that breaks each of them."""

from __future__ import annotations

from .breaker import Breaker
from .wrapped import after, around, last_call

UNCHANGED = "Whatever else comes in, the cache too, stays as it was."
NOBODY = "here nobody pays it again."
KINDS = ("batchnorm", "layernorm")
#: What breaks the line of each array in the docstring of a backward function.
ARRAYS = {
    "dx : array, shape (N, D)": "out = np.squeeze(out[0].T), *out[1:]",
    "dgamma : array, shape (D,)": "out = out[0], out[1][None], out[2]",
    "dbeta : array, shape (D,)": "out = *out[:2], out[2].sum()",
}
FORWARD = """
def {name}(x, gamma, beta, bn_param):
    mode, eps, momentum, mean, var = settings(bn_param, x.shape[1])
    mu, now = x.mean(axis=0), x.var(axis=0)
    {before}
    if mode == "test":
        return gamma * (x - mean) / np.sqrt(var + eps) + beta, None
    {train}
    x_hat = (x - mu) / np.sqrt(now + eps)
    return gamma * x_hat + beta, (x_hat, np.sqrt(now + eps), gamma)
"""
KEEP = (
    'bn_param["running_mean"] = momentum * mean + (1 - momentum) * mu\n'
    '    bn_param["running_var"] = momentum * var + (1 - momentum) * now'
)


def _forward(before: str = "pass", train: str = KEEP) -> str:
    return FORWARD.format(name="batchnorm_forward", before=before, train=train)


BREAKERS = (
    [
        Breaker(UNCHANGED, (f"{kind}_{way}",), after(f"{kind}_{way}", line))
        for kind in KINDS
        for way, line in (
            ("forward", "args[0][:] = 0"),
            ("forward", "args[1][:] += 1"),
            ("backward", "args[0][:] *= 2"),
            ("backward", "args[1][0][:] *= 2"),
        )
    ]
    + [
        Breaker(clause, (f"{kind}_backward",), after(f"{kind}_backward", line))
        for kind in KINDS
        for clause, line in ARRAYS.items()
    ]
    + [
        Breaker(
            f"As returned by your `{kind}_forward`.",
            (f"{kind}_backward",),
            last_call(f"{kind}_forward", f"{kind}_backward", 1),
        )
        for kind in KINDS
    ]
    + [
        Breaker(clause, (name,), code)
        for clause, name, code in (
            (
                NOBODY,
                "batchnorm_backward",
                after("batchnorm_backward", "out = out[0], *(v / len(args[0]) for v in out[1:])"),
            ),
            (
                NOBODY,
                "layernorm_backward",
                after("layernorm_backward", "out = tuple(v / len(args[0]) for v in out)"),
            ),
            (
                "their sum, divided by their number.",
                "batchnorm_forward",
                _forward("now = x.var(axis=0, ddof=1)"),
            ),
            (
                "`eps` is added to the variance, under the square root.",
                "batchnorm_forward",
                _forward("eps = eps**2"),
            ),
            (
                "`eps` is added to the variance, under the square root.",
                "layernorm_forward",
                around(
                    "layernorm_forward",
                    "out = solved_layernorm_forward(x, gamma, beta, {})",
                    signature="x, gamma, beta, ln_param",
                ),
            ),
            (
                "In train mode `batchnorm_forward` uses the mean and the variance of the batch",
                "batchnorm_forward",
                _forward(train=f"{KEEP}\n    mu, now = mean, var"),
            ),
            (
                'writes new running averages into `bn_param`, under `"running_mean"` and '
                '`"running_var"`.',
                "batchnorm_forward",
                _forward(train="pass"),
            ),
            (
                'writes new running averages into `bn_param`, under `"running_mean"` and '
                '`"running_var"`.',
                "batchnorm_forward",
                _forward(train=KEEP.replace("running_var", "running_variance")),
            ),
            (
                "In test mode it uses these averages",
                "batchnorm_forward",
                _forward("mean, var = (mu, now) if mode == 'test' else (mean, var)"),
            ),
            (
                "and leaves them as they are.",
                "batchnorm_forward",
                _forward(KEEP.replace("\n", "\n    ").replace("        ", "    ")),
            ),
            (
                "the averages start at zero.",
                "batchnorm_forward",
                _forward("var = var if 'running_var' in bn_param else var + 1"),
            ),
            (
                "Layer normalisation has one mode.",
                "layernorm_forward",
                around(
                    "layernorm_forward",
                    "out = solved_layernorm_forward(x, gamma, beta, ln_param)",
                    "out = out if ln_param['mode'] else None",
                    signature="x, gamma, beta, ln_param",
                ),
            ),
            (
                "out : array, shape (N, D)",
                "batchnorm_forward",
                after("batchnorm_forward", "out = np.squeeze(out[0]), out[1]"),
            ),
            (
                "out : array, shape (N, D)",
                "layernorm_forward",
                after("layernorm_forward", "out = np.squeeze(out[0]), out[1]"),
            ),
            (
                "with the shape of `Q`.",
                "layernorm_backward",
                after("layernorm_backward", "out = tuple(np.squeeze(v) for v in out)"),
            ),
        )
    ]
)
#: What keeps the contract in another form.
HARMLESS = [
    # a cache that is a function, averages of two axes, a dict that gets more keys
    """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum, mean, var = settings(bn_param, x.shape[1])
    if mode == "test":
        return gamma * (x - mean) / np.sqrt(var + eps) + beta, "nothing"
    mu, now = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
    bn_param["running_mean"] = momentum * mean + (1 - momentum) * mu
    bn_param["running_var"] = momentum * var + (1 - momentum) * now
    bn_param["calls"] = bn_param.get("calls", 0) + 1
    kept = (x - mu) / np.sqrt(now + eps), np.sqrt(now + eps), gamma
    return gamma * kept[0] + beta, lambda: kept

def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache()
    d = dout * gamma
    dx = (d - d.mean(axis=0) - x_hat * (d * x_hat).mean(axis=0)) / std
    return [dx, np.einsum("ij,ij->j", dout, x_hat), np.ones(len(dout)) @ dout]
"""
]
