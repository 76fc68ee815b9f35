"""Unit 10b: the states that `rnn_backward` hands on beside the gradients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.by_differences import shaped
from autograder.engine.compare import form, is_right
from autograder.engine.exercise import Misshapen, Wanting, take
from autograder.engine.student import Student
from autograder.errors.words import article
from autograder.units.u10b_characters.instances import SIZES, WordInstance, word_instance


def returns_the_states(student: Student, rng: np.random.Generator) -> None:
    """returns the states as a: a[t] is the one after step t, from 0 to T - 1.

    Words on which the forward pass is wrong tell nothing of the states and are left out.
    """
    for sizes in SIZES:
        drawn = word_instance(rng, sizes)
        X, Y, a_prev, parameters = drawn.args()
        loss, cache = take("loss", "cache")(
            student.call("rnn_forward", X, Y, a_prev, parameters)
        ).values()
        if is_right(shaped(loss, ()), drawn.graph.value("J")):
            found = take("_gradients", "a")(student.call("rnn_backward", X, Y, parameters, cache))
            judge_states(found["a"], drawn)


def judge_states(a: Any, drawn: WordInstance) -> None:
    """Hold each ``a[t]`` against the state after step t.

    Raises
    ------
    Wanting
        At the first that is another; it says which state it is, if it is one.
    """
    T = drawn.steps
    states = {f"the state after step {t} of {T}": drawn.state(t) for t in range(1, T + 1)}
    states = {"a_prev, the state that came in": drawn.a_prev, **states}
    wanted = [f"a[{t}] is the state after step {t + 1} of {T}" for t in range(T)]
    for t in range(T):
        one, found = drawn.state(t + 1), _entry(a, t, T)
        if is_right(found, one):
            continue
        flaw = form(f"a[{t}]", found, one.shape)
        if flaw is not None and flaw.wrong:
            raise Wanting(f"{flaw.message}; expected: {wanted[t]}")
        it_is = [name for name, state in states.items() if is_right(found, state)]
        told = f"a[{t}] is {it_is[0]}" if it_is else f"a[{t}] is none of the states of the word"
        raise Wanting(f"{told}; expected: {wanted[t]}{_begun(a, drawn)}")


def _entry(a: Any, t: int, T: int) -> Any:
    if not isinstance(a, (list, tuple, Mapping, np.ndarray)):
        raise Misshapen(f"a is {article(type(a).__name__)}, expected a list or dict of states")
    try:
        return a[t]
    except (LookupError, TypeError):
        keys = f"the keys {', '.join(map(repr, a))}" if isinstance(a, Mapping) else f"{len(a)} "
        keys += "" if isinstance(a, Mapping) else "entries"
        raise Wanting(f"a has {keys}, and no a[{t}]; expected a[0] to a[{T - 1}]") from None


def _begun(a: Any, drawn: WordInstance) -> str:
    """Said where everything stands one place further back."""
    if len(a) != drawn.steps + 1 or isinstance(a, Mapping):
        return ""
    moved = all(is_right(a[t], drawn.state(t)) for t in range(drawn.steps + 1))
    return f". Your a has {len(a)} entries and begins with a_prev" if moved else ""
