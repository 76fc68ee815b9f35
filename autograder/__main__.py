"""The command line: ``autograder COMMAND --help`` explains each command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from autograder.commands_and_options import parser
from autograder.console import print_anywhere


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0: done, and everything is well. 1: something failed, or could not be graded. 2: the
        command could not be understood or had nothing to work on. 130: interrupted.
    """
    print_anywhere()
    options = parser().parse_args(arguments)
    home = "for_students" if options.command == "check" else "commands"
    try:
        commands = import_module(f"autograder.report.{home}")  # here, so that --help is instant
    except ModuleNotFoundError as error:
        return _missing(options.command, error)
    try:
        name = "try_" if options.command == "try" else options.command
        return int(getattr(commands, name)(options))
    except KeyboardInterrupt:
        print("\nstopped; what was finished is kept, and the same command goes on", file=sys.stderr)
        return 130
    except Exception as error:
        told = commands.words_of(error)
        if told is None:
            raise
        print(f"autograder {options.command}: {told}", file=sys.stderr)
        return 2


def _missing(command: str, error: ModuleNotFoundError) -> int:
    """Say what an instructor's command needs; a module of our own that is missing is our fault."""
    if error.name is None or error.name.partition(".")[0] == "autograder":
        raise error
    extra = "the package's extra for instructors: pip install 'WHEEL[instructor]'"
    print(
        f"autograder {command}: {error.name} is not installed; it comes with {extra}",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
