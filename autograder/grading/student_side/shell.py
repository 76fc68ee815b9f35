"""An IPython shell that behaves as a notebook's kernel does, without a kernel's protocol."""

from __future__ import annotations

import builtins
import getpass
import subprocess
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .outputs import Outputs, Stream

OUTPUTS = Outputs()


class _Publisher(DisplayPublisher):
    """Keep what ``display`` shows."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        OUTPUTS.rich("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:
        OUTPUTS.clear()


class _Hook(DisplayHook):
    """Keep the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Print no ``Out[1]:``; a notebook shows the number elsewhere."""

    def finish_displayhook(self) -> None:
        """Print no empty line after a value."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        # the grader counts the cells itself
        OUTPUTS.rich("execute_result", format_dict, md_dict, execution_count=None)


class Shell(InteractiveShell):
    """The shell in which a student's cells run."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        OUTPUTS.error(getattr(etype, "__name__", str(etype)), str(evalue), stb)

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no event loop to join."""

    def ask_exit(self) -> None:
        print("exit() is ignored while the notebook is graded.")

    def system(self, cmd: str) -> None:
        """Run ``!cmd`` and print what it prints."""
        done = subprocess.run(  # the student's own command, in the sandbox
            self.var_expand(cmd, depth=1),  # type: ignore[no-untyped-call]
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        sys.stdout.write(done.stdout.decode("utf-8", "replace"))
        self.user_ns["_exit_code"] = done.returncode


def make_shell() -> Shell:
    """Create the one shell of this process; figures are drawn inline, as in a notebook."""
    config = Config()
    config.HistoryManager.enabled = False  # no database, and no thread to carry over a fork
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.enable_tip = False
    shell: Shell = Shell.instance(config=config)
    shell.run_line_magic("matplotlib", "inline")
    # what IPython makes at the first cell and the first value is there before any submission
    shell.run_cell("pass", silent=True)  # type: ignore[no-untyped-call]
    shell.display_formatter.format(shell)  # type: ignore[union-attr]
    OUTPUTS.clear()
    builtins.input = _no_input
    getpass.getpass = _no_input
    return shell


def run_cell(shell: Shell, source: str) -> list[dict[str, Any]]:
    """Run one cell and return its outputs; an exception is one of them."""
    OUTPUTS.clear()
    sys.stdout, sys.stderr = Stream(OUTPUTS, "stdout"), Stream(OUTPUTS, "stderr")
    shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
    # IPython keeps a second copy of all that was printed, for exporting a session
    getattr(shell.history_manager, "outputs", {}).clear()
    return OUTPUTS.items


def _no_input(*_: Any, **__: Any) -> str:
    raise RuntimeError(
        "input() cannot be used: nobody is there to answer while the notebook is graded"
    )
