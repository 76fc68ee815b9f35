"""Unit 06a, dropout: what a forward pass made of the masks that it drew."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.engine.compare import is_right
from autograder.engine.exercise import Wanting
from autograder.engine.formulas import Formula, known_formula
from autograder.networks import Array
from autograder.units.u06a_regularisation.instances import Instance


def follow(drawn: Instance, A3: object, kept: dict[str, Array], keep_prob: float) -> None:
    """Walk forward with the student's masks, and stop at the first array that is another one."""
    A, p = drawn.X, drawn.parameters
    for n in (1, 2, 3):
        for name in (f"W{n}", f"b{n}"):
            if not is_right(kept[name], p[name]):
                raise Wanting(f"{name} in the cache is not the {name} of the parameters")
        Z = p[f"W{n}"] @ A + p[f"b{n}"]
        if not is_right(kept[f"Z{n}"], Z):
            raise _not_linear(n, kept, p, Z)
        if n < 3:
            H, D = np.maximum(Z, 0), kept[f"D{n}"]
            A = H * D / keep_prob
            if not is_right(kept[f"A{n}"], A):
                used = is_right(kept[f"Z{n + 1}"], p[f"W{n + 1}"] @ A + p[f"b{n + 1}"])
                raise _wrong(n, kept[f"A{n}"], Z, D, keep_prob, used)
    A = 1 / (1 + np.exp(-Z))
    for told, found in (("A3 in the cache", kept["A3"]), ("the A3 that is returned", A3)):
        if not is_right(found, A):
            raise Wanting(f"{told} is not the sigmoid of Z3")


def _not_linear(n: int, kept: dict[str, Array], p: Mapping[str, Array], Z: Array) -> Wanting:
    """What Z1, Z2 or Z3 is instead."""
    if n > 1:
        H = np.maximum(kept[f"Z{n - 1}"], 0)
        before = {
            f"relu(Z{n - 1}): A{n - 1} before it is masked and scaled": H,
            f"relu(Z{n - 1}) * D{n - 1}: A{n - 1} before it is divided by keep_prob": (
                H * kept[f"D{n - 1}"]
            ),
        }
        for told, A in before.items():
            if not is_right(p[f"W{n}"] @ A + p[f"b{n}"], Z) and is_right(
                kept[f"Z{n}"], p[f"W{n}"] @ A + p[f"b{n}"]
            ):
                return Wanting(f"Z{n} in the cache is made of {told}")
    return Wanting(f"Z{n} in the cache is not W{n} A{n - 1} + b{n}".replace("A0", "X"))


def _wrong(n: int, found: Array, Z: Array, D: Array, keep_prob: float, used: bool) -> Wanting:
    """What A1 or A2 is instead; the right one may have been `used` for the next Z all the same."""
    more = f", though Z{n + 1} is made of the right A{n}" if used else ""
    H, spelt = np.maximum(Z, 0), {"H": f"relu(Z{n})", "D": f"D{n}", "Z": f"Z{n}"}
    known = (
        (H, "dropout-mask-forgotten", f"relu(Z{n}): neither masked nor scaled"),
        (H / keep_prob, "dropout-mask-forgotten", f"relu(Z{n}) / keep_prob: the mask is missing"),
        (H * D, "dropout-not-scaled", f"relu(Z{n}) * D{n}: not divided by keep_prob"),
        (H * D * keep_prob, "dropout-not-scaled", f"relu(Z{n}) * D{n}, times keep_prob"),
        (H * D / (1 - keep_prob), "dropout-not-scaled", "divided by 1 - keep_prob"),
        (H * (1 - D) / keep_prob, "dropout-mask-inverted", f"relu(Z{n}) where D{n} is 0"),
    )
    for array, id, told in known:
        if is_right(found, array):
            return Wanting(f"A{n} in the cache is {told}{more}", "" if used else id)
    formula = Formula("H * D / keep_prob", {"H": H, "D": D, "keep_prob": keep_prob, "Z": Z}, spelt)
    if told := known_formula([(formula, found)]):
        return Wanting(f"A{n} in the cache is {told}{more}")
    return Wanting(f"A{n} in the cache is not relu(Z{n}) * D{n} / keep_prob{more}")
