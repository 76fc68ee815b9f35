"""The exporter of feedback pages: nbgrader's template, with a contents table of properties.

The page needs no network: formulas are MathML, and MathJax is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

_TEMPLATES = str(Path(__file__).parent / "templates")


class StudentPage(HTMLExporter):
    """nbconvert's exporter, with this folder's templates in front of nbgrader's."""

    def __init__(self, config: Config, **options: Any) -> None:
        own = Config(config)
        found = list(config.HTMLExporter.get("extra_template_basedirs", []))
        own.HTMLExporter.extra_template_basedirs = [_TEMPLATES, *found]
        own.HTMLExporter.template_file = "student_page.html.j2"
        own.HTMLExporter.exclude_input_prompt = own.HTMLExporter.exclude_output_prompt = True
        super().__init__(config=own, **options)  # type: ignore[no-untyped-call]
