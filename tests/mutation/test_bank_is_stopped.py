"""Some of 200 seeds for each variant of the bank; docs/mutation.md has the numbers of a full run.

A wrong version has one seed here, as it has others in tests/bank and where forms are needed; a
right one has two, since nothing else holds that it is not refused.
"""

from concurrent.futures import ProcessPoolExecutor
from unittest.mock import patch
from zlib import crc32

import bank
import pytest
from measure import UNITS, Found, faults, judge_right, judge_wrong

from autograder import time_limit


def seeds(name, kind):
    """One of 200 seeds, or two, by the variant's name: the bank walks over all of them."""
    first = crc32(name.encode()) % 200
    return (first, (first + 101) % 200) if kind == "right" else (first,)


def judged(kind, family, index):
    """Judge the variant at a place in the bank: functions do not travel between processes."""
    one = getattr(bank, f"{kind}s")(family)[index]
    if kind == "right":
        # a right loop of Python is not refused because the machine has other work
        with patch.multiple(time_limit, CALL_SECONDS=60.0, TEST_SECONDS=180.0):
            return judge_right(one, seeds(one.name, kind))
    return judge_wrong(one, seeds(one.name, kind), kind)


@pytest.mark.parametrize("family", UNITS)
def test_slips_are_stopped_and_named_and_right_answers_are_not_refused(family):
    kinds = ("mutant", "pair", "right")
    jobs = [(k, family, i) for k in kinds for i in range(len(getattr(bank, f"{k}s")(family)))]
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(judged, *zip(*jobs, strict=True), chunksize=4))
    lines = faults(found)
    assert [line for line in lines if line.startswith("not stopped")] == []
    assert [line for line in lines if line.startswith("refused")] == []
    unnamed = {one.name for one in found if one.unnamed} - equivalents(family)
    assert unnamed == set(), "not named"


def equivalents(family):
    return {one.name for one in bank.equivalents(family)}


def test_what_is_missed_or_refused_is_reported():
    wrong = Found("mutant", "columns", "a/slip", missed=(3,), unnamed=(3, 4))
    right = Found("right", "columns", "a/way", refused=("seed 1: a__check: why",))
    assert faults([wrong, right]) == [
        "not stopped: columns mutant a/slip on seeds (3,)",
        "not named: columns mutant a/slip on seeds (3, 4)",
        "refused: columns a/way: seed 1: a__check: why",
    ]
