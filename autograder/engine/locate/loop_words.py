"""A wrong way back through the steps, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.engine.diagnosis.general.spelling import at, index, joined
from autograder.engine.findings import Outcome
from autograder.engine.locate.loop import Loop, holds
from autograder.engine.report.statement import Statement

_ORDER = {
    "without the first": "the loop does not come to the first step",
    "without the last": "the loop leaves out the last step",
    "forward": "the loop runs from the first step to the last, where the last comes first",
}
_WHOSE = {
    "the step before": "the step before it (the first step: of the last one)",
    "the step after": "the step after it (the last step: of the first one)",
    "the last step": "the last step",
    "the first step": "the first step",
    "mirrored": "the step that is as far from the other end",
}
_RESET = {
    "never": "what comes back is not set to zero between two chunks",
    "early": "what comes back is set to zero one step too early on the way back",
    "late": "what comes back is set to zero one step too late on the way back",
}
_CARRY = {
    "none": "what comes back to {state} from the next step is left out",
    "adds up": "what comes back to {state} is added to what came back before (+=), where it has to "
    "take its place (=)",
    "subtracted": "what comes back to {state} from the next step is subtracted, where it is added",
    "twice": "what comes back to {state} from the next step counts twice",
    "half": "what comes back to {state} from the next step counts half",
    "as heard": "the gradient of the next {state} is handed on without a way back through its step",
    "with what was heard": "what comes back to {state} from the next step is added to the gradient "
    "of the next {state} itself, where it stands alone",
    "never renewed": "what comes back to {state} is that of the first round of the loop in all "
    "later rounds too",
}
_SUMS = {
    "the last visited": "{names} {hold} the contribution of one step alone, that of the last round "
    "(= where += belongs)",
    "the first visited": "{names} {hold} the contribution of the first round of the loop alone",
    "without the last visited": "in {names} the contribution of the last round of the loop is "
    "missing",
    "without the first visited": "in {names} the contribution of the first round of the loop is "
    "missing",
    "over T": "{names} {hold} a mean over the steps, where the sum is asked for",
    "over m": "{names} {are} divided by the number of examples once more",
    "times m": "{names} {are} the number of examples times too large",
    "subtracted": "{names} {have} the wrong sign",
    "twice": "{names} {are} twice too large",
    "zero": "{names} {are} zero",
    "the visit before": "{names} {are} what came back one round before the last",
    "the sum": "{names} {are} the sum of what comes back in all rounds, where the last round alone "
    "counts",
    "as heard": "{names} {are} the gradient of the state after the first step, without the way "
    "back through that step",
}


def told(loop: Loop, outcomes: Sequence[Outcome]) -> Statement:
    """Say what a loop does otherwise, all of it."""
    parts = list(_parts(loop))
    count = ("one thing", "two things", "three things")[len(parts) - 1]
    return Statement(
        "What you return is what a right pass back through the steps gives, except for "
        f"{count}: {'; and '.join(parts)}.",
        lambda: holds(loop, outcomes),
    )


def _parts(loop: Loop) -> Iterator[str]:
    way, graph = loop.way, loop.problem.graph
    if way.order:
        yield _ORDER[way.order]
    if way.own == "only the last":
        yield "the last step alone is given the gradient of its own loss"
    elif way.own == "behind":
        yield (
            "the gradient of a step's own loss is added to what its cell hands back, where it has "
            "to be added to what goes into that cell"
        )
    elif way.own:
        yield f"each step is given the gradient that belongs to {_WHOSE[way.own]}"
    if way.cache:
        yield f"each step goes back through the values of {_WHOSE[way.cache]}"
    if way.reset:
        yield _RESET[way.reset]
    for state, rule in way.carry:
        name = index(graph, state, 0)
        other = index(graph, rule.partition(" ")[2], 0)
        if rule.startswith("and "):
            yield f"to {name} is carried what comes back to {other} too, added to its own"
        elif rule.startswith("of "):
            yield f"to {name} is carried what comes back to {other}"
        else:
            yield _CARRY[rule].format(state=name)
    rules: dict[str, list[str]] = {}
    for array, rule in loop.taken:
        rules.setdefault(rule, []).append(array)
    for rule, names in rules.items():
        several = len(names) > 1
        if rule.startswith("of "):
            yield f"{joined(names)} is what comes back to {at(graph, rule[3:], 0)}"
            continue
        yield _SUMS[rule].format(
            names=joined(names),
            hold="hold" if several else "holds",
            are="are" if several else "is",
            have="have" if several else "has",
        )
