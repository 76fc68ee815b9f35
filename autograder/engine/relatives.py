"""Known mistakes of which the values are known, where there is no graph to edit."""

from __future__ import annotations

from autograder.engine.exercise import Relative
from autograder.engine.findings import Outcome
from autograder.engine.run import floats


def relative_of(outcomes: list[Outcome]) -> Relative | None:
    """Return the known mistake that gives the values of every trial that has relatives."""
    if not any(gap is not None and gap.wrong for o in outcomes for gap in o.gaps.values()):
        return None  # what came back is right: there is nothing to explain
    known = [o for o in outcomes if o.trial.relatives and o.returned]
    if not any(gap is not None and gap.wrong for o in known for gap in o.gaps.values()):
        return None
    kinds = {(r.id, r.detail): r for o in known for r in o.trial.relatives}
    for kind, relative in kinds.items():
        if all(_fits(kind, outcome) for outcome in known):
            return relative
    return None


def _fits(kind: tuple[str, str], outcome: Outcome) -> bool:
    """Tell whether a mistake gives an outcome; one that it leaves alone has to be right."""
    like = [r for r in outcome.trial.relatives if (r.id, r.detail) == kind]
    wrong = any(gap is not None and gap.wrong for gap in outcome.gaps.values())
    return any(_explains(r, outcome) for r in like) or not (like or wrong)


def _explains(relative: Relative, outcome: Outcome) -> bool:
    """Tell whether the values are the mistake's, and some of what is wrong is among them."""
    wrong = [name for name, gap in outcome.gaps.items() if gap is not None and gap.wrong]
    about = not wrong or not relative.values or any(name in relative.values for name in wrong)
    # or it returns arrays under names that nobody asked for, where others are missing
    about = about or not relative.values.keys() <= outcome.gaps.keys()
    return about and relative.gives(floats(outcome.returned))
