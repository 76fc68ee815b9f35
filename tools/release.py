"""Build what is given away, and try each: ``python tools/release.py [FOLDER]``, or `make release`.

In build/release/ lie afterwards the wheel, the hand-out, the website, and their checksums. Each is
tried as somebody has it who has nothing else: in a folder elsewhere, in an environment of its own.
Needs what `make` has set up, and a network for pip.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # `python tools/release.py` has tools/ there

from autograder.handout.folder import make_handout, pack  # noqa: E402
from autograder.handout.links import broken_links  # noqa: E402
from autograder.handout.wheel import build_wheel  # noqa: E402
from autograder.site.build import build as build_site  # noqa: E402
from autograder.site.links import faults  # noqa: E402
from tools.versions import disagreements, version  # noqa: E402

#: A function with a mistake, and what the wheel has to call it.
CHECK = """
from autograder import check
def bias_gradient(dZ):
    return dZ.sum(axis=1)
print(check(bias_gradient))
"""
TOLD = "db has lost its second axis"


class Failed(Exception):
    """Something that is released does not do what it is for."""


def release(folder: Path) -> None:
    """Build and try everything; `folder` is replaced.

    Raises
    ------
    Failed
        With what to mend; what was built stays for a look.
    """
    for told in (*disagreements(ROOT), *uncommitted()):
        raise Failed(told)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"version {version(ROOT)}, into {folder}")
    wheel = build_wheel(ROOT, folder)
    try_wheel(wheel)
    with tempfile.TemporaryDirectory() as scratch:
        packed = make_handout(ROOT, Path(scratch) / "backpropagation")
        shutil.move(packed, folder / packed.name)
    try_handout(folder / packed.name)
    with tempfile.TemporaryDirectory() as scratch:  # Sphinx leaves its texts beside the site
        build_site(ROOT, Path(scratch) / "site", say)
        pack(Path(scratch) / "site", folder / "site.zip")
    try_site(folder / "site.zip")
    sums = "".join(f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()))
    (folder / "SHA256SUMS").write_text(sums, "utf-8")
    say("everything was built and tried:")
    print(sums, end="")


def try_wheel(wheel: Path) -> None:
    """The wheel alone makes a course, its master passes, and a wrong gradient gets its name."""
    say(f"the wheel in an environment of its own: {wheel.name}")
    with tempfile.TemporaryDirectory() as scratch:
        python = environment(Path(scratch) / "own", [f"{wheel}[instructor]"])
        commands = python.parent
        run([commands / "autograder", "new", "my-course"], Path(scratch))
        master = Path("my-course") / "source" / "01_line" / "line.ipynb"
        run([commands / "autograder", "check", master], Path(scratch))
        course = Path(scratch) / "my-course"
        run([commands / "nbgrader", "generate_assignment", "01_line"], course)
        given = run([python, "-c", CHECK], Path(scratch))
        if TOLD not in given:
            raise Failed(f"the wheel does not name {TOLD!r} where it is the mistake:\n{given}")


def try_handout(packed: Path) -> None:
    """Unpacked elsewhere, its links lead somewhere, and its own check of the set-up is content."""
    say("the hand-out, unpacked and installed")
    with tempfile.TemporaryDirectory() as scratch:
        unpack(packed, Path(scratch))
        folder = Path(scratch) / packed.stem
        for told in broken_links(folder):
            raise Failed(f"the hand-out: {told}")
        python = environment(folder / ".venv", ["--requirement", "requirements.txt"], folder)
        said = run([python, "check_set_up.py"], folder)
        say(f"  {said.strip().splitlines()[-1]}")


def try_site(packed: Path) -> None:
    """Unpacked elsewhere, every link and anchor of the site leads somewhere."""
    say("the website, unpacked: its links")
    with tempfile.TemporaryDirectory() as scratch:
        unpack(packed, Path(scratch))
        for told in faults(Path(scratch) / "site"):
            raise Failed(f"the website: {told}")


def environment(folder: Path, what: list[str], where: Path = ROOT) -> Path:
    """Make an environment that has nothing but `what`; return its Python."""
    pins = ["--constraint", str(ROOT / "requirements.txt")]
    python = folder / "bin" / "python"
    uv = shutil.which("uv")
    if uv:
        run([uv, "venv", "--python", sys.executable, folder], where)
        run([uv, "pip", "install", "--python", python, *pins, *what], where)
    else:
        run([sys.executable, "-m", "venv", folder], where)
        run([python, "-m", "pip", "install", "--quiet", *pins, *what], where)
    return python


def run(command: list[str | Path], where: Path) -> str:
    """Run a command as somebody without this repository; return what it printed.

    Raises
    ------
    Failed
        If it fails.
    """
    words = list(map(str, command))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    beside = f"{Path(words[0]).parent}{os.pathsep}{os.defpath}"
    done = subprocess.run(
        words, cwd=where, env=kept | {"PATH": beside}, capture_output=True, text=True
    )
    if done.returncode:
        raise Failed(
            f"{' '.join(words)}\nended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done.stdout + done.stderr


def uncommitted() -> Iterator[str]:
    """Yield a reason where what would be released is in no commit."""
    done = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode == 0 and done.stdout and "--anyway" not in sys.argv:
        yield f"not everything is committed (`--anyway` builds all the same):\n{done.stdout}"


def unpack(packed: Path, folder: Path) -> None:
    """Unpack a zip that was made here."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def say(told: str) -> None:
    """Print a line of progress with the seconds since the start."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {told}", flush=True)


STARTED = time.monotonic()

if __name__ == "__main__":
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    try:
        release(Path(*named or ["build/release"]).resolve())
    except Failed as error:
        print(f"release: {error}", file=sys.stderr)
        sys.exit(1)
