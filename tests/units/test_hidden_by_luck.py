"""Wrong versions that some numbers hide: none passes, whichever instances are drawn."""

import pytest

from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.briefly import evaluate_briefly
from tests.helpers.solved import solved, with_cell

#: What is wrong, with the unit, the function, and what is written for what.
WRONG = {
    "H + 1 for W": ("13", "col2im", "pad : pad + W]", "pad : pad + H + 1]"),
    "H for W": ("13", "col2im", "pad : pad + W]", "pad : pad + H]"),
    "nan at 0": ("03", "relu_forward", "np.maximum(0, x)", "x * (x / np.abs(x) + 1) / 2"),
    "nan where Z is 0": (
        *("04", "linear_activation_forward"),
        "relu(Z) if",
        "Z * (Z / np.abs(Z) + 1) / 2 if",
    ),
    "a leaf alone is not visited": (
        *("01", "backward", "        visits += 1\n"),
        "        visits += node is not root or bool(node.operands)\n",
    ),
    "one visit too few on a chain of four nodes": (
        *("01", "backward", "for node in wanted], visits"),
        "for node in wanted], visits - (visits == 4 and sum(not n.operands for n in order) == 1)",
    ),
    "a gap with its sign": (
        "05",
        "grad_check",
        "np.abs(numeric - g).argmax()",
        "(numeric - g).argmax()",
    ),
    "a gap with the other sign": (
        *("05", "grad_check", "np.abs(numeric - g).argmax()"),
        "(g - numeric).argmax()",
    ),
}


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused(what, seed):
    unit, function, old, new = WRONG[what]
    source = solved(unit)[1][function]
    assert source.count(old) == 1
    names = with_cell(unit, source.replace(old, new))
    assert not evaluate_briefly(exercise_of(function, names), Student(names), seed).passed
