"""Stop means stop: interrupts, the time limit of a visible check, and what is left afterwards."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from autograder import time_limit
from autograder.suite import check
from tests.helpers.notebooks import notebook


def put(function):
    """The function in a notebook, as check sees it: with that notebook's names."""
    names = notebook()
    return type(function)(
        function.__code__, {**names, **globals()}, "linear_backward", None, function.__closure__
    )


@pytest.fixture
def stop_button():
    """The handler that a kernel has; a run in the background ignores the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("stop_button")
def test_an_interrupt_ends_the_check_at_once():
    calls = []

    def f(dZ, cache):
        calls.append(1)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    with pytest.raises(KeyboardInterrupt):
        check(put(f))
    assert len(calls) == 1


def test_a_function_that_exits_is_called_once():
    calls = []

    def f(dZ, cache):
        calls.append(1)
        raise SystemExit(3)

    report = check(put(f))
    assert len(calls) == 1
    assert "it raised SystemExit: 3 (line " in str(report)


def plain():
    while True:
        pass


def stubborn():
    while True:
        try:  # noqa: SIM105
            sum(range(100))
        except:  # noqa: E722
            pass


def nested():
    while True:
        try:
            while True:
                try:
                    time.sleep(0.01)
                except BaseException:
                    continue
        except:  # noqa: E722
            pass


def finally_goes_on():
    while True:
        try:
            time.sleep(0.01)
        finally:
            continue  # noqa: B012


@pytest.mark.parametrize("endless", [plain, stubborn, nested, finally_goes_on])
def test_a_loop_without_end_is_stopped_and_told(endless, monkeypatch):
    monkeypatch.setattr(time_limit, "CALL_SECONDS", 0.2)
    handler = signal.getsignal(signal.SIGALRM)
    calls, started = [], time.monotonic()

    def f(dZ, cache):
        calls.append(1)
        endless()

    report = check(put(f))
    assert time.monotonic() - started < 5
    assert len(calls) == 1
    assert "the call took longer than the time limit of 0.2 seconds (line " in str(report)
    assert f"of `{endless.__name__}`" in report.advice[0]
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_loop_that_changes_nothing_is_named(monkeypatch):
    monkeypatch.setattr(time_limit, "CALL_SECONDS", 0.2)

    def f(dZ, cache):
        t, s = 3, 0
        while t >= 0:
            s += 1

    report = check(put(f))
    assert "changes nothing that its condition looks at" in report.advice[0]


def test_all_calls_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(time_limit, "TEST_SECONDS", 0.3)

    def f(dZ, cache):
        time.sleep(0.2)
        A, W, _ = cache
        return W.T @ dZ, dZ @ A.T / A.shape[1], dZ.sum(axis=1, keepdims=True) / A.shape[1]

    assert "TimeLimit" in str(check(put(f)))


def test_an_alarm_of_the_students_own_goes_on():
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        assert time_limit.call(lambda: 7, (), 5.0) == 7
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 0.3
        time.sleep(0.4)
        assert rung == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_no_time_limit_strikes_afterwards():
    with pytest.raises(time_limit.TimeLimit):
        time_limit.call(stubborn, (), 0.1)
    assert sum(range(3_000_000)) > 0  # thousands of places at which an alarm could ring


def test_in_another_thread_a_loop_is_stopped_too():
    found = []

    def work():
        try:
            time_limit.call(plain, (), 0.2)
        except time_limit.TimeLimit:
            found.append("stopped")
        found.append(sum(range(300_000)))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(10)
    assert found[:1] == ["stopped"]
    assert len(found) == 2


def test_a_quick_call_leaves_no_thread():
    before = threading.active_count()
    found = []
    thread = threading.Thread(target=lambda: found.append(time_limit.call(lambda: 7, (), 5.0)))
    thread.start()
    thread.join(5)
    assert found == [7]
    assert threading.active_count() == before


#: A limit in a thread, one that is kept and one that rings, and a profile function afterwards.
THREADS = """
import sys, threading
from autograder import time_limit

def too_long():
    while True:
        pass

def limited():
    time_limit.call(int, (), 5.0)
    try:
        time_limit.call(too_long, (), 0.2)
    except time_limit.TimeLimit:
        told.append("rung")

told = []
thread = threading.Thread(target=limited)
thread.start()
thread.join()
sys.setprofile(lambda frame, event, argument: None)
(lambda: None)()
sys.setprofile(None)
print(*told)
"""


def test_a_limit_in_a_thread_leaves_no_mark_behind():
    """Python 3.11 went round for ever where a taken back interruption met `sys.setprofile`."""
    done = subprocess.run(
        [sys.executable, "-c", THREADS], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "rung\n"
