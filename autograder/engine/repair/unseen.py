"""Runs of a student's function of which nobody sees anything."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator

import numpy as np


@contextlib.contextmanager
def unseen() -> Iterator[None]:
    """Show nothing of what is printed and warned of, and leave NumPy's own generator as it was."""
    state = np.random.get_state()  # noqa: NPY002, a student's own drawing goes on as it would
    try:
        quiet = contextlib.redirect_stdout(io.StringIO())
        with quiet, np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of some changes where it compiles them
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
