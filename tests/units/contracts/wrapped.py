"""Code that stands around a solution and breaks one thing of it."""

from __future__ import annotations


def after(name: str, *lines: str, signature: str = "*args") -> str:
    """Code that calls the solution of `name`, then does what the lines say, and returns `out`."""
    return around(name, *[f"out = solved_{name}({signature})", *lines], signature=signature)


def around(name: str, *lines: str, signature: str = "*args") -> str:
    """Code in the place of `name`, in which the solution is ``solved_name``; it returns `out`."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"solved_{name} = {name}\ndef {name}({signature}):\n{body}\n    return out"


def last_call(forward: str, backward: str, place: int) -> str:
    """Code whose backward takes the cache of the last forward call, not the one it is given."""
    kept = after(forward, "kept.append(out[-1])", "out = *out[:-1], None")
    handed = f"args = [*args[:{place}], kept[-1], *args[{place} + 1 :]]"
    return f"kept = []\n{kept}\n{around(backward, handed, f'out = solved_{backward}(*args)')}"
