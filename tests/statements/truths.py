"""Is what a report says true? Each kind of sentence has a witness here that runs it again.

None of these asks the statement's own predicate: they read the text as a student does, and look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from autograder.engine.compare import compare
from autograder.engine.confirm import confirmed, still_gives
from autograder.engine.exercise import Exercise, Misshapen, Trial
from autograder.engine.finding import attempt
from autograder.engine.findings import Findings
from autograder.engine.report.report import Report
from autograder.engine.report.symbols import foreign, symbols_of
from autograder.engine.student import NotWritten, Student
from autograder.observe import StudentError
from autograder.suite import VISIBLE_SEED
from autograder.units import CATALOGUE

#: What is no word of a unit's: there a node is a node, and no array of a layer.
STRANGE = {"01": re.compile(r"\b(layers?|units?|examples|dZ|A_prev|W|Z)\b")}
#: What no earlier lesson treats.
LATER = ("Who owns the memory of a cache", "Not differentiable at 0")
OTHER_SEEDS = (31, 32)


def lies(
    exercise: Exercise, report: Report, findings: Findings, student: Student, source: str
) -> Iterator[str]:
    """Yield what a report says that is not so."""
    yield from _words(exercise, report, findings, source)
    yield from _names(exercise, findings, student)
    for text in report.advice:
        yield from _advice(exercise, text, findings, student)
        yield from one_change(exercise, text, student, source)
    if report.certainty:
        if len(report.diagnosis) != 1:
            yield "sure of one name, and there are several"
        told = re.search(r"sizes are all equal|that did not raise", report.certainty)
        if "raised" in str(report.verdicts) and not told:
            yield "every array agrees, and it raised"


def _words(exercise: Exercise, report: Report, findings: Findings, source: str) -> Iterator[str]:
    lines = {_plain(line) for line in source.splitlines()}
    for words in report.diagnosis:
        strange = foreign(words.formula, symbols_of(exercise.name, findings.family))
        if strange:
            yield f"foreign {sorted(strange)} in {words.formula!r}"
        if words.formula and _plain(words.formula) in lines:
            yield f"the line is the student's own: {words.formula!r}"
        read = words.read[0][0] if words.read else ""
        if not read.endswith(LATER) and re.findall(r"\d\d[a-z]?", f"{read} 00")[0] > exercise.unit:
            yield f"reads in a later lesson first: {words.read[0][0]} ({words.id})"
        changed = any(outcome.changed for outcome in findings.outcomes)
        if not (words.formula or changed) and words.id in CATALOGUE:
            yield f"no line: {words.id}"
        rule = STRANGE.get(exercise.unit)
        told = f"{words.computed} {words.formula} {words.ask}"
        if rule and rule.search(told):
            yield f"not this unit's words: {rule.search(told)[0]!r} in {told}"
    ids = [words.id for words in report.diagnosis]
    if len(set(ids)) != len(ids):
        yield f"one name twice: {ids}"


def _plain(line: str) -> str:
    return re.sub(r"\s", "", line)


def _names(exercise: Exercise, findings: Findings, student: Student) -> Iterator[str]:
    for seed in OTHER_SEEDS:
        named, relative = findings.explanation, findings.relative
        searched = named is not None and not findings.extra
        if searched and not confirmed(exercise, student, seed, named):
            yield f"not confirmed on seed {seed}: {named.ids}"
        if relative is not None and not still_gives(exercise, student, seed, relative):
            yield f"not confirmed on seed {seed}: {relative.id}"


def _advice(exercise: Exercise, text: str, findings: Findings, student: Student) -> Iterator[str]:
    wrong_on = re.match(
        r"An experiment: (.+?) is wrong on an example with (.+?)\. (Take|Comp)", text
    )
    if wrong_on and _right_on(exercise, student, wrong_on[2], wrong_on[1]):
        yield f"{wrong_on[1]} is right on {wrong_on[2]}"
    deviates = re.search(
        r", (.+?) (?:is|are) the first that deviates?(?:; (.+?) (?:is|are) right)?", text
    )
    if deviates and deviates[2] and not deviates[2].startswith("what comes before"):
        for outcome in findings.outcomes:
            for name in re.split(", | and ", deviates[2]):
                if name in outcome.gaps and not _right_on(
                    exercise, student, outcome.trial.label, name
                ):
                    yield f"{name} is not right on {outcome.trial.label}"
    shape = re.search(r"So (\S+) has the shape of (\S+)\.", text)
    if shape:
        problems = [o.trial.problem for o in findings.outcomes if o.trial.problem is not None]
        claim = problems[0].claims[shape[1]]
        if np.ndim(problems[0].graph.value(claim.node)) == 0:
            yield f"{shape[2]} is a number"
    if "No known mistake" in text and (findings.explanation or findings.relative):
        yield "there is a known mistake"


def _right_on(exercise: Exercise, student: Student, label: str, name: str) -> bool:
    """Whether the function, called once more, gives this array right on that example."""
    for trial in exercise.trials(student, np.random.default_rng(VISIBLE_SEED)):
        if trial.label == label and not trial.diagnostic:
            return _right(exercise, student, trial, name)
    return False


def _right(exercise: Exercise, student: Student, trial: Trial, name: str) -> bool:
    try:
        found = (trial.unpack or exercise.unpack)(student.call(exercise.name, *trial.args))
    except (StudentError, NotWritten, Misshapen):
        return False
    gap = compare(name, found[name], trial.wanted()[name], trial.tolerance)
    return gap is None or not gap.wrong


def one_change(exercise: Exercise, text: str, student: Student, source: str) -> Iterator[str]:
    """Read "one change in line 4" as a student does: is that the line, and does one do it?"""
    told = re.match(r"One change in line (\d+)(?: of `\w+`)?, `(.+?)`, makes (.+?) right, ", text)
    if told is None:
        return
    lines, number = source.splitlines(), int(told[1])
    quoted = " ".join(lines[number - 1].split()).partition("  #")[0].replace("`", "'")
    if quoted[:60] != told[2][:60]:
        yield f"line {number} is {quoted}, not {told[2]}"
    name = re.search(r": another name in the place of `(\w+)`\. ", text)
    whole = told[3] == "everything" and name is not None
    if whole and not _done_by_a_name(exercise, student, lines, number, name[1]):
        yield f"no other name in the place of {name[1]} does it in line {number}"


def _done_by_a_name(
    exercise: Exercise, student: Student, lines: list[str], number: int, name: str
) -> bool:
    """Put every other word of the source there, in one place after the other."""
    line, words = lines[number - 1], sorted(set(re.findall(r"[A-Za-z_]\w*", "\n".join(lines))))
    for place in re.finditer(rf"\b{name}\b", line):
        for word in words:
            new = f"{line[: place.start()]}{word}{line[place.end() :]}"
            names = dict(student.namespace)
            try:
                exec("\n".join([*lines[: number - 1], new, *lines[number:]]), names)
            except Exception:
                continue
            tried = attempt(exercise, Student(names), VISIBLE_SEED)
            if tried.outcomes and not tried.blocked and not any(o.wrong for o in tried.outcomes):
                return True
    return False
