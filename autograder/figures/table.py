"""A small table that reads well in a notebook, in feedback pages and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, repr=False)
class Table:
    """Rows under headings; cells are text, the first column names the row.

    Attributes
    ----------
    head : sequence of str
    rows : sequence of sequences of str, each as long as `head`
    caption : str
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(f"a row of {len(row)} cells under {len(self.head)} headings")

    def __repr__(self) -> str:
        lines = [self.head, *self.rows]
        widths = [max(len(str(line[c])) for line in lines) for c in range(len(self.head))]
        told = [
            "  ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([self.caption, *told] if self.caption else told)

    def _repr_html_(self) -> str:
        cell = "padding:.25em .9em;text-align:left;white-space:nowrap"
        head = "".join(f'<th scope="col" style="{cell}">{escape(str(h))}</th>' for h in self.head)
        body = "".join(
            f'<tr><th scope="row" style="{cell}">{escape(str(first))}</th>'
            + "".join(f'<td style="{cell}">{escape(str(text))}</td>' for text in rest)
            + "</tr>"
            for first, *rest in self.rows
        )
        caption = ""
        if self.caption:
            style = "text-align:left;font-weight:bold;white-space:nowrap;padding:.3em .9em"
            caption = f'<caption style="{style}">{escape(self.caption)}</caption>'
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
