"""The sizes of images and windows on which no known mistake can hide.

H and W differ, and so do H' and W', C and F, HH and WW, each in some instance; there is more than
one image; windows overlap; stride and border are there and not there.
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.engine.locate.instances import mixed_up, trait

#: How the contracts call the height and the width of a window.
_OF_FILTERS, _OF_POOLS = ("HH", "WW"), ("pool_height", "pool_width")
for _high, _wide in (_OF_FILTERS, _OF_POOLS):
    trait(
        f"{_high} {_wide} stride",
        "the window is as high and as wide as the stride",
        "it is not",
        lambda s, high=_high, wide=_wide: s["stride"] == s[high] == s[wide],  # type: ignore[misc]
    )
    trait(
        f"{_high} {_wide}",
        "the window is square",
        "it is not",
        lambda s, high=_high, wide=_wide: s[high] == s[wide],  # type: ignore[misc]
    )
    mixed_up(f"{_high} {_wide} stride", "H W", "C F", f"{_high} stride", f"{_wide} stride")
trait("pad", "pad = 0", "there is a border", lambda s: s["pad"] == 0)
trait("H' W'", "H' = W'", "H' and W' differ", lambda s: s["H'"] == s["W'"])


@dataclass(frozen=True)
class Sizes:
    """(N, C, H, W) of the images, F filters, (HH, WW) of the window; F is 0 where there is none.

    A pooling is not `bordered`.
    """

    images: tuple[int, int, int, int]
    filters: int
    window: tuple[int, int]
    stride: int
    pad: int = 0
    bordered: bool = True

    @property
    def places(self) -> tuple[int, int]:
        """(H', W')."""
        (H, W), (HH, WW) = self.images[2:], self.window
        rest = (H + 2 * self.pad - HH) % self.stride, (W + 2 * self.pad - WW) % self.stride
        assert rest == (0, 0), "a window that does not fit"
        return (
            1 + (H + 2 * self.pad - HH) // self.stride,
            1 + (W + 2 * self.pad - WW) // self.stride,
        )

    @property
    def letters(self) -> dict[str, int]:
        """The sizes by their letters: factors are told by them."""
        given = (*self.images, self.filters, *self.window)
        window = _OF_FILTERS if self.filters or self.bordered else _OF_POOLS
        named = dict(zip(("N", "C", "H", "W", "F", *window), given, strict=True))
        found = {letter: size for letter, size in named.items() if size} | {"stride": self.stride}
        found |= dict(zip(("H'", "W'"), self.places, strict=True))
        return found | {"pad": self.pad} if self.bordered else found

    @property
    def label(self) -> str:
        """The sizes, for messages."""
        images = ", ".join(f"{k} = {v}" for k, v in zip("NCHW", self.images, strict=True))
        more = f"F = {self.filters}, " if self.filters else ""
        window = " x ".join(map(str, self.window))
        border = f", pad {self.pad}" if self.bordered else ""
        return f"{images}, {more}window {window}, stride {self.stride}{border}"


CONVS = (
    Sizes((2, 3, 5, 6), 4, (3, 2), 2, 1),
    Sizes((3, 2, 5, 4), 3, (2, 3), 1, 0),
    Sizes((2, 1, 3, 3), 2, (3, 3), 1, 1),
    Sizes((1, 2, 2, 4), 5, (2, 3), 1, 2),
)
COLUMNS_OF = (
    Sizes((2, 3, 5, 8), 0, (3, 2), 2, 1),  # W is not next to H, or an end that is moved hides
    Sizes((3, 2, 5, 4), 0, (2, 3), 1, 0),
    Sizes((1, 4, 5, 3), 0, (3, 3), 1, 2),
    Sizes((2, 3, 4, 4), 0, (2, 2), 1, 0),  # H' = W': a mistake that hides there is told by that
)
POOLS = (
    Sizes((2, 3, 4, 6), 0, (2, 2), 2, bordered=False),
    Sizes((2, 2, 5, 7), 0, (3, 3), 2, bordered=False),
    Sizes((3, 2, 5, 4), 0, (2, 3), 1, bordered=False),
    Sizes((1, 2, 5, 3), 0, (3, 1), 2, bordered=False),
)
#: The smallest first.
SMALL_CONVS = (
    Sizes((1, 1, 2, 3), 1, (1, 2), 1),
    Sizes((1, 1, 2, 2), 1, (2, 2), 1, 1),
    Sizes((1, 1, 3, 5), 1, (1, 3), 2),
    Sizes((2, 1, 2, 3), 1, (1, 2), 1),
    Sizes((1, 2, 2, 3), 2, (2, 2), 1),
)
SMALL_COLUMNS = (
    Sizes((1, 1, 2, 3), 0, (1, 2), 1),
    Sizes((1, 1, 1, 3), 0, (1, 2), 1, 1),
    Sizes((1, 2, 2, 3), 0, (2, 2), 1),
)
SMALL_POOLS = (
    Sizes((1, 1, 2, 2), 0, (2, 2), 2, bordered=False),
    Sizes((1, 1, 2, 4), 0, (2, 2), 2, bordered=False),
    Sizes((1, 1, 2, 3), 0, (2, 2), 1, bordered=False),
    Sizes((2, 1, 2, 4), 0, (2, 2), 2, bordered=False),
)
