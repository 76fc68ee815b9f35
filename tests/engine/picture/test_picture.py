"""The picture of a diagnosis: every edit is marked in it, and nothing overlaps."""

from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.helpers.geometry import SVG, VERMILLION, boxes, overlap
from tests.helpers.pictures import PROBLEMS, drawn_on, show


def _target(wire):
    return wire.partition("->")[2].partition("[")[0]


def _matters(problem, edits):
    """Does some gradient change? Asked of the oracle, which knows nothing of pictures."""
    right, moved = problem.truth(), problem.truth(edits)
    return any(not np.allclose(moved[n], right[n], rtol=1e-9, atol=0) for n in right)


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_edit_is_marked(name):
    problem = PROBLEMS[name]
    wires = problem.graph.wires()
    for title, edits, found, _ in drawn_on(name):
        at = {mark.at for mark in found}
        for edited, edit in edits.items():
            around = (
                {edited} if "->" in edited else {edited, *(w for w in at if _target(w) == edited)}
            )
            feeds = {w.partition("->")[0] for w in wires if _target(w) == edited}
            around |= {w for w in at if "->" not in edited and _target(w) in feeds}
            if not at & around and edited != "J":  # at J a signal is set that a cut wire lacks
                assert not _matters(problem, {edited: edit}), f"{title}: {edited} is not marked"


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_mark_is_drawn_in_vermillion(name):
    for title, _, found, (svg, _) in drawn_on(name):
        wires = svg.count(f'<g stroke="{VERMILLION}"')
        nodes = svg.count(f'stroke="{VERMILLION}" stroke-width="2.4"/>')
        assert wires == sum("->" in mark.at for mark in found), title
        assert nodes == sum("->" not in mark.at for mark in found), title


@pytest.mark.parametrize("name", PROBLEMS)
def test_nothing_overlaps_and_nothing_sticks_out(name):
    for title, _, _, (svg, _) in drawn_on(name):
        shapes, labels = boxes(svg)
        for label, other in combinations(labels, 2):
            assert not overlap(label, other), title
        for shape in shapes:
            assert not any(overlap(label, shape) for label in labels), title
        for one, other in combinations(shapes, 2):
            assert not overlap(one, other), title
        left, top, width, height = map(float, ElementTree.fromstring(svg).get("viewBox").split())
        for box in shapes + labels:
            assert left <= box[0] < box[2] <= left + width, title
            assert top <= box[1] < box[3] <= top + height, title


@pytest.mark.parametrize("name", sorted(set(PROBLEMS) - {"mlp 6", "rnn 7"}))
def test_pictures_are_small_and_every_label_finds_room(name):
    for title, _, found, (svg, _) in drawn_on(name):
        assert float(ElementTree.fromstring(svg).get("width")) <= 560, title
        for label in {mark.label for mark in found} - {""}:
            short = {label, label.removeprefix("slope "), label.partition(", not ")[0]}
            assert any(
                f">{text}</text>" in svg.replace("&gt;", ">").replace("&lt;", "<") for text in short
            ), (title, label)


@pytest.mark.parametrize("name", PROBLEMS)
def test_pictures_carry_their_words_and_nothing_that_points_elsewhere(name):
    for title, _, _, (svg, told) in drawn_on(name):
        root = ElementTree.fromstring(svg)
        assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
        assert root.find(f"{SVG}title").text == title
        assert root.find(f"{SVG}desc").text == told
        assert told.startswith("In vermillion: ")
        assert told.endswith(".")
        assert not any(word in svg for word in ("script", "href", "url(", "<style", " id="))
        assert "#000" not in svg
        assert "#fff" not in svg


def test_the_same_diagnosis_gives_the_same_picture():
    for name, id in (("rnn 4", "bptt-missing-da-prevt"), ("mlp 4", "missing-one-over-m")):
        assert show(name, id) == show(name, id)


@pytest.mark.parametrize(
    ("name", "id", "words"),
    [
        ("upstream 4", "bptt-double-count", "counted again"),
        ("upstream 4", "bptt-forward-direction", "in the wrong direction"),
        ("upstream 4", "immediate-vs-total-derivative", "for the weights and biases"),
        ("chunks", "hidden-state-carry", "border between chunks"),
    ],
)
def test_mistakes_that_sit_between_the_steps_are_shown_there(name, id, words):
    told = show(name, id).caption
    assert words in told
    assert "a1 \u2192 z2" in told or "a2 \u2192 z3" in told
