"""Name the gradient that was computed instead."""

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.diagnosis.explain import explain, named, named_alone, named_in_pairs, unnamed
from autograder.engine.diagnosis.forms import Form
from autograder.engine.diagnosis.general.forward import valued
from autograder.engine.diagnosis.general.said_forward import VALUE
from autograder.engine.diagnosis.general.shown import Shown
from autograder.engine.diagnosis.general.words import UNNAMED
from autograder.engine.diagnosis.hypothesis import Cause, Evidence, Explanation
from autograder.engine.diagnosis.misconception import Misconception

__all__ = [
    "CATALOGUE",
    "UNNAMED",
    "VALUE",
    "Cause",
    "Evidence",
    "Explanation",
    "Form",
    "Misconception",
    "Shown",
    "explain",
    "named",
    "named_alone",
    "named_in_pairs",
    "unnamed",
    "valued",
]
