"""Unit 11, slips on the way back: roads, divisors, factors, sums."""

from .change import changes_of
from .normalised import batchnorm_backward, layernorm_backward
from .normalised_rights import closed_form, means_of_dx_hat, means_over_features
from .registry import mutants_of

mutant = mutants_of("normalised")
SEARCH = "told by the general search"
MEAN, VARIANCE, STRAIGHT = " + dmu / {n}", " + dvar * 2 * (x - mu) / {n}", "dx_hat / std"
POWER, ROOT = "(var + eps) ** (-1.5)", "np.sqrt(var + eps)"

for _right, _closed, _n, _other, _dmu in (
    (batchnorm_backward, means_of_dx_hat, "N", "D", ", axis=0)\n    dx ="),
    (layernorm_backward, means_over_features, "D", "N", ", axis=1, keepdims=True)\n    dx ="),
):
    change = changes_of("normalised", _right)
    by_mean, by_var = MEAN.format(n=_n), VARIANCE.format(n=_n)
    change("statistics_constant", "norm-statistics-constant", (by_mean, ""), (by_var, ""))
    change("variance_road_missing", "norm-variance-road-missing", (by_var, ""))
    change("mean_road_missing", "norm-mean-road-missing", (by_mean, ""))
    change(
        "nothing_divided", "norm-sum-for-mean", (by_mean, " + dmu"), (by_var, by_var[: -len("/ N")])
    )
    change("dmu_not_divided", "norm-sum-for-mean", (by_mean, " + dmu"))
    change("dvar_not_divided", "norm-sum-for-mean", (by_var, by_var[: -len("/ N")]))
    change(
        "divided_by_the_other_size",
        "norm-sum-for-mean",
        (by_mean, f" + dmu / {_other}"),
        (by_var, VARIANCE.format(n=_other)),
    )
    change("dmu_by_the_other_size", "norm-sum-for-mean", (by_mean, f" + dmu / {_other}"))
    change("dvar_by_the_other_size", "norm-sum-for-mean", (by_var, VARIANCE.format(n=_other)))
    change(
        "dvar_over_one_less",
        "norm-ddof",
        (by_var, by_var.replace(f"/ {_n}", f"/ max({_n} - 1, 1)")),
    )
    change("without_the_2", "norm-square-slope", (by_var, by_var.replace(" * 2", "")))
    change("without_the_half", "norm-square-slope", ("* -0.5 *", "* -1.0 *"))
    change("power_minus_one_half", "norm-root-slope", (POWER, "(var + eps) ** (-0.5)"))
    change("power_minus_one", "norm-root-slope", (POWER, "(var + eps) ** (-1.0)"))
    change("power_minus_two", "norm-root-slope", (POWER, "(var + eps) ** (-2.0)"))
    change("std_is_the_variance", "norm-root-missing", (ROOT, "var + eps"))
    change(
        "no_root_on_any_road",
        "norm-root-missing",
        (ROOT, "var + eps"),
        (f"-0.5 * {POWER}", "-((var + eps) ** -2.0)"),
    )
    change("eps_left_out", "norm-eps-place", (ROOT, "np.sqrt(var)"), (POWER, "var ** (-1.5)"))
    change("eps_left_out_in_dvar", "norm-eps-place", (POWER, "var ** (-1.5)"))
    change("eps_left_out_of_std", "norm-eps-place", (ROOT, "np.sqrt(var)"))
    change(
        "eps_left_out_of_the_root_slope",
        "norm-eps-place",
        (POWER, "(var + eps) ** -1 * var**-0.5"),
    )
    change(
        "eps_behind_the_root",
        "norm-eps-place",
        (ROOT, "np.sqrt(var) + eps"),
        (f"-0.5 * {POWER}", "-0.5 * var**-0.5 * (np.sqrt(var) + eps) ** -2"),
    )
    change("eps_behind_the_root_in_std", "norm-eps-place", (ROOT, "np.sqrt(var) + eps"))
    change("gamma_left_out", "norm-gamma-left-out", ("dout * gamma", "dout"))
    change("dgamma_meets_x", "norm-dgamma-x-for-x-hat", ("dout * x_hat", "dout * x"))
    change(
        "dgamma_meets_x_minus_mu", "norm-dgamma-x-for-x-hat", ("dout * x_hat", "dout * (x - mu)")
    )
    change(
        "dgamma_meets_gamma_x_hat",
        "norm-dgamma-x-for-x-hat",
        ("dout * x_hat", "dout * gamma * x_hat"),
    )
    change("dgamma_not_summed", "db-no-sum", ("np.sum(dout * x_hat, axis=0)", "dout * x_hat"))
    change("dbeta_not_summed", "db-no-sum", ("np.sum(dout, axis=0)", "1.0 * dout"))
    change(
        "sums_over_features",
        "db-wrong-axis",
        ("dout * x_hat, axis=0", "dout * x_hat, axis=1"),
        ("np.sum(dout, axis=0)", "np.sum(dout, axis=1)"),
    )
    change("dbeta_over_features", "db-wrong-axis", ("np.sum(dout, axis=0)", "np.sum(dout, axis=1)"))
    change(
        "dgamma_over_features", "db-wrong-axis", ("dout * x_hat, axis=0", "dout * x_hat, axis=1")
    )
    change(
        "dbeta_over_features_in_a_column",
        "db-wrong-axis",
        ("np.sum(dout, axis=0)", "np.sum(dout, axis=1, keepdims=True)"),
    )
    change("dbeta_is_one_number", "db-sum-all", ("np.sum(dout, axis=0)", "np.sum(dout)"))
    change(
        "dgamma_is_one_number",
        "db-sum-all",
        ("np.sum(dout * x_hat, axis=0)", "np.sum(dout * x_hat)"),
    )
    change(
        "sums_with_keepdims",
        "db-extra-axis",
        ("dout * x_hat, axis=0", "dout * x_hat, axis=0, keepdims=True"),
        ("np.sum(dout, axis=0)", "np.sum(dout, axis=0, keepdims=True)"),
    )
    change(
        "means_for_sums",
        None,
        ("np.sum(dout * x_hat", "np.mean(dout * x_hat"),
        ("np.sum(dout, axis=0)", "np.mean(dout, axis=0)"),
        reason=SEARCH,
    )
    change(
        "dbeta_is_a_mean", None, ("np.sum(dout, axis=0)", "np.mean(dout, axis=0)"), reason=SEARCH
    )
    change("dmu_with_a_plus", None, ("-dx_hat / std", "dx_hat / std"), reason=SEARCH)
    change("dvar_with_a_plus", None, ("* -0.5 *", "* 0.5 *"), reason=SEARCH)
    # x_hat is (x - mu) over the root: one power more
    change("dvar_with_x_hat", "norm-root-slope", ("* 2 * (x - mu)", "* 2 * x_hat"))
    change("dvar_with_x", "norm-square-slope", ("dvar * 2 * (x - mu)", "dvar * 2 * x"))
    change(
        "writes_into_dout",
        "da-mutated-in-place",
        ("dx_hat = dout * gamma", "dout *= gamma\n    dx_hat = dout"),
    )
    change(
        "writes_into_the_cache",
        "da-mutated-in-place",
        (f"std = {ROOT}", f"std = {ROOT}\n    x_hat *= 2"),
    )
    change("dgamma_left_zero", None, ("np.sum(dout * x_hat, axis=0)", "np.zeros(D)"), reason=SEARCH)
    change("negative", None, ("dx_hat = dout * gamma", "dx_hat = -dout * gamma"), reason=SEARCH)

