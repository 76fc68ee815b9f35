"""No report on thousands of slips says anything that is not so.

The changes of each unit are a sample that is the same in every run: `MOST` of all that there are,
every function having its share. A table at the end of all tests says how well the slips are told.
"""

from __future__ import annotations

import resource

import pytest

from autograder import time_limit
from tests.statements.changes import changed
from tests.statements.fuzz import ALL_SECONDS, HEAD, SECONDS, fuzz
from tests.statements.slips import slips

#: Changes by unit: in all 4,140, which take about five minutes of processor time.
MOST = {
    "00": 250,
    "01": 250,
    "02": 250,
    "03": 300,
    "03b": 220,
    "04": 360,
    "05": 250,
    "06a": 200,
    "06b": 160,
    "07": 340,
    "07b": 200,
    "08": 320,
    "09": 200,
    "10b": 200,
    "11": 200,
    "12": 200,
    "13": 240,
}
#: A change can make an array of any size.
BYTES = 3 * 2**30


@pytest.fixture
def bounded(monkeypatch):
    """Bound the memory of this process, and the time of a call, for a while."""
    monkeypatch.setattr(time_limit, "CALL_SECONDS", SECONDS)
    monkeypatch.setattr(time_limit, "TEST_SECONDS", ALL_SECONDS)
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("unit", MOST)
def test_nothing_false_is_said_and_few_slips_are_told_nothing(unit, bounded, record_property):
    count = fuzz(unit, MOST[unit])
    record_property("slips", f"{HEAD}\n{count.row()}")
    assert count.false == []
    assert count.kinds["nothing"] <= 0.05 * sum(count.kinds.values())


def test_there_are_3000_changes_and_300_handed_slips():
    assert sum(len(changed(unit, most)) for unit, most in MOST.items()) >= 3000
    assert sum(len(list(slips(unit))) for unit in MOST) >= 300
