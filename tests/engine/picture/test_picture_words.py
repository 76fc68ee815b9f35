"""What a picture says: its sentence, its labels, what it leaves out, where it is shown."""

from xml.etree import ElementTree

import pytest

from autograder.engine.diagnosis import Explanation
from autograder.engine.diagnosis.hypothesis import Cause
from autograder.engine.evaluate import evaluate
from autograder.engine.picture import picture
from autograder.engine.report.html import html
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.geometry import SVG
from tests.helpers.pictures import PROBLEMS, cause_on, show

SENTENCES = {
    ("rnn 4", "bptt-missing-da-prevt"): "In vermillion: a1 → z2, a2 → z3 and a3 → z4 are cut (✗): "
    "values pass them, no gradient comes back.",
    ("mlp 2", "missing-activation-derivative"): "In vermillion: on the way back through Z1 → A1 "
    "and Z2 → A2 the factor is 1, not the slope g′.",
    ("layer", "missing-one-over-m", "in dW and db"): "In vermillion: what comes back through W → Z "
    "and b → Z is multiplied by m.",
    ("mlp 4", "missing-one-over-m", "everywhere"): "In vermillion: what comes back through J is "
    "multiplied by m.",
    ("affine", "db-forgotten"): "In vermillion: b → out is cut (✗): the value passes it, no "
    "gradient comes back. Faded: b, where no gradient arrives.",
    (
        "upstream 4",
        "bptt-overwrite-not-accumulate",
        "dWaa of the first step",
    ): "In vermillion: Waa → z2, Waa → z3 "
    "and Waa → z4 are cut (✗): values pass them, no gradient comes back. Faded: uses of Waa, where "
    "no gradient arrives.",
    ("cell", "waa-no-transpose"): "In vermillion: on the way back through a_prev → z the gradient "
    "meets Waa, not Waaᵀ.",
    ("rnn 4", "da0-not-returned", "the total derivative at a_1"): "In vermillion: a0 → z1 is cut "
    "(✗): the value passes it, no gradient comes back; dashed, a0 → a1, a way that the network "
    "does not have.",
}


@pytest.mark.parametrize("case", SENTENCES, ids=" ".join)
def test_the_sentence(case):
    assert show(*case).caption == SENTENCES[case]


@pytest.mark.parametrize(
    ("name", "id", "detail", "label"),
    [
        ("mlp 4", "one-over-m-per-layer", "in dA_prev", "× 1/m"),
        ("mlp square", "dw-uses-own-activation", None, "A1ᵀ, not A0ᵀ"),
        ("pointwise", "derivative-unsquared", None, "slope 1 − out"),
        ("affine", "one-over-m-twice", "in dw and db", "× 1/N"),
        ("rnn 4", "divide-by-T", "everywhere", "× 1/T"),
        ("mlp 2", "one-class-only", "the examples with y = 1", "× Y"),
        ("mlp square", "dw-transposed", None, "transposed"),
        ("mlp square", "matmul-not-elementwise", "", "@ for *"),
    ],
)
def test_a_label_names_what_was_measured(name, id, detail, label):
    assert f">{label}</text>" in show(name, id, detail).svg


def test_what_lies_behind_a_cut_fades():
    cause = cause_on("mlp 4", "gradient-left-at-zero", "dA_prev")
    cause = Cause(cause.form, "the output layer")
    svg = picture(Explanation((cause,)), [PROBLEMS["mlp 4"]]).svg
    faded = [g for g in ElementTree.fromstring(svg).iter(f"{SVG}g") if g.get("opacity") == ".3"]
    names = {"".join(g.find(f"{SVG}text").itertext()) for g in faded}
    layers = {f"{kind}{n}" for kind in "WbZA" for n in (1, 2, 3)}
    assert names == layers | {"A0"}


def test_layers_are_left_out_of_a_deep_network_but_no_edited_wire():
    cause = cause_on("mlp 6", "gradient-left-at-zero", "dA_prev")
    cause = Cause(cause.form, "the output layer")
    svg = picture(Explanation((cause,)), [PROBLEMS["mlp 6"]]).svg
    names = {"".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert {"…", "A5", "Z6"} <= names
    assert not {"Z3", "Z4"} & names


def test_a_small_graph_is_preferred_to_a_deep_one():
    cause = cause_on("mlp 6", "missing-activation-derivative")
    explanation = Explanation((cause,))
    both = picture(explanation, [PROBLEMS["mlp 6"], PROBLEMS["mlp 4"], PROBLEMS["mlp 1"]])
    assert both == picture(explanation, [PROBLEMS["mlp 4"]])


def test_no_picture_where_no_wire_is_the_mistake():
    assert not show("expressions", "recursive-backward-no-toposort")


def _linear_forward(A, W, b):
    return W @ A + b, (A, W, b)


def _linear_backward(dZ, cache):
    A, W, _ = cache
    return W.T @ dZ, dZ @ A.T, dZ.sum(axis=1, keepdims=True)


def test_a_report_shows_it_as_html_only():
    student = Student({"linear_forward": _linear_forward, "linear_backward": _linear_backward})
    report = evaluate(EXERCISES["linear_backward"], student, 1)
    told = "In vermillion: what comes back through W → Z and b → Z is multiplied by m."
    assert report.caption == told
    assert f"{report.picture}<figcaption" in html(report)
    assert html(report).count(told) == 2
    assert "<svg" not in str(report)
    assert "vermillion" not in str(report)
