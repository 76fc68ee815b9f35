"""The copies of a notebook's process that answer the calls of its test cells."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.processes import Notebook, Session
from autograder.observe import StudentError


@dataclass(frozen=True, eq=False)
class Moment:
    """The student's functions and data as they stand at one place of the notebook.

    Attributes
    ----------
    session : Session
        Answers for them.
    functions : dict of str to int
        The same number at another moment is the same function.
    """

    session: Session
    functions: dict[str, int]


class Copies:
    """Copies of a notebook's process for its test cells: one serves them all, as a kernel would.

    A copy that dies under one test is replaced for the next.
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._moment: Moment | None = None
        self._mark: int | None = None

    def moment(self, mark: int, latest: float) -> Moment:
        """Return the moment of a mark, live; its clock runs for one test cell."""
        if self._moment is None or self._moment.session.over or self._mark != mark:
            session = self._live()
            try:
                self._moment = Moment(session, session.restore(mark))
            except StudentError as error:
                session.close()  # a new one is nobody's yet
                raise Died(error.message) from error
            self._mark = mark
        self._moment.session.start(latest)
        return self._moment

    def _live(self) -> Session:
        if self._moment is not None and not self._moment.session.over:
            return self._moment.session
        self.close()
        return self._notebook.copy()

    def close(self) -> None:
        """Hang up on the copy in use; the next test gets another."""
        if self._moment is not None:
            self._moment.session.close()
            self._moment = None
