"""Collect what a cell prints, shows and raises, as nbformat outputs of bounded size."""

from __future__ import annotations

import io
from typing import Any

MAX_TEXT = 100_000  # characters a cell may print
MAX_RICH = 6 << 20  # characters of its displayed data: figures, tables
MAX_OUTPUTS = 200


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
        del metadata  # sizes of figures only; nothing downstream needs it
        self._add({"output_type": kind, "data": kept, "metadata": {}, **more})

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
