"""The clinic's patients: implementations that are wrong, and what is seen of them.

Nothing of this is handed out. `sheet` is what students get: charts without names, made by
``python -m autograder.concept_keys.clinic``.
"""

from autograder.concept_keys.clinic.cases import CASES, judged, patients, sheet

__all__ = ["CASES", "judged", "patients", "sheet"]
