"""Hidden tests as other nbgrader courses write them: right and wrong answers, and the tests."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Course:
    """One notebook: a right and a wrong answer, and hidden tests of one point each.

    Attributes
    ----------
    right, wrong : str
        The answer cell.
    tests : dict of str to str
        Bodies of hidden tests by name.
    files : dict of str to bytes
        Handed out with the notebook.
    """

    right: str
    wrong: str
    tests: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)
