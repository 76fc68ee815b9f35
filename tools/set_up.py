"""Make the virtual environment, with one line of progress: ``python tools/set_up.py .venv``.

Needs the standard library alone. What uv or pip prints goes into a log, whose name is told when
something fails.
"""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ["--requirement", str(ROOT / "requirements.txt")]
THIS = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
# pip's settings of this user that would lead past the environment
CLEAN = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
COUNTED = re.compile(
    r"Collecting ([\w.-]+)|Installing collected packages: (.*)|(\w+ \d+ packages?) "
)
SHOWN = 12  # last lines of a command that failed
OFTEN = 30  # seconds between two lines of progress in a log
NO_VENV = """\
This Python ({python}) cannot make a virtual environment: its module {missing} is missing.
What to install: on Debian and Ubuntu, apt install python{version}-venv; elsewhere, a Python from \
python.org, or uv."""


class Failed(Exception):
    """A command of the set-up failed, or there is none that could do it."""


class Progress:
    """One line that says what is being done, for how long: rewritten on a terminal."""

    def __init__(self, what: str) -> None:
        self._what, self._now, self._count = what, "", 0
        self._started = self._shown = time.monotonic()
        self._terminal = sys.stdout.isatty()
        if not self._terminal:
            print(f"{what}: a minute or two", flush=True)

    def note(self, line: str) -> None:
        """Read a line of uv's or pip's."""
        found = COUNTED.match(line)
        if found is None:
            return
        collected, installed, told = found.groups()
        if collected:
            self._count += 1
            self._now = f"{self._count} packages found, {collected}"
        else:
            self._now = told or f"Installing {installed.count(',') + 1} packages"

    def tick(self) -> None:
        """Show the state, if it is time for that."""
        now = time.monotonic()
        state = f"{self._what}: {now - self._started:.0f} s  {self._now}"
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{state[:width]:<{width}}", end="", flush=True)
        elif now - self._shown >= OFTEN:
            self._shown = now
            print(state, flush=True)

    def end(self, how: str) -> None:
        """Put the last words on the line."""
        line = f"{self._what}: {how} {time.monotonic() - self._started:.0f} s"
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{line:<{width}}", flush=True)
        else:
            print(line, flush=True)


def set_up(folder: Path) -> None:
    """Make the environment in `folder` and install everything into it.

    Raises
    ------
    Failed
        With what to say.
    """
    folder.mkdir(exist_ok=True)
    log = folder / "setup.log"
    log.write_text("", encoding="utf-8")
    uv = shutil.which("uv")
    if uv is not None:
        try:
            return run(f"setting up {folder.name} with uv", with_uv(uv, folder), log)
        except Failed:
            print(f"uv could not do it (see {log}); now with pip", flush=True)
    run(f"setting up {folder.name} with pip", with_pip(folder), log)
    return None


def with_uv(uv: str, folder: Path) -> Iterator[list[str]]:
    """Yield the commands with uv."""
    yield [uv, "venv", "--allow-existing", "--seed", "--python", base(folder), str(folder)]
    install = [uv, "pip", "install", "--python", str(python_of(folder))]
    # a sandbox, which sees the environment read-only, would compile anew at each start
    yield [*install, "--compile-bytecode", *REQUIREMENTS]
    yield [*install, *THIS]


def with_pip(folder: Path) -> Iterator[list[str]]:
    """Yield the commands with pip: the environment's own, or that of this Python."""
    if find_spec("venv") is None:
        raise Failed(explain("venv"))
    pip = [str(python_of(folder)), "-m", "pip"]
    if find_spec("ensurepip") is not None:
        yield [base(folder), "-m", "venv", str(folder)]
    elif find_spec("pip") is not None:  # Debian without python3-venv
        yield [base(folder), "-m", "venv", "--without-pip", str(folder)]
        outer = [sys.executable, "-m", "pip", "--python", str(python_of(folder))]
        yield [*outer, "install", "pip"]
    else:
        raise Failed(explain("ensurepip"))
    for what in (REQUIREMENTS, THIS):
        yield [*pip, "install", "--progress-bar", "off", *what]


def explain(missing: str) -> str:
    """Say what to install where a module is missing that makes environments."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return NO_VENV.format(python=sys.executable, missing=missing, version=version)


def base(folder: Path) -> str:
    """Return the Python to make the environment with.

    That is this one; but after a set-up that was stopped, this one may be the environment's own.
    """
    own = Path(sys.prefix).resolve() == folder.resolve()
    return sys._base_executable if own else sys.executable


def python_of(folder: Path) -> Path:
    """Return the environment's Python."""
    return folder.absolute() / "bin" / "python"


def run(what: str, commands: Iterator[list[str]], log: Path) -> None:
    """Run the commands one after the other; what they say goes into the log."""
    progress = Progress(what)
    for words in commands:
        said = []
        with (
            log.open("a", encoding="utf-8") as file,
            subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=os.environ | CLEAN,
            ) as process,
        ):
            file.write(f"$ {' '.join(words)}\n")
            for line in lines_of(process):
                said += [line] if line else []
                file.write(line)
                progress.note(line.strip())
                progress.tick()
        if process.returncode:
            progress.end("failed after")
            raise Failed(f"{''.join(said[-SHOWN:])}The whole log: {log}")
    progress.end("done in")


def lines_of(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Yield what a process prints, line by line; "" is a second without news."""
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=1)
        except queue.Empty:
            yield ""
            continue
        if line is None:
            return
        yield line.decode("utf-8", "replace")


def main() -> int:
    """Set up the folder that the command line names; 0 if all is well."""
    try:
        set_up(Path(sys.argv[1]))
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the same command begins again", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
