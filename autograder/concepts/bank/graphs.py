"""Questions on units 00 to 02: shapes, graphs, Jacobians."""

from __future__ import annotations

from autograder.concepts.question import Asked, Draw


def u00_shape_of_dW(draw: Draw) -> Asked:
    before, units, m = draw.some((2, 3, 4, 5, 6, 7, 8, 9), 3)
    return Asked(
        f"Columns are examples. A layer takes $A^{{[l-1]}}$ of shape $({before}, {m})$ and gives "
        f"$Z^{{[l]}}$ of shape $({units}, {m})$. What is the shape of `dW` for this layer?",
        {"before": before, "units": units},
        "2 numbers",
    )


def u00_broadcast(draw: Draw) -> Asked:
    n = draw.one(range(3, 30))
    return Asked(
        f"`db` has shape $({n}, 1)$ and `s` has shape $({n},)$. What is the shape of `db + s` in "
        "NumPy?",
        {"n": n},
        "2 numbers",
    )


def u00_entry_of_dW(draw: Draw) -> Asked:
    a, b, c, d = draw.some((1, 2, 3, 4), 4)
    e, f, g, h = draw.some((5, 7, 11, 13), 4)
    return Asked(
        "Columns are examples, and $1/m$ is left out. With\n\n"
        rf"$$dZ = \begin{{pmatrix}} {a} & {b} \\ {c} & {d} \end{{pmatrix}}, \qquad "
        rf"A = \begin{{pmatrix}} {e} & {f} \\ {g} & {h} \end{{pmatrix}}$$"
        "\n\nthe layer took $A$ in. Which number stands in the first row and the second column of "
        "`dW`?",
        {"dZ": [[a, b], [c, d]], "A": [[e, f], [g, h]]},
    )


def u01_fork(draw: Draw) -> Asked:
    a, b, c = draw.one((2, 3, 4)), draw.one((5, 7, 9)), draw.one((11, 13, 15, 17, 19))
    return Asked(
        "A graph: $p = a \\cdot b$, then $q = a \\cdot c$, then $J = p + q$. "
        f"With $a = {a}$, $b = {b}$, $c = {c}$: what is $\\partial J / \\partial a$?",
        {"a": a, "b": b, "c": c},
    )


def u01_paths(draw: Draw) -> Asked:
    steps = draw.one(range(4, 12))
    return Asked(
        f"A chain: $s_0 = x$, and $s_i = s_{{i-1}} + s_{{i-1}}$ for $i = 1, \\dots, {steps}$. How "
        f"many paths lead from $s_{{{steps}}}$ down to $x$?",
        {"steps": steps},
    )


def u01_square(draw: Draw) -> Asked:
    a, k = draw.one(range(2, 10)), draw.one((3, 5, 7, 9))
    return Asked(
        f"A graph: $b = a \\cdot a$, then $c = b + {k} b^2$, where $b^2$ is the node $b \\cdot b$. "
        f"With $a = {a}$: what is $\\partial c / \\partial a$?",
        {"a": a, "k": k},
    )


def u02_multiplications(draw: Draw) -> Asked:
    n, count = draw.one((10, 20, 30, 40, 50, 100)), draw.one((3, 4, 5))
    return Asked(
        f"A chain of {count} Jacobians, each of ${n} \\times {n}$, times one vector of length {n}. "
        "How many multiplications does the cheaper of the two directions take?",
        {"n": n, "count": count},
    )


def u02_shape_of_a_jacobian(draw: Draw) -> Asked:
    p, q = draw.some(range(2, 20), 2)
    return Asked(
        f"$z = W x$ with $W$ of shape $({p}, {q})$. What is the shape of "
        r"$\partial z / \partial x$ in denominator layout?",
        {"p": p, "q": q},
        "2 numbers",
    )


def u02_strip(draw: Draw) -> Asked:
    a, y, m = draw.one((0.2, 0.3, 0.4, 0.6, 0.7, 0.8)), draw.one((0, 1)), draw.one((2, 4, 5, 8))
    return Asked(
        f"One sigmoid unit with the cross-entropy, ${m}$ examples, $J$ the mean of their losses. "
        f"Example 2 has $a_2 = {a}$ and $y_2 = {y}$. What is $\\partial J / \\partial z_2$?",
        {"a": a, "y": y, "m": m},
    )
