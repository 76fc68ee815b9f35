"""A picture carries words, and neither depends on nor disturbs its surroundings."""

import base64

import matplotlib
import numpy as np
import pytest

from autograder.figures import (
    activation_picture,
    cost_picture,
    jacobian_picture,
    paint,
    training_picture,
)

PNG = b"\x89PNG"


def line(figure):
    figure.subplots().plot([0, 1])


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="alt text"):
        paint(line, (2, 2), alt="  ")


def test_a_notebook_gets_the_image_its_size_and_its_alt_text():
    picture = paint(line, (4, 2), alt="A line from 0 to 1.")
    data, metadata = picture._repr_mimebundle_(include=None, exclude=None)
    assert base64.b64decode(data["image/png"]).startswith(PNG)
    assert metadata["image/png"]["alt"] == "A line from 0 to 1."
    assert metadata["image/png"]["width"] == 2 * metadata["image/png"]["height"]
    assert "A line from 0 to 1." in data["text/plain"]


def test_the_bytes_depend_on_the_drawing_alone():
    first = paint(line, (2, 2), alt="A line.").png
    with matplotlib.rc_context({"lines.linewidth": 9, "figure.facecolor": "red"}):
        assert paint(line, (2, 2), alt="A line.").png == first
    assert b"Software" not in first


def test_the_settings_of_the_caller_are_left_alone():
    with matplotlib.rc_context({"lines.linewidth": 9}):
        paint(line, (2, 2), alt="A line.")
        assert matplotlib.rcParams["lines.linewidth"] == 9


def test_the_alt_text_of_training_counts_the_examples():
    X, Y = np.array([[-1.0, 1.0, 2.0, 3.0], [0.0, 1.0, 0.0, 1.0]]), np.array([[0.0, 1, 1, 0]])
    picture = training_picture(lambda points: (points[:1] > 0) * 1.0, X, Y, [0.7, 0.4, 0.25])
    assert "75% lie on their side" in picture.alt
    assert "from 0.70 to 0.25 in 3 updates" in picture.alt


def test_a_network_that_answers_one_thing_only_has_no_boundary_to_draw():
    X, Y = np.array([[-1.0, 1.0], [0.0, 1.0]]), np.array([[0.0, 1.0]])
    always = training_picture(lambda points: np.ones((1, points.shape[1])), X, Y, [0.7])
    assert "50% lie on their side" in always.alt


@pytest.mark.parametrize("k", [5, 15])
def test_the_alt_text_of_a_jacobian_counts_its_zeros(k):
    picture = jacobian_picture(np.kron(np.eye(5), np.ones((1, k // 5))), "entries of Z")
    assert f"5 by {k} Jacobian" in picture.alt
    assert "80% of the Jacobian's entries are exactly zero" in picture.alt


def test_each_cost_curve_is_told_in_words():
    told = cost_picture({"right": [1.9, 0.01], "wrong": [1.9, 0.38]}).alt
    assert "right goes from 1.90 to 0.01" in told
    assert "wrong goes from 1.90 to 0.38" in told


def test_the_activations_are_drawn():
    assert activation_picture().png.startswith(PNG)
