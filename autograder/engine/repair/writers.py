"""The line of the student's own that writes into an argument, seen while it runs."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from autograder import time_limit
from autograder.engine.exercise import Exercise
from autograder.engine.findings import Findings
from autograder.engine.repair.source import Source, source_of
from autograder.engine.repair.trials import unwritten
from autograder.engine.repair.unseen import unseen
from autograder.engine.student import Student
from autograder.observe import differs, leaves
from autograder.stand_in import installed

#: A traced call takes no longer: each of its lines compares the arguments.
SECONDS = 1.0


@dataclass(frozen=True)
class _Written:
    """The first line after which an argument was another, and what the names held then."""

    line: int
    path: str
    array: Any
    held: dict[str, Any]


def writer(exercise: Exercise, student: Student, findings: Findings, seed: int) -> str:
    """Return a sentence on the line that writes into an argument; empty if none is known.

    Parameters
    ----------
    exercise : Exercise
    student : Student
    findings : Findings
        Of its calls; nothing is done where none of them changed an argument.
    seed : int
        Chooses the instances, which are drawn anew.
    """
    changed = [outcome for outcome in findings.outcomes if outcome.changed]
    source = source_of(student.namespace.get(exercise.name)) if changed else None
    if source is None:
        return ""
    with unseen(), installed(source.function.__globals__, student.given):
        fresh = unwritten(exercise, student, seed, findings.outcomes)
        pairs = zip(findings.outcomes, fresh, strict=False)
        anew = next((new for old, new in pairs if old.changed), None)
        found = _seen(source, tuple(anew.trial.args), changed[0].changed) if anew else None
    return _told(source, found) if found is not None else ""


def _seen(source: Source, args: tuple[Any, ...], paths: Sequence[str]) -> _Written | None:
    before = leaves(args)
    copies = {path: leaf.copy() for path, leaf in before.items() if isinstance(leaf, np.ndarray)}
    code, last, found = source.function.__code__, [0], list[_Written]()

    def compared(frame: FrameType) -> None:
        after = leaves(args)
        for path in paths:
            inside = [p for p in {**before, **after} if p == path or p.startswith(f"{path}[")]
            if not found and any(differs(p, before, after, copies) for p in inside):
                whole = _of_a_list(path) if after.get(path) is not before.get(path) else path
                array = before.get(path) if whole == path else None
                found.append(_Written(last[0], whole, array, dict(frame.f_locals)))

    def watch(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code is not code:
            return None
        if event in ("line", "return") and last[0] and not found:
            compared(frame)
        last[0] = frame.f_lineno
        return watch

    tracing = sys.gettrace()
    sys.settrace(watch)
    try:
        time_limit.call(source.function, args, SECONDS)
    except KeyboardInterrupt:
        raise
    except BaseException:  # a student's function may do anything
        pass
    finally:
        sys.settrace(tracing)
    return found[0] if found else None


def _of_a_list(path: str) -> str:
    """The list that an entry was taken out of; the entry of a dict has its own place."""
    return re.sub(r"\[\d+\]$", "", path)


def _told(source: Source, found: _Written) -> str:
    place, bracket, rest = found.path.partition("[")
    names = list(inspect.signature(source.function).parameters)
    if int(place) >= len(names):
        return ""
    argument = f"{names[int(place)]}{bracket}{rest}"
    text = source.line(found.line)
    does = "writes into" if bracket or _is_array(found.array) else "changes"
    told = f"Line {found.line}, `{text}`, {does} the caller's `{argument}`"
    second = _second_name(source, found, names[int(place)])
    if not second:
        return f"{told}."
    if found.held.get(second) is found.array:
        return f"{told}: `{second}` is a second name of that array, and no copy of it."
    return f"{told}: `{second}` is a view of that array, its numbers are the same ones, not copies."


def _second_name(source: Source, found: _Written, argument: str) -> str:
    """The name that the line writes to, if it is another than the argument's own."""
    lines = (n for n in ast.walk(source.tree) if isinstance(n, ast.stmt))
    for line in (n for n in lines if n.lineno == found.line):
        bound = [t.id for t in getattr(line, "targets", []) if isinstance(t, ast.Name)]
        names = [n.id for n in ast.walk(line) if isinstance(n, ast.Name) and n.id not in bound]
        for name in dict.fromkeys(names):
            value = found.held.get(name)
            if name == argument:
                return ""
            if _is_array(value) and _is_array(found.array) and np.shares_memory(value, found.array):
                return name
    return ""


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray)
