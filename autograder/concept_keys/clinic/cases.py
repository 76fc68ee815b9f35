"""The twelve cases in their order, who their patients are, and what a wrong name is told."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from autograder.concept_keys.clinic.case import Case, Chart
from autograder.concept_keys.clinic.gates import CELL
from autograder.concept_keys.clinic.scale import NETWORK, REGULARISED
from autograder.concept_keys.clinic.shapes import AFFINE, RECURRENT
from autograder.concept_keys.clinic.slopes import HIDDEN, LOSS
from autograder.concept_keys.clinic.steps import ADAM, CLIP
from autograder.concept_keys.clinic.time import COLUMNS, ROWS
from autograder.concept_keys.clinic.wires import WIRES
from autograder.concepts.question import Draw

CASES: dict[int, Case] = dict(
    enumerate(
        (
            AFFINE,
            RECURRENT,
            NETWORK,
            REGULARISED,
            LOSS,
            HIDDEN,
            WIRES,
            ADAM,
            COLUMNS,
            ROWS,
            CLIP,
            CELL,
        ),
        1,
    )
)
#: So many draws of numbers has each mistake of a case.
_DRAWS = 3


@cache
def patients(number: int) -> tuple[tuple[str, int], ...]:
    """The id and the draw of each patient of a case, in the order of the sheet.

    The order is drawn, so that a place tells nothing of the id.
    """
    all_of_them = [(id, draw) for id in CASES[number].guilty for draw in range(_DRAWS)]
    return tuple(Draw(f"ward {number}").some(all_of_them, len(all_of_them)))


@cache
def chart(number: int, id: str, draw: int) -> Chart:
    """What is seen of an implementation with this mistake; of the right one, if it is empty."""
    return CASES[number].chart(id, np.random.default_rng([number, draw]))


def sheet() -> dict[str, Any]:
    """All that students get, ready for JSON."""
    found: dict[str, Any] = {}
    for number, case in CASES.items():
        charts = [chart(number, id, draw) for id, draw in patients(number)]
        found[str(number)] = {
            "unit": case.unit,
            "head": list(case.head),
            "ids": list(case.choices),
            "patients": [
                {
                    "note": one.note,
                    "rows": [list(row) for row in one.rows],
                    "wrong": list(one.wrong),
                    "curves": {name: list(curve) for name, curve in one.curves.items()},
                }
                for one in charts
            ],
        }
    return found


def judged(number: int, patient: int, named: str) -> tuple[bool, str]:
    """Tell whether a patient's mistake is named, and what the named one would have shown.

    Parameters
    ----------
    number : int
        Of the case.
    patient : int
        The place in the sheet.
    named : str
        One of the case's ids.

    Returns
    -------
    right : bool
    words : str
        A cell in which the charts differ; empty where the id is right.
    """
    id, draw = patients(number)[patient]
    if named == id:
        return True, ""
    return False, difference(
        CASES[number], named, chart(number, named, draw), chart(number, id, draw)
    )


def difference(case: Case, named: str, would: Chart, here: Chart) -> str:
    """A cell in which two charts differ, in words: one that differs in kind, if there is any."""
    found, above = [], ""
    for other, shown in zip(would.rows, here.rows, strict=True):
        above = shown[0] or above
        for head, there, cell in zip(case.head[1:], other[1:], shown[1:], strict=True):
            if there != cell:
                told = f'row "{above}", column "{head}" would be {there}; here it is {cell}'
                found.append((_kind(there) == _kind(cell), told))
    if not found:
        raise ValueError(f"the charts of {named} and of the patient are the same")
    return f"with `{named}`, {min(found, key=lambda one: one[0])[1]}"


def _kind(cell: str) -> str:
    """``off`` of ``off 0.31``: two arrays that are off by different numbers are both wrong."""
    return "off" if cell.startswith("off") else cell
