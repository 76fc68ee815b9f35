"""A class of thousands of a real unit, on a Dask cluster that loses workers and its scheduler.

    OPENBLAS_NUM_THREADS=1 python benchmarks/ten_thousand.py --grade 10000
    OPENBLAS_NUM_THREADS=1 python benchmarks/ten_thousand.py --desk 10000

The first grades unit 04 through ``autograder grade --scheduler``. Right answers, one slip each and
broken files take turns. A worker is killed after a fifth and after two fifths of the class, the
scheduler after three fifths; then the same command goes on. Every score is compared: with what was
judged by hand for the sample class, and for the bank's slips with what one worker without a
cluster gives, before.

The second fills a gradebook with as many submissions of the same kinds, through the grader's own
writer but without grading each anew, and measures what the instructor's desk does with it: class
report, exports, formgrader's lists.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench_class import hand_in, kinds, known  # noqa: E402
from bench_cluster import Cluster, cluster  # noqa: E402

from autograder.demo.sample_class import ASSIGNMENT  # noqa: E402

_WORKERS = 2


def reference(folder: Path) -> tuple[Path, dict[str, bytes], dict[str, float]]:
    """Grade one of each kind, with one worker; return course, kinds and their points."""
    from autograder.demo.run import make_course
    from autograder.grading.run import grade_many

    base = folder / "base"
    make_course(base)
    made = kinds(base)
    names = {f"kind-{place:03}": kind for place, kind in enumerate(made)}
    shutil.rmtree(base / "submitted")
    hand_in(base, {student: made[kind] for student, kind in names.items()})
    rows = grade_many(base, ASSIGNMENT, workers=_WORKERS, feedback=False, progress=False)
    points = {names[row.student]: row.score for row in rows}
    wrong = {k: (points[k], right) for k, right in known().items() if points[k] != right}
    if wrong:
        raise SystemExit(f"points that are not those judged by hand: {wrong}")
    return base, made, points


def grade(count: int) -> None:
    """Grade a class on a cluster that is hurt three times, and compare."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made_in:
        folder = Path(made_in)
        base, made, points = reference(folder)
        course = folder / "course"
        course.mkdir()
        for name in ("source", "release", "nbgrader_config.py"):
            (base / name).rename(course / name)
        order = list(made)
        who = {f"student-{n + 1:05}": order[n * 7 % len(order)] for n in range(count)}
        hand_in(course, {student: made[kind] for student, kind in who.items()})
        print(f"{count} submissions of {len(order)} kinds, {_WORKERS} workers", flush=True)
        started = time.monotonic()
        with cluster(_WORKERS, folder) as dask:
            ended = _hurt(course, dask, count)
            while ended:  # the same command, until nothing is left
                before = _graded(course)
                print(f"exit code {ended} at {before} of {count}; the same command", flush=True)
                ended = _command(course, dask).wait()
                if _graded(course) == before:
                    break
        seconds = time.monotonic() - started
        _compare(course, {student: points[kind] for student, kind in who.items()})
        print(f"{seconds:.0f} s, {count / seconds:.1f} submissions a second")


def _hurt(course: Path, dask: Cluster, count: int) -> int:
    """Start the command; kill two workers and the scheduler; return its exit code."""
    command = _command(course, dask)
    for fifth in (1, 2, 3):
        while command.poll() is None and _graded(course) * 5 < count * fifth:
            time.sleep(0.2)
        if command.poll() is not None:
            raise SystemExit("the command ended before anything was killed")
        print(
            f"killed a {'scheduler' if fifth == 3 else 'worker'} at {_graded(course)}", flush=True
        )
        if fifth == 3:
            dask.kill_scheduler()
        else:
            dask.kill_worker(fifth - 1)
    ended = command.wait()
    dask.start_scheduler()
    return ended


def _command(course: Path, dask: Cluster) -> subprocess.Popen[bytes]:
    words = ["grade", ASSIGNMENT, "--no-feedback", "--course", str(course)]
    with (course.parent / "grade.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "autograder", *words, "--scheduler", dask.address],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        )


def _graded(course: Path) -> int:
    folder = course / "autograded"
    return sum(one.name[0] != "." for one in folder.iterdir()) if folder.is_dir() else 0


def _compare(course: Path, expected: dict[str, float]) -> None:
    """Say how many scores are right; everything that is not is listed."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        found: dict[str, list[float]] = {}
        for row in book.submission_dicts(ASSIGNMENT):
            found.setdefault(row["student"], []).append(float(row["score"]))
    twice = {student: scores for student, scores in found.items() if len(scores) > 1}
    wrong = {s: (found.get(s), right) for s, right in expected.items() if found.get(s) != [right]}
    left = [str(path) for path in (course / "autograded").glob(".unfinished/*")]
    print(f"right scores: {len(expected) - len(wrong)} of {len(expected)}; twice: {len(twice)}; ")
    print(f"left behind: {len(left)}; wrong: {json.dumps(wrong)[:2000]}")


def desk(count: int) -> None:
    """Print what the instructor's desk takes for a class of `count`."""
    from bench_desk import measure

    with tempfile.TemporaryDirectory(prefix="benchmark-") as made_in:
        base, made, points = reference(Path(made_in))
        students = {f"kind-{place:03}": points[kind] for place, kind in enumerate(made)}
        rows = measure(base, students, count)
    print(f"{count} submissions; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    for what, seconds, more in rows:
        print(f"{what:<52}{seconds:>9.2f} s  {more}")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--grade", type=int, default=0, help="grade so many on a cluster")
    options.add_argument("--desk", type=int, default=0, help="report on so many")
    chosen = options.parse_args()
    if chosen.grade:
        grade(chosen.grade)
    if chosen.desk:
        desk(chosen.desk)


if __name__ == "__main__":
    main()
