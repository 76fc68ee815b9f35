"""The formula of every array that comes back from an update."""

from __future__ import annotations

from autograder.engine.formulas import Formula
from autograder.units.u06b_optimisers.instances import STATE, Update

_SAID = {"rate": "learning_rate", "beta_one": "beta1", "beta_two": "beta2"}
_ADAM = "W - learning_rate * (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)"
#: Steps that other texts have, or that are taken for it: the order of Adam's paper, Nesterov's.
_OTHERS = {
    "adam": (
        "W - learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t) * v / (np.sqrt(s) + epsilon)",
    ),
    "momentum": ("W - learning_rate * (dW + beta * v)", "W - v"),
}
_STEPS = {
    "gd": "W - learning_rate * dW",
    "momentum": "W - learning_rate * v",
    "rmsprop": "W - learning_rate * dW / (np.sqrt(s) + epsilon)",
    "adam": _ADAM,
}


def formulas(drawn: Update) -> dict[str, Formula]:
    """Return them, by the names of the arrays; in the step v and s are the new ones."""
    found: dict[str, Formula] = {}
    adam, values = drawn.method == "adam", drawn.values()
    numbers = {_SAID.get(n, n): int(x) if n == "t" else x for n, x in drawn.numbers.items()}
    for name, W in drawn.parameters.items():
        key = f"d{name}"
        held = {"W": W, "dW": drawn.grads[key], **numbers}
        spelt = {"W": name[0], "dW": key[:2]}
        old = {k: {"v": drawn.v, "s": drawn.s}[k][key] for k in STATE[drawn.method]}
        for k in old:
            beta = {"v": "beta1", "s": "beta2"}[k] if adam else "beta"
            text = f"{beta} * {k} + (1 - {beta}) * dW{'**2' if k == 's' else ''}"
            found[f"{k}_{key}"] = Formula(text, {**held, **old}, spelt)
        made = {k: values[f"{k}_{key}"] for k in old}
        found[name] = Formula(
            _STEPS[drawn.method], {**held, **made}, spelt, _OTHERS.get(drawn.method, ())
        )
    return found
