"""Questions on units 03 and 07b, where rows are examples."""

from __future__ import annotations

from autograder.concepts.question import Asked, Draw


def u03_relu(draw: Draw) -> Asked:
    x = [draw.one((2, 3, 4)), -draw.one((1, 2, 3)), 0, draw.one((5, 6))]
    dout = [-draw.one((1, 2, 3)), *draw.some((4, 5, 6, 7), 3)]
    return Asked(
        f"ReLU with the slope 0 at 0. `x` is ${tuple(x)}$ and `dout` is ${tuple(dout)}$. "
        "What is `dx`?",
        {"x": x, "dout": dout},
        "4 numbers",
    )


def u03_tanh(draw: Draw) -> Asked:
    out, dout = draw.one((0.2, 0.3, 0.4, 0.7, 0.8)), draw.one(range(2, 10))
    return Asked(
        f"`out = tanh(x)` is ${out}$ for one entry, and `dout` there is ${dout}$. What is `dx` "
        "there?",
        {"out": out, "dout": dout},
    )


def u03_softmax_loss(draw: Draw) -> Asked:
    p, N = draw.one((0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8)), draw.one((2, 4, 5, 10))
    return Asked(
        f"`softmax_loss(x, y)` of ${N}$ examples, the mean of their losses. The softmax gives "
        f"the right class of the first example the probability ${p}$. What is the entry of `dx` "
        "for this example and this class?",
        {"p": p, "N": N},
    )


def u07b_shape_of_dWx(draw: Draw) -> Asked:
    N, D, H = draw.some((2, 3, 4, 5, 6, 7, 8, 9), 3)
    return Asked(
        f"An RNN in rows: one step takes `x` of shape $({N}, {D})$ and gives `next_h` of shape "
        f"$({N}, {H})$. What is the shape of `dWx`?",
        {"N": N, "D": D, "H": H},
        "2 numbers",
    )


def u07b_dprev_h(draw: Draw) -> Asked:
    u, v = draw.some((1, 2, 3, 4), 2)
    p, q, r, s = draw.some((5, 7, 11, 13), 4)
    return Asked(
        f"An RNN in rows, one example, two units. Before the tanh stands `z`, and `dz` is "
        f"$({u}, {v})$. With\n\n"
        rf"$$W_h = \begin{{pmatrix}} {p} & {q} \\ {r} & {s} \end{{pmatrix}}$$"
        "\n\nwhat is the first entry of `dprev_h`?",
        {"dz": [u, v], "Wh": [[p, q], [r, s]]},
    )


def u07b_db(draw: Draw) -> Asked:
    first, second = draw.some(range(1, 8), 3), draw.some(range(1, 8), 3)
    return Asked(
        "An RNN in rows with one unit, $N = 2$ examples and $T = 3$ steps. `dz` of the steps 1, 2, "
        f"3 is ${tuple(first)}$ for the first example and ${tuple(second)}$ for the second. What "
        "is `db`?",
        {"dz": [first, second]},
    )
