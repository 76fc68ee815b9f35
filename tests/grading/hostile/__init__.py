"""The hostile corpus: every trick with its expected outcome."""

from . import bounds, displaying, metadata, odd, outside, pages, patching, processes, snooping
from .case import Case

CASES: dict[str, Case] = {
    f"{module.__name__.rpartition('.')[2]}: {case.name}": case
    for module in (patching, displaying, snooping, processes, metadata, pages, bounds, outside, odd)
    for case in module.CASES
}
