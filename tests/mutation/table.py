"""What was measured, as Markdown: the table, and below it the lists that argue its exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import bank
from bank.baseline import passes_public_style_test

COLUMNS = (
    "unit",
    "mutants",
    "stopped",
    "with an id",
    "named",
    "pairs",
    "stopped",
    "both named",
    "right ones",
    "refused",
    "mutants that pass a public-style test",
)


def report(found: Sequence[Any], right: int, wrong: int) -> str:
    """The table and its lists.

    Parameters
    ----------
    found : sequence of Found
    right, wrong : int
        Numbers of seeds for right implementations, and for mutants and pairs.
    """
    families = list(dict.fromkeys(one.family for one in found))
    rows = [_row(family, [f for f in found if f.family == family]) for family in families]
    total = ["all", *(sum(row[k] for row in rows) for k in range(1, len(COLUMNS)))]
    lines = [COLUMNS, ["---", *["---:"] * (len(COLUMNS) - 1)], *rows, total]
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
    seeds = f"Seeds for each mutant and pair: {wrong}; for each right implementation: {right}."
    return "\n".join([f"\n{table}\n\n{seeds}\n", *_not_named(found), *_equivalents(families)])


def _row(family: str, found: Sequence[Any]) -> list[Any]:
    mutants = {f.name: f for f in found if f.kind == "mutant"}
    slips = [m for m in bank.mutants(family) if m.equivalent is None]
    known = [m for m in slips if m.expected is not None]
    pairs = [f for f in found if f.kind == "pair"]
    rights = [f for f in found if f.kind == "right"]
    return [
        f"{found[0].unit} ({family})",
        len(slips),
        sum(not mutants[m.name].missed for m in slips),
        len(known),
        sum(not mutants[m.name].unnamed for m in known),
        len(pairs),
        sum(not f.missed for f in pairs),
        sum(not f.unnamed for f in pairs),
        len(rights),
        sum(bool(f.refused) for f in rights),
        sum(passes_public_style_test(m.namespace(), family) for m in slips),
    ]


def _not_named(found: Sequence[Any]) -> Iterator[str]:
    """What was stopped, and not given its name on every seed."""
    left = [f for f in found if f.unnamed and not _is_equivalent(f)]
    yield "Not given every name on every seed:\n" if left else "All of them on every seed.\n"
    yield from (f"* `{f.name}` ({f.unit}), seeds without: {len(f.unnamed)}" for f in left)
    yield ""


def _is_equivalent(one: Any) -> bool:
    return one.name in {m.name for m in bank.equivalents(one.family)}


def _equivalents(families: Sequence[str]) -> Iterator[str]:
    """The mutants that are left out of the table, each with its argument."""
    yield "Equivalent mutants, which no legal input tells from the truth, are not in the table:\n"
    for family in families:
        for one in bank.equivalents(family):
            yield f"* `{one.name}` ({family}): {one.equivalent}"
