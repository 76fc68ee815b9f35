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
PROGRAM = """\
#!{python}
import sys
from {module} import main
if __name__ == "__main__":  # workers import it
    sys.exit(main())
"""
PROGRAMS = {
    "autograder": "autograder.__main__",
    "nbgrader": "nbgrader.apps.nbgraderapp",
    "alembic": "alembic.config",
}


@dataclass(frozen=True)
class Elsewhere:
    """A virtual environment in which the wheel is installed, and this repository is not."""

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
    """An environment with the wheel, and with what other packages this one has.

    These are found by their folder; the link to this repository beside them, which an editable
    installation makes, is not followed there.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(next(handed_out.glob("*.whl"))) as wheel:
        wheel.extractall(packages)
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (packages / "sitecustomize.py").write_text(NOT_A_STUDENTS)
    python = folder / "bin" / "python"
    for name, module in PROGRAMS.items():
        program = folder / "bin" / name
        program.write_text(PROGRAM.format(python=python, module=module))
        program.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    kept["PATH"] = f"{folder / 'bin'}:/usr/bin:/bin"
    found = Elsewhere(python, kept)
    where = found.run(
        str(python), "-c", "import autograder; print(autograder.__file__)", folder=folder
    )
    assert where.startswith(str(packages)), where
    assert sys.prefix not in where
    return found
