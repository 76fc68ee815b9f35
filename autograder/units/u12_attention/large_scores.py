"""Unit 12: the softmax of large scores."""

from __future__ import annotations

import numpy as np

from autograder.engine.by_differences import shaped
from autograder.engine.exercise import Property, Wanting, take
from autograder.engine.student import Student

ID = "attention-overflow"


def large_scores(student: Student, rng: np.random.Generator) -> None:
    """is right for scores as large as 1000, in all rows or in one.

    A softmax depends on differences within its row alone: out is compared with that of the same
    function for small scores, whatever else is wrong with it.
    """
    Q, K, V = rng.normal(size=(3, 2)), rng.normal(size=(4, 2)), rng.normal(size=(4, 3))
    Q, K = np.hstack([Q, np.ones((3, 1))]), np.hstack([K, np.ones((4, 1))])
    large, one = Q.copy(), Q.copy()
    large[:, 2], one[0, 2] = 2000.0, 3000.0  # adds 1000 and more to all scores of a row
    near = take("out", "_cache")(student.call("attention_forward", Q, K, V))["out"]
    near = shaped(near, (3, 3))
    for told, queries in (("every row", large), ("one row", one)):
        far = take("out", "_cache")(student.call("attention_forward", queries, K, V))["out"]
        far = shaped(far, (3, 3))
        if not np.isfinite(far).all():
            raise Wanting(
                f"with 1000 added to the scores of {told} out is not finite: np.exp has no number "
                "for them, or for none of a row; the largest score of each row can be subtracted "
                "first, which changes no weight",
                ID,
            )
        if not np.allclose(far, near, rtol=1e-6, atol=1e-9):
            raise Wanting(f"out changes when 1000 is added to the scores of {told}; it should not")


LARGE = Property("is_right_for_large_scores", holds=large_scores, alone=False)
