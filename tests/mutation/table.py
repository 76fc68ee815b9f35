"""What was measured, as Markdown: the table, and below it the lists that argue its exceptions.

Each family is a record of its own, so that a family can be measured again without the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

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
    "seeds: slips, right ones",
)


class Record(TypedDict):
    """What was measured of one family.

    `row` are the numbers of the table, from ``mutants`` to the public-style test; `seeds` those for
    each slip and for each right implementation; `unnamed` counts the seeds without a name.
    """

    unit: str
    row: list[int]
    seeds: list[int]
    unnamed: dict[str, int]


def record(found: Sequence[Any], right: int, wrong: int) -> Record:
    """What was found of the variants of one family, as it is kept."""
    left = {f.name: len(f.unnamed) for f in found if f.unnamed and not _is_equivalent(f)}
    row = _row(found[0].family, found)
    return {"unit": found[0].unit, "row": row, "seeds": [wrong, right], "unnamed": left}


def report(records: Mapping[str, Record]) -> str:
    """The table and its lists, of the records by family."""
    ordered = sorted(records.items(), key=lambda item: item[1]["unit"])
    rows = [
        [f"{r['unit']} ({family})", *r["row"], ", ".join(map(str, r["seeds"]))]
        for family, r in ordered
    ]
    total = [
        "all",
        *(sum(column) for column in zip(*(r["row"] for _, r in ordered), strict=True)),
        "",
    ]
    lines = [COLUMNS, ["---", *["---:"] * (len(COLUMNS) - 1)], *rows, total]
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
    families = [family for family, _ in ordered]
    return "\n".join([f"\n{table}\n", *_not_named(dict(ordered)), *_equivalents(families)])


def _row(family: str, found: Sequence[Any]) -> list[int]:
    mutants = {f.name: f for f in found if f.kind == "mutant"}
    slips = [m for m in bank.mutants(family) if m.equivalent is None]
    known = [m for m in slips if m.expected is not None]
    pairs = [f for f in found if f.kind == "pair"]
    rights = [f for f in found if f.kind == "right"]
    return [
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


def _not_named(records: Mapping[str, Record]) -> Iterator[str]:
    """What was stopped, and not given its name on every seed."""
    left = [(r["unit"], name, n) for r in records.values() for name, n in r["unnamed"].items()]
    yield "Not given every name on every seed:\n" if left else "All of them on every seed.\n"
    yield from (f"* `{name}` ({unit}), seeds without: {n}" for unit, name, n in left)
    yield ""


def _is_equivalent(one: Any) -> bool:
    return one.name in {m.name for m in bank.equivalents(one.family)}


def _equivalents(families: Sequence[str]) -> Iterator[str]:
    """The mutants that are left out of the table, each with its argument."""
    yield "Equivalent mutants, which no legal input tells from the truth, are not in the table:\n"
    for family in families:
        for one in bank.equivalents(family):
            yield f"* `{one.name}` ({family}): {one.equivalent}"
