"""The bug hunts of units 04, 05, 07 and 08: numbers in the notebook, the key in hidden tests alone.

The numbers are made here once more, from edited graphs, for every suspect: those of a case are the
numbers of the suspect that its key names, and of no other.
"""

import ast
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder import CheckFailed, figures, grade
from autograder.authoring.text import read_cells
from autograder.engine.exercise import EXERCISES
from autograder.networks import chunks, mlp_graph, upstream_graph
from autograder.oracle import gradient

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "authoring" / "assignments"
KEYED = re.compile(r'grade\("answers_\w+?__names_case_([A-E])", globals\(\), key="([\w-]+)"\)')


@cache
def cells(unit):
    return read_cells(next(TEXTS.glob(f"{unit}_*.py")).read_text("utf-8"))


@cache
def key(unit):
    """Letter to id, as the hidden tests compare."""
    return dict(match for cell in cells(unit) if cell.grade for match in KEYED.findall(cell.source))


@cache
def posted(unit):
    """The names that the locked cells of the bug hunt define."""
    start = next(i for i, cell in enumerate(cells(unit)) if "Bug hunt" in cell.source[:30])
    names = {"np": np, "figures": figures, "upstream_graph": upstream_graph, "gradient": gradient}
    for cell in cells(unit)[start:]:
        if cell.kind == "code" and not (cell.grade or cell.solution or cell.free):
            exec(compile(cell.source, cell.label, "exec"), names)
    return names


