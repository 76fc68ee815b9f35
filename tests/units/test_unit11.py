"""Unit 11: what is right is accepted, what is wrong is told in words that hold; its bug hunt."""

from functools import partial

import numpy as np
import pytest
from test_hunts_columns import key, posted

from autograder import figures
from autograder.engine.exercise import exercise_of
from autograder.networks.normalised import BATCH, LAYER
from autograder.oracle import central_difference, gradient
from autograder.units.u11_normalisation.instances import (
    BATCHES,
    EPS,
    LAYERS,
    ONE_FEATURE,
    SMALL,
    instance,
    whole_instance,
)
from tests import bank
from tests.units.judged import judge, lost_in

lost = partial(lost_in, "11")


@pytest.mark.parametrize("kind", [BATCH, LAYER])
@pytest.mark.parametrize(
    "at", ["x", "gamma", "beta", "mu", "var", "std", "x->mu", "x->var", "mu->var"]
)
def test_the_graph_is_differentiated_as_central_differences_do(kind, at):
    graph = instance(np.random.default_rng(3), 5, 3, 0.4).graph(kind)
    assert np.allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7)


def test_instances_are_those_on_which_nothing_hides():
    rng = np.random.default_rng(4)
    assert {True, False} == {N > D for N, D in BATCHES if N != D}
    for kind, sizes in ((BATCH, (*BATCHES, ONE_FEATURE)), (LAYER, LAYERS)):
        for (N, D), eps in zip(sizes, (*EPS, EPS[0]), strict=False):
            drawn = instance(rng, N, D, eps)
            graph = drawn.graph(kind)
            roads = gradient(graph, ["x->x_hat", "x->mu", "x->var"])
            sizes_of_roads = [np.abs(road).max() for road in roads.values()]
            assert min(sizes_of_roads) > 1e-3 * max(sizes_of_roads)
            assert 0.02 < np.max(graph.value("var")) / eps < 60  # neither hides the other
            assert np.abs(drawn.gamma).min() > 1.2
            assert np.abs(drawn.beta).min() > 0.3
        for size in SMALL[kind]:
            small = whole_instance(rng, *size, kind)
            assert all((a % 1 == 0).all() for a in (small.x, small.gamma, small.beta, small.dout))


def changed(function, *edits):
    """The public template with other text in one function."""
    from bank import normalised
    from bank.change import source_of

    source = source_of(getattr(normalised, function))
    for old, new in edits:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    names = bank.reference("normalised")
    exec(source, names)
    return names


