"""``python -m autograder.authoring build|check|absorb|format [UNIT ...]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.authoring.cells import AuthoringError
from autograder.authoring.course import TEXTS, Unit, find_units
from autograder.console import print_anywhere

_STARTED = time.monotonic()


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command on the course at `root` (default: here); return the exit status."""
    print_anywhere()
    parser = argparse.ArgumentParser(prog="python -m autograder.authoring", description=__doc__)
    commands = {"build": _build, "check": _check, "absorb": _absorb, "format": _format}
    parser.add_argument("command", choices=commands)
    parser.add_argument("units", nargs="*", metavar="UNIT", help="such as 04_l_layer_network")
    options = parser.parse_args(arguments)
    root = (root or Path()).resolve()
    try:
        if not (root / TEXTS).is_dir():
            raise AuthoringError(f"there is no folder {TEXTS}/ here: run this in the course's root")
        return commands[options.command](root, find_units(root, options.units))
    except AuthoringError as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 1


def say(message: str) -> None:
    """Print one line of progress with the seconds since the start."""
    print(f"{time.monotonic() - _STARTED:6.1f} s  {message}", flush=True)


def _build(root: Path, units: Sequence[Unit]) -> int:
    from autograder.authoring.build import build
    from autograder.authoring.misconceptions import PAGE, page
    from autograder.authoring.teaching import fresh_pages

    with tempfile.TemporaryDirectory() as folder:
        build(root, units, Path(folder), say)
    if (root / PAGE).parent.is_dir():
        (root / PAGE).write_text(page(), "utf-8")
    for name, text in fresh_pages(root):
        (root / name).write_text(text, "utf-8")
    say(f"{len(units)} notebooks are up to date")
    return 0


def _check(root: Path, units: Sequence[Unit]) -> int:
    problems = list(dict.fromkeys(_problems(root, units)))
    for problem in problems:
        print(f"check: {problem}", file=sys.stderr)
    say(f"{len(units)} notebooks checked, {len(problems)} problems")
    return 1 if problems else 0


def _problems(root: Path, units: Sequence[Unit]) -> Iterator[str]:
    """Yield everything that `make check` refuses, the cheap questions first."""
    import nbformat

    from autograder.authoring.build import build_into
    from autograder.authoring.glossary import read_words, with_words
    from autograder.authoring.leaks import leaks
    from autograder.authoring.misconceptions import PAGE, page
    from autograder.authoring.rules import broken_rules, unsolved_exercises
    from autograder.authoring.stale import stale, strangers
    from autograder.authoring.teaching import stale_pages
    from autograder.suite import names

    words = read_words(root)
    for unit in units:
        cells = unit.read(root)
        for fault in broken_rules(cells, names()):
            yield f"{unit.text}: {fault}"
        if cells and with_words(cells, words) != cells:
            yield (
                f"{unit.text}: the list of words in its first cell is not what the text needs: "
                "run `make format`"
            )
    yield from strangers(root)
    if (root / PAGE).exists() and (root / PAGE).read_text("utf-8") != page():
        yield f"{PAGE} is not what the catalogue gives: run `make build`"
    yield from stale_pages(root)
    yield from leaks(root, [cell for unit in find_units(root) for cell in unit.read(root)])
    with tempfile.TemporaryDirectory() as folder:
        try:
            build_into(Path(folder), root, units, say)
        except AuthoringError as error:
            yield f"cannot be built: {error}"
            return
        yield from stale(root, Path(folder), units)
        for path in (unit.release for unit in units if unit.release):
            for fault in unsolved_exercises(nbformat.read(Path(folder, path), as_version=4)):
                yield f"{path}: {fault}"


def _absorb(root: Path, units: Sequence[Unit]) -> int:
    from autograder.authoring.absorb import absorb

    changed = absorb(root, units, say)
    say("run `make build` now" if changed else "no notebook was edited since it was built")
    return 0


def _format(root: Path, units: Sequence[Unit]) -> int:
    from autograder.authoring.glossary import read_words, with_words
    from autograder.authoring.text import write_text

    words = read_words(root)
    for unit in units:
        old = (root / unit.text).read_text("utf-8")
        new = write_text(with_words(unit.read(root), words))
        if new != old:
            (root / unit.text).write_text(new, "utf-8")
            say(f"wrote {unit.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
