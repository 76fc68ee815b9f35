"""What students get, made from the masters by nbgrader itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from autograder.authoring.cells import AuthoringError

CONFIG = "nbgrader_config.py"


def generate(
    course: Path, assignment: str, settings: Path, gradebook: str = "gradebook.db"
) -> None:
    """Run ``nbgrader generate_assignment`` inside `course`, with a gradebook there.

    Parameters
    ----------
    course : a folder with source/<assignment>/; release/<assignment>/ is written there.
        It is never the instructor's folder: nbgrader records the assignment in the gradebook.
    assignment : the name of the assignment
    settings : the folder with the nbgrader_config.py that instructors use, so that the same
        release comes out of their own ``nbgrader generate_assignment``
    gradebook : the name of its file; with one for each, several can be generated at once
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    # nbgrader starts a bare `alembic`, which lies beside this interpreter.
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = beside + os.pathsep + os.environ.get("PATH", "")
    config = _config(settings)
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.db_url = f"sqlite:///{course / gradebook}"
    config.CourseDirectory.assignment_id = assignment
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    converter.force = True
    converter.log.propagate = False
    outcome = capture_log(converter)
    if not outcome["success"]:
        said = outcome.get("log", "") + outcome.get("error", "")
        raise AuthoringError(f"nbgrader could not generate {assignment}:\n{said}")


def _config(settings: Path) -> Any:
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (settings / CONFIG).exists():
        return Config()
    return PyFileConfigLoader(CONFIG, path=str(settings)).load_config()