@pytest.mark.parametrize(
    "unit", ["03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "10b", "11", "13"]
)
def test_the_key_stands_in_the_hidden_tests_alone(unit):
    assert list(key(unit)) == list("ABCDE"[: len(key(unit))])
    hunt = next(cell for cell in cells(unit) if cell.solution == f"answers_{unit}")
    names = {}
    exec(hunt.source, names)
    assert names[f"answers_{unit}"] == key(unit)
    for letter, right in key(unit).items():
        wrong = {**key(unit), letter: "nobody"}
        grade(f"answers_{unit}__names_case_{letter}", {f"answers_{unit}": key(unit)}, key=right)
        with pytest.raises(CheckFailed, match="'nobody' is no id of the list"):
            grade(f"answers_{unit}__names_case_{letter}", {f"answers_{unit}": wrong}, key=right)


@pytest.mark.parametrize(
    "unit", ["03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "10b", "11", "13"]
)
def test_no_locked_cell_and_no_module_deals_the_letters(unit):
    """Nothing that a student holds has an id and its letter on one line, or shuffles ids."""
    open_cells = [c.source for c in cells(unit) if not (c.solution or c.grade)]
    modules = [p.read_text("utf-8") for p in (ROOT / "autograder" / "checks").glob(f"unit{unit}*")]
    for source in [*open_cells, *modules]:
        for id in key(unit).values():
            assert not re.search(rf'"[A-E]": *"{id}"', source)
    for source in open_cells:
        assert "permutation" not in source
        assert "shuffle" not in source


@pytest.mark.parametrize(
    "unit", ["03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "10b", "11", "13"]
)
def test_the_ids_of_the_list_are_those_of_the_text(unit):
    known = EXERCISES[f"answers_{unit}"].properties[0].holds.ids
    told = "\n".join(cell.source for cell in cells(unit) if cell.kind == "markdown")
    assert [id for id in known if f"`{id}`" not in told] == []
    assert set(key(unit).values()) <= set(known)


def scale(c):
    return lambda value, seen: value.real + 1j * c * value.imag


def slope_one(z):
    return lambda value, seen: value.real + 1j * seen[z].imag


def ratios():
    """Unit 04: by suspect, returned / true of dW and db in each layer."""
    sizes, m, rng = (5, 4, 3, 2, 1), 7, np.random.default_rng(2807)
    layers, inner = (1, 2, 3, 4), (1, 2, 3)
    shapes = {f"W{n}": (sizes[n], sizes[n - 1]) for n in layers}
    shapes |= {f"b{n}": (sizes[n], 1) for n in layers}
    labels = np.array([[1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]])
    X = rng.normal(size=(sizes[0], m))
    graph = mlp_graph(X, labels, {n: rng.normal(size=s) for n, s in shapes.items()})
    suspects = {
        "missing-one-over-m": {"J": scale(m)},
        "one-over-m-twice": {"J": scale(1 / m)},
        "one-over-m-per-layer": {f"A{n}->Z{n + 1}": scale(1 / m) for n in inner},
        "wrong-m": {f"{p}{n}->Z{n}": scale(m / sizes[n - 1]) for n in layers for p in "Wb"},
        "db-not-averaged": {f"b{n}->Z{n}": scale(m) for n in layers},
        "missing-activation-derivative": {f"A{n}": slope_one(f"Z{n}") for n in inner},
        "sign-flip": {"J": scale(-1)},
    }
    true = gradient(graph, at=shapes)

    def told(edits):
        found = gradient(graph, at=shapes, edits=edits)
        ratio = {n: figures.as_fraction(figures.ratio(found[n], true[n])) for n in shapes}
        return tuple(tuple(ratio[f"{kind}{n}"] for n in layers) for kind in "Wb")

    return {id: told(edits) for id, edits in suspects.items()}


def deviations():
    """Unit 07: by suspect, the errors of both calls and the row dx[1][2]."""
    given = posted("07")
    net, p, arrays = given["net"], given["p_c"], given["arrays"]
    true, steps = given["true"], (1, 2, 3, 4)
    a = {t: net.value(f"a{t}") for t in range(5)}

    def other(wire, right, wrong):
        return lambda value, seen: value + 1j * (seen[wire].imag @ (wrong - right))

    def turned(wire):
        return lambda value, seen: value + 1j * ((p["Waa"].T - p["Waa"]) @ seen[wire].imag)

    wires = {t: f"Waa->z{t}" for t in steps}
    suspects = {
        "bptt-missing-da-prevt": {f"a{t}->z{t + 1}": scale(0) for t in (1, 2, 3)},
        "bptt-last-loss-only": {f"a{t}->J": scale(0) for t in (1, 2, 3)},
        "waa-no-transpose": {f"z{t}": turned(f"a{t - 1}->z{t}") for t in steps},
        "dwaa-uses-a-next": {f"z{t}": other(wires[t], a[t - 1], a[t]) for t in steps},
        "negative-index-wrap": {"z1": other("Waa->z1", a[0], a[4])},
        "divide-by-T": {"J": scale(0.25)},
        "dba-broadcast-square": {},
        "da-mutated-in-place": {},
    }
    total = np.stack([gradient(net, at=f"a{t}") for t in steps], axis=2)
    again = gradient(upstream_graph(given["x_c"], given["a0_c"], p, total), at=arrays)

    def told(id):
        first = gradient(net, at=arrays, edits=suspects[id])
        second = again if id == "da-mutated-in-place" else first
        off = [
            [
                round(float(np.abs(found[n] - true[n]).max() / np.abs(true[n]).max()), 2)
                for n in arrays
            ]
            for found in (first, second)
        ]
        if id == "dba-broadcast-square":  # its shape is another one
            off[0][3] = off[1][3] = None
        return tuple(map(tuple, off)), ", ".join(f"{v:.5f}" for v in first["x"][1][2])

    return {id: told(id) for id in suspects}


def norms():
    """Unit 08: by suspect, the norm of what is returned at every state."""
    rng, n, steps = np.random.default_rng(31), 4, 6
    p = {name: rng.normal(size=s) for name, s in (("Waa", (n, n)), ("Wax", (n, 2)), ("ba", (n, 1)))}
    data = (0.4 * rng.normal(size=(2, 5, steps)), 0.4 * rng.normal(size=(n, 5)))
    whole = upstream_graph(*data, p, rng.normal(size=(n, 5, steps)))
    short = chunks.truncated(whole, 3)
    nodes = [f"a{t}" for t in range(steps + 1)]
    wires = {t: f"a{t - 1}->z{t}" for t in range(1, steps + 1)}
    shortened = {}
    for t in range(steps, 0, -1):
        length = np.linalg.norm(gradient(short, wires[t], shortened))
        shortened[wires[t]] = scale(min(1, 0.2 / length) if length else 1)
    alone = {wire: scale(0) for wire in wires.values()}
    suspects = {
        "hidden-state-carry": (whole, {}),
        "bptt-missing-da-prevt": (short, alone),
        "missing-activation-derivative": (short, {f"a{t}": slope_one(f"z{t}") for t in wires}),
        "clip-wrong-place": (short, shortened),
        "right": (short, {}),
        "da alone": (whole, alone),
    }
    return {
        id: tuple(f"{np.linalg.norm(g):.3f}" for g in gradient(graph, nodes, edits).values())
        for id, (graph, edits) in suspects.items()
    }


def cases(unit):
    """The numbers that the notebook shows, by letter."""
    names = posted(unit)
    if unit == "04":
        return names["ratios"]
    if unit == "07":
        shown = {x: tuple(map(tuple, names["errors"][x])) for x in names["errors"]}
        return {letter: (shown[letter], names["dx_12"][letter]) for letter in shown}
    return {letter: tuple(row) for letter, *row in names["rows"]}


@pytest.mark.parametrize(("unit", "made"), [("04", ratios), ("07", deviations), ("08", norms)])
def test_the_numbers_of_a_case_are_those_of_its_key_and_of_no_other_suspect(unit, made):
    found, shown = made(), cases(unit)
    for letter, id in key(unit).items():
        fits = [known for known in found if found[known] == shown[letter] and known != "da alone"]
        assert fits == [id], letter
    if unit == "08":
        assert shown["da alone"] == found["da alone"]


def test_a_table_can_be_drawn_of_every_case():
    for letter in key("04"):
        assert "dW: returned / true" in repr(posted("04")["ratio_table"](letter))
    for letter in key("07"):
        assert f"Bug {letter}: dx[1][2]" in repr(posted("07")["evidence"](letter))


def test_the_locked_cells_hold_no_dictionary_that_serves_as_an_answer():
    for unit in ("03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "10b", "11", "13"):
        for cell in cells(unit):
            if cell.kind == "code" and not (cell.solution or cell.grade):
                for node in ast.walk(ast.parse(cell.source)):
                    values = getattr(node, "values", None)
                    if isinstance(node, ast.Dict) and values:
                        held = {v.value for v in values if isinstance(v, ast.Constant)}
                        assert not held & set(key(unit).values())
