"""What to try where nothing is named: statements, each of which is evaluated before it is said."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.compare import Gap
from autograder.engine.exercise import Exercise
from autograder.engine.findings import Findings, Outcome
from autograder.engine.locate.advice import Where
from autograder.engine.other_unit import of_another_unit
from autograder.engine.report.deviating_step import steps_that_deviate
from autograder.engine.report.experiments import by_hand, with_sizes
from autograder.engine.report.first_deviating import first_backward, first_forward
from autograder.engine.report.not_finite import not_finite
from autograder.engine.report.sentences import kind
from autograder.engine.report.statement import Statement
from autograder.engine.report.symbols import symbols_of
from autograder.engine.report.worked_out import worked_out
from autograder.engine.run import floats
from autograder.engine.signatures import signature_of
from autograder.observe import StudentError


def advice(
    exercise: Exercise,
    findings: Findings,
    where: Where,
    mended: bool = False,
    named: bool = False,
) -> Iterator[Statement]:
    """Say what was raised, or where it is wrong and what to try.

    What `where` says was evaluated where it was made. Where it is `mended` the line is known
    already, or the formula that was computed; where a mistake is `named`, what to try is its
    question.
    """
    if findings.errors:
        yield from _raised(exercise, findings.errors[0])
        return
    if findings.order:
        text = f"Every value is right, in another place: {findings.order}."
        yield Statement(text, lambda: True)
        return
    if exercise.works_out:
        yield from worked_out(findings, *exercise.works_out)
        return
    for outcome in findings.outcomes:
        for gap in outcome.gaps.values():
            if gap is not None and gap.wrong:
                yield from _about(exercise, findings, outcome, gap, where, mended)
                if where.instance:
                    yield from by_hand(gap, where.instance, kind(outcome, gap), mended or named)
                elif not (mended or named) and gap.kind == "values":
                    yield from with_sizes(findings, gap.name)
                return


def _raised(exercise: Exercise, error: StudentError) -> Iterator[Statement]:
    """What the student's side found out, and the contract where the call itself was refused."""
    contract = signature_of(error.called, exercise.unit)
    refused = contract and error.kind == "TypeError" and not error.where
    for place, text in enumerate(error.told):
        more = f" The text of the exercise says `{contract}`." if refused and not place else ""
        more = of_another_unit(exercise.unit, text) or more
        # the sentences on an exception were evaluated where its frame is
        yield Statement(f"{text}{more}", lambda: True)


def _about(
    exercise: Exercise,
    findings: Findings,
    outcome: Outcome,
    gap: Gap,
    where: Where,
    mended: bool,
) -> Iterator[Statement]:
    """What to try for the first array that is wrong; a wrong forward pass comes first."""
    yield Statement(
        "Once your forward pass is right, a known mistake behind these numbers can be named.",
        lambda: gap.kind == "values" and kind(outcome, gap) == "own",
    )
    yield from (Statement(text, lambda: True) for text in where.sentences)
    if gap.kind == "values":
        yield from _numbers(findings, outcome, gap, bool(where.sentences) or mended, where.exact)
    elif gap.kind == "shape":
        yield from _shape(exercise, outcome, gap, mended)
    elif gap.kind == "not finite":
        yield from not_finite(outcome, gap)


def _numbers(
    findings: Findings, outcome: Outcome, gap: Gap, located: bool, exact: bool
) -> Iterator[Statement]:
    name, compared = gap.name, kind(outcome, gap)
    coarse = getattr(outcome.returned.get(name), "dtype", None) == np.float32
    yield Statement(
        "No known mistake that was tried gives exactly these numbers.",
        lambda: compared == "gradient" and not (coarse or located) and _searched(findings),
    )
    yield from () if located else steps_that_deviate(findings.outcomes)
    yield from () if exact else _where(findings, outcome, name, compared)
    yield Statement(
        "Your array is float32, with seven digits: compute in float64, and a mistake can be named.",
        lambda: coarse and compared == "gradient",
    )


def _searched(findings: Findings) -> bool:
    """Whether there was a search, in which no misconception gave the arrays."""
    looked = any(o.trial.problem is not None and floats(o.returned) for o in findings.outcomes)
    return looked and findings.explanation is None and findings.relative is None


def _where(findings: Findings, outcome: Outcome, name: str, compared: str) -> Iterator[Statement]:
    """Which of several arrays deviates first, and what is right before it."""
    if compared != "value" and outcome.trial.problem is not None:
        yield from first_backward(findings, outcome.trial.problem)
        return
    yield from first_forward(findings, outcome, name)


def _shape(exercise: Exercise, outcome: Outcome, gap: Gap, mended: bool) -> Iterator[Statement]:
    name = gap.name
    right, belongs = outcome.wanted.get(name), name[1:]
    graph = outcome.trial.problem.graph if outcome.trial.problem is not None else None
    own = symbols_of(exercise.name, graph.facts.family if graph is not None else "")

    def gradient() -> bool:
        problem = outcome.trial.problem
        known = belongs.rstrip("0123456789") in own
        entries = right is not None and right.ndim > 0
        return name.startswith("d") and known and problem is not None and entries

    yield Statement(
        "A gradient has one entry for each entry of the array it belongs to: it says how the cost "
        f"answers to that entry. So {name} has the shape of {belongs}.",
        gradient,
    )
    shapes = np.asarray(outcome.returned.get(name)).shape, np.asarray(right).shape
    tries = gradient() and not mended
    yield from _of_axes(name, belongs, outcome.trial.label, *shapes) if tries else ()
    yield Statement(
        "Ask yourself: which index does each axis count, units or examples, and which of them has "
        "to disappear in a sum?",
        lambda: tries and {"m", "N"} & own != set() and not _is_cut(*shapes),
    )


def _is_cut(found: tuple[int, ...], right: tuple[int, ...]) -> bool:
    """Whether the axes are the right ones, and some of them too long or too short."""
    off = [b for a, b in zip(found, right, strict=False) if a != b]
    return len(found) == len(right) and sorted(found) != sorted(right) and 1 not in off


def _of_axes(
    name: str, belongs: str, label: str, found: tuple[int, ...], right: tuple[int, ...]
) -> Iterator[Statement]:
    """What to try where an axis has another length, and where another number of axes came back."""
    pairs = enumerate(zip(found, right, strict=False))
    off = [f"along axis {n} {name} has {a} entries, {belongs} {b}" for n, (a, b) in pairs if a != b]
    yield Statement(
        f"With {label}, {'; '.join(off)} (axes are counted from 0). An experiment: print the "
        f"shapes of all arrays that {name} is made of there. Which line makes or cuts that axis, "
        "and with which size?",
        lambda: _is_cut(found, right),
    )
    yield Statement(
        f"An experiment: print {name}.shape beside the shape of {belongs}, then the shapes of the "
        "factors in your line. np.sum with an axis removes that axis unless it is told "
        "keepdims=True, and .T exchanges two.",
        lambda: not _is_cut(found, right),
    )
