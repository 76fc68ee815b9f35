"""Questions on units 03b and 04: networks whose columns are examples."""

from __future__ import annotations

from autograder.concepts.question import LETTER, Asked, Draw, choose


def u03b_dZ1(draw: Draw) -> Asked:
    w, dz, a = draw.one((2, 3, 4, 5)), draw.one((0.1, 0.2, 0.3)), draw.one((0.2, 0.3, 0.4, 0.7))
    return Asked(
        f"A hidden layer of one tanh unit, one example. $A^{{[1]}} = {a}$, $W^{{[2]}} = {w}$, "
        f"`dZ2` $= {dz}$. What is `dZ1`?",
        {"w": w, "dz": dz, "a": a},
    )


def u03b_dW1(draw: Draw) -> Asked:
    dz, x = draw.some((1, 2, 3, 4, 5), 3), draw.some((2, 3, 5, 7), 3)
    return Asked(
        f"Three examples, one hidden unit, one input. `dZ1` is ${tuple(dz)}$, in the convention "
        f"of the sum of the losses; `X` is ${tuple(x)}$. What is `dW1`, the derivative of $J$?",
        {"dz": dz, "x": x},
    )


def u03b_symmetry(draw: Draw) -> Asked:
    units, steps = draw.one(range(3, 9)), draw.one((100, 500, 1000, 5000))
    choices = choose(
        draw,
        same="they are all equal",
        some="some of them are equal, since training tells the units apart step by step",
        different="no two are equal, since their gradients depend on the data",
    )
    return Asked(
        f"All entries of $W^{{[1]}}$ start at $0.5$, all of $W^{{[2]}}$ at $0.1$, the biases at "
        f"$0$; there are ${units}$ hidden units. What do the rows of $W^{{[1]}}$ look like after "
        f"${steps}$ updates?",
        {"units": units},
        LETTER,
        choices,
    )


def u04_coin(draw: Draw) -> Asked:
    L, m = draw.one((3, 4, 5)), draw.one((3, 4, 5, 6, 7, 8, 9))
    return Asked(
        f"A network of ${L}$ layers, $m = {m}$ examples. Somebody begins with `dZ = AL - Y`, "
        "divides by $m$ in each `dW`, and once more in each `dA_prev` that is handed down. By "
        "which factor is `dW1` too small?",
        {"L": L, "m": m},
    )


def u04_dAL(draw: Draw) -> Asked:
    a, m = draw.one((0.2, 0.5, 0.6, 0.75, 0.8, 0.9)), draw.one((2, 4, 5, 10))
    return Asked(
        f"One of ${m}$ examples has the label $0$ and the output ${a}$. What is its entry of "
        "`dAL` in the L convention, the derivative of the sum of the losses?",
        {"a": a, "m": m},
    )


def u04_signal(draw: Draw) -> Asked:
    p, q, r, s = draw.some((1, 2, 3, 5), 4)
    u, v = draw.some((7, 11, 13), 2)
    return Asked(
        "Columns are examples, L convention, one of $m = 2$ examples. With\n\n"
        rf"$$W = \begin{{pmatrix}} {p} & {q} \\ {r} & {s} \end{{pmatrix}}, \qquad "
        rf"dZ = \begin{{pmatrix}} {u} \\ {v} \end{{pmatrix}}$$"
        "\n\nfor this example: what is the first entry of its `dA_prev`?",
        {"W": [[p, q], [r, s]], "dZ": [u, v], "m": 2},
    )
