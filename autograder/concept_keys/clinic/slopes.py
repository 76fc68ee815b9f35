"""Cases 5 and 6: single entries tell it."""

from __future__ import annotations

import numpy as np

from autograder.concept_keys.clinic.case import Array, Case, Chart, number, numeric


def _softmax(z: Array, axis: int = 0) -> Array:
    e = np.exp(z)
    return np.asarray(e / e.sum(axis=axis, keepdims=True))


def _loss(id: str, rng: np.random.Generator) -> Chart:
    Z, m, true = rng.normal(size=(4, 2)), 2, int(rng.integers(4))
    Y = np.eye(4)[:, [true, (true + 1) % 4]]
    p = _softmax(Z)
    right = numeric(lambda z: np.asarray(-(Y * np.log(_softmax(z))).sum() / m), Z)
    dp = -Y / p / m
    dZ = (p - Y) / m
    if id == "softmax-diagonal-only":
        dZ = dp * p * (1 - p)
    if id == "softmax-jacobian-twice":
        dZ = p * (dZ - (p * dZ).sum(axis=0))
    if id == "softmax-inner-sum":
        dZ = p * dp - (p * dp).sum(axis=0)
    if id == "half-of-p-minus-y":
        dZ = p / m
    if id == "sign-flip":
        dZ = (Y - p) / m
    if id == "missing-one-over-m":
        dZ = p - Y
    rows = [(f"class {k}", *(number(c[k, 0]) for c in (p, Y, right, dZ))) for k in range(4)]
    sums = [number(column[:, 0].sum()) for column in (p, Y, right, dZ)]
    return Chart([*rows, ("sum", *sums)])


LOSS = Case(
    "02",
    ("example 1 of 2", "p", "y", "numeric dz", "the patient's dz"),
    _loss,
    {
        "softmax-diagonal-only": "`dz = dp * p * (1 - p)`",
        "softmax-jacobian-twice": "the Jacobian of the softmax is applied to `(p - y) / m`",
        "softmax-inner-sum": "`dz = p * dp - sum(p * dp)`",
        "half-of-p-minus-y": "`dz = p / m`",
        "sign-flip": "`dz = (y - p) / m`",
        "missing-one-over-m": "`dz = p - y`",
    },
)

#: By id: the factor that the patient puts where 1 - A² belongs, from Z and A = tanh(Z).
FACTORS = {
    "missing-activation-derivative": lambda Z, A: np.ones_like(Z),
    "activation-value-as-derivative": lambda Z, A: A,
    "derivative-at-wrong-argument": lambda Z, A: 1 - np.tanh(A) ** 2,
    "derivative-unsquared": lambda Z, A: 1 - A,
    "one-minus-z-squared": lambda Z, A: 1 - Z**2,
    "inverse-derivative": lambda Z, A: 1 / (1 - A**2),
    "wrong-activation-derivative": lambda Z, A: A * (1 - A),
    "z-times-derivative": lambda Z, A: Z * (1 - A**2),
}


def _hidden(id: str, rng: np.random.Generator) -> Chart:
    """One hidden layer of one unit: dZ1 over W2ᵀ dZ2, example by example."""
    spread = np.array([-1.6, -0.9, -0.3, 0.4, 1.0, 1.5])
    Z1 = (spread + rng.uniform(-0.08, 0.08, 6)).reshape(1, -1)
    W2, b2 = rng.uniform(0.5, 1.5, (1, 1)), rng.normal(size=(1, 1))
    Y = rng.integers(0, 2, (1, 6)).astype(float)

    def cost(z: Array) -> Array:
        A2 = 1 / (1 + np.exp(-(W2 @ np.tanh(z) + b2)))
        return np.asarray(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum())

    A1 = np.tanh(Z1)
    dA1 = W2.T @ (1 / (1 + np.exp(-(W2 @ A1 + b2))) - Y)
    dZ1 = dA1 * (FACTORS[id](Z1, A1) if id else 1 - A1**2)
    right = numeric(cost, Z1)
    return Chart(
        [
            tuple(number(float(value[0, i])) for value in (Z1, A1, right / dA1, dZ1 / dA1))
            for i in range(6)
        ]
    )


HIDDEN = Case(
    "03b",
    ("z", "a = tanh(z)", "numeric factor", "the patient's factor"),
    _hidden,
    {
        "missing-activation-derivative": "`dZ1 = W2.T @ dZ2`",
        "activation-value-as-derivative": "`dZ1 = (W2.T @ dZ2) * A1`",
        "derivative-at-wrong-argument": "`dZ1 = (W2.T @ dZ2) * (1 - np.tanh(A1)**2)`",
        "derivative-unsquared": "`dZ1 = (W2.T @ dZ2) * (1 - A1)`",
        "one-minus-z-squared": "`dZ1 = (W2.T @ dZ2) * (1 - Z1**2)`",
        "inverse-derivative": "`dZ1 = (W2.T @ dZ2) / (1 - A1**2)`",
        "wrong-activation-derivative": "`dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)`",
        "z-times-derivative": "`dZ1 = (W2.T @ dZ2) * Z1 * (1 - A1**2)`",
    },
)
