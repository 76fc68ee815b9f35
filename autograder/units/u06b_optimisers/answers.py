"""What the functions of unit 06b return, taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from autograder.engine.exercise import Misshapen, take_dict
from autograder.units.u06b_optimisers.instances import STATE

_PARAMETER, _GRADIENT = r"[Wb][1-9]\d*", r"d[Wb][1-9]\d*"
#: What the newer template of Adam returns beside them; nobody looks at it.
_MORE = ("v_corrected", "s_corrected")


def parameters_of(value: Any) -> dict[str, Any]:
    """W and b of each layer, and nothing else."""
    return _keyed("parameters", value, _PARAMETER, "W1, b1, W2, b2 and so on")


def state_of(name: str, value: Any) -> dict[str, Any]:
    """dW and db of each layer, under the names ``"v_dW1"``, and nothing else."""
    found = _keyed(name, value, _GRADIENT, "dW1, db1, dW2, db2 and so on")
    return {f"{name}_{key}": item for key, item in found.items()}


def _keyed(name: str, value: Any, pattern: str, words: str) -> dict[str, Any]:
    try:
        found = take_dict(value)
    except Misshapen as error:
        raise Misshapen(f"of {name}: {error}") from None
    more = [key for key in found if not re.fullmatch(pattern, key)]
    if more:
        raise Misshapen(f"{name} has other entries than {words}: {', '.join(sorted(more))}")
    return found


def unpack(method: str) -> Callable[[Any], dict[str, Any]]:
    """What a method returns: its parameters, and what it keeps."""
    names = ("parameters", *STATE[method])
    expected = f"{len(names)} values: {', '.join(names)}"
    counts = {len(names)} | ({len(names) + len(_MORE)} if method == "adam" else set())

    def taken(value: Any) -> dict[str, Any]:
        if len(names) == 1:
            return parameters_of(value)
        if not isinstance(value, (tuple, list)):
            what = "one dict" if isinstance(value, dict) else f"{type(value).__name__}"
            raise Misshapen(f"it returned {what}, expected {expected}")
        if len(value) not in counts:
            raise Misshapen(f"it returned {len(value)} values, expected {expected}")
        found = parameters_of(value[0])
        for name, item in zip(names[1:], value[1:], strict=False):
            found |= state_of(name, item)
        return found

    return taken


def velocity(value: Any) -> dict[str, Any]:
    """What initialize_velocity returned."""
    return state_of("v", value)


def both_means(value: Any) -> dict[str, Any]:
    """What initialize_adam returned."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise Misshapen("it should return two dicts, v and s")
    return state_of("v", value[0]) | state_of("s", value[1])
