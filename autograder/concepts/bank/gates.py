"""Questions on units 09 and 11: LSTM and GRU, normalisation."""

from __future__ import annotations

from autograder.concepts.question import Asked, Draw


def u09_lane_of_c(draw: Draw) -> Asked:
    dc, da = draw.some((1, 2, 3, 4, 5), 2)
    o, th, f = draw.one((0.25, 0.5, 0.75)), draw.one((0.5, -0.6, 0.8)), draw.one((0.4, 0.6, 0.8))
    return Asked(
        f"One LSTM cell of one unit. $\\tanh(c_{{next}}) = {th}$, $o_t = {o}$, $f_t = {f}$. "
        f"`da_next` $= {da}$ and `dc_next` $= {dc}$ arrive. What is `dc_prev`?",
        {"dc": dc, "da": da, "o": o, "th": th, "f": f},
    )


def u09_forget_gate(draw: Draw) -> Asked:
    dc, f = draw.one((2, 3, 4)), draw.one((0.2, 0.4, 0.6, 0.8))
    before, after = draw.some((0.5, -1.5, 2, 2.5), 2)
    return Asked(
        f"One LSTM cell of one unit. $c_{{prev}} = {before}$, $c_{{next}} = {after}$, "
        f"$f_t = {f}$, and all that comes back to $c_{{next}}$ is `dc` $= {dc}$. What is `dzf`, "
        "the derivative before the sigmoid of the forget gate?",
        {"dc": dc, "f": f, "before": before, "after": after},
    )


def u09_update_gate(draw: Draw) -> Asked:
    dc, (new, old) = draw.one((2, 3, 4, 5)), draw.some((0.5, -0.7, 0.3, -0.2), 2)
    return Asked(
        "One GRU cell of one unit: $c_{next} = u\\, \\tilde c + (1 - u)\\, c_{prev}$. "
        f"$\\tilde c = {new}$, $c_{{prev}} = {old}$, `dc_next` $= {dc}$. What is the derivative "
        "with respect to $u$?",
        {"dc": dc, "new": new, "old": old},
    )


def u11_running_mean(draw: Draw) -> Asked:
    momentum, (kept, mu) = draw.one((0.7, 0.8, 0.9)), draw.some((1, 2, 4, 5, 7), 2)
    return Asked(
        f"Batch normalisation in train mode, `momentum` $= {momentum}$. The running mean is "
        f"${kept}$, the mean of this batch ${mu}$. What is the running mean afterwards?",
        {"momentum": momentum, "kept": kept, "mu": mu},
    )


def u11_three_roads(draw: Draw) -> Asked:
    d, eps, root = draw.one(((2, 5, 3), (4, 9, 5), (1, 3, 2), (3, 7, 4), (1, 8, 3), (3, 16, 5)))
    middle, upstream = draw.one((1, 2, 3, 6, 7)), 2 * root**3
    return Asked(
        rf"Batch normalisation of one feature, two examples, $\gamma = 1$: "
        f"$x = ({middle - d}, {middle + d})$ and $\\text{{eps}} = {eps}$, so that "
        rf"$\sqrt{{\text{{var}} + \text{{eps}}}} = {root}$. `dout` is $({upstream}, 0)$. "
        "What is `dx` of the first example?",
        {"d": d, "eps": eps, "middle": middle, "upstream": upstream},
    )


def u11_dgamma(draw: Draw) -> Asked:
    s, middle = draw.one((2, 3, 4)), draw.one((5, 6, 7))
    dout = draw.some((1, 2, 4, 7), 4)
    x = (middle - s, middle - s, middle + s, middle + s)
    return Asked(
        f"Batch normalisation of one feature, four examples, $\\text{{eps}} = 0$: $x = {x}$ and "
        f"`dout` is ${tuple(dout)}$. What is `dgamma`?",
        {"x": list(x), "dout": dout},
    )
