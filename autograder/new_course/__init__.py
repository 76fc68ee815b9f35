"""``autograder new FOLDER``: a course to begin with, made by the installed package alone."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

_GIVEN = Path(__file__).parent / "given"
ASSIGNMENT, NOTEBOOK = "01_line", "line"
SETTINGS = '''\
"""nbgrader's settings; nbgrader reads them in this folder, or when --course-dir names it."""

from pathlib import Path

from autograder.grading.nbgrader.configure import configure

c = get_config()  # noqa: F821 (defined by nbgrader)

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "{name}"

# Students' cells run in a sandbox and hidden tests outside of it.
configure(c)

# Where the website of the course in back-propagation lies, if it does; feedback then links to it.
# c.StudentPage.site = "https://example.org/course"
'''
_NOT_KEPT = """\
# of students, and for nobody else
/submitted/
/autograded/
/feedback/
/downloaded/
/gradebook.db
/.autograder-tried.json
/.regrade-*.json
/.autograder-secret
__pycache__/
.ipynb_checkpoints/
"""


class FolderExists(Exception):
    """The folder is there already; nothing was written."""


def make_course(folder: Path) -> str:
    """Make a course folder: settings, one example assignment, and a page that goes through it.

    Returns
    -------
    str
        What to do next, in words.

    Raises
    ------
    FolderExists
        If there is something of that name.
    """
    from autograder.authoring.text import read_cells
    from autograder.authoring.to_notebook import dumps, to_notebook
    from autograder.suite import describe

    shown, folder = folder, folder.resolve()
    if folder.exists():
        raise FolderExists(f"{shown} is there already, and nothing in it was touched; name another")
    cells = read_cells((_GIVEN / f"{NOTEBOOK}.txt").read_text("utf-8"))
    name = re.sub(r"\W+", "-", folder.name).strip("-") or "course"
    files = {
        "nbgrader_config.py": SETTINGS.format(name=name),
        ".gitignore": _NOT_KEPT,
        "README.md": (_GIVEN / "README.md").read_text("utf-8"),
        f"source/{ASSIGNMENT}/{NOTEBOOK}.ipynb": dumps(to_notebook(cells, True, describe)),
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        for path, text in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_bytes(text.encode())
        made.rename(folder)
    return (
        f"made {shown}: read {shown / 'README.md'}, then: nbgrader generate_assignment {ASSIGNMENT}"
    )
