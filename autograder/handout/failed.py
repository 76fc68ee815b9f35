"""What stops a hand-out."""


class HandoutFailed(Exception):
    """The hand-out cannot be made; the message says why, and nothing was written."""
