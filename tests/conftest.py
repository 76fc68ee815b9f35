"""What every run of the tests keeps to: nothing is left out in silence, and how they are spread."""

from __future__ import annotations

import gc
from collections.abc import Generator
from typing import Any

import isolated
import pytest
import spread

from autograder.engine.repair import Lines


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what is long begin first."""
    items.sort(key=lambda item: spread.turn(item.nodeid))


def pytest_collection_finish() -> None:
    """Let Python look for garbage among what the tests make alone, and more rarely.

    Thousands of collected tests and all modules would be gone through again and again: a quarter
    of the whole time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 5)


#: Where reports on wrong functions are looked at for what else they say.
WITHOUT_CHANGES = ("tests/engine/", "tests/units/")
#: What looks at the changes of a student's lines, as the fuzz does for slips of all units.
WITH_CHANGES = (
    "tests/engine/test_repair",
    "tests/engine/test_told_with_care.py",
    "tests/units/test_unit05_told.py",
)


@pytest.fixture(autouse=True)
def changes_are_looked_for(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for no changes of a student's lines where no test asks for them: each takes seconds."""
    id = request.node.nodeid
    if id.startswith(WITHOUT_CHANGES) and not id.startswith(WITH_CHANGES):
        monkeypatch.setattr("autograder.engine.judgement.changes", lambda *args: Lines())
    elif id.startswith(WITH_CHANGES):  # on a machine that is busy, each trial takes longer
        monkeypatch.setattr("autograder.engine.repair.asked.NAMED_SECONDS", 3.0)
        monkeypatch.setattr("autograder.engine.repair.asked.SECONDS", 6.0)
        monkeypatch.setattr("autograder.engine.repair.repaired.WHOLE_SECONDS", 30.0)
        monkeypatch.setattr("autograder.engine.repair.callees.SECONDS", 6.0)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spread.Pieces:
    """Spread the tests over the workers as `spread` says."""
    return spread.Pieces(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Fail in CI what would be skipped for want of isolation."""
    report = yield
    if report.skipped and isolated.is_ci() and isolated.is_wanting(report):
        report.outcome = "failed"
        report.longrepr = report.longrepr[2]
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Generator[None, None, None]:
    """Say last of all how many tests were left out unisolated, and how slips are told."""
    yield
    stats = terminalreporter.stats
    kinds = ("skipped", "error", "failed")
    line = isolated.last_line([report for kind in kinds for report in stats.get(kind, [])])
    if line:
        terminalreporter.write_line(line, yellow=True)
    for row in _slips(stats):
        terminalreporter.write_line(row)


def _slips(stats: Any) -> list[str]:
    """The table of how slips are told, of which each unit's test brings a row."""
    reports = [r for kind in ("passed", "failed") for r in stats.get(kind, [])]
    told = [text for r in reports for name, text in r.user_properties if name == "slips"]
    return sorted(dict.fromkeys(line for text in told for line in text.split("\n")), reverse=True)
