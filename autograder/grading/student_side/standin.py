"""What stands at one end of a link for a class, a function or another object of the other end.

A class of the other end is a class here, with the special methods it has there and no others; so
``isinstance``, ``except``, ``callable``, ``len`` and operators answer as they would there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .wire import Opaque

_BINARY = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul"),
    *("and", "or", "xor", "lshift", "rshift"),
)


def _dunder(names: str) -> frozenset[str]:
    return frozenset(f"__{name}__" for name in names.split())


#: Special methods that an operation of the language looks up in the class.
COMPARISONS = _dunder("eq ne lt le gt ge contains")
ARITHMETIC = frozenset(f"__{start}{name}__" for start in ("", "r", "i") for name in _BINARY)
PLAIN = _dunder(
    "call len getitem setitem delitem iter next reversed enter exit hash neg pos abs invert bool "
    "int float complex index round trunc floor ceil str repr format bytes"
)
SPECIALS = COMPARISONS | ARITHMETIC | PLAIN | {"__array__"}
#: What may be read of an object beside its public attributes. NumPy would follow others, such as
#: ``__array_interface__``, to whatever memory the other end names.
READABLE = _dunder(
    "name qualname doc dict module wrapped code defaults kwdefaults annotations closure self func "
    "slots bases mro dataclass_fields match_args members abstractmethods signature notes"
)
Ask = Callable[..., Any]


def _no_link(*_: Any) -> Any:
    raise TypeError("this object belongs to no process")


def _is_linked(kind: type) -> bool:
    return isinstance(kind, RemoteType) and kind._ask is not _no_link


class RemoteType(type):
    """The type of the classes that stand for a class of the other end."""

    _ask: Ask = staticmethod(_no_link)

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> RemoteType:
        theirs = [base.__name__ for base in bases if _is_linked(base)]
        if theirs:
            raise TypeError(
                f"a test cannot derive {name} from the student's {theirs[0]}, which is a class of "
                "another process"
            )
        return super().__new__(cls, name, bases, body)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return cls._ask("call", cls, *args, **kwargs)

    @property  # type: ignore[misc]
    def __dict__(cls) -> Any:  # type: ignore[override]
        if not _is_linked(cls):
            return type.__dict__["__dict__"].__get__(cls)
        return cls._ask("get", cls, "__dict__")

    def __getattr__(cls, name: str) -> Any:
        return _get(cls._ask, cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        cls._ask("set", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        cls._ask("delete", cls, name)

    def __iter__(cls) -> Any:
        return cls._ask("special", cls, "__iter__")

    def __len__(cls) -> Any:
        return cls._ask("special", cls, "__len__")

    def __bool__(cls) -> bool:
        return True

    def __getitem__(cls, key: Any) -> Any:
        return cls._ask("special", cls, "__getitem__", key)

    def __contains__(cls, value: Any) -> bool:
        return bool(cls._ask("special", cls, "__contains__", value))

    def __dir__(cls) -> Any:
        return cls._ask("dir", cls)

    def __repr__(cls) -> str:
        return f"<class '__main__.{cls.__name__}'>"

    def __hash__(cls) -> int:
        return id(cls)

    def __eq__(cls, other: object) -> bool:
        return cls is other

    def __instancecheck__(cls, value: Any) -> bool:
        return super().__instancecheck__(value) or getattr(type(value), "_stands_for", None) is cls


class RemoteObject(Opaque, metaclass=RemoteType):
    """Stands for an object of the other end."""

    @property
    def type_name(self) -> str:  # type: ignore[override]
        return type(self).__name__

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        return type(self)._ask("get", self, "__dict__")

    def __getattr__(self, name: str) -> Any:
        return _get(type(self)._ask, self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        type(self)._ask("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        type(self)._ask("delete", self, name)

    def __dir__(self) -> Any:
        return type(self)._ask("dir", self)

    def __copy__(self) -> Any:
        return type(self)._ask("copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        return type(self)._ask("deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError(f"an object of the student's type {type(self).__name__} cannot be pickled")


class RemoteError(RemoteObject):
    """Stands for an exception of a class of the other end; derived from a genuine one too."""

    student_error = None

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


def _get(ask: Ask, target: Any, name: str) -> Any:
    hidden = name[:2] == "__" == name[-2:] and name not in READABLE
    # what notebooks and pytest look for in every object
    if hidden or name.startswith(("_repr_", "_ipython_")):
        raise AttributeError(f"{type(target).__name__!r} object has no attribute {name!r}")
    return ask("signature", target) if name == "__signature__" else ask("get", target, name)


def _method(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any, **kwargs: Any) -> Any:
        return type(self)._ask("special", self, name, *args, **kwargs)

    special.__name__ = name
    return special


# of a function or a module, which share the class of a library: their own
_DOC = property(lambda self: type(self)._ask("get", self, "__doc__"))
METHODS = {name: _method(name) for name in SPECIALS}


def stand_in_class(
    ask: Ask,
    name: str,
    bases: list[type],
    genuine: Callable[[], type | None],
    specials: Iterable[str],
    doc: str | None,
) -> type:
    """Make the class that stands for one of the other end.

    Parameters
    ----------
    ask : callable
        ``ask(operation, target, *args, **kwargs)``: does it there.
    bases : list of type
        What stands for its bases.
    genuine : callable
        Returns the library class that it is derived from, or is, if that is imported here: what
        ``isinstance`` says.
    specials : iterable of str
        The special methods that it has.
    """
    known = genuine()
    error = known is not None and issubclass(known, Exception)
    body: dict[str, Any] = {n: METHODS[n] for n in specials if n in METHODS}
    if "__eq__" in body and "__hash__" not in body:
        body["__hash__"] = None
    if error:
        body.pop("__hash__", None)
    else:
        body["__class__"] = property(lambda self: genuine() or type(self))
    told = doc if doc is not None or error else _DOC
    body |= {"__doc__": told, "__module__": "__main__", "_ask": staticmethod(ask), "_own": []}
    root = RemoteError if error else RemoteObject
    own = [base for base in bases if isinstance(base, RemoteType)] or [root]
    if error and not any(issubclass(base, known) for base in own):  # type: ignore[arg-type]
        own.append(known)  # type: ignore[arg-type]
    try:
        return type.__new__(RemoteType, name, tuple(own), body)
    except TypeError:  # bases in an order that does not fit here
        last = (root, known) if error else (root,)
        return type.__new__(RemoteType, name, last, body)  # type: ignore[arg-type]
