"""Collect what a cell prints, shows and raises, as nbformat outputs of bounded size."""

from __future__ import annotations

import io
from typing import Any

MAX_TEXT = 100_000  # characters a cell may print
MAX_RICH = 6 << 20  # characters of its displayed data: figures, tables
MAX_OUTPUTS = 200
MAX_ALT = 1000  # characters of a picture's description


class Outputs:
    """The outputs of the running cell."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything; called before each cell."""
        self.items: list[dict[str, Any]] = []
        self._text = self._rich = 0

    def stream(self, name: str, text: str) -> None:
        """Add printed text, joined to what the same stream printed just before."""
        room = MAX_TEXT - self._text
        self._text += len(text)
        if room <= 0 or not text:
            return
        if len(text) > room:
            text = text[:room] + f"\n[output cut: more than {MAX_TEXT:,} characters]\n"
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["text"] += text
        else:
            self._add({"output_type": "stream", "name": name, "text": text})

    def rich(self, kind: str, data: dict[str, Any], metadata: Any, **more: Any) -> None:
        """Add displayed data; ``kind`` is ``display_data`` or ``execute_result``."""
        kept = {mime: value for mime, value in data.items() if isinstance(value, str | bytes)}
        self._rich += sum(len(value) for value in kept.values())
        if self._rich > MAX_RICH:
            kept = {"text/plain": f"[output cut: more than {MAX_RICH:,} bytes displayed]"}
        about = _about_pictures(metadata) if isinstance(metadata, dict) else {}
        self._add({"output_type": kind, "data": kept, "metadata": about, **more})

    def error(self, name: str, message: str, traceback: list[str]) -> None:
        """Add an exception."""
        self._add(
            {
                "output_type": "error",
                "ename": name,
                "evalue": message[:MAX_TEXT],
                "traceback": [line[:MAX_TEXT] for line in traceback[:200]],
            }
        )

    def _add(self, item: dict[str, Any]) -> None:
        # an exception is always kept: it says why the cell stopped
        if len(self.items) < MAX_OUTPUTS or item["output_type"] == "error":
            self.items.append(item)


def _about_pictures(metadata: dict[Any, Any]) -> dict[str, dict[str, str | int]]:
    """Keep the words and sizes that come with pictures."""
    kept: dict[str, dict[str, str | int]] = {}
    for mime, about in metadata.items():
        if isinstance(mime, str) and mime.startswith("image/") and isinstance(about, dict):
            kept[mime] = {k: about[k] for k in ("width", "height") if isinstance(about.get(k), int)}
            if isinstance(about.get("alt"), str):
                kept[mime]["alt"] = about["alt"][:MAX_ALT]
    return kept


class Stream(io.TextIOBase):
    """A stand-in for ``sys.stdout`` or ``sys.stderr`` that writes into `Outputs`."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self.name = outputs, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._outputs.stream(self.name, text)
        return len(text)
