"""What every run of the tests keeps to: nothing is left out in silence for want of isolation."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import isolated
import pytest


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
    """Say last of all how many tests were left out for want of isolation, and what helps."""
    yield
    stats = terminalreporter.stats
    kinds = ("skipped", "error", "failed")
    line = isolated.last_line([report for kind in kinds for report in stats.get(kind, [])])
    if line:
        terminalreporter.write_line(line, yellow=True)
