"""Unit 13: what is right is accepted, what is wrong is told in words that hold; its bug hunt."""

from functools import partial

import numpy as np
import pytest
from test_hunts_columns import key, posted

from autograder import figures
from autograder.engine.exercise import exercise_of
from autograder.networks.convolution import columns_graph, conv_graph, pool_graph
from autograder.oracle import central_difference, gradient
from autograder.units.u13_convolution.instances import instance, whole_instance
from autograder.units.u13_convolution.sizes import (
    COLUMNS_OF,
    CONVS,
    POOLS,
    SMALL_COLUMNS,
    SMALL_CONVS,
    SMALL_POOLS,
)
from tests import bank
from tests.bank import convolution
from tests.bank.change import source_of
from tests.units.judged import judge, lost_in

lost = partial(lost_in, "13")


def graphs():
    drawn = instance(np.random.default_rng(3), CONVS[0])
    pooled = instance(np.random.default_rng(3), POOLS[1])
    yield drawn.conv, ("x", "w", "b", "x_pad", "cols", "x_pad->cols")
    yield drawn.columns, ("x", "x_pad", "cols")
    yield pooled.pool, ("x", "cols", "x->cols")
    yield pool_graph(pooled.x, pooled.dout, (3, 3), 2, "mean"), ("x", "cols")


def test_the_graphs_are_differentiated_as_central_differences_do():
    for graph, nodes in graphs():
        for at in nodes:
            assert np.allclose(gradient(graph, at), central_difference(graph, at), atol=1e-7), at


def test_the_columns_are_those_of_the_convolution():
    one = instance(np.random.default_rng(5), CONVS[0])
    alone = columns_graph(one.x, one.dcols, one.sizes.window, one.sizes.stride, one.sizes.pad)
    assert np.array_equal(alone.value("cols"), one.conv.value("cols"))


def test_instances_are_those_on_which_nothing_hides():
    rng = np.random.default_rng(4)
    assert any(s.stride > 1 and s.pad for s in CONVS)
    assert {s.pad for s in CONVS} >= {0, 1, 2}
    for sizes in (CONVS[0], POOLS[0], COLUMNS_OF[0]):
        N, C, H, W = sizes.images
        assert N > 1
        assert H != W
        assert sizes.places[0] != sizes.places[1]
        assert sizes.filters != C
    for sizes in (*CONVS, *POOLS[1:], *COLUMNS_OF):  # windows overlap along some axis
        assert max(sizes.window) > sizes.stride
    assert POOLS[0].window == (2, 2)
    assert POOLS[0].stride == 2
    for drawn in (instance(rng, sizes) for sizes in CONVS):
        assert min(np.abs(a).min() for a in (drawn.x, drawn.w, drawn.b, drawn.dout)) > 0.2
    for sizes in POOLS:
        assert (instance(rng, sizes).pool.value("out") < 0).any()
    for sizes in (*SMALL_CONVS, *SMALL_POOLS, *SMALL_COLUMNS):
        small = whole_instance(rng, sizes)
        assert all((a % 1 == 0).all() for a in (small.x, small.w, small.b, small.dout, small.dcols))
        assert len(np.unique(small.x)) == small.x.size


def changed(function, *edits):
    """The public template with other text in one function."""
    source = source_of(getattr(convolution, function))
    for old, new in edits:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    names = bank.reference("convolution")
    exec(source, names)
    return names


