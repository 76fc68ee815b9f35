"""Unit 11: the running averages that train mode keeps and test mode uses."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import Misshapen, Property, Wanting, take
from autograder.engine.formulas import Formula, known_formula
from autograder.engine.student import Cache, Parameters, Student
from autograder.networks import Array
from autograder.units.u11_normalisation.instances import Instance, instance

Averages = tuple[Array, Array]
_NAMES = ("running_mean", "running_var")


def _kept(student: Student, drawn: Instance, batches: tuple[Array, ...], **more: Any) -> Averages:
    """What stands in bn_param after these batches have gone through."""
    bn_param = {"mode": "train", "eps": drawn.eps, **more}
    given = (Cache(batches), drawn.gamma, drawn.beta, Parameters(bn_param))
    replied = student.observe("averages_after", *given, count=("batchnorm_forward",))
    found = replied.value
    if replied.counts.get("batchnorm_forward", len(batches)) != len(batches):
        raise Misshapen("averages_after is not as the assignment gives it: was it overwritten?")
    if not isinstance(found, (tuple, list)) or len(found) != 2:
        raise Misshapen("averages_after, which the assignment gives, does not return two arrays")
    for name, array in zip(_NAMES, found, strict=True):
        if array is None:
            told = f'there is no "{name}" in bn_param after a call in train mode'
            if "running_mean" in more:
                raise Wanting(told, "norm-not-kept")
            if "momentum" in more:
                raise Wanting(f"{told} in which bn_param held none", "norm-begin")
            raise Wanting(f"{told} in which bn_param held neither averages nor momentum")
    mean, var = (np.squeeze(np.asarray(array, dtype=float)) for array in found)
    return mean.reshape(-1), var.reshape(-1)


def _given(drawn: Instance) -> dict[str, Any]:
    averages = {"running_mean": drawn.running_mean, "running_var": drawn.running_var}
    return {"momentum": drawn.momentum, **averages}


def _known(
    drawn: Instance, before: Averages, batches: tuple[Array, ...], given: Container[str]
) -> Iterator[tuple[str, str, Averages]]:
    """What the usual slips leave in bn_param, with their ids and words."""
    m = drawn.momentum

    def after(old: float, new: float, ddof: int = 0) -> Averages:
        mean, var = before
        for x in batches:
            mean = old * mean + new * x.mean(axis=0)
            var = old * var + new * x.var(axis=0, ddof=ddof)
        return mean, var

    mean, var = after(m, 1 - m)
    if "running_mean" in given:
        yield "norm-not-kept", "they are what they were before the call", before
        yield "norm-not-kept", "they are those of the last batch alone", after(0.0, 1.0)
    else:
        yield "norm-not-kept", "they are the zeros that they begin with", before
    if "running_mean" not in given and "momentum" in given:
        yield "norm-begin", "they begin with those of the batch itself", after(0.0, 1.0)
        yield "norm-begin", "running_var begins with ones", (mean, var + m)
        yield "norm-begin", "both begin with ones", (mean + m, var + m)
    yield "norm-momentum-swapped", "the old average counts 1 - momentum", after(1 - m, m)
    yield "norm-ddof", "running_var is made of variances divided by N - 1", after(m, 1 - m, 1)
    held = drawn.eps * (1 - m ** len(batches))
    yield "norm-eps-place", "eps is in running_var", (mean, var + held)


def _formulas(drawn: Instance, before: Averages, x: Array) -> tuple[Formula, ...]:
    """What one batch makes of each of the averages."""
    held = {"running_mean": before[0], "running_var": before[1], "x": x, "momentum": drawn.momentum}
    held["eps"] = drawn.eps
    # what is written first may be read by the line after it
    held["new_running_mean"] = drawn.momentum * before[0] + (1 - drawn.momentum) * x.mean(axis=0)
    spelt = {"new_running_mean": "the new running_mean"}
    return tuple(
        Formula(f"momentum * {name} + (1 - momentum) * np.{of}(x, axis=0)", held, spelt)
        for name, of in zip(_NAMES, ("mean", "var"), strict=True)
    )


def keeps_averages(student: Student, rng: np.random.Generator) -> None:
    """writes running_mean and running_var of momentum * old + (1 - momentum) * new into bn_param.

    First on one batch, with averages given; then on two in a row; then without averages, which
    start at zero; then with nothing given, where momentum is 0.9.
    """
    drawn = instance(rng, 7, 4, 0.4)
    first, second = drawn.x, 0.5 * drawn.x[::-1] ** 2 - 1
    zero = np.zeros(4), np.zeros(4)
    given = (drawn.running_mean, drawn.running_var)
    runs: tuple[tuple[str, Averages, tuple[Array, ...], dict[str, Any]], ...] = (
        ("after one batch", given, (first,), _given(drawn)),
        ("after two batches", given, (first, second), _given(drawn)),
        (
            "after one batch, with no averages in bn_param",
            zero,
            (first,),
            {"momentum": drawn.momentum},
        ),
        ("after one batch, with no averages and no momentum in bn_param", zero, (first,), {}),
    )
    for when, before, batches, more in runs:
        found = _kept(student, drawn, batches, **more)
        drawn = replace(drawn, momentum=more.get("momentum", 0.9))
        m, (mean, var) = drawn.momentum, before
        for x in batches:
            mean, var = m * mean + (1 - m) * x.mean(axis=0), m * var + (1 - m) * x.var(axis=0)
        right = (mean, var)
        wrong = [n for n, f, r in zip(_NAMES, found, right, strict=True) if not is_right(f, r)]
        if not wrong:
            continue
        for id, told, slip in _known(drawn, before, batches, more):
            if all(is_right(f, s) for f, s in zip(found, slip, strict=True)):
                be = "are" if len(wrong) > 1 else "is"
                comma = "," if "," in when else ""
                raise Wanting(f"{' and '.join(wrong)} {when}{comma} {be} not right: {told}", id)
        for name, f, old in zip(_NAMES, found, before, strict=True):
            if name in wrong and is_right(f, old):
                raise Wanting(f"{name} {when} is what it was before the call", "norm-not-kept")
        asked = _formulas(drawn, before, batches[0]) if before is given else ()
        for name, f, r, formula in zip(_NAMES, found, right, asked, strict=False):
            if not is_right(f, r) and len(batches) == 1 and (one := known_formula([(formula, f)])):
                raise Wanting(f"{name} {when} is {one}")
        for name, f, r in zip(_NAMES, found, right, strict=True):
            if not is_right(f, r):
                told = f"{f[0]:.4g}" if f.shape == r.shape else f"of shape {f.shape}"
                raise Wanting(f"{name}[0] {when} is {told}, expected {r[0]:.4g}")


def uses_averages(student: Student, rng: np.random.Generator) -> None:
    """uses running_mean and running_var in test mode, and leaves them as they are."""
    drawn = instance(rng, 7, 4, 0.4)
    test = {"mode": "test", "eps": drawn.eps, **_given(drawn)}
    given = (drawn.x, drawn.gamma, drawn.beta, Parameters(test))
    out = take("out", "_cache")(student.call("batchnorm_forward", *given))["out"]
    if (flaw := form("in test mode out", out, drawn.x.shape)) is not None and flaw.wrong:
        raise Wanting(flaw.message)
    mean, var, eps = drawn.running_mean, drawn.running_var, drawn.eps

    def made(mean: Array, divisor: Array) -> Array:
        return np.asarray(drawn.gamma * (drawn.x - mean) / divisor + drawn.beta)

    own = drawn.x.mean(axis=0), drawn.x.var(axis=0)
    if not is_right(out, made(mean, np.sqrt(var + eps))):
        known = (
            (
                "norm-test-uses-batch",
                "out is normalised with the batch's own mean and variance",
                own,
            ),
            ("norm-test-uses-batch", "it has the batch's own mean, and running_var", (own[0], var)),
            (
                "norm-test-uses-batch",
                "it has running_mean, and the batch's own variance",
                (mean, own[1]),
            ),
            (
                "norm-test-uses-batch",
                "the variance is the mean of (x - running_mean)² over the batch",
                (mean, np.square(drawn.x - mean).mean(axis=0)),
            ),
        )
        for id, told, (mu, v) in known:
            if is_right(out, made(mu, np.sqrt(v + eps))):
                raise Wanting(f"in test mode {told}", id)
        for id, told, divisor in (
            ("norm-eps-place", "eps stands behind the root", np.sqrt(var) + eps),
            ("norm-eps-place", "eps is left out", np.sqrt(var)),
            ("norm-root-missing", "it is divided by running_var + eps, without a root", var + eps),
            ("norm-root-missing", "it is divided by running_var", var),
        ):
            if is_right(out, made(mean, divisor)):
                raise Wanting(f"in test mode {told}", id)
        if is_right(out, (drawn.x - mean) / np.sqrt(var + eps)):
            raise Wanting("in test mode gamma and beta are left out", "norm-gamma-left-out")
        held = {"x": drawn.x, "running_mean": mean, "running_var": var, "eps": eps}
        held |= {"gamma": drawn.gamma, "beta": drawn.beta, "momentum": drawn.momentum}
        held |= {"mu": own[0], "var": own[1]}
        formula = Formula("gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta", held)
        if one := known_formula([(formula, out)]):
            raise Wanting(f"in test mode out is {one}")
        if told := _unused(student, drawn, test, out):
            raise Wanting(f"in test mode {told}")
        raise Wanting(
            "in test mode out is not gamma * (x - running_mean) / sqrt(running_var + eps) + beta"
        )
    left = _kept(student, drawn, (drawn.x,), **{**_given(drawn), "mode": "test"})
    if not all(is_right(f, r) for f, r in zip(left, (mean, var), strict=True)):
        raise Wanting("running_mean or running_var is another one after a call in test mode")


def _unused(student: Student, drawn: Instance, test: Mapping[str, Any], out: Array) -> str:
    """What out does not depend on though it should, or depends on though it should not."""

    def again(x: Array = drawn.x, **changed: Array) -> Array:
        given = (x, drawn.gamma, drawn.beta, Parameters({**test, **changed}))
        return np.asarray(take("out", "_cache")(student.call("batchnorm_forward", *given))["out"])

    for name in _NAMES:
        if np.array_equal(again(**{name: 2 * test[name] + 1}), out):
            return f"out is the same whatever {name} is"
    # so far that it is the largest, whatever is made of the others
    other = again(np.vstack([drawn.x[:-1], drawn.x[-1:] + 100]))
    if not np.allclose(other[:-1], out[:-1]):
        return "the other rows of out change too when one row of x does: it is made of the batch"
    return ""


AVERAGES = Property("keeps_running_averages", holds=keeps_averages, alone=False)
TEST_MODE = Property("test_mode_uses_the_running_averages", holds=uses_averages)
