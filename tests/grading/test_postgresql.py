"""A campus's gradebook: PostgreSQL behind nbgrader's ``db_url``, several graders at once.

Debian's package ``postgresql`` brings the server; each run has one of its own, in a folder of its
own, that only this machine reaches.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from .course import ASSIGNMENT, config, make_course
from .small_class import hand_in_class

ROOT = Path(__file__).resolve().parents[2]
SIZE, OTHERS = 6, ("second", "third")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A database on a server that runs as long as these tests."""
    pytest.importorskip("psycopg")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not places:
        pytest.skip("no PostgreSQL server here (Debian: apt-get install postgresql)")
    folder = Path(mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has to be short
    # the server refuses to run as root
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(places[-1].with_name(program)), "-D", str(folder / "data"), *arguments]
        as_user = {"user": user} if os.getuid() == 0 else {}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **as_user)
        assert done.returncode == 0, done.stderr

    run("initdb", "--username=grader", "--auth=trust", "--no-sync", "--encoding=UTF8")
    try:
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        run("pg_ctl", "--wait", "--log", str(folder / "log"), "--options", options, "start")
        yield f"postgresql+psycopg://grader@/postgres?host={folder}"
        run("pg_ctl", "--wait", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def course_(tmp_path: Path, url: str) -> Path:
    """Three assignments of one class, with their gradebook on the server."""
    root = tmp_path / "course"
    make_course(root)
    hand_in_class(root, SIZE)
    (root / "gradebook.db").unlink()
    settings = config(root)
    settings.CourseDirectory.db_url = url
    made = NbGraderAPI(CourseDirectory(config=settings), config=settings)
    for name in OTHERS:
        shutil.copytree(root / "source" / ASSIGNMENT, root / "source" / name)
    for name in (ASSIGNMENT, *OTHERS):
        assert made.generate_assignment(name)["success"]
    for folder in (root / "submitted").iterdir():
        for name in OTHERS:
            shutil.copytree(folder / ASSIGNMENT, folder / name)
    (root / "nbgrader_config.py").write_text(
        "from autograder.grading.nbgrader.configure import configure\nc = get_config()\n"
        f"c.CourseDirectory.root = {str(root)!r}\nc.CourseDirectory.course_id = 'test'\n"
        f"c.CourseDirectory.db_url = {url!r}\nconfigure(c)\n"
    )
    return root


def test_three_graders_share_a_gradebook_on_a_server(course_: Path, url: str) -> None:
    """The same students in all three: each is added once, and every score is right."""
    command = [sys.executable, "-m", "autograder", "grade"]
    runs = [
        subprocess.Popen(
            [*command, name, "--course", str(course_), "--workers", "1", "--no-feedback"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for name in (ASSIGNMENT, *OTHERS)
    ]
    told = [run.communicate()[0] for run in runs]
    assert not (course_ / "gradebook.db").exists()
    with Gradebook(url, "test") as book:
        assert len(book.students) == SIZE, told
        scores = [
            {s.student_id: s.score for s in book.assignment_submissions(name)}
            for name in (ASSIGNMENT, *OTHERS)
        ]
    assert len(scores[0]) == SIZE
    assert len(set(scores[0].values())) > 1, json.dumps(scores)
    assert scores[0] == scores[1] == scores[2]
