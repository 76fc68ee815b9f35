"""The forms: those of unit 07 in the mirror, and those that rows alone have."""

from __future__ import annotations

import re

from autograder.engine.diagnosis.forms import BehaviourForm, ReadingForm
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.rows import DB_EXTRA_AXIS
from autograder.mistakes.catalogue.shapes import DB_NO_KEEPDIMS, DBA_BROADCAST_SQUARE
from autograder.units.u03_layers.mistakes import shapes
from autograder.units.u07_rnn.mistakes import RECURRENT, output
from autograder.units.u07b_rnn_rows.mirror import FAMILY, mirrored

MISTAKES = Mistakes(FAMILY)

#: The symbols of unit 07 in the details of its forms, and what stands for them here.
_SYMBOLS = (
    (r"np\.dot\(1 - a², da\)", "np.dot(dnext_h, 1 - next_h²)"),
    (r"np\.dot\(da, 1 - a²\)", "np.dot(1 - next_h², dnext_h)"),
    (r"1 - np\.dot\(aᵀ, a\)", "1 - np.dot(next_h, next_hᵀ)"),
    (r"\bda_prevt\b", "dprev_h"),
    (r"\bda_prev\b", "dprev_h"),
    (r"\ba_prev\b", "prev_h"),
    (r"\bda\[:, :, (\w)\]", r"dh[:, \1]"),
    (r"dx is the dxt of", "dx is that of"),
    (r"the sum of all dxt", "one sum over all steps"),
    (r"dx_t = (Σ_\{.*\}) dxt_s", r"dx[:, t] = \1 dz_s Wxᵀ"),
    (r"\bdxt\b", "dx"),
    (r"\bda0\b", "dh0"),
    (r"\bda\b", "dh"),
    (r"row sums", "column sums"),
    (r"\bdWaa\b", "dWh"),
    (r"\bdWax\b", "dWx"),
    (r"\bWax\b", "Wx"),
    (r"\bdba\b", "db"),
    (r"\ba_1\b", "h_1"),
    (r"\ba² - 1 in every cell", "h² - 1"),
    (r"\ba \(1 - a\)", "h (1 - h)"),
    (r"1 - a²", "1 - h²"),
    (r"axis=0, no keepdims", "axis=1"),
    (r"axis=0$", "axis=1, keepdims"),
)
#: In rows b has one axis, so there is none to lose.
_COLUMNS_ONLY = (DB_NO_KEEPDIMS, DBA_BROADCAST_SQUARE)


def in_symbols(detail: str) -> str:
    """A detail of unit 07 in the symbols of this unit."""
    for old, new in _SYMBOLS:
        detail = re.sub(old, new, detail)
    return detail


def _mirror() -> None:
    for part in RECURRENT:
        for form in part.forms:
            here = "rnn" in form.on and not re.search(r"Wya|dby|y\.shape", form.detail)
            if (
                part is not output.MISTAKES
                and here
                and form.misconception not in _COLUMNS_ONLY
                and not isinstance(form, BehaviourForm | ReadingForm)
            ):
                MISTAKES.forms.append(mirrored(form, in_symbols(form.detail)))


_mirror()
MISTAKES.share(DB_EXTRA_AXIS, (shapes.MISTAKES,), "rows")
