"""Lesson 07c: the same numbers without a framework, and with the reader's own functions."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

import jupytext
import pytest

from tests.helpers.solved import solved

TEXT = Path(__file__).resolve().parents[2] / "authoring/lessons/07c_frameworks.py"
PLACE = "# your functions of assignment 07"


def shown(own=None):
    """What each cell prints, with the reader's names in the empty cell."""
    names, printed = {"__name__": "lesson"}, []
    for cell in jupytext.read(TEXT, fmt="py:percent").cells:
        if cell.cell_type == "code":
            with contextlib.redirect_stdout(io.StringIO()) as told:
                exec(cell.source, names)
            printed.append(told.getvalue())
            names |= own or {} if cell.source == PLACE else {}
    return printed


@pytest.fixture(scope="module")
def with_framework():
    return shown()


def test_without_the_framework_one_line_differs(with_framework, monkeypatch):
    monkeypatch.setitem(sys.modules, "autograd", None)
    monkeypatch.setitem(sys.modules, "autograd.numpy", None)
    differ = [pair for pair in zip(with_framework, shown(), strict=True) if pair[0] != pair[1]]
    without = "autograd is not installed: a complex step stands in for it\n"
    assert differ == [("autograd is here\n", without)]


def test_the_readers_own_functions_are_held_against_it(with_framework):
    right = solved("07")[0]["rnn_full_backward"]

    def doubled(*args):
        return {key: array * (1 + (key == "dWaa")) for key, array in right(*args).items()}

    assert shown({"rnn_full_backward": right}) == with_framework
    lines = "".join(shown({"rnn_full_backward": doubled})).splitlines()
    assert "dWaa  the same up to rounding: False" in lines
    assert "yours               none of these" in lines
