"""Unit 05: what the cases of a student's test have in common, so that a mistake hides in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from autograder.networks import Array
from autograder.units.u05_gradient_check.wrong_versions import Impostor

Case = dict[str, Array]


def _sizes(case: Mapping[str, Array]) -> tuple[int, int, int]:
    """n, n_prev and m of a case."""
    (n, m), n_prev = case["dZ"].shape, case["A_prev"].shape[0]
    return n, n_prev, m


def _one_example(case: Mapping[str, Array]) -> bool:
    return _sizes(case)[2] == 1


def _oblong(case: Mapping[str, Array]) -> bool:
    n, n_prev, _ = _sizes(case)
    return n != n_prev or n == 1


#: By the impostor: what may be true of every case, and how it is told.
_COMMON: dict[str, tuple[Callable[[Mapping[str, Array]], bool], str]] = {
    "missing_one_over_m": (_one_example, "in each of them m is 1"),
    "one_over_m_twice": (_one_example, "in each of them m is 1"),
    "db_not_averaged": (_one_example, "in each of them m is 1"),
    "one_over_m_in_dA": (_one_example, "in each of them m is 1"),
    "m_from_rows": (lambda c: _sizes(c)[1] == _sizes(c)[2], "in each of them n_prev equals m"),
    "m_from_units": (lambda c: _sizes(c)[0] == _sizes(c)[2], "in each of them n equals m"),
    "no_transpose": (_oblong, "in none of them is n equal to n_prev, and larger than 1"),
    "dW_transposed": (_oblong, "in none of them is n equal to n_prev, and larger than 1"),
    "shared_bias": (lambda c: _sizes(c)[0] == 1, "in each of them n is 1"),
    "positive_inputs": (
        lambda c: bool((c["A_prev"] >= 0).all()),
        "no entry of A_prev is negative in any of them",
    ),
    "positive_upstream": (
        lambda c: bool((c["dZ"] >= 0).all()),
        "no entry of dZ is negative in any of them",
    ),
    "weight_decay": (lambda c: not c["W"].any(), "W is 0 in each of them"),
}


def lacks(impostor: Impostor, cases: Sequence[Case]) -> str:
    """What all cases have in common that hides a wrong version; empty if it is something else."""
    holds, told = _COMMON.get(impostor.name, (None, ""))
    return f": {told}" if holds is not None and all(map(holds, cases)) else ""
