"""The grader under mutation: which slips does it stop, which does it name, what does it refuse?

    python tests/mutation/measure.py --seeds 200 --write docs/mutation.md

runs every variant of the bank on all seeds and writes the table; without ``--write`` it prints.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import bank
from bank.baseline import passes_public_style_test
from tqdm import tqdm

from autograder.checks import EXERCISES, Exercise
from autograder.checks.student import Student
from autograder.evaluate import evaluate

#: Family of the bank to the unit whose checks judge it.
UNITS = {"mlp": "04", "layers": "03", "rnn": "07", "values": "01"}
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Found:
    """What the grader said of one variant on some seeds."""

    kind: str
    family: str
    name: str
    missed: tuple[int, ...] = ()
    unnamed: tuple[int, ...] = ()
    refused: tuple[str, ...] = field(default=())


def exercises(family: str, functions: Iterable[str] = ()) -> Iterator[Exercise]:
    """The exercises of a family's unit: those of the functions first, then what builds on them."""
    unit = [
        exercise
        for exercise in EXERCISES.values()
        if exercise.unit == UNITS[family] and not exercise.name.startswith("answers")
    ]
    first = set(functions)
    yield from (exercise for exercise in unit if exercise.name in first)
    yield from (exercise for exercise in unit if exercise.name not in first)


def judge_wrong(variant: Any, seeds: Sequence[int], kind: str = "mutant") -> Found:
    """Is the variant stopped, and is its misconception named, on every seed?"""
    pair = kind == "pair"
    expected = [variant.first, variant.second] if pair else [variant]
    missed, unnamed = [], []
    for seed in seeds:
        stopped, names = False, set[str]()
        for exercise in exercises(
            variant.first.family if pair else variant.family, [one.function for one in expected]
        ):
            report = _report(exercise, variant, seed)
            stopped = stopped or any(v.status != "passed" for v in report.verdicts)
            names |= {words.id for words in report.diagnosis}
            if stopped and all(_named(one, names) for one in expected):
                break
        if not stopped:
            missed.append(seed)
        if not all(_named(one, names) for one in expected):
            unnamed.append(seed)
    family = variant.first.family if pair else variant.family
    return Found(kind, family, variant.name, tuple(missed), tuple(unnamed))


def judge_right(variant: Any, seeds: Sequence[int]) -> Found:
    """Does a right implementation pass every check on every seed?"""
    refused = []
    for seed in seeds:
        for exercise in exercises(variant.family):
            report = _report(exercise, variant, seed)
            refused += [
                f"seed {seed}: {v.check}: {v.detail}" for v in report.verdicts if not v.earned
            ]
    return Found("right", variant.family, variant.name, refused=tuple(refused))


def _report(exercise: Exercise, variant: Any, seed: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a wrong function may divide by zero
        return evaluate(exercise, Student(variant.namespace()), seed, visible=False)


def _named(one: Any, names: set[str]) -> bool:
    return one.expected is None or bool(names & {one.expected, *one.also})


def _job(job: tuple[str, str, int, Sequence[int]]) -> Found:
    kind, family, index, seeds = job
    if kind == "right":
        return judge_right(bank.rights(family)[index], seeds)
    if kind == "pair":
        return judge_wrong(bank.pairs(family)[index], seeds, "pair")
    return judge_wrong(bank.mutants(family)[index], seeds)


def jobs(families: Iterable[str], seeds: Sequence[int]) -> Iterator[tuple[str, str, int, Any]]:
    """One job a variant of the bank."""
    for family in families:
        for index in range(len(bank.mutants(family))):
            yield "mutant", family, index, seeds
        for index in range(len(bank.pairs(family))):
            yield "pair", family, index, seeds
        for index in range(len(bank.rights(family))):
            yield "right", family, index, seeds


def table(found: Sequence[Found], seeds: int) -> str:
    """The table in Markdown."""
    lines = [
        "| unit | slips | equivalent | stopped | with an id | named | pairs stopped | pairs named "
        "| right ones | refused | slips that a public-style test passes |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for family, unit in UNITS.items():
        here = {f.name: f for f in found if f.family == family and f.kind == "mutant"}
        if not here:
            continue
        slips = [m for m in bank.mutants(family) if m.equivalent is None]
        known = [m for m in slips if m.expected is not None]
        pairs = [f for f in found if f.family == family and f.kind == "pair"]
        rights = [f for f in found if f.family == family and f.kind == "right"]
        public = sum(passes_public_style_test(m.namespace(), family) for m in slips)
        cells = [
            f"{unit} ({family})",
            len(slips),
            len(here) - len(slips),
            sum(not here[m.name].missed for m in slips),
            len(known),
            sum(not here[m.name].unnamed for m in known),
            f"{sum(not f.missed for f in pairs)} of {len(pairs)}",
            f"{sum(not f.unnamed for f in pairs)} of {len(pairs)}",
            len(rights),
            sum(bool(f.refused) for f in rights),
            public,
        ]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines) + f"\n\nEvery variant on {seeds} seeds.\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--families", nargs="*", default=list(UNITS))
    parser.add_argument("--processes", type=int)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    seeds = range(arguments.seeds)
    todo = list(jobs(arguments.families, seeds))
    with ProcessPoolExecutor(arguments.processes) as pool:
        found = list(tqdm(pool.map(_job, todo), total=len(todo), unit="variant"))
    for one in found:
        equivalent = one.kind == "mutant" and any(
            m.name == one.name and m.equivalent for m in bank.mutants(one.family)
        )
        if one.missed and not equivalent:
            print(f"not stopped: {one.family} {one.name} on seeds {one.missed[:9]}")
        if one.unnamed and not equivalent:
            print(f"not named: {one.family} {one.kind} {one.name} on seeds {one.unnamed[:9]}")
        for line in one.refused[:3]:
            print(f"refused: {one.family} {one.name}: {line}")
    text = table(found, arguments.seeds)
    print(text)
    if arguments.write:
        before, _, _ = arguments.write.read_text("utf-8").partition("| unit |")
        arguments.write.write_text(before + text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
