"""A picture that carries its alt text, drawn without touching anybody's pyplot state."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORWARD = "#0072B2"
BACKWARD = "#D55E00"
INK = "#222222"
PALE = "#9c9ca1"
COIN = "#f89c20"
CLASSES = ("#964a8b", "#f89c20")

_STYLE = Path(__file__).with_name("course.mplstyle")
_DPI = 160
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


def paint(
    draw: Callable[[Figure], None],
    size: tuple[float, float],
    alt: str,
    margins: Mapping[str, float] | None = None,
) -> Picture:
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
    margins : mapping, optional
        As for ``Figure.subplots_adjust``. By default they are found by drawing twice; a picture
        that every submission draws anew is worth being told.

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if not alt.strip():
        raise ValueError("a picture needs an alt text that says what is to be seen")
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rc_file(_STYLE)
        figure = Figure(figsize=size, dpi=_DPI, layout=None if margins else "constrained")
        draw(figure)
        if margins:
            figure.subplots_adjust(**margins)
        else:
            figure.draw_without_rendering()  # the layout needs two rounds to settle
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    return Picture(alt, size, _png(pixels))


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Encode with a palette of 256 colours, which flat drawings hardly exceed.

    No channel is off by more than a few of its 255 steps; the file has less than half the bytes
    of one in full colour and is written in a quarter of the time.
    """
    from PIL import Image

    buffer = BytesIO()
    image = Image.fromarray(pixels)
    image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(buffer, "png")
    return buffer.getvalue()
