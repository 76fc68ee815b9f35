"""A new network needs no picture code: places come from the wires and the numbers of the nodes."""

from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from autograder.engine.picture import Mark
from autograder.networks.facts import Facts
from tests.helpers import networks_without_code as networks
from tests.helpers.geometry import VERMILLION, boxes, names, overlap, passed_through
from tests.helpers.pictures import PROBLEMS, drawn, drawn_on

#: Networks and some wires of each that are edited.
NEW = {
    "lstm 1": (networks.lstm_graph(1), "Wi->it1 c0->c1 ot1->a1"),
    "lstm 3": (networks.lstm_graph(3), "c1->c2 c2->c3 ot2->a2"),
    "lstm 2": (networks.lstm_graph(2), "Wf->ft1 bf->ft1 Wf->ft2 bf->ft2 x->it2 a1->ot2"),
    "lstm 7": (networks.lstm_graph(7), "c6->c7 a7->L7"),
    "branches": (networks.branches_graph(3), "S1->Q2 V2->Q2 S1->S3"),
    "residual": (networks.residual_graph(3), "A1->A2 Z2->R2 W3->Z3"),
    "gated": (networks.gated_graph(3), "h1->h2 V->yhat1 Wr->r2"),
    "both ways": (networks.both_ways_graph(3), "f1->zf2 b3->zb2 y2->L2"),
    "last loss": (networks.last_loss_graph(4), "W->e1 h1->e2"),
    "unnumbered": (networks.unnumbered_graph(), "x->s V->p"),
    "penalty": (networks.penalty_graph(4), "A1->Z4 W1->R"),
}


def _picture(name):
    graph, wires = NEW[name]
    marks = [Mark(w, "cut") if n else Mark(w, "factor", "× 2") for n, w in enumerate(wires.split())]
    return drawn(graph, marks, name).svg


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_family_decides_nothing_about_a_picture(name):
    graph = PROBLEMS[name].graph
    plain = Facts(family="of its own", scopes={}, written=graph.facts.written)
    for title, _, found, (svg, _) in drawn_on(name)[::5]:
        assert drawn(replace(graph, facts=plain), found, title).svg == svg, title


@pytest.mark.parametrize("name", NEW)
def test_nothing_overlaps_in_a_new_network(name):
    shapes, labels = boxes(_picture(name))
    for one, other in combinations(shapes + labels, 2):
        assert not overlap(one, other), (one, other)


@pytest.mark.parametrize("name", NEW)
def test_no_wire_of_a_new_network_goes_through_a_node(name):
    assert passed_through(_picture(name)) == []


@pytest.mark.parametrize(
    "name", sorted(set(PROBLEMS) - {"rnn 7"})
)  # fifteen wires over seven steps
def test_no_wire_of_a_known_network_goes_through_a_node(name):
    for title, _, _, (svg, _) in drawn_on(name):
        assert passed_through(svg) == [], title


@pytest.mark.parametrize("name", NEW)
def test_every_edited_wire_of_a_new_network_is_drawn(name):
    groups = ElementTree.fromstring(_picture(name)).iter("{http://www.w3.org/2000/svg}g")
    assert sum(g.get("stroke") == VERMILLION for g in groups) == len(NEW[name][1].split())


def test_each_state_of_an_lstm_has_a_row_and_the_gates_stand_between():
    at = names(_picture("lstm 3"))
    rows = {kind: {at[f"{kind}{t}"][1] for t in range(4)} for kind in "ac"}
    assert all(len(row) == 1 for row in rows.values())
    (a,), (c,) = rows["a"], rows["c"]
    for t in (1, 2, 3):
        for gate in ("ft", "it", "cct", "ot"):
            x, y = at[f"{gate}{t}"]
            assert c < y <= a, gate
            assert at[f"a{t - 1}"][0] < x < at[f"a{t}"][0], gate
        assert at[f"L{t}"][1] < c
    assert at["J"][1] < at["L1"][1]


def test_a_single_step_is_drawn_as_one_of_several_with_edited_weights_only():
    at = names(_picture("lstm 1"))
    assert at["c0"][1] == at["c1"][1] < at["ft1"][1] < at["a0"][1] == at["a1"][1]
    assert "Wi" in at
    assert not {"Wf", "bf", "bi", "Wo"} & set(at)


def test_time_runs_to_the_right_and_losses_stand_above_their_step():
    for name in ("gated", "both ways", "lstm 3"):
        at = names(_picture(name))
        xs = [at[f"L{t}"][0] for t in (1, 2, 3)]
        assert all(one < other for one, other in pairwise(xs)), name
        assert at["J"][1] < min(at[f"L{t}"][1] for t in (1, 2, 3)), name


def test_steps_in_the_middle_of_a_long_lstm_are_left_out():
    at = names(_picture("lstm 7"))
    assert {"…", "a1", "a2", "c6", "a7"} <= set(at)
    assert not {"a4", "c4", "ft5", "L4"} & set(at)


def test_an_output_after_the_last_step_goes_on_in_the_row():
    at = names(_picture("last loss"))
    assert at["h4"][1] == at["zy4"][1] == at["L4"][1] == at["J"][1]
    assert at["h4"][0] < at["zy4"][0] < at["L4"][0] < at["J"][0]
