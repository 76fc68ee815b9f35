"""Networks for which nobody wrote a misconception: slips are explained from the graph alone."""

import numpy as np
import pytest

from autograder.engine.diagnosis import Evidence, explain

from . import lstm_network, two_branches

LSTM = [lstm_network.lstm_problem(0, 3, 4, 5, 3), lstm_network.lstm_problem(1, 2, 2, 3, 4)]
BRANCHES = [
    two_branches.two_branch_problem(0, 3, 4, 2, 5),
    two_branches.two_branch_problem(1, 2, 3, 4, 6),
]


def returned(source, problems, *changes):
    """What the backward code gives on each problem after these changes of its text."""
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    space = {"np": np}
    exec(source, space)
    evidence = []
    for problem, upstream in problems:
        found = space["backward"](problem.graph.inputs, problem.graph.seen, upstream)
        evidence.append(Evidence(problem, found))
    return evidence


def exact(explanation, evidence):
    """Whether the edits of the explanation, where it is made of edits alone, give every array."""
    for item in evidence:
        made = item.problem.truth(explanation.edits(item.problem))
        for name, array in made.items():
            if not np.allclose(array, item.returned[name], rtol=1e-9, atol=1e-12):
                return False
    return True


@pytest.mark.parametrize(
    ("source", "problems"), [(lstm_network.BACKWARD, LSTM), (two_branches.BACKWARD, BRANCHES)]
)
def test_the_right_way_back_needs_no_explanation(source, problems):
    assert explain(returned(source, problems)) is None


LSTM_SLIPS = {
    "the next state's gradient is forgotten": (
        [("da[:, :, t - 1] + da_next", "da[:, :, t - 1]")],
        "the exact gradient of the network in which a_{t-1} does not reach s_t (its "
        "value does, but no gradient comes back), at all but the first step",
    ),
    "the lane of c is cut": (
        [("dc_next + dat", "dat")],
        "the exact gradient of the network in which c_{t-1} does not reach c_t (its "
        "value does, but no gradient comes back), at all but the first step",
    ),
    "no way through the candidate to the state": (
        [('for k in "figo")\n        da_next', 'for k in "fio")\n        da_next')],
        "the exact gradient of the network in which s_t does not reach zg_t (its value "
        "does, but no gradient comes back)",
    ),
    "the slope of tanh(c) is forgotten": (
        [("dat * o * (1 - h**2)", "dat * o")],
        "the gradient in which the slope of h_t, as a function of c_t, is 1",
    ),
    "the slope of the forget gate is forgotten": (
        [("c_prev * f * (1 - f)", "c_prev")],
        "the gradient in which the slope of f_t, as a function of zf_t, is 1",
    ),
    "the output gate's slope is its value": (
        [("h * o * (1 - o)", "h * o")],
        "the gradient in which the slope of o_t, as a function of zo_t, is o_t",
    ),
    "the candidate's slope without the square": (
        [("(1 - g**2)", "(1 - g)")],
        "the gradient in which the slope of g_t, as a function of zg_t, is 1 − g_t",
    ),
    "the forget gate meets this step's c": (
        [('v[f"c{t - 1}"]', 'v[f"c{t}"]')],
        "the gradient which, on its way from c_t back to f_t, takes c_t to be made "
        "with c_t in the place of c_{t-1}",
    ),
    "no forget gate on the way back along c": (
        [("dct * f\n", "dct\n")],
        "the gradient which, on its way from c_t back to c_{t-1}, takes c_t to be made "
        "with 1 in the place of f_t",
    ),
    "the input gate meets itself": (
        [("dct * g * i * (1 - i)", "dct * i * i * (1 - i)")],
        "the gradient which, on its way from c_t back to i_t, takes c_t to be made "
        "with i_t in the place of g_t",
    ),
    "weights of the last step alone": (
        [
            ('grads["dW" + k] += dz[k] @ s.T', 'grads["dW" + k] = dz[k] @ s.T'),
            ('grads["db" + k] += dz', 'grads["db" + k] = dz'),
        ],
        "the exact gradient of the network in which Wf, bf, Wi, bi, Wg, bg, Wo and bo do "
        "not reach zf_t, zi_t, zg_t and zo_t (their values do, but no gradient comes "
        "back), at all but the first step",
    ),
    "biases are means": (
        [(".sum(axis=1", ".mean(axis=1")],
        "the exact gradient of the network in which what comes back from zf_t, zi_t, "
        "zg_t and zo_t to bf, bi, bg and bo is multiplied by 1/m",
    ),
    "one array under another's name": (
        [("grads | {", 'grads | {"dWf": grads["dWi"], "dWi": grads["dWf"]} | {')],
        "your dWf is the right dWi; your dWi is the right dWf",
    ),
}

