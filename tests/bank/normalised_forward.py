"""Unit 11, slips on the way forward, and with the running averages."""

from .change import changes_of
from .normalised import batchnorm_forward, layernorm_forward
from .registry import mutants_of

mutant = mutants_of("normalised")
SAYS = "told by what the check expects"
NORMAL = "x_hat = (x - mu) / np.sqrt(var + eps)"
OUT = "out = gamma * x_hat + beta"
TEST = "gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta"

for _right, _var, _mu in (
    (batchnorm_forward, "np.var(x, axis=0)", "np.mean(x, axis=0)"),
    (layernorm_forward, "np.var(x, axis=1, keepdims=True)", "np.mean(x, axis=1, keepdims=True)"),
):
    change = changes_of("normalised", _right)
    size = "len(x)" if "axis=0" in _var else "x.shape[1]"
    change(
        "variance_over_one_less",
        "norm-ddof",
        (f"var = {_var}", f"var = {_var} * {size} / max({size} - 1, 1)"),
    )
    change(
        "eps_behind_the_root", "norm-eps-place", (NORMAL, "x_hat = (x - mu) / (np.sqrt(var) + eps)")
    )
    change("no_root", "norm-root-missing", (NORMAL, "x_hat = (x - mu) / (var + eps)"))
    change("gamma_left_out", "norm-gamma-left-out", (OUT, "out = x_hat + beta"))
    change("only_x_hat", "norm-gamma-left-out", (OUT, "out = x_hat"))
    change("beta_left_out", None, (OUT, "out = gamma * x_hat"), reason=SAYS)
    change("not_divided", None, (NORMAL, "x_hat = x - mu"), reason=SAYS)
    change("not_centred", None, (NORMAL, "x_hat = x / np.sqrt(var + eps)"), reason=SAYS)
    change("beta_and_gamma_exchanged", None, (OUT, "out = beta * x_hat + gamma"), reason=SAYS)
    change(
        "writes_into_x",
        "da-mutated-in-place",
        (
            NORMAL,
            "x -= mu\n        x_hat = x / np.sqrt(var + eps)"
            if "axis=0" in _var
            else "x -= mu\n    x_hat = x / np.sqrt(var + eps)",
        ),
    )

