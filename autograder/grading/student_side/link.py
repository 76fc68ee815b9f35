"""Two processes that use each other's objects: one asks, the other does it and answers.

While it does it, the other may ask back; so either end, as it waits for an answer, does what it
is asked. A question is ``("do", what, target, args, kwargs, around)``, an answer ``("value", value,
files, printed, warned)`` or ``("raised", exception, told, files, printed, warned)``.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

from .objects_in import ObjectDecoder
from .objects_out import ObjectEncoder
from .standin import SPECIALS
from .table import Table
from .wire import Unsendable

Message = tuple[Any, ...]
Exchange = Callable[[bytes], bytes]


class Link:
    """One end.

    Parameters
    ----------
    trusted : bool
        Whether this is the grader's end.
    exchange : callable
        Hands a frame over and waits for the next that comes back.
    answer : callable
        Given a question, does it and returns the answer.
    taken : callable
        Given an answer, returns the value or raises the exception.
    imported : callable, optional
        Given module and name, returns the class that is known under it beside those of libraries.
    """

    def __init__(
        self,
        trusted: bool,
        exchange: Exchange,
        answer: Callable[[Message], Message],
        taken: Callable[[Message], Any],
        imported: Callable[[str, str], type | None] = lambda module, name: None,
    ) -> None:
        self.table = Table(0 if trusted else 1)
        self._trusted, self._exchange = trusted, exchange
        self._answer, self._taken, self._imported = answer, taken, imported
        self.ask: Callable[..., Any] = self.do

    def do(self, what: str, target: Any, *args: Any, **kwargs: Any) -> Any:
        """Let the other end do something, and return what comes of it."""
        return self.send("do", what, target, args, tuple(kwargs.items()), ())

    def send(self, *question: Any) -> Any:
        """Hand over a question; answer those that come back before the answer."""
        message = self.read(self._exchange(self.frame(question)))
        while message[0] == "do":
            message = self.read(self._exchange(self.reply(message)))
        return self._taken(message)

    def reply(self, question: Message) -> bytes:
        """Do what is asked; return the frame of the answer."""
        answer = self._answer(question)
        try:
            return self.frame(answer)
        except Unsendable as error:
            return self.frame(("raised", TypeError(f"the result {error}"), (), (), (), ()))

    def frame(self, message: Message) -> bytes:
        """Turn a message into a frame."""
        return ObjectEncoder(self.table, self._trusted).message(message)

    def read(self, body: bytes) -> Message:
        """Turn a frame into a message."""
        decoder = ObjectDecoder(self.table, self._asked, self._trusted, self._imported)
        return decoder.message(body)

    def _asked(self, *args: Any, **kwargs: Any) -> Any:
        return self.ask(*args, **kwargs)  # looked up each time: an end may put its own in its place


def special(target: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """Do what an operation of the language does with an object."""
    if name not in SPECIALS:
        raise TypeError(f"{name} is no operation")
    method = getattr(type(target), name, None)
    if method is None:
        raise TypeError(f"{type(target).__name__!r} object has no {name}")
    return method(target, *args, **kwargs)


#: What one end can ask of the other; the grader's answers only some of it, see `notebook.link`.
OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda target, *args, **kwargs: target(*args, **kwargs),
    "special": special,
    "get": getattr,
    "set": setattr,
    "delete": delattr,
    "dir": dir,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "signature": inspect.signature,
}
