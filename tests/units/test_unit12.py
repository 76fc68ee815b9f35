"""Unit 12: what is right is accepted, what is wrong is told in words that hold; its bug hunt."""

from functools import partial

import numpy as np
import pytest
from contracts.breaker import notebook
from test_hunts_columns import key, posted

from autograder import figures
from autograder.engine.exercise import exercise_of
from autograder.networks.attention import attention_graph, softmax_rows_graph
from autograder.oracle import central_difference, gradient
from autograder.units import EXERCISES
from autograder.units.u12_attention.instances import (
    HEADS,
    ONE_HEAD,
    SMALL_HEADS,
    SMALL_ONE,
    heads,
    one_head,
    whole_heads,
    whole_one_head,
)
from tests import bank
from tests.units.judged import judge, lost_in

lost = partial(lost_in, "12")


@pytest.mark.parametrize("sizes", [HEADS[0], HEADS[3]])
def test_the_graph_of_heads_is_differentiated_as_central_differences_do(sizes):
    graph = heads(np.random.default_rng(3), *sizes).graph
    for at in [*graph.nodes(), *graph.wires()]:
        if at != "J":
            assert np.allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7), at


@pytest.mark.parametrize("sizes", ONE_HEAD)
def test_the_graph_of_one_head_is_differentiated_as_central_differences_do(sizes):
    graph = one_head(np.random.default_rng(3), *sizes).graph
    for at in ("Q", "K", "V", "S", "P", "Q->S"):
        assert np.allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7), at


def test_a_masked_score_has_a_gradient_of_exactly_0_and_rows_add_up_to_0():
    drawn = one_head(np.random.default_rng(5), *ONE_HEAD[1])
    dS = gradient(drawn.graph, "S")
    assert (dS[~drawn.mask] == 0).all()
    assert np.abs(dS.sum(axis=1)).max() < 1e-14
    alone = softmax_rows_graph(drawn.graph.value("S"), np.ones(dS.shape), drawn.mask)
    assert np.abs(gradient(alone, "S")).max() < 1e-14


def test_instances_are_those_on_which_nothing_hides():
    rng = np.random.default_rng(4)
    assert any(len({*sizes[:4]}) == 4 for sizes in ONE_HEAD)
    for sizes in ONE_HEAD:
        drawn = one_head(rng, *sizes)
        shown = drawn.graph.value("P")[() if drawn.mask is None else drawn.mask]
        assert shown.min() > 1e-6
        assert np.abs(gradient(drawn.graph, "Q")).max() > 1e-3
        if drawn.mask is not None:
            assert drawn.mask.any(axis=1).all()
            assert not drawn.mask.all()
    for sizes in HEADS:
        drawn = heads(rng, *sizes)
        roads = gradient(drawn.graph, ["X->Q", "X->K", "X->V", "X->out"])
        largest = [np.abs(road).max() for road in roads.values()]
        assert min(largest) > 1e-2 * max(largest)
    for sizes in SMALL_ONE:
        small = whole_one_head(rng, *sizes)
        assert all((a % 1 == 0).all() for a in (small.Q, small.K, small.V, small.dout))
    for sizes in SMALL_HEADS:
        small = whole_heads(rng, *sizes)
        assert all((a % 1 == 0).all() for a in (small.X, small.dout, *small.parameters.values()))


def changed(function, *edits):
    """The public template with other text in one function."""
    from bank import attention
    from bank.change import source_of

    source = source_of(getattr(attention, function))
    for old, new in edits:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    names = bank.reference("attention")
    exec(source, names)
    return names