SENTENCES = {
    "not centred": (
        ("batchnorm_forward", ("x_hat = (x - mu)", "x_hat = x")),
        "is `gamma * x / np.sqrt(np.var(x, axis=0) + eps) + beta`, where",
    ),
    "not divided": (
        ("layernorm_forward", (" / np.sqrt(var + eps)", "")),
        "is `gamma * (x - np.mean(x, axis=1, keepdims=True)) + beta`, where",
    ),
    "without beta": (
        ("layernorm_forward", (" + beta", "")),
        "np.sqrt(np.var(x, axis=1, keepdims=True) + eps)`, where",
    ),
    "averages in train mode": (
        (
            "batchnorm_forward",
            ("x_hat = (x - mu) / np.sqrt(var", "x_hat = (x - running_mean) / np.sqrt(running_var"),
        ),
        "(x - running_mean) / np.sqrt(running_var + eps) + beta`, where",
    ),
    "written nowhere": (
        (
            "batchnorm_forward",
            ('    bn_param["running_mean"] = running_mean\n', ""),
        ),
        "running_mean after one batch is what it was before the call",
    ),
    "deviations": (
        ("batchnorm_forward", ("(1 - momentum) * var", "(1 - momentum) * var**0.5")),
        "(1 - momentum) * np.std(x, axis=0)`, where",
    ),
    "the average of the line before": (
        ("batchnorm_forward", ("= momentum * running_var", "= momentum * running_mean")),
        "`momentum * the new running_mean + (1 - momentum) * np.var(x, axis=0)`, where",
    ),
    "spread around the average": (
        (
            "batchnorm_forward",
            ("(running_var + eps)", "(np.mean((x - running_mean) ** 2, 0) + eps)"),
        ),
        "in test mode the variance is the mean of (x - running_mean)² over the batch",
    ),
    "an average that nobody reads": (
        ("batchnorm_forward", ("(running_var + eps)", "(abs(running_mean + 0.3) ** 1.7 + eps)")),
        "in test mode out is the same whatever running_var is",
    ),
    "an average over the batch": (
        ("batchnorm_forward", ("(running_var + eps)", "(running_var + eps + np.ptp(x, 0) ** 3)")),
        "it is made of the batch",
    ),
    "test mode writes": (
        (
            "batchnorm_forward",
            (
                "(running_var + eps) + beta",
                "(running_var + eps) + beta\n        running_mean = running_mean + 1",
            ),
        ),
        "is another one after a call in test mode",
    ),
    "another layer": (
        ("batchnorm_backward", ("dvar * 2 * (x - mu) / N + ", "")),
        "a layer whose variance is a given number",
    ),
    "a sign": (
        ("batchnorm_backward", ("+ dmu / N", "- dmu / N")),
        "what comes back from mu to x is multiplied by -1",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_was_computed_instead_is_told(name):
    (function, *edits), sentence = SENTENCES[name]
    told = " ".join(str(judge(changed(function, *edits), function)).split())
    assert sentence in told


def test_a_wrong_forward_pass_is_one_mistake():
    names = changed("batchnorm_forward", ("np.var(x, axis=0)", "np.var(x, axis=0, ddof=1)"))
    wrong = "x - mu) / N + dmu / N", "x - mu) / (N - 1) + dmu / N"
    from bank import normalised
    from bank.change import source_of

    back = source_of(normalised.batchnorm_backward)
    assert wrong[0] in back
    exec(back.replace(*wrong), names)
    report = judge(names, "batchnorm_backward")
    assert all(v.earned for v in report.verdicts), report
    assert "Your batchnorm_forward is not right yet" in " ".join(str(report).split())


def test_only_the_dict_of_settings_may_be_written_into():
    more = 'bn_param["calls"] = 1\n    bn_param["eps"] = 7.0\n    return out, cache'
    assert lost(changed("batchnorm_forward", ("return out, cache", more))) == set()
    found = lost(changed("layernorm_forward", ("out = gamma", "beta *= 2\n    out = gamma")))
    assert "layernorm_forward__leaves_its_inputs_unchanged" in found


def test_the_picture_counts_who_hears_whom():
    full, own = np.ones((6, 6)), np.kron(np.eye(3), np.ones((2, 2)))
    told = figures.blocks_picture({"all": full, "one": own}, examples=3).alt
    assert "all: 100% of the entries are not zero, and 6 of the 6 blocks between" in told
    assert "one: 33% of the entries are not zero, and 0 of the 6 blocks between" in told


def suspects():
    """By id, the three numbers of each suspect of the hunt: error, sum of dx, sum of dx * x_hat."""
    given = posted("11")
    x, dout, gamma = given["x_c"], given["dout_c"], given["gamma_c"]
    drawn = norm_of(given)
    x_hat, std, N = drawn.value("x_hat"), drawn.value("std"), len(x)
    true = gradient(drawn, "x")
    d = dout * gamma
    mean, along = d.mean(axis=0), x_hat * (d * x_hat).mean(axis=0)
    found = {
        "norm-statistics-constant": d / std,
        "norm-variance-road-missing": (d - mean) / std,
        "norm-mean-road-missing": (d - along) / std,
        "norm-sum-for-mean": (d - N * mean - N * along) / std,
        "norm-gamma-left-out": true / gamma,
    }
    return {
        id: (np.abs(dx - true).max() / np.abs(true).max(), dx.sum(), (dx * x_hat).sum())
        for id, dx in found.items()
    }


def norm_of(given):
    from autograder.networks.normalised import norm_graph

    return norm_graph(
        given["x_c"], given["gamma_c"], given["beta_c"], given["dout_c"], given["bn_param_c"]["eps"]
    )


def test_the_numbers_of_the_hunt_are_those_of_the_suspect_and_of_no_other():
    shown, made = posted("11")["errors"], suspects()
    assert tuple(made) == exercise_of("answers_11", {}).properties[0].holds.ids
    for letter, id in key("11").items():
        fits = [
            other for other, told in made.items() if np.allclose(told, shown[letter], atol=6e-3)
        ]
        assert fits == [id]
