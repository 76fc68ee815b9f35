"""The parts of the website that need no build; `make site` and `make site-check` do the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.atlas.words import plain, sightings
from autograder.engine.report.addresses import slug
from autograder.mistakes.catalogue.headings import HEADINGS
from autograder.site.atlas.bank import Bank, squeezed
from autograder.site.formulas import mathml
from autograder.site.links import faults
from autograder.units import CATALOGUE

ROOT = Path(__file__).resolve().parents[1]
GOOD = '<h1 id="top">x</h1><a href="b.html#there">b</a><a href="#top">up</a>'
OTHER = '<p id="there">x</p><a href="https://example.org/">out</a>'
BROKEN = {
    '<a href="c.html">c</a>': "links to c.html, which is not there",
    '<a href="b.html#nowhere">b</a>': "links to b.html#nowhere, which has no such place",
    '<a href="../secret.html">s</a>': "links to ../secret.html, which is not there",
    '<img src="picture.png" alt="">': "links to picture.png, which is not there",
    '<script src="https://example.org/x.js"></script>': "from a host",
    '<link rel="stylesheet" href="//example.org/x.css">': "from a host",
    "<style>@import 'https://example.org/x.css';</style>": "from a host",
    '<p id="two"></p><p id="two"></p>': "has the anchor 'two' more than once",
}


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("")
    (folder / "b.html").write_text(OTHER)
    return folder


def test_a_site_whose_links_hold_has_no_faults(site):
    (site / "a.html").write_text(GOOD)
    assert list(faults(site)) == []


@pytest.mark.parametrize(("html", "told"), BROKEN.items())
def test_a_link_that_leads_nowhere_is_told(site, html, told):
    (site / "a.html").write_text(GOOD + html)
    (found,) = faults(site)
    assert found.startswith("a.html ")
    assert told in found


def test_a_style_sheet_loads_nothing_from_a_host(site):
    (site / "x.css").write_text("p { background: url(https://example.org/x.png) }")
    assert list(faults(site)) == ["x.css loads https://example.org/x.png, from a host"]


def test_a_formula_becomes_mathml_or_is_refused():
    made = mathml(r"\frac{\partial J}{\partial W_\text{keep\_prob}}")
    assert "<mfrac>" in made
    assert "keep_prob" in made
    with pytest.raises(ValueError, match="nosuchcommand"):
        mathml(r"\nosuchcommand x")


def test_an_anchor_is_the_one_that_github_makes():
    assert slug("10. The bias: (5, 1) against (5, 5)") == "10-the-bias-5-1-against-5-5"
    assert slug("3. When a Jacobian is diagonal, the product is `*`").endswith("the-product-is-")
    for headings in HEADINGS.values():
        assert len({slug(heading) for heading in headings}) == len(headings)


def test_signs_of_formulas_are_no_marks_of_markdown():
    assert plain("a * b_c [0] $x$ <b>") == r"a \* b\_c \[0\] \$x\$ \<b\>"


@pytest.fixture(scope="module")
def bank():
    return Bank(ROOT)


def named(bank, family, name):
    return next(slip for slip in bank.slips(family) if slip.name == name)


def test_of_a_slip_only_the_lines_that_differ_are_shown(bank):
    slip = named(bank, "rnn", "rnn_cell_backward/dba_over_axis_0")
    assert bank.changed_lines(slip, set()) == "dba = np.sum(dz, axis=0, keepdims=True)"


def test_a_slip_that_shows_a_line_of_a_solution_is_not_shown(bank):
    slip = named(bank, "rnn", "rnn_cell_backward/dba_over_axis_0")
    secret = {squeezed("    dba = np.sum(dz,  axis=0, keepdims=True)")}
    assert bank.changed_lines(slip, secret) == ""


def test_every_sighting_belongs_to_an_entry():
    assert sightings().keys() <= set(CATALOGUE)
    for sighted in sightings().values():
        assert sighted.keys() <= {"found", "hides"}
        assert sighted.get("hides", ".").endswith(".")
