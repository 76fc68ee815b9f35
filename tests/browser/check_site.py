"""The website in a real browser, read from its folder: `make site`, then `make site-check`.

No part of `make test`, which does not build the site.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
AXE = "axe-core@4.14.1"
WIDTHS = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# The rules of WCAG 2.1, levels A and AA: contrast, alternative texts, names, order of headings.
RUN_AXE = """
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => done(
  found.violations.flatMap(rule => rule.nodes.map(node =>
    rule.id + ': ' + node.target.join(' ') + ': ' + (node.any[0]?.message ?? node.failureSummary)
  ))), error => done(['axe: ' + error]));
"""
FOUND = "return [...document.querySelectorAll('#search-results li a')].map(a => a.href)"


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The source of axe-core, an engine that tests accessibility."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("not installed: npm, which brings axe-core")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, AXE]
    if subprocess.run(command, capture_output=True, timeout=120).returncode:
        pytest.skip(f"npm cannot get {AXE}: no network?")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def page(browser):
    """Open a page of the site, as wide as is said, in a colour scheme."""
    assert PAGES, f"there is no site in {SITE}: make site"
    browser.get_log("performance")

    def show(width, scheme, name=""):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        if name:
            browser.get(f"{SITE.as_uri()}/{name}")
        return browser

    yield show
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_can_be_read_by_everybody(page, axe, name):
    found = {}
    page(1200, "light", name)
    for width, scheme in ((1200, "light"), (390, "dark")):
        browser = page(width, scheme)
        wanted, there = browser.execute_script(WIDTHS)
        if wanted > there:
            found[width, scheme] = [f"scrolls sideways: {wanted} > {there}"]
        if not browser.execute_script("return Boolean(window.axe)"):
            browser.execute_script(axe)
        found.setdefault((width, scheme), []).extend(browser.execute_async_script(RUN_AXE))
    assert {view: faults for view, faults in found.items() if faults} == {}


def test_nothing_was_asked_of_another_machine(page, browser):
    page(1200, "light", "index.html")
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = {e["params"]["request"]["url"] for e in events if "request" in e.get("params", {})}
    assert any(url.endswith("index.html") for url in asked)
    assert {url for url in asked if not url.startswith(("file:", "data:", "blob:"))} == set()


def test_the_search_finds_pages_without_a_server(page):
    browser = page(1200, "light", "search.html?q=da_prevt")
    for _ in range(40):
        found = browser.execute_script(FOUND)
        if len(found) > 3:
            break
        browser.execute_async_script("setTimeout(arguments[arguments.length - 1], 250)")
    assert any("lessons/07_bptt.html" in address for address in found)
    assert any("atlas/bptt-missing-da-prevt.html" in address for address in found)
