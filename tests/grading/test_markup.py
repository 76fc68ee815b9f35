"""MathML that a student writes as HTML: formulas stay, and nothing in them runs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.grading.run import grade_many

from .conftest import QUICK
from .course import ASSIGNMENT, NOTEBOOK, hand_in, submission

_JS = "document.documentElement.dataset.ran=31337"
MARKUP = [
    f"<math><script>{_JS}</script><mi>x</mi></math>",
    f"<math><mi><script>{_JS}</script></mi></math>",
    f"<math><mtext></mtext><script>{_JS}</script></math>",
    f"<math><annotation-xml encoding='text/html'><script>{_JS}</script></annotation-xml></math>",
    f"<math><semantics><mi>x</mi><annotation-xml encoding='application/xhtml+xml'>"
    f"<img src=x onerror='{_JS}'></annotation-xml></semantics></math>",
    f"<math><mtext><svg><script>{_JS}</script></svg></mtext></math>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 "
    f"onerror={_JS}&gt;'></mglyph></table></mtext></math>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={_JS}>",
    f"<math><mi//xlink:href='data:x,<script>{_JS}</script>'>x</mi></math>",
    f"<math><maction actiontype='statusline#' xlink:href='javascript:{_JS}'>x</maction></math>",
    f"<math onmouseover='{_JS}' onload='{_JS}'><mi style='background:url(javascript:{_JS})'>x</mi>",
    f"<math><mglyph src='x' onerror='{_JS}'/></math><math></math><script>{_JS}</script>",
    f"<MATH><SCRIPT>{_JS}</SCRIPT></MATH><m:math xmlns:m='http://www.w3.org/1998/Math/MathML'>"
    f"<m:script>{_JS}</m:script></m:math>",
    f"$<math><script>{_JS}</script></math>$ and $$\\text{{<script>{_JS}</script>}}$$",
    f"<math><![CDATA[</math><script>{_JS}</script>]]></math>",
]


def dump(page: Path, profile: Path) -> str:
    """Return a page as it stands after a browser has opened it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    if browser is None:
        pytest.skip("no Chromium is installed")
    words = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    done = subprocess.run(
        [
            *(browser, *words.split(), f"--user-data-dir={profile}"),
            *("--virtual-time-budget=3000", "--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    return done.stdout


def ran(dom: str) -> bool:
    return 'data-ran="31337"' in dom


@pytest.fixture(scope="module")
def page(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feedback page of a student who wrote all of it, as text and as displayed HTML."""
    root = tmp_path_factory.mktemp("markup") / "course"
    shutil.copytree(blank, root)
    data = submission(root)
    for number, source in enumerate(MARKUP):
        cell = {"cell_type": "markdown", "id": f"m{number}", "metadata": {}}
        data["cells"].append(cell | {"source": source})
        shown = f"from IPython.display import HTML, display\ndisplay(HTML({source!r}))"
        code = {"cell_type": "code", "id": f"c{number}", "metadata": {}, "source": shown}
        data["cells"].append(code | {"outputs": [], "execution_count": None})
    good = {"cell_type": "markdown", "id": "good", "metadata": {}}
    data["cells"].append(good | {"source": "A formula: $a^2$ and <math><mi>beta</mi></math>"})
    hand_in(root, "student", data)
    grade_many(root, ASSIGNMENT, workers=1, progress=False, limits=QUICK)
    return root / "feedback" / "student" / ASSIGNMENT / f"{NOTEBOOK}.html"


def test_nothing_runs_in_a_browser(page: Path, tmp_path: Path) -> None:
    assert not ran(dump(page, tmp_path / "profile"))


def test_formulas_are_still_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<mi>beta</mi>" in text
    assert "<msup><mi>a</mi><mn>2</mn></msup>" in text


def test_the_browser_would_have_run_it(tmp_path: Path) -> None:
    """Without the cleaning: what the test above looks for is there to be found."""
    raw = tmp_path / "raw.html"
    raw.write_text(f"<!doctype html><html><body>{MARKUP[3]}{MARKUP[4]}</body></html>")
    assert ran(dump(raw, tmp_path / "profile"))
