"""Make what a student's notebook displays safe to open in the instructor's browser."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from nbformat import NotebookNode, from_dict

from autograder.grading.student_side.outputs import MAX_ALT, MAX_OUTPUTS, MAX_RICH, MAX_TEXT
from autograder.grading.student_side.wire import text
from autograder.grading.submission.html import clean_html
from autograder.grading.submission.rendered import to_html
from autograder.grading.submission.svg_image import svg_as_image

_IMAGES = ("image/png", "image/jpeg", "image/gif")
# Words outside of tags, a picture, or a line: something that a page shows.
_SEEN = re.compile(r"<(?:img|svg|hr)\b|(?:\A|>)[^<>]*[^<>\s]")


def clean_outputs(outputs: list[Any], count: int) -> list[Any]:
    """Rebuild outputs that the student side reported; whatever is not well formed is dropped.

    Parameters
    ----------
    outputs : list
        As received, i.e. anything.
    count : int
        The cell's number, for an execute_result.
    """
    kept = (_output(output, count) for output in outputs[: MAX_OUTPUTS + 1])
    return [output for output in kept if output is not None]


def size_of(outputs: Any) -> int:
    """Count the characters and bytes in outputs as they were received, i.e. in anything."""
    if isinstance(outputs, str | bytes):
        return len(outputs)
    if isinstance(outputs, dict):
        return sum(map(size_of, outputs.values()))
    return sum(map(size_of, outputs)) if isinstance(outputs, list | tuple) else 1


def clean_attachments(attachments: dict[Any, Any]) -> dict[str, dict[str, str]]:
    """Keep the bitmaps that were pasted into a text cell."""
    kept = {}
    for name, bundle in list(attachments.items())[:50]:
        if isinstance(name, str) and isinstance(bundle, dict):
            pictures = {mime: _picture(bundle.get(mime)) for mime in _IMAGES}
            kept[text(name)] = {mime: data for mime, data in pictures.items() if data}
    return {name: bundle for name, bundle in kept.items() if bundle}


def _output(output: Any, count: int) -> Any:
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return _made("stream", name=name, text=_text(output.get("text"), MAX_TEXT + 200))
    if kind == "error":
        lines = output.get("traceback")
        return _made(
            "error",
            ename=_text(output.get("ename"), 200),
            evalue=_text(output.get("evalue"), MAX_TEXT),
            traceback=[_text(line, MAX_TEXT) for line in lines[:200]]
            if isinstance(lines, list)
            else [],
        )
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        more = {"execution_count": count} if kind == "execute_result" else {}
        data = _bundle(output["data"])
        about = {mime: _about(output, mime) for mime in _IMAGES if mime in data}
        return _made(kind, data=data, metadata=about, **more)
    return None


def _made(kind: str, **parts: Any) -> NotebookNode:
    """An output; nbformat's own maker would check each of them against its schema."""
    made: NotebookNode = from_dict({"output_type": kind, **parts})
    return made


def _about(output: dict[Any, Any], mime: str) -> dict[str, str | int]:
    """A picture's description and size; pages put sizes into attributes without quotes."""
    metadata = output.get("metadata")
    told = metadata.get(mime) if isinstance(metadata, dict) else None
    told = told if isinstance(told, dict) else {}
    sizes = {k: told[k] for k in ("width", "height") if type(told.get(k)) is int}
    return {"alt": _text(told.get("alt"), MAX_ALT) or "picture without a description", **sizes}


def _bundle(data: dict[Any, Any]) -> dict[str, str]:
    """Keep plain text, cleaned HTML and bitmaps; Markdown, LaTeX and drawings become HTML.

    nbconvert prefers HTML to pictures and pictures to text; what shows nothing is left out.
    """
    kept = {mime: picture for mime in _IMAGES if (picture := _picture(data.get(mime)))}
    for mime in ("text/html", "text/markdown", "image/svg+xml", "text/latex"):
        shown = _as_html(mime, data.get(mime))
        if shown and not (mime == "text/latex" and kept):
            kept["text/html"] = shown
            break
    kept["text/plain"] = _text(data.get("text/plain"), MAX_TEXT)
    if not any(kept.values()):
        kept["text/plain"] = "[an interactive output, which is not shown here]"
    return kept


def _as_html(mime: str, value: Any) -> str:
    """Return a displayed value as clean HTML; empty if there is nothing to be seen in it."""
    if isinstance(value, bytes) and mime == "image/svg+xml":
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    source = text(value[:MAX_RICH])
    if mime == "image/svg+xml":
        return svg_as_image(source)
    html = clean_html(source if mime == "text/html" else to_html(source))
    return html if _SEEN.search(html) else ""


def _picture(value: Any) -> str:
    """Return base64 text of a bitmap, or nothing."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode() if len(value) <= MAX_RICH else ""
    if not isinstance(value, str) or len(value) > MAX_RICH:
        return ""
    try:
        return base64.b64encode(base64.b64decode(value.replace("\n", ""), validate=True)).decode()
    except (binascii.Error, ValueError):
        return ""


def _text(value: Any, size: int) -> str:
    return text(value)[:size] if isinstance(value, str) else ""