BRANCH_SLIPS = {
    "the skip is forgotten": (
        [("dh = ds + l", "dh = l")],
        "the exact gradient of the network in which h does not reach s (its value does, "
        "but no gradient comes back)",
    ),
    "the branch of p is forgotten": (
        [('ds + l["P"].T @ dzp', "ds")],
        "the exact gradient of the network in which h does not reach zp (its value does, "
        "but no gradient comes back)",
    ),
    "the other branch's value is forgotten": (
        [("dr * q * p * (1 - p)", "dr * p * (1 - p)")],
        "the gradient which, on its way from r back to p, takes r to be made with 1 in "
        "the place of q",
    ),
    "a branch meets itself": (
        [("dr * p * (1 - q**2)", "dr * q * (1 - q**2)")],
        "the gradient which, on its way from r back to q, takes r to be made with q in "
        "the place of p",
    ),
    "the slope of sigmoid for tanh": (
        [("(1 - h**2)", "h * (1 - h)")],
        "the gradient in which the slope of h, as a function of zh, is h (1 − h)",
    ),
    "no slope of q": (
        [(" * (1 - q**2)", "")],
        "the gradient in which the slope of q, as a function of zq, is 1",
    ),
    "V meets the branches without the skip": (
        [("dy @ s.T", 'dy @ v["r"].T')],
        "the gradient which, on its way from y back to V, takes y to be made with r in "
        "the place of s",
    ),
    "P is not transposed": (
        [('l["P"].T @ dzp', 'l["P"] @ dzp')],
        "the gradient which, on its way from zp back to h, takes zp to be made with P "
        "transposed in the place of P",
    ),
    "Q reads the other matrix": (
        [('l["Q"].T @ dzq', 'l["P"].T @ dzq')],
        "the gradient which, on its way from zq back to h, takes zq to be made with P in "
        "the place of Q",
    ),
    "1/m is missing": (
        [(" / m", "")],
        "the exact gradient of the network in which what comes back from J to y is multiplied by m",
    ),
    "m - 1 for m": (
        [(" / m", " / (m - 1)")],
        "the exact gradient of the network in which what comes back from J to y is "
        "multiplied by m/(m - 1)",
    ),
    "mean over all entries": (
        [(" / m", " / wanted.size")],
        "the exact gradient of the network in which what comes back from J to y is "
        "multiplied by 1/y.shape[0]",
    ),
    "the last example alone in dV": (
        [("dy @ s.T", "dy[:, -1:] @ s[:, -1:].T")],
        "the gradient in which, of all that comes back from y to V, only what belongs to "
        "the last column of y is there: the rest is missing",
    ),
    "dP and dQ change places": (
        [('"dP": dP, "dQ": dQ', '"dP": dQ, "dQ": dP')],
        "your dP is the right dQ; your dQ is the right dP",
    ),
    "dU transposed and dx twice": (
        [("dzh = dh * (1 - h**2)", "dzh = 2 * dh * (1 - h**2)")],
        "the exact gradient of the network in which what comes back from h to zh is "
        "multiplied by 2",
    ),
    "a bias that is a mean": (
        [("dy.sum(axis=1", "dy.mean(axis=1")],
        "the exact gradient of the network in which what comes back from y to b is "
        "multiplied by 1/m",
    ),
    "dx with h added": (
        [('l["U"].T @ dzh', 'l["U"].T @ dzh + l["x"]')],
        "your dx is the right one plus x",
    ),
    "the skip is counted in the branches": (
        [("dr = ds", "dr = ds * p * q")],
        "the exact gradient of the network in which what comes back from s to r is "
        "multiplied, entry by entry, by r",
    ),
}


@pytest.mark.parametrize("slip", LSTM_SLIPS)
def test_slips_in_an_lstm(slip):
    told(lstm_network.BACKWARD, LSTM, *LSTM_SLIPS[slip])


@pytest.mark.parametrize("slip", BRANCH_SLIPS)
def test_slips_in_a_network_with_two_branches_and_a_skip(slip):
    told(two_branches.BACKWARD, BRANCHES, *BRANCH_SLIPS[slip])


def told(source, problems, changes, words):
    """The explanation says this, and gives every array where it is made of edits alone."""
    evidence = returned(source, problems, *changes)
    found = explain(evidence)
    assert found is not None
    assert "; ".join(cause.misconception.computed for cause in found.causes) == words
    assert exact(found, evidence) or any(id.startswith("array: ") for id in found.ids)


@pytest.mark.parametrize(
    ("source", "problems", "changes", "unlike"),
    [
        (lstm_network.BACKWARD, LSTM, [("dct * f\n", "dct * np.sqrt(f)\n")], "an odd gate"),
        (two_branches.BACKWARD, BRANCHES, [("dh = ds +", "dh = 0.7318 * ds +")], "an odd factor"),
    ],
)
def test_what_no_edit_gives_stays_without_a_word(source, problems, changes, unlike):
    assert explain(returned(source, problems, *changes)) is None, unlike
