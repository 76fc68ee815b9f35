"""What no misconception made is given no misconception's name; .ci/run tries ten thousand cases."""

from false_certainty import SPOILERS, false_names


def test_nothing_is_named_that_the_catalogue_does_not_hold():
    tried, false = false_names(600, processes=2)
    assert false == []
    assert set(tried) == {spoil.__name__ for spoil in SPOILERS}
