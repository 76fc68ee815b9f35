"""Look for one change with which everything is right, or for one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import FunctionType

from autograder.engine.exercise import Exercise, Property
from autograder.engine.findings import Findings
from autograder.engine.properties import TWICE, UNCHANGED
from autograder.engine.repair.branches import in_branches
from autograder.engine.repair.callees import in_callee
from autograder.engine.repair.found import Repair
from autograder.engine.repair.held import Held
from autograder.engine.repair.search import Search
from autograder.engine.repair.source import source_of
from autograder.engine.repair.trials import Tried, unwritten
from autograder.engine.repair.unseen import unseen
from autograder.engine.repair.whole import in_place, is_right, with_function
from autograder.engine.report.verdict import Verdict
from autograder.engine.student import Student

#: What Python says of these names the very word that is wrong.
EXACT = ("NameError", "UnboundLocalError", "AttributeError", "ModuleNotFoundError", "ImportError")

#: All trials and properties of a change may take so long: a loop may have become endless.
WHOLE_SECONDS = 5.0


def repaired(
    exercise: Exercise,
    student: Student,
    findings: Findings,
    judged: Sequence[tuple[Verdict, str]],
    seed: int,
    seconds: float,
    sole: bool = False,
) -> tuple[Repair, ...]:
    """Return the changes with which everything is right, one after another; none if none is known.

    Where the first one mends some arrays alone, another is looked for from there on; if something
    is still wrong then, none is returned. Nothing is looked for where the source is not at hand, as
    in a grader's run.

    Parameters
    ----------
    exercise : Exercise
    student : Student
    findings : Findings
    judged : sequence of (Verdict, str)
        The verdicts on its properties. Where all arrays are right, those that fail have to hold.
    seed : int
        Chooses the instances.
    seconds : float
        Processor time for the first change; for a second one there is as much again, and what is
        left of it where properties alone are asked.
    sole : bool
        Whether a change is returned only where no other line was found that does as well.
    """
    source = source_of(student.namespace.get(exercise.name))
    tried = [o for o in findings.outcomes if o.gaps or o.error is not None]
    asks_alone = not findings.outcomes and not findings.errors  # properties make their own calls
    if source is None or len(tried) < len(findings.outcomes) or findings.blocked:
        return ()
    if not tried and not asks_alone:
        return ()
    if any(error.kind in EXACT for error in findings.errors):
        return ()
    gaps = [gap for o in tried for gap in o.gaps.values() if gap is not None and gap.wrong]
    if gaps and all(gap.kind == "type" for gap in gaps):
        return ()  # the verdict says which type is asked for; any product makes floats of integers
    pairs = [(p, v, id) for p, (v, id) in zip(exercise.properties, judged, strict=True) if p.holds]
    failed = [p for p, v, _ in pairs if v.status == "failed"]
    unnamed = [p for p, v, id in pairs if v.status == "failed" and not id]
    # what held before has to hold after the change too; what has a name is told by it
    apart = [p for p, v, id in pairs if v.status == "failed" and id]
    asked = [p for p, _, _ in pairs if p not in apart]
    wrong = any(outcome.wrong for outcome in tried)
    with unseen():
        fresh = unwritten(exercise, student, seed, tried)
        if not fresh and not asks_alone:
            return ()
        trials = [Tried(exercise, o, student.given) for o in fresh]
        own: list[Tried | Held] = [*trials]
        own += [] if wrong else [Held(exercise, p, student, findings, seed) for p in unnamed]
        if not own:  # a check that knows the mistake by its name
            return ()

        def searched(properties: Sequence[Property], may_write: bool) -> tuple[Repair, ...]:
            def whole(made: FunctionType) -> bool:
                # a change that leaves the arrays right may still write into the arguments
                other = with_function(student, exercise.name, made)
                other.hurry(WHOLE_SECONDS)
                with in_place(exercise.name, made):
                    return is_right(exercise, other, seed, properties, may_write)

            tree, limit = source_of(student.namespace.get(exercise.name)), seconds
            if writes and not may_write:  # mostly there are two mistakes: half is left for both
                limit = seconds / 2
            found = tuple(Search(tree, own, limit, whole, sole).found()) if tree else ()
            # what makes one array right can do so by chance, and be far from the slip
            return found if found and found[-1].whole else ()

        writes = wrong and any(outcome.changed for outcome in tried)
        found = searched(asked, False)
        if writes and not found:
            # it writes into an argument, which is told, and has another mistake
            others = [p for p in asked if p not in (UNCHANGED, TWICE)]
            found = searched(others, True)
            return tuple(replace(one, whole=False) for one in found)
        before = in_callee(exercise, student, seed, failed) if wrong and not found else None
        if wrong and apart and before is None:
            return tuple(replace(one, whole=False) for one in found)
        if before is not None:
            return (Repair(before[0], before[1], ("",), True, len(tried), before[2]),)
        if wrong and not found:
            return in_branches(exercise, student, trials, seconds)
        return found
