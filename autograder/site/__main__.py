"""``python -m autograder.site [FOLDER]``: build the website, by default into build/site."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.console import print_anywhere
from autograder.site.build import build
from autograder.site.failed import SiteFailed

_STARTED = time.monotonic()


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Build the site of the course at `root` (default: here); return the exit status."""
    print_anywhere()
    parser = argparse.ArgumentParser(prog="python -m autograder.site", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("build") / "site")
    options = parser.parse_args(arguments)
    try:
        pages = build((root or Path()).resolve(), options.folder.resolve(), _say)
    except SiteFailed as error:
        print(f"site: {error}", file=sys.stderr)
        return 1
    _say(f"{pages} pages: open {options.folder / 'index.html'}")
    return 0


def _say(message: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.1f} s  {message}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
