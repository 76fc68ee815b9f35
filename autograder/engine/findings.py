"""What the trials of an exercise showed: one outcome for each, and what explains them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.engine.compare import Gap
from autograder.engine.diagnosis import Explanation
from autograder.engine.problem import Problem
from autograder.engine.trial import Relative, Trial
from autograder.networks import Array
from autograder.observe import StudentError


@dataclass
class Outcome:
    """What one trial showed.

    `wanted` is what the returned arrays were compared with, where a certificate did not do; `lent`
    names arrays of zeros that are right only as the forward pass forgot an argument; `trouble` says
    why nothing could be compared, `error` is what was raised; `defect` is how far the gradients are
    from the right ones, where that was asked; `calls` counts the calls of what is counted; `values`
    are those of a tuple in the order in which they came back; `unlike` names what was another in
    a second call.
    """

    trial: Trial
    returned: dict[str, Any] = field(default_factory=dict)
    gaps: dict[str, Gap | None] = field(default_factory=dict)
    wanted: dict[str, Array] = field(default_factory=dict)
    lent: set[str] = field(default_factory=set)
    changed: tuple[str, ...] = ()
    repeated: bool = True
    unlike: tuple[str, ...] = ()
    trouble: str = ""
    error: StudentError | None = None
    defect: float = 0.0
    calls: Mapping[str, int] = field(default_factory=dict)
    values: tuple[Any, ...] = ()

    @property
    def first_wrong(self) -> Gap | None:
        """How the first wrong array differs."""
        return next((g for g in self.gaps.values() if g is not None and g.wrong), None)

    @property
    def wrong(self) -> bool:
        """Whether something has to be explained."""
        return bool(self.trouble) or any(g is not None and g.wrong for g in self.gaps.values())


@dataclass
class Findings:
    """What all trials of an exercise showed.

    `blocked` says why there are no trials; `carried` that everything wrong here is explained by
    what was told of a function that this one calls; `extra` that the explanation comes from the
    diagnostic trials alone, `problems` from which. `substance` says whether the answer is more than
    an empty one, `order` in which order the values came back, if in another. `errors` are the
    exceptions that a verdict or the note tells of. `loop` is the way back that gives it all.
    `barred` is the name of the property that tells what none can be judged by.
    """

    outcomes: list[Outcome]
    blocked: str = ""
    explanation: Explanation | None = None
    relative: Relative | None = None
    carried: bool = False
    extra: bool = False
    problems: tuple[Problem, ...] = ()
    substance: bool = True
    errors: list[StudentError] = field(default_factory=list)
    order: str = ""
    loop: Any = None
    barred: str = ""

    def one_place(self, scope: str) -> bool:
        """Whether a scope is every layer, or step, of graphs that have one: naming it is vain."""
        graphs = [o.trial.problem.graph for o in self.outcomes if o.trial.problem is not None]
        scopes = [getattr(graph.facts, "scopes", {}) for graph in graphs]
        return scope.startswith("every ") and all(len(s.get(scope, ())) < 2 for s in scopes)

    @property
    def family(self) -> str:
        """The family of the graphs: in whose words misconceptions are told."""
        problems = (o.trial.problem for o in self.outcomes)
        return next((str(p.graph.facts.family) for p in problems if p is not None), "")

    @property
    def trouble(self) -> str:
        """Why nothing could be compared on the first trial where that is so, or nothing."""
        return next((outcome.trouble for outcome in self.outcomes if outcome.trouble), "")
