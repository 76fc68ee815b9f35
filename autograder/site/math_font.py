"""The font of formulas: STIX Two Math, as far as formulas use it, inside of the style sheet.

A browser that finds no font for mathematics draws brackets and roots too small. The font comes with
the package ziamath. Firefox loads no font file into a page that was opened by ``file://``; what
stands in the style sheet itself it reads.
"""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from io import BytesIO

#: Blocks of Unicode that formulas need: letters, marks, arrows, operators, mathematical letters.
_BLOCKS = (
    *((0x20, 0x17F), (0x2B0, 0x3FF), (0x2000, 0x206F), (0x20D0, 0x20FF), (0x2100, 0x22FF)),
    *((0x2308, 0x230B), (0x23B0, 0x23E0), (0x25A0, 0x25FF), (0x27C0, 0x2AFF), (0x1D400, 0x1D7FF)),
)


def font_face() -> str:
    """Return a style sheet that brings the font under the name ``Formulas``."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    raw = files("ziamath.fonts").joinpath("STIXTwoMath-Regular.ttf").read_bytes()
    font = TTFont(BytesIO(raw), recalcTimestamp=False)
    options = Options(layout_features=["ssty", "dtls", "ccmp", "mark", "mkmk"], hinting=False)
    chosen = Subsetter(options)
    chosen.populate(unicodes=[code for first, last in _BLOCKS for code in range(first, last + 1)])
    chosen.subset(font)
    font.flavor = "woff"
    made = BytesIO()
    font.save(made)
    data = b64encode(made.getvalue()).decode()
    return (
        "@font-face { font-family: Formulas; "
        f"src: url(data:font/woff;base64,{data}) format('woff'); }}\n"
    )
