"""Where the grader plugs into nbgrader; nothing is imported until nbgrader uses it."""

from __future__ import annotations

from typing import Any


def configure(c: Any) -> None:
    """Make ``nbgrader autograde`` and ``nbgrader generate_feedback`` use the trusted grader.

    Parameters
    ----------
    c : traitlets.config.Config
        The configuration object of ``nbgrader_config.py``.
    """
    here, stock = "autograder.grading.nbgrader.plugins", "nbgrader.preprocessors"
    c.Autograde.exporter_class = f"{here}.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = [
        f"{stock}.{name}" for name in ("OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata")
    ]
    c.Autograde.autograde_preprocessors = [
        f"{here}.TrustedExecute",
        *(f"{stock}.{n}" for n in ("SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata")),
    ]
    c.GenerateFeedback.exporter_class = "autograder.grading.nbgrader.page.StudentPage"
    c.GenerateFeedback.preprocessors = [
        f"{stock}.GetGrades",
        f"{here}.HideTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.grading.nbgrader.markdown.markdown_to_html",
        "strip_files_prefix": "autograder.grading.nbgrader.markdown.as_it_is",
        "highlight_code": "autograder.grading.nbgrader.highlight.highlight_code",
    }
