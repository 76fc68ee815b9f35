"""A bank of wrong and of right implementations, written without looking at the grader.

``mutants(family)`` are records of slips, each with a fresh ``namespace()``; ``variants(family)``
are the same as tuples, without those that no legal input can tell from the truth;
``rights(family)`` are right but unusual; ``pairs(family)`` have two slips at once.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .ids import IDS
from .registry import MUTANTS, PAIRS, REFERENCES, RIGHTS, Mutant, Namespace, Pair, Right, build

__all__ = ["FAMILIES", "IDS", "Mutant", "Pair", "Right", "Variant"]
__all__ += ["equivalents", "mutants", "pairs", "reference", "rights", "variants"]

for _file in sorted(Path(__file__).parent.glob("*.py")):
    if not _file.stem.startswith(("test_", "_", "pairs")):
        importlib.import_module(f".{_file.stem}", __name__)
importlib.import_module(".pairs", __name__)  # last: it names mutants

FAMILIES = tuple(REFERENCES)


class Variant(NamedTuple):
    name: str
    namespace: Namespace
    expected: str | None
    function: str


def reference(family: str) -> Namespace:
    """Return the right functions of a family in their usual form."""
    return build(family, {}, {})


def mutants(family: str) -> list[Mutant]:
    """Return all slips of a family, also those declared equivalent to the truth."""
    return [one for key, one in MUTANTS.items() if one.family == family]


def variants(family: str) -> Iterator[Variant]:
    """Yield (name, namespace, expected id, function) of all slips that can be seen."""
    for one in mutants(family):
        if one.equivalent is None:
            yield Variant(one.name, one.namespace(), one.expected, one.function)


def equivalents(family: str) -> list[Mutant]:
    """Return the slips that no legal input can tell from the truth."""
    return [one for one in mutants(family) if one.equivalent is not None]


def rights(family: str) -> list[Right]:
    """Return the right but unusual implementations of a family."""
    return [one for one in RIGHTS.values() if one.family == family]


def pairs(family: str) -> list[Pair]:
    """Return notebooks with two independent slips in two functions."""
    return PAIRS.get(family, [])


def probe(family: str) -> Any:
    """Return the module that instances, observes and knows the truth of a family."""
    return importlib.import_module(f".{family}_probe", __name__)
