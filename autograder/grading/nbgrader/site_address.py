"""Where the course's website begins, as its settings say: ``c.StudentPage.site``."""

from __future__ import annotations

import re
from typing import Any

from traitlets import TraitError

_ADDRESS = re.compile(r"(?:https?|file)://[^\s\"'<>?#]+")


def site_of(config: Any) -> str:
    """Return the setting of a course; empty if it has no website.

    Raises
    ------
    TraitError
        If it is no address.
    """
    return address(config.StudentPage.get("site", ""))


def address(site: Any) -> str:
    """Return where a website begins, without a slash at the end.

    Raises
    ------
    TraitError
        If it is no address that a browser elsewhere can open.
    """
    if not site:
        return ""
    if isinstance(site, str) and _ADDRESS.fullmatch(site):
        return site.rstrip("/")
    raise TraitError(
        f"c.StudentPage.site is {site!r}: the address of the course's website is expected, such as "
        "'https://example.org/course', or nothing where there is none"
    )
