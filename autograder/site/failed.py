"""What stops the building of the site."""


class SiteFailed(Exception):
    """The site cannot be built; the message says why."""
