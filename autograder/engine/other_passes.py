"""What a loop over the steps gives that begins elsewhere, runs otherwise or reads another input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from autograder.networks import Array

#: A state, as the caller holds it.
State = Any
_Read = Callable[[State], Mapping[str, Array]]


class OtherPasses(Mapping[str, Mapping[str, Array]]):
    """By the name of an array, what another loop makes of it, each by what it is called.

    It is made when somebody asks for one: of a right answer nobody does.

    Parameters
    ----------
    step : function
        The state after a step, of the input of that step and the state before it.
    inputs : sequence of array
        The input of each step, in their order.
    first : the state before the first step
    read : function
        The arrays that are returned of a step, by name, of its state.
    axis : int
        Along which they are stacked.
    start : str
        How the contract calls the first state: ``"h0"``.
    """

    def __init__(
        self,
        step: Callable[[Array, State], State],
        inputs: Sequence[Array],
        first: State,
        read: _Read,
        axis: int,
        start: str,
    ):
        self._step, self._inputs, self._first = step, inputs, first
        self._read, self._axis, self._start = read, axis, start

    @cached_property
    def _made(self) -> dict[str, dict[str, Array]]:
        made: dict[str, dict[str, Array]] = {name: {} for name in self._read(self._first)}
        for told, states in self._others():
            each = [self._read(state) for state in states]
            for name, found in made.items():
                found[told] = np.stack([arrays[name] for arrays in each], axis=self._axis)
        return made

    def _others(self) -> Iterator[tuple[str, list[State]]]:
        right = self._run(self._inputs)
        yield (
            f"what the steps give when {self._start} takes the place of the first one, which is "
            "left out",
            [self._first, *self._run(self._inputs[1:])],
        )
        yield (
            f"what belongs to {self._start} and to all steps but the last: each state stands one "
            "place too late",
            [self._first, *right[:-1]],
        )
        yield "what the steps give, from the last one to the first", right[::-1]
        yield (
            "what a loop from the last step to the first gives",
            self._run(self._inputs[::-1])[::-1],
        )
        before = [self._inputs[-1], *self._inputs[:-1]]
        yield "what the steps give, each with the input of the step before it", self._run(before)
        yield "what the last step gives, at every place", right[-1:] * len(right)
        yield "what the first step gives, at every place", right[:1] * len(right)

    def _run(self, inputs: Sequence[Array]) -> list[State]:
        states, state = [], self._first
        for x in inputs:
            state = self._step(x, state)
            states.append(state)
        return states

    def __getitem__(self, name: str) -> Mapping[str, Array]:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
