"""Grading a class of unit 04 with diagnosis, beside stock ``nbgrader autograde``.

    OPENBLAS_NUM_THREADS=1 python benchmarks/grading.py                   # 40 submissions
    OPENBLAS_NUM_THREADS=1 python benchmarks/grading.py --submissions 8   # shorter
    OPENBLAS_NUM_THREADS=1 python benchmarks/grading.py --flat 400        # and at 400
    OPENBLAS_NUM_THREADS=1 python benchmarks/grading.py --class 2000      # a tiny assignment
    OPENBLAS_NUM_THREADS=1 python benchmarks/grading.py --profile         # where the time goes

The submissions are those of the sample class, repeated under other ids: right ones and one slip
each. Everything is measured in this one run, so that the ratios hold on a slow or busy machine;
on a busy one look at those of processor time. Every measurement has a process of its own, and
its clock starts when everything is imported. Stock nbgrader runs the same hidden tests, with the
same diagnosis, in the student's kernel. The limit is the bare time of the students' own cells in
one process that has imported everything. Pictures of given cells, the same for everyone, are
drawn once a worker; that is how grading can take less than the limit.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench_grading import MEASURES  # noqa: E402

from autograder.demo.sample_class import ASSIGNMENT, CLASS  # noqa: E402

#: The samples in turn; but stock nbgrader stops the class at a cell that was pasted twice.
SAMPLES = [sample.student for sample in CLASS if sample.student != "student-015"]


def make_class(folder: Path, base: Path, count: int) -> Path:
    """Copy the course and its samples `count` times over; neighbours differ."""
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns("submitted"))
    for number in range(count):
        sample = SAMPLES[number * 4 % len(SAMPLES)]
        target = folder / "submitted" / f"student-{number + 1:04}" / ASSIGNMENT
        shutil.copytree(base / "submitted" / sample / ASSIGNMENT, target)
    return folder


def measure(what: str, course: Path, cores: int, **options: int) -> dict[str, Any]:
    """Run one measurement in a process of its own, bound to so many cores."""
    free = sorted(os.sched_getaffinity(0))[-cores:]
    command = [sys.executable, __file__, "--measure", what, str(course), json.dumps(options)]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, free),
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(count: int, flat: int, stock_count: int) -> None:
    """Print the table."""
    from autograder.demo.run import make_course

    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        make_course(folder / "base")

        def course(name: str, size: int) -> Path:
            return make_class(folder / name, folder / "base", size)

        rows = [
            ("stock nbgrader autograde, one core", measure("stock", course("a", stock_count), 1)),
            ("autograder, one core", measure("ours", course("b", count), 1, workers=1)),
            ("limit: the students' own cells", measure("bare", course("c", count), 1)),
        ]
        if cores > 1:
            many = measure("ours", course("d", count), cores, workers=cores)
            rows.append((f"autograder, {cores} cores", many))
        if flat:
            many = measure("ours", course("e", flat), cores, workers=cores)
            rows.append((f"autograder, {cores} cores", many))
        rows.append(("feedback pages, one core", measure("feedback", folder / "b", 1)))
    load = os.getloadavg()[0]
    print(f"unit 04, with diagnosis; {cores} cores, load {load:.1f} at the end\n")
    head = ("", "submissions", "s each", "x stock", "cpu s each", "x stock", "MB a worker")
    print("{:<36}{:>12}{:>9}{:>9}{:>12}{:>9}{:>13}".format(*head))
    stock = rows[0][1]
    for name, row in rows:
        print(_line(name, row, stock))


def _line(name: str, row: dict[str, Any], stock: dict[str, Any]) -> str:
    each, of_stock = row["wall"] / row["count"], stock["wall"] / stock["count"]
    text = f"{name:<36}{row['count']:>12}{each:>9.2f}{of_stock / each:>9.1f}"
    if "cpu" in row:
        each, of_stock = row["cpu"] / row["count"], stock["cpu"] / stock["count"]
        text += f"{each:>12.2f}{of_stock / each:>9.1f}"
    else:
        text += f"{'':>21}"
    return text + (f"{row['memory'] / 2**20:>13.0f}" if "memory" in row else "")


def steps(count: int) -> None:
    """Print where each of the milliseconds of a submission goes."""
    from autograder.demo.run import make_course

    with tempfile.TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        make_course(folder / "base")
        row = measure("profile", make_class(folder / "a", folder / "base", count), 1)
    ms = 1000 / row["count"]
    print(f"unit 04, {count} submissions, one core: milliseconds of each\n")
    print(f"{'':<36}{'wall':>9}{'of the grader':>16}")
    for name, wall, cpu in row["steps"]:
        print(f"{name:<36}{wall * ms:>9.1f}{cpu * ms:>16.1f}")
    print(f"{'all, with the start of the sandbox':<36}{row['wall'] * ms:>9.1f}", end="")
    print(f"{row['cpu'] * ms:>16.1f}  (processor, sandbox too)")


def synthetic(count: int) -> None:
    """Grade a class of `count` on a tiny assignment, and say what it takes."""
    from grading.course import hand_in, make_course, submission

    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made:
        root = Path(made)
        make_course(root)
        wrong = submission(root, {"square": "def square(x):\n    return x + x"})
        right = submission(root)
        for number in range(count):
            hand_in(root, f"student-{number + 1:04}", wrong if number % 4 == 0 else right)
        row = measure("tiny", root, cores, workers=cores)
        size = (root / "gradebook.db").stat().st_size
    print(f"{count} submissions of a tiny assignment, {cores} cores: {row['wall']:.0f} s,")
    print(f"{row['wall'] / count * 1000:.0f} ms each ({row['writing'] / count * 1000:.1f} ms of it")
    print(f"writing the gradebook), {row['memory'] / 2**20:.0f} MB a worker, ", end="")
    print(f"{row['parent'] / 2**20:.0f} MB the parent,")
    print(f"gradebook {size / 2**20:.1f} MB; right scores: {row['right']} of {count}")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--submissions", type=int, default=40)
    options.add_argument("--stock", type=int, help="submissions for stock nbgrader (as many)")
    options.add_argument("--flat", type=int, default=0, help="a larger class besides: 400")
    options.add_argument("--class", type=int, default=0, dest="size", help="synthetic: 2000")
    options.add_argument("--profile", action="store_true", help="where the time goes")
    options.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        what, course, told = chosen.measure
        print(json.dumps(MEASURES[what](Path(course), **json.loads(told))))
    elif chosen.profile:
        steps(chosen.submissions)
    elif chosen.size:
        synthetic(chosen.size)
    else:
        compare(chosen.submissions, chosen.flat, chosen.stock or chosen.submissions)


if __name__ == "__main__":
    main()