SENTENCES = {
    "no softmax": (
        ("attention_forward", ("P = exps / np", "P = scores * 1\n    exps / np")),
        "",
    ),
    "keys for values": (
        ("attention_forward", ("out = P @ V", "out = P @ (K if K.shape == V.shape else V + 1)")),
        "",
    ),
    "max of all": (
        ("attention_forward", ("np.max(scores, axis=-1, keepdims=True)", "np.max(scores)")),
        "the largest score of each row can be subtracted first",
    ),
    "cut": (
        ("self_attention_backward", (" + dV @ Wv.T", "")),
        "X is a given number to some of the four that read it",
    ),
    "another layer": (
        ("softmax_rows_backward", ("P * (dP - dot)", "P * (1 - P) * dP")),
        "as if each weight depended on its own score alone",
    ),
    "a number for a matrix": (
        (
            "softmax_rows_backward",
            ("dot)", "dP.sum(-1, keepdims=True) * (P @ P.T).diagonal()[:, None])"),
            ("P * (dP - ", "(P * dP - "),
        ),
        "p @ p.T of a p with one axis is one number, no matrix",
    ),
    "twice": (
        ("self_attention_backward", ("dX = dout", "dX = 2 * dout")),
        "what comes back from out to X is multiplied by 2",
    ),
    "a sign": (
        ("attention_backward", ("dS.T @ Q", "-dS.T @ Q")),
        "-1",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_was_computed_instead_is_told(name):
    (function, *edits), sentence = SENTENCES[name]
    told = " ".join(str(judge(changed(function, *edits), function)).split())
    assert sentence in told


def test_a_wrong_forward_pass_is_one_mistake():
    names = changed("attention_forward", (" / np.sqrt(d_k)", " / d_k"))
    from bank import attention
    from bank.change import source_of

    back = source_of(attention.attention_backward)
    exec(back.replace("/ np.sqrt(d_k)", "/ d_k"), names)
    report = judge(names, "attention_backward")
    assert all(v.earned for v in report.verdicts), report
    assert "Your attention_forward is not right yet" in " ".join(str(report).split())


def test_one_mistake_in_the_softmax_is_punished_once():
    names = notebook("12")
    exec("def softmax_rows_backward(dP, P):\n    return P * dP", names)
    assert {check.partition("__")[0] for check in lost(names)} == {"softmax_rows_backward"}


def test_one_mistake_in_one_head_is_punished_once():
    names = notebook("12")
    source = (
        "def attention_backward(dout, cache):\n    Q, K, V, P = cache\n"
        "    dS = softmax_rows_backward(dout @ V.T, P)\n    return dS @ K, dS.T @ Q, P.T @ dout"
    )
    exec(source, names)
    assert {check.partition("__")[0] for check in lost(names)} == {"attention_backward"}


def test_the_picture_counts_which_position_hears_which():
    full = np.kron(np.triu(np.ones((3, 3))), np.ones((2, 2)))
    told = figures.blocks_picture({"causal": full}, examples=3).alt
    assert "3 of the 6 blocks between" in told


def suspects():
    """By id, the four numbers of each suspect of the hunt."""
    given = posted("12")
    X, dout, Wo = given["X_c"], given["dout_c"], given["Wo_c"]
    W = [given[f"W{letter}_c"] for letter in "qkv"]
    Q, K, V = (X @ w for w in W)
    dH, root = dout @ Wo.T, np.sqrt(Q.shape[1])
    graph = attention_graph(Q, K, V, dH)
    P, dP, true = graph.value("P"), dH @ V.T, gradient(graph, ["Q", "K", "V", "S"])

    def all_of(dS, dV=true["V"], divisor=root, by_key=1):
        dQ, dK = dS @ K / divisor, dS.T @ Q / divisor
        return dQ, dV, dout + dQ @ W[0].T + by_key * dK @ W[1].T + dV @ W[2].T, dS

    right = all_of(true["S"])
    found = {
        "attention-softmax-skipped": all_of(dP),
        "softmax-diagonal-only": all_of(P * (1 - P) * dP),
        "attention-scale-forgotten": all_of(true["S"], divisor=1),
        "attention-dv-not-transposed": all_of(true["S"], dV=P @ dH),
        "attention-road-missing": all_of(true["S"], by_key=0),
    }
    return {
        id: (
            *(
                np.abs(a - b).max() / np.abs(b).max()
                for a, b in zip(made[:3], right[:3], strict=True)
            ),
            np.abs(made[3].sum(axis=1)).max(),
        )
        for id, made in found.items()
    }


def test_the_numbers_of_the_hunt_are_those_of_the_suspect_and_of_no_other():
    shown, made = posted("12")["errors"], suspects()
    assert tuple(made) == exercise_of("answers_12", {}).properties[0].holds.ids
    for letter, id in key("12").items():
        fits = [
            other for other, told in made.items() if np.allclose(told, shown[letter], atol=6e-3)
        ]
        assert fits == [id]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("np.sqrt(d_k)", "np.sqrt(K.shape[0])"),
        ("np.sqrt(d_k)", "d_k"),
        ("out = P @ V", "out = 2 * P @ V"),
    ],
)
def test_large_scores_beside_a_wrong_out_are_not_said_to_be_right(old, new):
    report = judge(changed("attention_forward", (old, new)), "attention_forward")
    (large,) = (v for v in report.verdicts if v.check.endswith("is_right_for_large_scores"))
    assert large.earned
    assert "when out is right" in large.detail


def test_no_sum_of_a_small_instance_is_0_by_chance():
    for seed in range(20):
        trials = EXERCISES["softmax_rows_backward"].smaller(None, np.random.default_rng(seed))
        for dP, P in (trial.args for trial in trials):
            assert dP.sum(axis=1).all()
            assert (P * dP).sum(axis=1).all()
            assert np.ptp(dP, axis=1).all()
        for sizes in SMALL_ONE:
            drawn = whole_one_head(np.random.default_rng(seed), *sizes)
            assert (drawn.dout @ drawn.V.T).sum(axis=1).all()
