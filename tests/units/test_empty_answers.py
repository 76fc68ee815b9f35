"""Units 00 to 03: an answer that computes nothing has no property but behaving well."""

import numpy as np
import pytest
from contracts.breaker import HIDDEN_SEED, functions, notebook, points, verdicts

#: What any function has that does nothing; whether it earns points alone is judged elsewhere.
BEHAVIOUR = ("leaves_its_inputs_unchanged", "same_answer_twice", "returns_the_right_shapes")
EMPTY = {
    "raises": "raise ValueError",
    "nothing": "return None",
    "first": "return a[0] if a else None",
    "all": "return a",
    "zeros": "return np.zeros_like(a[0]) if isinstance(a[0], np.ndarray) else 0",
    "number": "return 1.0",
    "integer": "return 0",
    "nan": "return float('nan')",
    "text": "return ''",
    "dict": "return {}",
    "list": "return []",
    "pair": "return 0.0, a",
    "twice": "return a[0], a[0]",
    "ragged": "return [[1.0], [1.0, 2.0]], 0",
    "nodes": "return [0.0 for _ in a[-1]] if isinstance(a[-1], list) else a, 0",
    "square": "return np.eye(3)",
    "eight": "return [f'{p}{s} @ {q}{t}' for p, q in ('PQ', 'QP') for s in ('', '.T') "
    "for t in ('', '.T')]",
    "three": "return tuple(np.zeros_like(x) for x in a[::-1])",
    "loss": "return 0.0, np.zeros_like(a[0]) if isinstance(a[0], np.ndarray) else {}",
}
VALUE = "class Value:\n    def __init__(self, data):\n        self.data, self.grad = data, 0.0\n"


@pytest.mark.parametrize("unit", ["00", "01", "02", "03"])
@pytest.mark.parametrize("empty", EMPTY)
def test_an_empty_answer_has_no_property_but_behaving_well(unit, empty):
    graded = [name for name in functions(unit) if not name.startswith("answers")]
    code = "".join(f"def {name}(*a, **k):\n    {EMPTY[empty]}\n" for name in graded)
    names = notebook(unit, code + VALUE if unit == "01" else code)
    with np.errstate(all="ignore"):
        found = [v for name in graded for v in verdicts(names, name, HIDDEN_SEED)]
    earned = [v.check for v in found if v.earned and v.check in points(unit)]
    assert [check for check in earned if not check.endswith(BEHAVIOUR)] == []
