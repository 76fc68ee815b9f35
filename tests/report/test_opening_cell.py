"""The opening cell for machines without the package, run where the package is missing."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "colab-binder-jupyterhub.md"
(CELL,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
META = "Metadata-Version: 2.1\nName: stand-in\nVersion: 1\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The interpreter of a virtual environment with pip and nothing else."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    ours = Path(sysconfig.get_path("purelib"), "pip")
    venv.create(folder, with_pip=not ours.is_dir(), symlinks=True)
    if ours.is_dir():  # the module that would bring it may be missing on Debian
        (packages,) = folder.glob("lib/python*/site-packages")
        shutil.copytree(ours, packages / "pip")
    return folder / "bin" / "python"


@pytest.fixture
def wheel(tmp_path):
    """A package called `autograder`, small enough to be installed in no time."""
    path = tmp_path / "stand_in-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("autograder/__init__.py", "check = 'installed'\n")
        archive.writestr("stand_in-1.dist-info/METADATA", META)
        archive.writestr("stand_in-1.dist-info/WHEEL", WHEEL)
        archive.writestr("stand_in-1.dist-info/RECORD", "")
    return path


def run(python, package, folder):
    cell, count = re.subn(r'PACKAGE = ".*"', f"PACKAGE = {str(package)!r}", CELL)
    assert count == 1
    cell += "\nimport autograder\nprint(autograder.__file__)\n"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    command = [str(python), "-c", cell]
    return subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=False
    )


def test_an_address_that_does_not_exist_is_told_with_the_reason(empty, tmp_path):
    done = run(empty, tmp_path / "missing.whl", tmp_path)
    assert done.returncode == 1
    told = done.stderr.strip().splitlines()[-1]
    assert told.startswith("RuntimeError: The course's package could not be installed from")
    assert "missing.whl" in told
    assert "Is the machine on-line" in told


def test_the_package_is_installed_where_it_is_missing(empty, wheel, tmp_path):
    done = run(empty, wheel, tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(empty.parents[1]) in done.stdout


def test_nothing_is_installed_where_it_is_there(tmp_path):
    done = run(sys.executable, tmp_path / "missing.whl", tmp_path)
    assert done.returncode == 0, done.stderr
