"""Misconceptions in the words of unit 00's functions: shapes alone, and a db without 1/m.

What the catalogue says by default concerns the network of unit 04, whose cost is a mean. Here
nothing is divided by m, and where shapes are all that is returned, nothing was computed.
"""

from __future__ import annotations

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import ROW_VS_COLUMN_LAYOUT
from autograder.mistakes.catalogue.scale import DB_MEAN_AND_ONE_OVER_M
from autograder.mistakes.catalogue.shapes import (
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
    DBA_BROADCAST_SQUARE,
    SHAPE_CHECK_IS_PROOF,
)
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED

MISTAKES = Mistakes()

_OWN, _LAYOUTS = "00, A derivative has the shape of its variable", "00, Two layouts"
_COPIES = "00, Broadcasting, and its trap"
_LEDGER = {
    ROW_VS_COLUMN_LAYOUT: {
        "computed": "the shapes of a network whose examples are rows, where they are columns",
        "formula": "columns: W (n_l, n_{l-1}), A (n_l, m); rows: W (n_{l-1}, n_l), A (m, n_l)",
        "ask": "Z_ik = Σ_j W_ij A_jk + b_i. Which letter counts the examples, and in which place?",
        "section": _LAYOUTS,
    },
    DW_TRANSPOSED: {
        "title": "W or dW has the shape of its transpose",
        "computed": "for W, or for the derivative by it, the shape of the transpose",
        "formula": "W and dW have the shape (n_l, n_{l-1}): a row for each unit",
        "ask": "Entry (i, j) of W joins input j to unit i. How many rows does that make, and how "
        "many columns?",
        "section": _OWN,
    },
    DB_NO_KEEPDIMS: {
        "computed": "a flat shape (n,) for a bias, whose shape in columns is (n, 1)",
        "formula": "columns: b and db have the shape (n, 1); rows: (n,)",
        "ask": "What is the shape of (5, 7) + (5,), and what is that of (5, 7) + (5, 1)?",
        "section": _COPIES,
    },
}
_LEDGER_OF_ROWS = {
    ROW_VS_COLUMN_LAYOUT: {
        "computed": "the shapes for examples in columns, where they are rows",
        "formula": "A of shape (n_l, m) in columns is (m, n_l) in rows, W (n_{l-1}, n_l), b (n_l,)",
        "ask": "Which axis of A counts the examples in columns, and which one does in rows?",
        "section": _LAYOUTS,
    },
}
_ROWS = {
    ROW_VS_COLUMN_LAYOUT: {
        "computed": "what is right for examples in columns, where they are rows",
        "formula": "to rows: every array becomes its transpose, and a product is reversed, "
        "(P Q)ᵀ = Qᵀ Pᵀ; a bias is flat",
        "ask": "Which array is called A in rows, and which is the transpose of the whole?",
        "section": _LAYOUTS,
    },
}
_SQUARE = {
    DBA_BROADCAST_SQUARE: {
        "computed": "something else for a column and a flat array, which broadcast to a square",
        "formula": "(n, 1) + (n,) = (n, n): NumPy aligns shapes from the right",
        "ask": "Write (5, 1) and (5,) one below the other, aligned at their right ends. What "
        "stands in the place that is missing, and which 1 gives way?",
        "section": _COPIES,
    },
}
_SUM = "db = np.sum(dZ, axis=1, keepdims=True): db_i = Σ_k dZ_ik, no factor 1/m"
_BIAS = {
    entry: {"formula": _SUM, "section": _COPIES}
    for entry in (DB_NO_KEEPDIMS, DB_WRONG_AXIS, DB_NO_SUM, DB_SUM_ALL)
} | {
    DBA_BROADCAST_SQUARE: {"section": _COPIES},
    DB_MEAN_AND_ONE_OVER_M: {
        "title": "db is averaged",
        "computed": "the mean of dZ over the examples, where their sum was meant",
        "formula": _SUM,
        "ask": "If every example pushes b up by 1, how strongly is b pushed?",
        "section": _COPIES,
    },
}
for _function, _words in {
    "shape_ledger": _LEDGER,
    "to_rows": _LEDGER_OF_ROWS,
    "to_row_product": _ROWS,
    "broadcast_shape": _SQUARE,
    "bias_gradient": _BIAS,
}.items():
    for _entry, _wording in _words.items():
        MISTAKES.words(_entry, _function, **_wording)
MISTAKES.words(
    SHAPE_CHECK_IS_PROOF,
    "products_that_fit",
    formula="P @ Q fits where the inner lengths agree, and has the shape of the outer ones",
)
