"""What was put right in a notebook, told in few lines: what befell many cells is told once."""

from __future__ import annotations

MOST = 3  # cells that have a line each
MISSING = "was missing and has been put back", "were missing and have been put back"
CHANGED = "was changed and has been put back", "were changed and have been put back"
POINTS = "had other points: {}", "had other points, and have those of the assignment again"
NOT_OURS = (
    "claimed points that no cell of the assignment has",
    "claimed points that no cell of the assignment has",
)
BECAME = "had become {}", "had become cells of another type"
COPIED = (
    "was there {} times; its copies run ungraded",
    "were there more than once; their copies run ungraded",
)


class Notes:
    """Collects repairs, cell by cell."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def add(self, what: tuple[str, str], cell: str, detail: str = "") -> None:
        """Note that something befell a cell.

        Parameters
        ----------
        what : pair of str
            How it is told of one cell and of several.
        cell : str
            As it is shown: a name in quotes, or a number.
        detail : str
            Stands in the place of the braces, where it is told of one cell.
        """
        self._found.setdefault(what, []).append((cell, detail[:100]))

    def lines(self) -> list[str]:
        """One line for each cell, or for all where the same befell more than a few."""
        lines: list[str] = []
        for (one, several), cells in self._found.items():
            if len(cells) <= MOST:
                lines += [f"cell {cell} {one.format(detail)}" for cell, detail in cells]
            else:
                named = ", ".join(cell for cell, _ in cells[:MOST])
                lines.append(f"{len(cells)} cells {several}: {named} and {len(cells) - MOST} more")
        return lines
