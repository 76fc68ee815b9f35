"""Places the nodes of a graph without layers or steps: each one column after what it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.engine.picture.wiring import Wiring

#: Column and row of each node; columns count to the right, rows upwards.
Grid = dict[str, tuple[float, float]]


def by_longest_path(wiring: Wiring) -> Grid:
    """Column: the length of the longest path to a node; a full column is spread about row 0."""
    columns: dict[str, int] = {}
    for name in wiring.standing:
        before = [columns[a] for a, b in wiring.pairs if b == name and a in columns]
        columns[name] = max(before, default=-1) + 1
    return _spread(wiring, columns)


def _spread(wiring: Wiring, columns: Mapping[str, int]) -> Grid:
    """Rows in the order of the rows of what a node is made of."""
    stacked: dict[int, list[str]] = {}
    for name, column in columns.items():
        stacked.setdefault(column, []).append(name)
    placed: Grid = {}
    for column, names in sorted(stacked.items()):
        feeds = {
            n: [placed[a][1] for a, b in wiring.pairs if b == n and a in placed] for n in names
        }
        mean = {n: sum(rows) / len(rows) if rows else 0.0 for n, rows in feeds.items()}
        for k, name in enumerate(sorted(names, key=lambda n: -mean[n])):
            placed[name] = (column, (len(names) - 1) / 2 - k)
    return placed
