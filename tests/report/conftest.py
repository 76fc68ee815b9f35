"""What students get, made once, and a Python that has nothing of this repository but the wheel."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.authoring.course import find_units
from autograder.handout.folder import make_handout

ROOT = Path(__file__).resolve().parents[2]
# Packages that a student does not have; `import` finds them missing where STUDENT is set.
NOT_A_STUDENTS = """
import os, sys
if os.environ.get("STUDENT"):
    sys.modules.update(dict.fromkeys(
        ("nbgrader", "jupytext", "latex2mathml", "nh3", "sandlock", "tqdm", "pytest")))
"""


def outside(python):
    """Return the environment variables of somebody who works with this Python alone."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    return kept | {"PATH": f"{python.parent}:/usr/bin:/bin"}


@dataclass(frozen=True)
class Elsewhere:
    """A Python, and the commands that are installed beside it, run in any folder."""

    python: Path
    environment: dict[str, str]

    def run(self, *command, folder, student=False, status=0):
        """Run a command, its first word found in the environment; return what it printed."""
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.environment | ({"STUDENT": "1"} if student else {}),
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory):
    """The folder of the hand-out; its zip lies beside it."""
    folder = tmp_path_factory.mktemp("handout") / "backpropagation"
    make_handout(ROOT, folder)
    return folder


@pytest.fixture(scope="session")
def cells():
    """All cells of the course's texts."""
    return [cell for unit in find_units(ROOT) for cell in unit.read(ROOT)]


@pytest.fixture(scope="session")
def elsewhere(handed_out, tmp_path_factory):
    """A virtual environment with the wheel, and with what other packages this one has.

    These are found by their folder; the link to this repository beside them, which an editable
    installation makes, is not followed there.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(next(handed_out.glob("*.whl"))) as wheel:
        wheel.extractall(packages)
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    # Debian's Python has a sitecustomize of its own, which would come before one in `packages`
    (packages / "not_a_students.py").write_text(NOT_A_STUDENTS)
    (packages / "not_a_students.pth").write_text("import not_a_students\n")
    python = folder / "bin" / "python"
    found = Elsewhere(python, outside(python))
    where = found.run(
        str(python), "-c", "import autograder; print(autograder.__file__)", folder=folder
    )
    assert where.startswith(str(packages)), where
    assert sys.prefix not in where
    return found


@pytest.fixture(scope="session")
def desk():
    """The Python of the tests, for what needs nbgrader: isolation shows its own folder alone."""
    python = Path(sys.executable)
    return Elsewhere(python, outside(python))
