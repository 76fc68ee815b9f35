"""``python -m autograder.concept_keys.clinic`` writes the sheet that students get."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.concept_keys.clinic.cases import sheet
from autograder.concepts import clinic


def as_text() -> str:
    """The sheet as JSON, a patient a line."""
    cases = []
    for number, case in sheet().items():
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in case.pop("patients"))
        known = json.dumps(case, ensure_ascii=False)[:-1]
        cases.append(f'"{number}": {known}, "patients": [\n{lines}\n]}}')
    return "{" + ",\n".join(cases) + "}\n"


if __name__ == "__main__":
    Path(clinic.SHEET).write_text(as_text(), "utf-8")
