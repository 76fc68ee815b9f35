"""The exporter of feedback pages: nbgrader's template, with a contents table of properties.

The page needs no network: formulas are MathML, and MathJax is left out. Names of misconceptions and
sections of lessons are links if the course has a website: ``c.StudentPage.site``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from traitlets import Unicode, validate
from traitlets.config import Config

from autograder.engine.report.addresses import linked
from autograder.grading.nbgrader.highlight import PATIENCE
from autograder.grading.nbgrader.site_address import address

_TEMPLATES = str(Path(__file__).parent / "templates")
_PICTURE = re.compile(r"""<img\b(?:[^>"']|"[^"]*+"|'[^']*+')*+>""")
_NO_WORDS = ' alt="No description has been provided for this image"'


class StudentPage(HTMLExporter):
    """nbconvert's exporter, with this folder's templates in front of nbgrader's."""

    site = Unicode("", help="Where the course's website begins, https://example.org/course.").tag(
        config=True
    )

    @validate("site")
    def _address(self, proposal: Any) -> str:
        return address(proposal["value"])

    def __init__(self, config: Config, **options: Any) -> None:
        own = Config(config)
        found = list(config.HTMLExporter.get("extra_template_basedirs", []))
        own.HTMLExporter.extra_template_basedirs = [_TEMPLATES, *found]
        own.HTMLExporter.template_file = "student_page.html.j2"
        own.HTMLExporter.exclude_input_prompt = own.HTMLExporter.exclude_output_prompt = True
        super().__init__(config=own, **options)  # type: ignore[no-untyped-call]

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make a page.

        nbconvert's own step reads the whole page again, only to find pictures without a
        description; that takes more time than all the rest.
        """
        PATIENCE.renew()
        told = self._init_resources(resources)  # type: ignore[no-untyped-call]
        made: Any = WidgetsDataTypeFilter  # untyped, as what registers it
        kinds = made(notebook_metadata=self._nb_metadata, parent=self, resources=told)
        self.register_filter("filter_data_type", kinds)  # type: ignore[no-untyped-call]
        html, told = super(HTMLExporter, self).from_notebook_node(nb, told, **options)
        return linked(_PICTURE.sub(_described, html), self.site), told


def _described(found: re.Match[str]) -> str:
    picture = found[0]
    return picture if " alt=" in picture else f"{picture[:4]}{_NO_WORDS}{picture[4:]}"
