"""All keys, by the name of the question: ``u04_signal(...)`` is the key to ``04_signal``."""

from __future__ import annotations

from collections.abc import Callable

from autograder.concept_keys.bank import checks, columns, gates, graphs, rows, time
from autograder.concept_keys.key import Key

KEYS: dict[str, Callable[..., Key]] = {
    name[1:]: key
    for part in (graphs, rows, columns, checks, time, gates)
    for name, key in vars(part).items()
    if name[0] == "u" and name[1:3].isdecimal()
}
