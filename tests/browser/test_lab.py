"""The main flow in a real browser: open a release notebook, run all, read the verdict.

With SCREENSHOTS=folder the pictures are kept, to be looked at.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import nbformat
import pytest

from .colours import contrast

ROOT = Path(__file__).resolve().parents[2]
UNIT, NAME = "04_l_layer_network", "l_layer_network.ipynb"
RIGHT, WRONG = "return dA * (Z > 0)", "return dA * (dA > 0)"
OPEN = """
const panel = window.jupyterapp?.shell.currentWidget;
return panel?.content?.widgets?.length > 3 && panel.sessionContext.kernelDisplayStatus === 'idle';
"""
RUN = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
# JupyterLab keeps only cells near the window in the page: go to the cell that calls check(...)
SHOW = """
const cells = window.jupyterapp.shell.currentWidget.content;
const at = cells.widgets.findIndex(c => c.model.sharedModel.source === arguments[0]);
cells.activeCellIndex = at;
cells.scrollToItem(at, 'start');
const shown = cells.widgets[at].node.querySelector('.jp-OutputArea-output');
return shown ? shown.innerText : '';
"""
THEME = "return window.jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]})"
COLOURS = """
const shown = document.querySelector('.jp-Cell.jp-mod-active .jp-OutputArea-output p');
return [getComputedStyle(shown).color, getComputedStyle(document.body).backgroundColor];
"""


def _source(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


@pytest.fixture(scope="module")
def notebook(lab):
    """The release notebook, solved but for one slip, in the server's folder."""
    _, folder = lab
    master = nbformat.read(ROOT / "source" / UNIT / NAME, as_version=4)
    kept = {
        _source(cell): "\n".join(line for line in cell.source.split("\n") if "### " not in line)
        for cell in master.cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    }
    assert RIGHT in kept["relu_backward"]
    kept["relu_backward"] = kept["relu_backward"].replace(RIGHT, WRONG)
    release = nbformat.read(ROOT / "release" / UNIT / NAME, as_version=4)
    for cell in release.cells:
        cell.source = kept.get(_source(cell), cell.source)
    nbformat.write(release, folder / NAME)
    return NAME


def test_open_run_all_and_read_the_verdict(browser, lab, notebook):
    address, _ = lab
    browser.get("about:blank")  # what another test has left open
    browser.get_log("performance")
    browser.get(f"{address}/lab/tree/{notebook}?reset")
    _until(lambda: browser.execute_script(OPEN), "the notebook is open, its kernel idle")
    browser.execute_script(RUN)
    told = _until(
        lambda: "properties hold" in (text := _shown(browser, "check(relu_backward)")) and text,
        "the verdict is there",
    )
    assert "What you computed:" in told
    assert "the mask looks at dA" in told
    assert "✗" in told
    right = _until(lambda: _shown(browser, "check(sigmoid_backward)"), "the next verdict is there")
    assert "4 of 4 properties hold" in right


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_verdict_is_readable_in_both_themes(browser, lab, notebook, theme):
    if not browser.current_url.startswith(lab[0]):
        pytest.skip("needs the page that the test before has left open")
    browser.execute_script(THEME, theme)
    _until(lambda: _shown(browser, "check(relu_backward)"), "the verdict is there")
    time.sleep(1)
    text, page = browser.execute_script(COLOURS)
    assert contrast(text, page) > 4.5
    if os.environ.get("SCREENSHOTS"):
        name = f"lab-{theme.split()[1].lower()}.png"
        browser.save_screenshot(str(Path(os.environ["SCREENSHOTS"], name)))


def test_nothing_was_asked_of_another_machine(browser, lab):
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    away = {
        url for url in asked if not url.startswith((lab[0], "data:", "blob:", "chrome:", "file:"))
    }
    assert away == set()


def _shown(browser, source):
    return browser.execute_script(SHOW, source)


def _until(probe, what, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = probe()
        if found:
            return found
        time.sleep(1)
    return pytest.fail(f"not within {seconds} s: {what}")