change = changes_of("normalised", closed_form, of="batchnorm_backward")
change("closed_without_N", "norm-sum-for-mean", ("(N * dout", "(dout"), ("gamma / N /", "gamma /"))
change("closed_without_the_variance", "norm-variance-road-missing", (" - dgamma * x_hat", ""))
change("closed_without_the_mean", "norm-mean-road-missing", (" - dbeta", ""))
change("closed_without_gamma", "norm-gamma-left-out", ("dx = gamma / N", "dx = 1 / N"))
change(
    "closed_divides_by_the_variance",
    "norm-root-missing",
    ("np.sqrt(var + eps)", "(var + eps)"),
    also=("norm-root-slope",),
)

change = changes_of("normalised", means_over_features, of="layernorm_backward")
change(
    "closed_over_examples",
    "norm-wrong-axis",
    ("dx_hat.mean(-1", "dx_hat.mean(0"),
    ("* x_hat).mean(-1", "* x_hat).mean(0"),
)
change(
    "closed_gamma_in_front",
    "norm-gamma-pulled-out",
    ("dx_hat = dout * gamma\n    dx = (", "dx_hat = dout\n    dx = gamma * ("),
)

change = changes_of("normalised", layernorm_backward)
change(
    "roads_over_examples",
    "norm-wrong-axis",
    ("(-1.5), axis=1", "(-1.5), axis=0"),
    ("-dx_hat / std, axis=1", "-dx_hat / std, axis=0"),
    ("(x - mu) / D", "(x - mu) / N"),
    ("dmu / D", "dmu / N"),
)
change(
    "roads_over_examples_divided_by_D",
    "norm-wrong-axis",
    ("(-1.5), axis=1", "(-1.5), axis=0"),
    ("-dx_hat / std, axis=1", "-dx_hat / std, axis=0"),
)
change(
    "closed_over_examples_divided_by_D",
    "norm-wrong-axis",
    (
        "dx = dx_hat / std + dvar * 2 * (x - mu) / D + dmu / D",
        "dx = (dx_hat - dx_hat.sum(0) / D - x_hat * (dx_hat * x_hat).sum(0) / D) / std",
    ),
)
