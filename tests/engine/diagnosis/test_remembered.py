"""What is remembered of a graph is forgotten with it."""

from autograder.engine.diagnosis.general.causes import _remembering
from autograder.networks.tap import Graph


def test_an_edit_of_a_graph_that_is_gone_is_not_given_to_the_next():
    made = []

    def edit(graph, wire, place):
        made.append(graph.inputs["number"])
        return {wire: lambda value, seen: value * made[-1]}

    remembered = _remembering(edit)
    for number in range(100):  # CPython gives the next graph the address of the one before
        graph = Graph(lambda inputs, tap: 0.0, {"number": number})
        first, again = remembered(graph, "A->Z", 0), remembered(graph, "A->Z", 1)
        assert first is again
        assert made[-1] == number
        del graph, first, again
    assert made == list(range(100))