change = changes_of("normalised", batchnorm_forward)
change(
    "statistics_of_the_examples",
    "norm-wrong-axis",
    ("np.mean(x, axis=0)", "np.mean(x, axis=1, keepdims=True)"),
    ("np.var(x, axis=0)", "np.var(x, axis=1, keepdims=True)"),
    ("(1 - momentum) * mu", "(1 - momentum) * np.mean(x, axis=0)"),
    ("(1 - momentum) * var", "(1 - momentum) * np.var(x, axis=0)"),
)
KEPT = 'bn_param["running_mean"] = running_mean\n    bn_param["running_var"] = running_var\n    '
MEAN = "running_mean = momentum * running_mean + (1 - momentum) * mu"
VAR = "running_var = momentum * running_var + (1 - momentum) * var"
change("averages_not_written_back", "norm-not-kept", (KEPT, ""))
change(
    "averages_written_elsewhere",
    "norm-not-kept",
    (KEPT, KEPT.replace("bn_param[", "{}[")),
)
change(
    "averages_of_the_last_batch",
    "norm-not-kept",
    (MEAN, "running_mean = mu"),
    (VAR, "running_var = var"),
)
change(
    "momentum_exchanged",
    "norm-momentum-swapped",
    (
        MEAN,
        MEAN.replace("(1 - momentum) * mu", "momentum * mu").replace(
            "= momentum", "= (1 - momentum)"
        ),
    ),
    (
        VAR,
        VAR.replace("(1 - momentum) * var", "momentum * var").replace(
            "= momentum", "= (1 - momentum)"
        ),
    ),
)
change(
    "running_var_over_one_less",
    "norm-ddof",
    ("(1 - momentum) * var", "(1 - momentum) * var * N / (N - 1)"),
)
change(
    "running_var_holds_eps",
    "norm-eps-place",
    ("(1 - momentum) * var", "(1 - momentum) * (var + eps)"),
)
change(
    "running_var_is_a_deviation",
    None,
    ("(1 - momentum) * var", "(1 - momentum) * np.sqrt(var)"),
    reason=SAYS,
)
change(
    "new_batch_counts_whole",
    None,
    ("(1 - momentum) * mu", "mu"),
    ("(1 - momentum) * var", "var"),
    reason=SAYS,
)
change(
    "old_averages_count_whole",
    None,
    (MEAN, MEAN.replace("momentum * running", "running", 1)),
    (VAR, VAR.replace("momentum * running", "running", 1)),
    reason=SAYS,
)
change(
    "running_mean_alone_is_kept",
    "norm-not-kept",
    ('    bn_param["running_var"] = running_var\n', ""),
)
change(
    "averages_start_at_one",
    "norm-begin",
    ('"running_var", np.zeros(', '"running_var", np.ones('),
)
change(
    "averages_start_with_the_batch",
    "norm-begin",
    (MEAN, f"{MEAN} if running_mean.any() else mu"),
    (VAR, f"{VAR} if running_var.any() else var"),
)
change(
    "averages_written_where_they_are",
    "norm-begin",
    (
        KEPT,
        f'if "running_mean" in bn_param:\n            {KEPT.replace("    ", "            ", 1)}',
    ),
)
change(
    "mean_of_all_features",
    None,
    ("(1 - momentum) * mu", "(1 - momentum) * np.mean(x)"),
    reason=SAYS,
)
change("momentum_is_always_0_9", None, ('bn_param.get("momentum", 0.9)', "0.9"), reason=SAYS)
change(
    "test_looks_at_the_batch",
    "norm-test-uses-batch",
    (TEST, "gamma * (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + eps) + beta"),
)
change(
    "test_has_the_mean_of_the_batch",
    "norm-test-uses-batch",
    ("(x - running_mean)", "(x - np.mean(x, axis=0))"),
)
change(
    "test_has_the_variance_of_the_batch",
    "norm-test-uses-batch",
    ("np.sqrt(running_var + eps)", "np.sqrt(np.var(x, axis=0) + eps)"),
)
change(
    "test_ignores_the_mode",
    "norm-test-uses-batch",
    ('mode == "train"', 'mode in ("train", "test")'),
)
change(
    "test_eps_behind_the_root",
    "norm-eps-place",
    ("np.sqrt(running_var + eps)", "(np.sqrt(running_var) + eps)"),
)
change("test_without_eps", "norm-eps-place", ("np.sqrt(running_var + eps)", "np.sqrt(running_var)"))
change(
    "test_without_root", "norm-root-missing", ("np.sqrt(running_var + eps)", "(running_var + eps)")
)
change(
    "test_divides_by_running_var",
    "norm-root-missing",
    ("np.sqrt(running_var + eps)", "running_var"),
)
change(
    "test_without_gamma",
    "norm-gamma-left-out",
    (TEST, "(x - running_mean) / np.sqrt(running_var + eps)"),
)
change("test_without_beta", None, (TEST, TEST.replace(" + beta", "")), reason=SAYS)
change(
    "test_updates_the_averages",
    None,
    (
        f"out = {TEST}",
        f"out = {TEST}\n        running_mean = momentum * running_mean + np.mean(x, axis=0)",
    ),
    reason=SAYS,
)
change(
    "train_uses_the_averages",
    None,
    (NORMAL, "x_hat = (x - running_mean) / np.sqrt(running_var + eps)"),
    reason=SAYS,
)
change("another_momentum", None, ('momentum", 0.9', 'momentum", 0.99'), reason=SAYS)
change("eps_is_always_small", None, ('bn_param.get("eps", 1e-5)', "1e-5"), reason=SAYS)

change = changes_of("normalised", layernorm_forward)
change(
    "statistics_of_the_features",
    "norm-wrong-axis",
    ("np.mean(x, axis=1, keepdims=True)", "np.mean(x, axis=0)"),
    ("np.var(x, axis=1, keepdims=True)", "np.var(x, axis=0)"),
)
change("one_mean_for_all", None, ("np.mean(x, axis=1, keepdims=True)", "np.mean(x)"), reason=SAYS)
change(
    "statistics_without_keepdims",
    None,
    ("np.mean(x, axis=1, keepdims=True)", "np.mean(x, axis=1)"),
    reason="raises where N is not D",
)


@mutant(
    None,
    of="layernorm_forward",
    reason="gamma and beta meet the wrong axis: raises where N is not D",
)
def batch_normalisation_of_the_transpose(x, gamma, beta, ln_param):
    ln_param["mode"] = "train"
    out, cache = batchnorm_forward(x.T, gamma.T, beta.T, ln_param)
    return out.T, cache


change = changes_of("normalised", layernorm_forward)
change("another_eps", None, ("1e-5", "1e-2"), reason=SAYS)
