"""Questions on units 05, 06a and 06b: gradient checks, regularisation, optimisers."""

from __future__ import annotations

from autograder.concepts.question import Asked, Draw


def u05_centred(draw: Draw) -> Asked:
    t, h = draw.one((4, 5, 6, 7, 8, 9)), draw.one((2, 3))
    return Asked(
        f"$f(\\theta) = \\theta^3$. What does the centred difference give at $\\theta = {t}$ with "
        f"the wide step $h = {h}$?",
        {"t": t, "h": h},
    )


def u05_kink(draw: Draw) -> Asked:
    p, q = draw.some(range(2, 12), 2)
    return Asked(
        f"$f(\\theta) = {p} \\max(0, \\theta) + {q} \\max(0, -\\theta)$. What does the centred "
        "difference give at $\\theta = 0$?",
        {"p": p, "q": q},
    )


def u05_integers(draw: Draw) -> Asked:
    t = draw.one(range(3, 40))
    return Asked(
        f"`theta = np.array([{t}])`, and $f(\\theta) = \\theta^2$. A loop writes "
        "`theta[0] = t + h`, reads $f$, writes `theta[0] = t - h` and reads $f$ again, where `t` "
        f"is ${t}$ and `h` is $0.5$. It divides the difference of the two by $2 h$. What comes "
        "out?",
        {"t": t, "h": 0.5},
    )


def u06a_l2(draw: Draw) -> Asked:
    data, w = draw.one((0.1, 0.2, 0.3, 0.4)), draw.one((2, 3, 4, 6))
    lambd, m = draw.one((0.5, 0.7, 1.5)), draw.one((2, 5, 10))
    return Asked(
        f"The mean of the losses has the slope ${data}$ with respect to one weight $w = {w}$. The "
        f"cost has the L2 penalty of the course, with `lambd` $= {lambd}$ and $m = {m}$. What is "
        "the entry of `dW`?",
        {"data": data, "w": w, "lambd": lambd, "m": m},
    )


def u06a_dropout(draw: Draw) -> Asked:
    d = draw.some((1, 2, 3, 4, 6, 8), 2)
    mask, keep = draw.one(([1, 0], [0, 1])), draw.one((0.5, 0.8, 0.4))
    return Asked(
        f"Inverted dropout, `keep_prob` $= {keep}$. The mask of two units is ${tuple(mask)}$, and "
        f"the derivative at what they hand on is ${tuple(d)}$. What is the derivative at what "
        "they were before the mask?",
        {"d": d, "mask": mask, "keep": keep},
        "2 numbers",
    )


def u06a_clip(draw: Draw) -> Asked:
    scale, limit = draw.one((2, 3, 4, 6, 8)), draw.one((1, 2, 5))
    return Asked(
        f"The gradient of all parameters together is $({3 * scale}, {4 * scale})$. What is it "
        f"after clipping by norm, with `max_norm` $= {limit}$?",
        {"gradient": [3 * scale, 4 * scale], "limit": limit},
        "2 numbers",
    )


def u06a_embedding(draw: Draw) -> Asked:
    word, other = draw.some((0, 1, 2, 3), 2)
    dout = draw.some((1, 2, 4, 5, 7), 3)
    return Asked(
        "An embedding with one number a word. The words of a sentence are "
        f"${(word, other, word)}$ and `dout` is ${tuple(dout)}$. What is `dW[{word}]`?",
        {"words": [word, other, word], "dout": dout, "word": word},
    )


def u06b_momentum(draw: Draw) -> Asked:
    beta, (first, second) = draw.one((0.75, 0.8, 0.9)), draw.some((1, 2, 3, 4, 5), 2)
    return Asked(
        f"Momentum with `beta` $= {beta}$; $v$ starts at $0$. The gradients of two updates are "
        f"${first}$ and ${second}$. What is $v$ after the second one?",
        {"beta": beta, "gradients": [first, second]},
    )


def u06b_bias_correction(draw: Draw) -> Asked:
    beta, v, t = draw.one((0.8, 0.9)), draw.one((0.1, 0.2, 0.3, 0.4)), draw.one((2, 3))
    return Asked(
        f"Adam with `beta1` $= {beta}$. After update number ${t}$ the mean of the gradients is "
        f"$v = {v}$. What is its corrected value?",
        {"beta": beta, "v": v, "t": t},
    )


def u06b_mini_batches(draw: Draw) -> Asked:
    size, full = draw.one((16, 32, 64)), draw.one(range(3, 12))
    m = size * full + draw.one(range(1, 15))
    return Asked(
        f"${m}$ examples in mini-batches of ${size}$. How many batches are there in an epoch, and "
        "how many examples does the last one hold?",
        {"m": m, "size": size},
        "2 numbers",
    )
