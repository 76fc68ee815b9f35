"""The copies of a notebook's process that answer the calls of its test cells."""

from __future__ import annotations

from autograder.calls import StudentError

from .processes import Died, Notebook, Session


class Copies:
    """Copies of a notebook's process for its test cells: one serves them all, as a kernel would.

    A copy that dies under one test is replaced for the next.
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._active: Session | None = None
        self._mark: int | None = None

    def session(self, mark: int, latest: float) -> Session:
        """Return a live session that stands at a mark; its clock runs for one test cell."""
        if self._active is None or self._active.over:
            self.close()
            self._active, self._mark = self._notebook.copy(), None
        if self._mark != mark:
            try:
                self._active.restore(mark)
            except StudentError as error:
                raise Died(error.message) from error
            self._mark = mark
        self._active.start(latest)
        return self._active

    def close(self) -> None:
        """Hang up on the copy in use."""
        if self._active is not None:
            self._active.close()
