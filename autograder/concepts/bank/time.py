"""Questions on units 07 and 08: recurrent networks, long time."""

from __future__ import annotations

from autograder.concepts.question import Asked, Draw


def u07_two_ways(draw: Draw) -> Asked:
    d1, d2 = draw.some((1, 2, 3, 4, 5), 2)
    w, a = draw.one((2, 3, 4, -2, -3)), draw.one((0.5, 0.4, -0.6))
    return Asked(
        f"A recurrent network of one tanh unit, two steps, one example: $W_{{aa}} = {w}$, "
        f"$a_2 = {a}$. The losses send `da` $= {d1}$ to step 1 and ${d2}$ to step 2. What is "
        r"$\partial J / \partial a_1$, all of it?",
        {"d1": d1, "d2": d2, "w": w, "a": a},
    )


def u07_calls(draw: Draw) -> Asked:
    T = draw.one(range(6, 30))
    return Asked(
        f"${T}$ steps, and a loss at each. Somebody sends each loss back by itself, from its step "
        "to the first one, and adds up. How many calls of `rnn_cell_backward` does that take?",
        {"T": T},
    )


def u07_dWaa(draw: Draw) -> Asked:
    dz = draw.some((1, 2, 3, 4), 3)
    a = sorted(draw.some((1, 2, 3, 5, 7, 9, 11, 13), 4))
    return Asked(
        f"One unit, three steps. $dz_1, dz_2, dz_3$ are ${tuple(dz)}$, and $a_0, a_1, a_2, a_3$ "
        f"are ${tuple(a)}$. What is `dWaa`?",
        {"dz": dz, "a": a},
    )


def u08_far_back(draw: Draw) -> Asked:
    w, T = draw.one((0.5, 2, 3, -2, -0.5)), draw.one((4, 5, 6))
    return Asked(
        f"One unit without a tanh: $a_t = {w}\\, a_{{t-1}} + x_t$. What is "
        rf"$\partial a_{T} / \partial a_1$?",
        {"w": w, "T": T},
    )


def u08_chunks(draw: Draw) -> Asked:
    w, da = draw.one((2, 3, 4)), draw.some((1, 2, 3, 4, 5), 4)
    return Asked(
        f"One unit without a tanh, $a_t = {w}\\, a_{{t-1}} + x_t$, four steps; the losses send "
        f"`da` $= {tuple(da)}$ to the steps 1 to 4. Back-propagation is truncated to chunks of "
        "$k = 2$. Which derivative arrives at $a_1$?",
        {"w": w, "da": da},
    )


def u08_clip(draw: Draw) -> Asked:
    scale, limit = draw.one((2, 3, 4, 5)), draw.one((7, 3.5))
    rate = draw.one((0.1, 0.2, 0.01))
    return Asked(
        f"One number each: `dWax` $= {2 * scale}$, `dWaa` $= {3 * scale}$, `dba` $= {6 * scale}$. "
        f"The gradient is clipped to the norm ${limit}$, then comes a step with the learning rate "
        f"${rate}$. What is subtracted from `Waa`?",
        {"gradients": [2 * scale, 3 * scale, 6 * scale], "limit": limit, "rate": rate},
    )
