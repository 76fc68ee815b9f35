"""Paths through a valley, weights of a mean, costs by epoch: what their words say."""

from autograder.figures import epochs_picture, valley_picture, weights_picture


def test_a_path_is_told_by_how_often_it_crosses_the_floor():
    paths = {"to and fro": [(-8.0, 1.0), (-4.0, -0.5), (-2.0, 0.25)], "straight": [(2.0, 0.5)] * 3}
    drawn = valley_picture(20, paths)
    assert drawn.png.startswith(b"\x89PNG")
    assert "20 times as steep across as along" in drawn.alt
    assert (
        "to and fro: 2 updates, 2 times from one side to the other, J from 42.0 to 2.6" in drawn.alt
    )
    assert "straight: 2 updates, 0 times" in drawn.alt
    assert valley_picture(20, {"one": paths["straight"]}).size < drawn.size


def test_weights_are_told_with_their_sum():
    alt = weights_picture({"beta = 0.5": [0.125, 0.25, 0.5]}).alt
    assert "beta = 0.5: from 0.125 for the first to 0.5 for the last, sum 0.875" in alt


def test_costs_are_told_from_first_to_last():
    alt = epochs_picture({"a run": [0.7, 0.3, 0.125]}, "updates", "J").alt
    assert alt == "J, logarithmic, against updates. a run: from 0.7 to 0.12."
