"""Build the site: gather the texts, let Sphinx make pages of them, add what is a page already."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.site.failed import SiteFailed
from autograder.site.finish import finish
from autograder.site.links import faults
from autograder.site.math_font import font_face
from autograder.site.sources import gather

GIVEN = Path(__file__).parent / "given"
TITLE = "Back-propagation"
_COLOURS = {"light": ("#005a8f", "#7a3e83"), "dark": ("#7cc4f0", "#d0a3dc")}


def build(root: Path, folder: Path, say: Callable[[str], None]) -> int:
    """Build the site of the repository at `root` into `folder`; return the number of pages.

    Parameters
    ----------
    root, folder : Path
    say : function
        Takes a line of progress.

    Raises
    ------
    SiteFailed
        If Sphinx complains of anything, a text holds what only instructors may see, or a link of
        a page leads nowhere.
    """
    texts = folder.with_name(f"{folder.name}-texts")
    for old in (texts, folder):
        if old.is_dir():
            shutil.rmtree(old)
    gather(root, texts, say)
    say("the pages, by Sphinx")
    _run_sphinx(texts, folder)
    finish(folder)
    say("the links")
    found = list(faults(folder))
    if found:
        raise SiteFailed("links of the site are broken:\n" + "\n".join(found))
    return len(list(folder.rglob("*.html")))


def _run_sphinx(texts: Path, folder: Path) -> None:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    static = texts / "_static"
    static.mkdir()
    style = (GIVEN / "site.css").read_text("utf-8")
    (static / "site.css").write_text(font_face() + style, "utf-8")
    doctrees = texts.with_name(f"{texts.name}-read")
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            str(texts),
            None,
            str(folder),
            str(doctrees),
            "html",
            _settings(),
            status=None,
            freshenv=True,
            warningiserror=True,
            parallel=2,
        )
        app.build()
    shutil.rmtree(doctrees, ignore_errors=True)
    if app.statuscode:
        raise SiteFailed("Sphinx complains of what stands above; the site is not complete")


def _settings() -> dict[str, Any]:
    """Return Sphinx's settings. Nothing in them asks for a file of another machine."""
    theme = {
        f"{scheme}_css_variables": {
            "color-brand-primary": new,
            "color-brand-content": new,
            "color-brand-visited": visited,
        }
        for scheme, (new, visited) in _COLOURS.items()
    }
    return {
        "project": TITLE,
        "author": "",
        "html_title": TITLE,
        "extensions": ["myst_nb", "autograder.site.formulas"],
        "exclude_patterns": ["raw"],
        "html_extra_path": ["raw"],
        "html_static_path": ["_static"],
        "html_css_files": ["site.css"],
        "html_theme": "furo",
        "html_theme_options": {**theme, "navigation_with_keys": True},
        "html_math_renderer": "mathml",
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_show_copyright": False,
        "html_use_index": False,
        # summaries of what was found are fetched, which file:// forbids
        "html_show_search_summary": False,
        "myst_enable_extensions": ["dollarmath"],
        "myst_dmath_double_inline": True,
        "myst_heading_anchors": 4,
        "myst_heading_slug_func": "autograder.engine.report.addresses.slug",
        "nb_execution_mode": "off",
        "nb_merge_streams": True,
    }
