"""The grader under mutation: which slips does it stop, which does it name, what does it refuse?

    python tests/mutation/measure.py --seeds 200 --families lstm rnn --write docs/mutation.md

runs every variant of these families of the bank on all seeds, keeps what was found in
measured.json and writes the table of all that was measured; without ``--write`` it prints.
``--wrong-seeds 50`` takes fewer seeds for the slips and the pairs.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import bank
import numpy as np
from helpers.briefly import evaluate_briefly
from table import record, report
from tqdm import tqdm

from autograder.engine.student import Student
from autograder.units import EXERCISES, Exercise

#: Family of the bank to the unit whose checks judge it.
UNITS = {
    "expressions": "01",
    "rows": "03",
    "hidden": "03b",
    "columns": "04",
    "optimisers": "06b",
    "rnn": "07",
    "rnn_rows": "07b",
    "regularised": "06a",
    "lstm": "09",
    "normalised": "11",
    "attention": "12",
    "convolution": "13",
    "characters": "10b",
}
#: What was measured, by family.
KEPT = Path(__file__).with_name("measured.json")
#: Between these two lines of a page stands what is measured.
BEGIN, END = "<!-- measured -->", "<!-- end of what is measured -->"


@dataclass(frozen=True)
class Found:
    """What the grader said of one variant on some seeds."""

    kind: str
    family: str
    name: str
    missed: tuple[int, ...] = ()
    unnamed: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        return UNITS[self.family]


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
    # a slip that draws anew may by chance draw what another one gives
    np.random.seed(seed)  # noqa: NPY002
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a wrong function may divide by zero
        return evaluate_briefly(exercise, Student(variant.namespace()), seed, visible=False)


def _named(one: Any, names: set[str]) -> bool:
    return one.expected is None or bool(names & {one.expected, *one.also})


def _job(job: tuple[str, str, int, Sequence[int]]) -> Found:
    kind, family, index, seeds = job
    if kind == "right":
        return judge_right(bank.rights(family)[index], seeds)
    if kind == "pair":
        return judge_wrong(bank.pairs(family)[index], seeds, "pair")
    return judge_wrong(bank.mutants(family)[index], seeds)


def jobs(
    families: Iterable[str], right: Sequence[int], wrong: Sequence[int]
) -> Iterator[tuple[str, str, int, Any]]:
    """One job a variant of the bank."""
    for family in families:
        for index in range(len(bank.rights(family))):
            yield "right", family, index, right
        for index in range(len(bank.mutants(family))):
            yield "mutant", family, index, wrong
        for index in range(len(bank.pairs(family))):
            yield "pair", family, index, wrong


def faults(found: Iterable[Found]) -> list[str]:
    """What is not as it should be, one line each."""
    equivalent = {(m.family, m.name) for f in UNITS for m in bank.equivalents(f)}
    lines = []
    for one in found:
        if (one.family, one.name) not in equivalent:
            what = f"{one.family} {one.kind} {one.name} on seeds"
            lines += [f"not stopped: {what} {one.missed[:9]}"] * bool(one.missed)
            lines += [f"not named: {what} {one.unnamed[:9]}"] * bool(one.unnamed)
        lines += [f"refused: {one.family} {one.name}: {line}" for line in one.refused[:3]]
    return lines


def _write(page: Path, kept: dict[str, Any]) -> None:
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{report(kept)}\n{END}{rest.partition(END)[2]}", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--wrong-seeds", type=int)
    parser.add_argument("--families", nargs="*", default=list(UNITS))
    parser.add_argument("--processes", type=int)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    right, wrong = arguments.seeds, arguments.wrong_seeds or arguments.seeds
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    lines = []
    with ProcessPoolExecutor(arguments.processes) as pool:
        for family in arguments.families:
            todo = list(jobs([family], range(right), range(wrong)))
            found = list(tqdm(pool.map(_job, todo), family, len(todo), unit="variant"))
            lines += faults(found)
            kept[family] = record(found, right, wrong)
            if arguments.write:
                _write(arguments.write, kept)
    print("\n".join(lines), report(kept), sep="\n")
    return bool(lines)


if __name__ == "__main__":
    raise SystemExit(main())
