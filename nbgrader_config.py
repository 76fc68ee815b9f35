"""nbgrader's settings for this course; nbgrader reads them when it is started in this folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from autograder.grading.nbgrader.configure import configure

c = get_config()  # noqa: F821 (defined by nbgrader)

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "backpropagation"
# nbgrader hands out every file beside a notebook.  A text that JupyterLab paired with the master
# holds the solutions, so no text form of a notebook is ever handed out.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.py",
    "*.md",
    "*.Rmd",
    "*.qmd",
]

# Students' cells run in a sandbox and hidden tests outside of it; see autograder/grading/.
configure(c)

# Where `make site` was put.  On feedback pages and in the class report, names of misconceptions and
# sections of lessons then lead there; without it they are text, and no link leads nowhere.
# c.StudentPage.site = "https://example.org/course"
