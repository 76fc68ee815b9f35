"""From a folder that a student handed in to a notebook that can be graded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.grading.assignment import Master
from autograder.grading.notebook.grade import METADATA
from autograder.grading.submission.find import Kin, find, whose
from autograder.grading.submission.read import Unreadable
from autograder.grading.submission.repair import repair_cells


def load(folder: Path, root: Path, master: Master, kin: Kin | None = None) -> Any:
    """Return a notebook with all tracked cells in place, whatever the folder holds.

    What had to be put right stands in its metadata under ``repairs``, and the path of the file
    that was taken under ``path``; a submission that could not be read is empty but for the
    master's cells, and ``unreadable`` says why.

    Parameters
    ----------
    folder, root : Path
        The submission, and the folder of all submissions.
    kin : mapping of str to set of str, optional
        Other notebooks of the course in words, and their cells: what is one of them is not this.
    """
    about: dict[str, Any] = {"repairs": []}
    try:
        found = find(folder, root, master, kin or {})
        _refuse_another(found.names, found.known, master, kin or {})
    except Unreadable as error:
        about["unreadable"] = f"the notebook could not be graded: {error}"
        nb = new_notebook(cells=[new_markdown_cell(f"**{about['unreadable']}**", id="unreadable")])
        repair_cells(nb, master)
    else:
        nb, about["path"] = found.nb, found.file.path
        about["repairs"] = [*found.notes, *repair_cells(nb, master)]
    nb.metadata[METADATA] = about
    return nb


def _refuse_another(names: frozenset[str], known: int, master: Master, kin: Kin) -> None:
    """Stop at another assignment's notebook, of which a few cells may be named alike.

    Raises
    ------
    Unreadable
        If it is one.
    """
    its = whose(names, kin) if 2 * known < len(master.cells) else None
    if its is not None:
        raise Unreadable(
            f"it is {its}, and has {known} of the {len(master.cells)} cells of this one; ask for "
            "the right one"
        )


def siblings(masters: Mapping[str, Master], name: str) -> dict[str, frozenset[str]]:
    """Return the other notebooks of an assignment in words, and their cells."""
    return {
        f"the assignment's '{other}.ipynb'": frozenset(master.cells)
        for other, master in masters.items()
        if other != name
    }
