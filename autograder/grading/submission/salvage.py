"""Read a notebook whose file is damaged, as far as that can be done without guessing."""

from __future__ import annotations

import json
import re
from typing import Any

LARGE = 20 << 20  # characters; outputs of a larger notebook are cut out before it is read
_CELLS = re.compile(r'"cells"\s*:\s*\[')
_OUTPUTS = re.compile(r'(?<!\\)"outputs"\s*:\s*\[')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]]', re.DOTALL)
_MAX_TOKENS = 5_000_000
_OURS, _MIDDLE, _THEIRS = "<<<<<<<", "=======", ">>>>>>>"


def without_outputs(text: str) -> str:
    """Cut the outputs out of a large notebook's JSON: grading makes them anew."""
    if len(text) <= LARGE:
        return text
    kept: list[str] = []
    at = tokens = 0
    while found := _OUTPUTS.search(text, at):
        kept.append(text[at : found.end()])
        at, depth = found.end(), 1
        for token in _TOKEN.finditer(text, at):
            tokens += 1
            depth += {"[": 1, "]": -1}.get(token[0], 0)
            if depth == 0:
                at = token.start()
                break
        if depth or tokens > _MAX_TOKENS:
            break
    return "".join([*kept, text[at:]])


def salvage(text: str) -> tuple[Any, str] | None:
    """Read JSON text that is no longer valid; return it and what was done, or None.

    Two kinds of damage can be undone: marks that git left of a merge, and an end that is missing.
    """
    if _OURS in text or _THEIRS in text:
        for mine, told in ((True, "above"), (False, "below")):
            try:
                data = json.loads(_side(text, mine))
            except (ValueError, RecursionError):
                continue
            return data, (
                "it held the marks of a merge that was not finished (git); where the two versions "
                f"differ, the one {told} '{_MIDDLE}' was graded"
            )
    cells = _whole_cells(text)
    if not cells:
        return None
    many = "the cell" if len(cells) == 1 else f"the {len(cells)} cells"
    told = f"the file breaks off in the middle; {many} before that were graded"
    return {"cells": cells}, told


def _side(text: str, mine: bool) -> str:
    """Return one of the two versions of an unfinished merge."""
    kept, inside = [], ""
    for line in text.splitlines(keepends=True):
        start = line[:7]
        if start in (_OURS, _MIDDLE, _THEIRS) and line[7:8] in ("", " ", "\n", "\r"):
            inside = "" if start == _THEIRS else start
        elif inside == "" or (inside == _OURS) == mine:
            kept.append(line)
    return "".join(kept)


def _whole_cells(text: str) -> list[Any]:
    """Return the cells that come whole before the place where the JSON ends or is broken."""
    found = _CELLS.search(text)
    cells: list[Any] = []
    read = json.JSONDecoder().raw_decode
    at = found.end() if found else len(text)
    while at < len(text):
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            cell, at = read(text, at)
        except (ValueError, RecursionError):
            break
        cells.append(cell)
    return cells
