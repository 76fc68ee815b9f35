"""A limit that rings where Python swallows exceptions is silent there, and rings again."""

from __future__ import annotations

import gc
import sys
import time

import pytest

from autograder import time_limit


def test_it_rings_again_and_nothing_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    slow = []

    def while_collecting(phase, info):
        if not slow:
            slow.append(phase)
            time.sleep(0.2)

    def collects():
        gc.callbacks.append(while_collecting)
        gc.collect()
        while True:
            pass

    before = sys.unraisablehook
    try:
        with pytest.raises(time_limit.TimeLimit):
            time_limit.call(collects, (), 0.05)
    finally:
        gc.callbacks.remove(while_collecting)
    assert slow
    assert told == []
    assert sys.unraisablehook is before


def test_what_else_is_swallowed_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: told.append(lost.exc_type))

    class Fails:
        def __del__(self):
            raise ValueError

    time_limit.call(lambda: bool(Fails()), (), 1.0)  # nobody keeps the object
    assert told == [ValueError]
