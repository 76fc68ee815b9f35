"""The bank tests itself, with central differences of its own and without the grader."""

import pytest

from . import FAMILIES, IDS, equivalents, mutants, pairs, probe, reference, rights
from .baseline import passes_public_style_test
from .probe import gap
from .registry import MUTANTS, REFERENCES

VISIBLE, ROUNDING = 1e-4, 1e-6


def worst(variant, family):
    """Return the largest deviation from the truth over all instances, and where it is."""
    look = probe(family)
    ns = variant.namespace()
    seen = (gap(look.observe(ns, i), look.truth(i)) for i in range(len(look.instances())))
    return max(seen)


def every(of):
    listed = [(family, one) for family in FAMILIES for one in of(family)]
    return pytest.mark.parametrize(
        ("family", "variant"), listed, ids=[f"{family}:{one.name}" for family, one in listed]
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_the_reference_is_right(family):
    look, ns = probe(family), reference(family)
    for i in range(len(look.instances())):
        far, where = gap(look.observe(ns, i), look.truth(i))
        assert far < ROUNDING, where


@every(rights)
def test_a_right_implementation_is_right(family, variant):
    far, where = worst(variant, family)
    assert far < ROUNDING, where


@every(lambda family: [one for one in mutants(family) if one.equivalent is None])
def test_a_slip_can_be_seen(family, variant):
    far, _ = worst(variant, family)
    assert far > VISIBLE


@every(equivalents)
def test_an_equivalent_slip_cannot_be_seen(family, variant):
    assert variant.equivalent
    far, where = worst(variant, family)
    assert far < ROUNDING, where


@every(pairs)
def test_a_pair_differs_from_each_of_its_slips(family, variant):
    look = probe(family)
    for one in (variant.first, variant.second):
        gaps = [
            gap(look.observe(variant.namespace(), i), look.observe(one.namespace(), i))[0]
            for i in range(len(look.instances()))
        ]
        assert max(gaps) > VISIBLE, one.name


@every(mutants)
def test_a_slip_names_its_misconception_or_says_why_not(family, variant):
    named = {variant.expected, *variant.also} - {None}
    assert named <= IDS
    assert named or variant.reason or variant.equivalent


def test_the_bank_is_large_enough():
    least = {"expressions": 10, "rows": 35, "hidden": 80, "columns": 55, "rnn": 45}
    least |= {"rnn_rows": 60, "lstm": 90, "optimisers": 100, "regularised": 100}
    least |= {"normalised": 120}
    least |= {"attention": 110}
    least |= {"convolution": 100}
    least |= {"characters": 65}
    assert all(len(mutants(family)) >= count for family, count in least.items())
    assert sum(len(mutants(family)) for family in FAMILIES) >= 150
    assert sum(len(rights(family)) for family in FAMILIES) >= 45
    assert sum(len(pairs(family)) for family in FAMILIES) >= 15


@every(mutants)
def test_every_notebook_has_functions_and_state_of_its_own(family, variant):
    one, two = variant.namespace(), variant.namespace()
    for name in REFERENCES[family]:
        assert one[name] is not two[name]
        assert getattr(one[name], "__globals__", one) is one
    for name in variant.state:
        assert one[name] is not two[name]


def test_the_baseline_lets_the_right_pass_and_refuses_a_plain_slip():
    for family in FAMILIES:
        assert passes_public_style_test(reference(family), family)
    plain = MUTANTS["columns:linear_backward/db_not_averaged"]
    assert not passes_public_style_test(plain.namespace(), "columns")
