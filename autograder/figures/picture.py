"""A picture that carries its alt text, drawn without touching anybody's pyplot state."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORWARD = "#0072B2"
BACKWARD = "#D55E00"
INK = "#222222"
PALE = "#9c9ca1"
COIN = "#f89c20"
CLASSES = ("#964a8b", "#f89c20")

_STYLE = Path(__file__).with_name("course.mplstyle")
_SCREEN_DPI = 92


@dataclass(frozen=True)
class Picture:
    """A finished figure and the words for those who do not see it.

    Attributes
    ----------
    alt : str
        What a screen reader says; also the picture's plain-text form.
    size : tuple of float
        Width and height in inches.
    png : bytes
        The image itself.
    """

    alt: str
    size: tuple[float, float]
    png: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"[picture: {self.alt}]"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        width, height = (round(inches * _SCREEN_DPI) for inches in self.size)
        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt, "width": width, "height": height}}


def paint(draw: Callable[[Figure], None], size: tuple[float, float], alt: str) -> Picture:
    """Let `draw` fill an empty figure in the course's style and return it as a picture.

    The caller's matplotlib settings neither matter nor change; the bytes depend on the drawing
    alone (no date, no version in the file), so that a rebuilt notebook is the same notebook.

    Parameters
    ----------
    draw : function
        Receives a ``matplotlib.figure.Figure`` of the given size.
    size : tuple of float
        Width and height in inches.
    alt : str
        One or two sentences that say what is to be seen.

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    import matplotlib
    from matplotlib.figure import Figure

    if not alt.strip():
        raise ValueError("a picture needs an alt text that says what is to be seen")
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rc_file(_STYLE)
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        buffer = BytesIO()
        optimize = {"optimize": True}
        figure.savefig(buffer, format="png", metadata={"Software": None}, pil_kwargs=optimize)
    return Picture(alt, size, buffer.getvalue())
