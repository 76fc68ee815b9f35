"""Runs of a student's function of which nobody sees anything."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator

import numpy as np

from autograder.errors.raised import unheard


@contextlib.contextmanager
def unseen() -> Iterator[None]:
    """Show nothing of what is printed and warned of, and leave NumPy's own generator as it was.

    What is raised is not explained either.
    """
    state = np.random.get_state()  # noqa: NPY002, a student's own drawing goes on as it would
    try:
        quiet = contextlib.redirect_stdout(io.StringIO())
        with quiet, unheard(), np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of some changes where it compiles them
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
