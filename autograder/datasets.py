"""Small planar data sets with two classes, made from formulas of our own; one photograph."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_RUDE = re.compile("shit|piss")


def river_course(x1: NDArray[np.float64]) -> NDArray[np.float64]:
    """The midline of the river, x2 = sin(1.7 x1), at each of the given x1."""
    return np.sin(1.7 * x1)


def river(
    m: int, rng: np.random.Generator, gap: float = 0.15, reach: float = 1.2
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points on the two banks of a winding river: label 1 above it, label 0 below.

    A point lies at x1 ~ U(-2, 2) and x2 = sin(1.7 x1) +- d with d ~ U(gap, reach), so that a
    curve separates the classes without error and no straight line does.

    Parameters
    ----------
    m : int
        Number of examples, at least 2; the classes differ by at most one in size.
    rng : numpy.random.Generator
    gap : float
        Half the width of the empty river, in units of x2.
    reach : float
        The largest distance of a point from the midline.

    Returns
    -------
    X : array, shape (2, m), columns are examples
    Y : array, shape (1, m), labels 0.0 or 1.0

    Raises
    ------
    ValueError
        If m < 2, or unless 0 <= gap < reach.

    Examples
    --------
    >>> X, Y = river(5, np.random.default_rng(0))
    >>> X.shape, Y.shape, float(Y.sum())
    ((2, 5), (1, 5), 2.0)
    """
    if m < 2:
        raise ValueError(f"river needs m >= 2 examples, one for each bank; got m = {m}")
    if not 0 <= gap < reach:
        raise ValueError(f"river needs 0 <= gap < reach; got gap = {gap}, reach = {reach}")
    labels = rng.permutation(np.arange(m) % 2).astype(float)
    x1 = rng.uniform(-2.0, 2.0, size=m)
    distance = rng.uniform(gap, reach, size=m)
    x2 = river_course(x1) + np.where(labels == 1, distance, -distance)
    return np.stack([x1, x2]), labels[np.newaxis, :]


def spiral(
    per_class: int, rng: np.random.Generator, classes: int = 3, noise: float = 0.15
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Arms that wind around one centre, one arm for each class; rows are examples.

    A point lies at radius r ~ U(0.1, 1) and angle 4 r + 2 pi c / classes + t, t ~ N(0, noise):
    each class is one connected curve, and no straight line cuts it off.

    Parameters
    ----------
    per_class : int
        Number of examples of each class, at least 1.
    rng : numpy.random.Generator
    classes : int
    noise : float
        Standard deviation of the angle, in radians.

    Returns
    -------
    x : array, shape (classes * per_class, 2), rows are examples
    y : array of int, shape (classes * per_class,), labels 0 ... classes - 1

    Raises
    ------
    ValueError
        If there is less than one example of a class, or less than two classes.

    Examples
    --------
    >>> x, y = spiral(4, np.random.default_rng(0))
    >>> x.shape, np.bincount(y).tolist()
    ((12, 2), [4, 4, 4])
    """
    if per_class < 1 or classes < 2:
        raise ValueError(f"no spiral of {classes} classes with {per_class} examples each")
    y = rng.permutation(np.repeat(np.arange(classes), per_class))
    radius = rng.uniform(0.1, 1.0, size=len(y))
    angle = 4.0 * radius + 2.0 * np.pi * y / classes + rng.normal(scale=noise, size=len(y))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), y


def photograph(size: int = 26, pixels: int = 12) -> NDArray[np.float64]:
    """A photograph of Grace Hopper, in grey, which comes with matplotlib.

    Each pixel is the mean of `pixels` by `pixels` of the original (public domain, James S. Davis,
    United States Navy, 1984).

    Parameters
    ----------
    size : int
        Height and width.
    pixels : int

    Returns
    -------
    array, shape (size, size)
        With a mean of 0 and a standard deviation of 1.

    Raises
    ------
    ValueError
        If the original, 600 by 512 pixels, is too small.
    FileNotFoundError
        If matplotlib came without its sample data.
    """
    from matplotlib import cbook, image  # not for those who look at no photograph

    if not 0 < size * pixels <= 512:
        raise ValueError(f"the photograph has 512 columns; got {size} times {pixels}")
    try:
        path = cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
        grey = image.imread(str(path)).mean(axis=2)
    except FileNotFoundError as error:
        told = "this matplotlib has no sample data; the one that pip installs has it"
        raise FileNotFoundError(told) from error
    side = size * pixels
    top, left = min(60, 600 - side), (512 - side) // 2
    cut = grey[top : top + side, left : left + side]
    small = cut.reshape(size, pixels, size, pixels).mean(axis=(1, 3))
    return np.asarray((small - small.mean()) / small.std())


def colour_names() -> list[str]:
    """Names of colours in lower-case letters and spaces, sorted: 932 of them.

    They are those that matplotlib holds in ``XKCD_COLORS``, of a survey in which people named what
    they saw (R. Munroe, 2010, in the public domain). A slash becomes a space, an apostrophe is left
    out, and names that are then equal are one. Six that are rude are left out.
    """
    from matplotlib.colors import XKCD_COLORS  # nothing else in this module needs it

    names = (name.removeprefix("xkcd:").lower() for name in XKCD_COLORS)
    plain = {name.replace("/", " ").replace("'", "") for name in names}
    return sorted(name for name in plain if not _RUDE.search(name))
