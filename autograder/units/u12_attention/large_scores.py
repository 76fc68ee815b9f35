"""Unit 12: the softmax of large scores, of what is seen and of what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from autograder.engine.by_differences import shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import Property, Wanting, take
from autograder.engine.student import Student
from autograder.engine.wanting import AsFarAsSeen
from autograder.networks import Array
from autograder.units.u12_attention.instances import Heads, OneHead

ID = "attention-overflow"
#: Beside an out that is wrong for small scores nobody can tell what a mask makes of large ones.
UNSEEN = (
    "1000 more or less in the scores of a row changes nothing; with a mask this is tried when "
    "out is right for small scores"
)
#: No score is larger than this, up or down: it is what the text promises.
LARGEST = 1000.0
#: What is added to the scores: that of a query times that of a key, times about LARGEST.
ROWS = {
    "1000 is added to the scores of every row": np.ones(4),
    "1000 is added to the scores of one row": np.array([1.0, 0.0, 0.0, 0.0]),
    "1000 is taken from the scores of every row": -np.ones(4),
}
#: With a mask: the last key is hidden, and is far above what is seen, or far below.
_QUERIES, _KEYS = np.array([1.0, -1.0, 0.0, 1.0]), np.array([-1.0, -1.0, -1.0, 1.0])
_MASK = np.array([[1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 0, 0], [0, 1, 1, 0]], dtype=bool)
HIDDEN = _QUERIES, _KEYS, _MASK
Pair = tuple["OneHead | Heads", "OneHead | Heads"]
#: Draws one instance with small scores and one with large ones, whose out is the same, of a width.
Drawing = Callable[[np.random.Generator, int, Array, Array, "Array | None"], Pair]
#: The widths of queries and keys: what is small enough times a width may not be so where it is 1.
WIDTHS = 3, 1


def _room(Q: Array, K: Array) -> float:
    """How much can be added to the scores of queries and keys, times the root of their width."""
    root = np.sqrt(Q.shape[-1])
    return float(root * LARGEST - np.abs(Q @ np.swapaxes(K, -1, -2)).max())


def one_head(
    rng: np.random.Generator, width: int, queries: Array, keys: Array, mask: Array | None
) -> tuple[OneHead, OneHead]:
    """Queries whose last column is 0, and large."""
    Q, K = rng.normal(size=(4, width)), rng.normal(size=(4, width))
    Q[:, -1], K[:, -1] = 0.0, keys
    near = OneHead(Q, K, rng.normal(size=(4, 2)) + 0.5, rng.normal(size=(4, 2)), mask)
    far = Q.copy()
    far[:, -1] = queries * _room(Q, K)
    return near, replace(near, Q=far)


def heads(
    rng: np.random.Generator, width: int, queries: Array, keys: Array, mask: Array | None
) -> tuple[Heads, Heads]:
    """Two heads, whose last columns are columns of X, and that of the queries large."""
    X = np.column_stack([rng.normal(size=(4, 2)), queries, keys])
    made = {name: rng.normal(size=(4, 2 * width)) for name in ("Wq", "Wk", "Wv")}
    made["Wo"] = rng.normal(size=(2 * width, 4))
    for name in ("Wq", "Wk"):
        made[name][2:] = made[name][:, width - 1 :: width] = 0.0
    made["Wk"][3, width - 1 :: width] = 1.0
    cut = ((X @ made[name]).reshape(4, 2, width).swapaxes(0, 1) for name in ("Wq", "Wk"))
    far = made["Wq"].copy()
    far[2, width - 1 :: width] = _room(*cut)
    near = Heads(X, made, 2, rng.normal(size=(4, 4)), mask)
    return near, replace(near, parameters=made | {"Wq": far})


def _out(student: Student, function: str, drawn: OneHead | Heads) -> Array:
    found = take("out", "_cache")(student.call(function, *drawn.args))
    return shaped(found["out"], drawn.dout.shape)


def _same(far: Array, near: Array) -> bool:
    return np.allclose(far, near, rtol=1e-6, atol=1e-9)


def _of_rows(student: Student, rng: np.random.Generator, function: str, draw: Drawing) -> None:
    """A softmax depends on differences within its row alone, whatever else is wrong with it."""
    for told, queries in ROWS.items():
        near, far = (_out(student, function, d) for d in draw(rng, 3, queries, np.ones(4), None))
        if not np.isfinite(far).all():
            raise Wanting(
                f"out is not finite where {told}: some np.exp is infinite there, or all those of a "
                "row are 0; the largest score of each row can be subtracted first, which changes "
                "no weight",
                ID,
            )
        if not _same(far, near):
            raise Wanting(f"out changes where {told}; it should not")


def _first_row(drawn: OneHead | Heads) -> OneHead | None:
    """The first query alone: what is large enough times the number of rows may not be so then."""
    if isinstance(drawn, Heads) or drawn.mask is None:
        return None
    return replace(drawn, Q=drawn.Q[:1], dout=drawn.dout[:1], mask=drawn.mask[:1])


def _of_masks(
    student: Student, rng: np.random.Generator, function: str, draw: Drawing, width: int
) -> bool:
    """Whether it could be seen that what is hidden has no weight, however large its score."""
    small, large = draw(rng, width, *HIDDEN)
    near = _out(student, function, small)
    if not is_right(near, small.graph.value("out")):
        return False
    far = _out(student, function, large)
    if not np.isfinite(far).all():
        raise Wanting(
            "with a mask out is not finite where a score of 1000 is hidden and the others of its "
            "row are near -1000: of which scores is the largest taken, of all or of those that "
            "are seen?"
        )
    alone = _first_row(large)
    if alone is not None and _same(far, near):
        far, near = _out(student, function, alone), near[:1]
    if not _same(far, near):
        raise Wanting(
            "with a mask out is not that of what is seen where a score of 1000 is hidden and the "
            "others of its row are near -1000: what is hidden has a weight there, though it should "
            "be 0 however large its score. Is the number that you put in, or add, small enough?"
        )
    return True


def large_scores(function: str, draw: Drawing) -> Property:
    """The property of a forward function that scores up to 1000 do no harm, with and without mask.

    Parameters
    ----------
    function : str
        What is called.
    draw : function
        Draws two instances for it, with the same out.
    """

    def holds(student: Student, rng: np.random.Generator) -> None:
        """is as right for scores from -1000 to 1000 as for small ones, with a mask and without."""
        _of_rows(student, rng, function, draw)
        seen = [_of_masks(student, rng, function, draw, width) for width in WIDTHS]
        if not all(seen):
            raise AsFarAsSeen(UNSEEN)

    return Property("is_right_for_large_scores", holds=holds, alone=False)
