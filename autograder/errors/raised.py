"""What a student's function raised, as the checks see it: here, and at the other end of a wire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograder.errors import account
from autograder.time_limit import TimeLimit

_TEXT = 500  # characters of an exception's message that are kept
_LONGEST, _MOST = 1200, 4  # characters of a paragraph, and paragraphs
#: Whether somebody reads what is said of an exception.
_heard: ContextVar[bool] = ContextVar("heard", default=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Explain no exception: of changed functions that are tried many raise, and nobody reads it."""
    before = _heard.set(False)
    try:
        yield
    finally:
        _heard.reset(before)


def is_heard() -> bool:
    """Whether somebody reads what is said of a function: words that take long are made for them."""
    return _heard.get()


class StudentError(Exception):
    """A student's function raised instead of returning.

    Attributes
    ----------
    kind : str
        Name of the exception's type, for instance ``"ValueError"``.
    message : str
        Its text.
    where : str
        The line of the student's own code, for instance ``"line 4, in linear_backward: dW = ..."``;
        empty if the call itself failed (a wrong number of arguments).
    function : str
        The student's function that this line belongs to.
    told : tuple of str
        What happened there, how that line was reached and what to ask oneself; see `errors`.
    family : str
        Which known slip the exception gives away; see `errors.Account`.
    called : str
        The function that was called from outside, where whoever called it says so.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        where: str = "",
        function: str = "",
        told: Sequence[str] = (),
        family: str = "",
    ) -> None:
        super().__init__(kind, message, where)
        self.kind, self.message, self.where = kind, message, where
        self.function, self.told, self.family = function, tuple(told), family
        self.called = ""

    def __str__(self) -> str:
        told = f"{self.kind}: {self.message}" if self.message else self.kind
        return f"{told} ({self.where})" if self.where else told

    def plain(self) -> list[Any]:
        """The error as plain data."""
        told = list(self.told)
        return [self.kind, self.message, self.where, self.function, told, self.family]

    @classmethod
    def of(cls, plain: list[Any]) -> StudentError:
        """The error from what `plain` gave, or from what somebody made up in its place."""
        kind, message, where, function, told, family = plain
        texts = [str(part)[:_LONGEST] for part in (told if isinstance(told, list) else [])]
        kind, message, where = (str(part)[:_TEXT] for part in (kind, message, where))
        return cls(kind, message, where, str(function)[:_TEXT], texts[:_MOST], str(family)[:_TEXT])


def student_error(
    error: BaseException,
    names: Mapping[str, Any] | None = None,
    called: tuple[Any, Sequence[Any]] | None = None,
    seconds: float | None = None,
) -> StudentError:
    """Describe an exception of student code.

    Parameters
    ----------
    error : BaseException
    names : mapping, optional
        The namespace that the code runs in.
    called : tuple of (function, arguments), optional
        The call from outside.
    seconds : float, optional
        The limit, if there was one.
    """
    try:
        message = str(error).strip().partition("\n")[0][:_TEXT]
    except Exception:
        message = ""
    if isinstance(error, TimeLimit) and seconds is not None:
        limit = f"the call took longer than the time limit of {seconds:.2g} seconds"
        message = f"stopped, as it did not answer in time: {limit}"
    found = account(error, names, called, _heard.get())
    kind = type(error).__name__
    return StudentError(kind, message, found.where, found.function, found.told, found.kind)