SENTENCES = {
    "no bias": (("conv_forward_naive", (" + b[f]", "")), "the sums over the windows, without b"),
    "smallest": (("max_pool_forward_naive", ("np.max", "np.min")), "the smallest number"),
    "another filter": (
        ("conv_backward_naive", ("+= g * w[f]", "+= g * w[0]")),
        "one filter takes the place of the others",
    ),
    "border": (
        ("conv_backward_naive", ("dx_pad[:, :, pad : pad + H, pad : pad + W]", "dx_pad")),
        "the border is still on dx",
    ),
    "empty": (
        ("col2im", (":, :, pad : pad + H, pad : pad + W]", ":, :, pad:-pad, pad:-pad]")),
        "where does a slice that ends at -pad end if pad is 0?",
    ),
    "divided": (
        ("conv_backward_naive", ("g = dout[n, f, i, j]", "g = dout[n, f, i, j] / N")),
        "1/N",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_was_computed_instead_is_told(name):
    (function, *edits), sentence = SENTENCES[name]
    told = " ".join(str(judge(changed(function, *edits), function)).split())
    assert sentence in told


def test_a_wrong_forward_pass_is_one_mistake():
    """A convolution of mathematics, with the way back of that one."""
    names = changed("conv_forward_naive", ("window * w[f]", "window * w[f, :, ::-1, ::-1]"))
    back = source_of(convolution.conv_backward_naive)
    back = back.replace("+= g * w[f]", "+= g * w[f, :, ::-1, ::-1]")
    exec(back.replace("return dx, dw, db", "return dx, dw[:, :, ::-1, ::-1], db"), names)
    report = judge(names, "conv_backward_naive")
    assert all(v.earned for v in report.verdicts), report
    assert "Your conv_forward_naive is not right yet" in " ".join(str(report).split())


def test_the_pictures_say_what_is_in_them():
    dx = np.zeros((3, 3))
    dx[1, 1] = 5.0
    told = figures.pooling_picture(np.arange(9.0).reshape(3, 3), np.full((1, 1), 5.0), {"max": dx})
    assert "max: 1 of 9 pixels get something, the sum is 5. The sum of dout is 5." in told.alt
    kernel = np.array([[1.0, -0.5]])
    shown = figures.kernel_picture(dx, dx[:2], {"found": kernel}, [2.0, 0.5, 0.002])
    assert "found: [[ 1.  -0.5]]. The loss falls from 2 to less than 1e-2 in 2 updates" in shown.alt


def suspects():
    """By id, the line of dx of each suspect of the hunt, by edits of nothing but its own code."""
    given = posted("13")
    one, out = given["conv_param_c"], {}
    x, w, dout = given["x_c"], given["w_c"], given["dout_c"]
    graph = conv_graph(x, w, given["b_c"], dout, one["stride"], one["pad"])
    changes = {
        "conv-overwritten": ("+= g * w[f]", "= g * w[f]"),
        "conv-kernel-flipped": ("+= g * w[f]", "+= g * w[f, :, ::-1, ::-1]"),
        "conv-stride-left-out": (
            "dx_pad[n, :, top : top + HH, left : left + WW]",
            "dx_pad[n, :, top : top + HH, j : j + WW]",
        ),
        "conv-border-wrong-side": (
            "dx_pad[:, :, pad : pad + H, pad : pad + W]",
            "dx_pad[:, :, :H, :W]",
        ),
        "conv-one-filter": ("+= g * w[f]", "+= g * w[0]"),
    }
    for id, edit in changes.items():
        names = changed("conv_backward_naive", edit)
        out[id] = names["conv_backward_naive"](dout, (x, w, given["b_c"], one))[0].ravel()
    return out, gradient(graph, "x").ravel()


def test_the_lines_of_the_hunt_are_those_of_the_suspect_and_of_no_other():
    shown, (made, right) = posted("13")["found"], suspects()
    assert tuple(made) == exercise_of("answers_13", {}).properties[0].holds.ids
    for letter, id in key("13").items():
        assert [other for other, told in made.items() if np.allclose(told, shown[letter])] == [id]
        assert not np.allclose(right, shown[letter])


def test_the_smallest_instance_of_col2im_names_all_that_goes_in():
    told = str(judge(changed("col2im", ("+= ", "+= 0.5 + ")), "col2im"))
    for part in ("`x_shape = (1, 1, 2, 3)`", "`HH = 1`", "`WW = 2`", "`stride = 1`", "`pad = 0`"):
        assert part in " ".join(told.split())


def test_a_pooling_has_no_border_to_tell():
    told = str(
        judge(changed("max_pool_forward_naive", ("np.max", "np.min")), "max_pool_forward_naive")
    )
    assert "stride 2" in told
    assert "pad" not in told.replace("pad_", "")
