"""The catalogue: what a misconception is, and the register of all of them.

A misconception has words (what was computed instead, which formula it concerns, what to ask
oneself) and one or more *forms*, the ways in which it shows in numbers:

`layer`
    A graph edit per layer; which layers it touches is the explanation's scope.
`whole`
    A graph edit of the whole graph.
`reading`
    The arrays are right, but of another claim: the other convention, a shifted key.
`undo`
    The array is right, but in another form: transposed, without its second axis.
`shape`
    What an array of a foreign shape holds, computed from the gradients of the graph.
`behaviour`
    Not a number but an act: ``"changed"`` an argument, or a second call ``"differs"``.

A misconception without a form is named by a check itself, which knows the values that it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.engine.problem import Claim, Problem
from autograder.networks import Array, Edits, Graph

LayerEdit = Callable[[Graph, int], Edits | None]
WholeEdit = Callable[[Problem], Edits | None]
Reading = Callable[[Problem], Mapping[str, Claim] | None]
Undo = Callable[[str, Array, tuple[int, ...]], Array | None]
Foreign = Callable[[Problem, str, Edits], Array | None]


@dataclass(frozen=True)
class Form:
    """One way in which a misconception shows in numbers; exactly one function is set.

    `on` names the families of graphs in which it can occur; `activation` restricts a layer form
    to layers with that activation, `functions` a behaviour to functions of these names, and
    `argument` a change in place to the argument at that place. The edits of a `last` form look at
    gradients, so they are made after those of other causes, which stand in ``problem.given``.
    """

    detail: str = ""
    layer: LayerEdit | None = None
    whole: WholeEdit | None = None
    reading: Reading | None = None
    undo: Undo | None = None
    shape: Foreign | None = None
    behaviour: str = ""
    functions: tuple[str, ...] = ()
    argument: int | None = None
    last: bool = False
    activation: str | None = None
    on: tuple[str, ...] = ("mlp",)


@dataclass(frozen=True)
class Misconception:
    """A mistake that students really make.

    Attributes
    ----------
    id : str
        Its name in the catalogue, ``"one-over-m-twice"``.
    unit : str
        The unit whose lesson cures it, ``"04"``.
    title : str
        A few words for tables, ``"1/m paid twice"``.
    computed : str
        One or two sentences: of what the returned arrays are the right gradient.
    formula : str
        The line of formula that it concerns.
    ask : str
        The next question to ask oneself.
    section : str
        Where the lesson treats it.
    mistake : bool
        False for a convention, which is not an error of arithmetic.
    """

    id: str
    unit: str
    title: str
    computed: str
    formula: str
    ask: str
    section: str
    mistake: bool = True
    forms: list[Form] = field(default_factory=list, compare=False)
    words: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False)

    def form(self, detail: str = "", **shows: object) -> Misconception:
        """Add a form and return the misconception, so that calls can be chained."""
        self.forms.append(Form(detail, **shows))  # type: ignore[arg-type]
        return self

    def share(self, family: str, source: str = "mlp", **words: str) -> Misconception:
        """Let the forms of the source family occur on graphs of another one too, in its words.

        For families whose nodes bear the same names. `words` replace ``computed``, ``formula``,
        ``ask``, ``section`` where the other family's notation differs.
        """
        for place, form in enumerate(self.forms):
            if source in form.on and family not in form.on:
                self.forms[place] = replace(form, on=(*form.on, family))
        return self.reword(family, **words)

    def reword(self, family: str, **words: str) -> Misconception:
        """Tell it in other words on graphs of this family."""
        self.words[family] = {**self.words.get(family, {}), **words}
        return self

    def told(self, family: str) -> Misconception:
        """The same misconception in the words for this family of graphs."""
        return replace(self, **self.words.get(family, {}))  # type: ignore[arg-type]


CATALOGUE: dict[str, Misconception] = {}


def misconception(id: str, unit: str, **words: object) -> Misconception:
    """Enter a misconception into the catalogue.

    Raises
    ------
    ValueError
        If the id is taken.
    """
    if id in CATALOGUE:
        raise ValueError(f"the catalogue holds {id!r} already")
    CATALOGUE[id] = Misconception(id, unit, **words)  # type: ignore[arg-type]
    return CATALOGUE[id]


def forms(kind: str, family: str = "") -> Iterator[tuple[Misconception, Form]]:
    """All forms of one kind (``"layer"``, ``"whole"``, ...) in the order of entry.

    With `family` only those that occur on graphs of that family.
    """
    for entry in CATALOGUE.values():
        for form in entry.forms:
            if getattr(form, kind) and (not family or family in form.on):
                yield entry, form


def behaves(behaviour: str, function: str, changed: Sequence[str] = ()) -> Misconception | None:
    """The misconception behind a behaviour; what is entered for this very function first.

    `changed` are the paths of the arguments that were changed, as `autograder.observe` names them.
    """
    places = {int(path.partition("[")[0]) for path in changed}
    found = [
        (entry, form)
        for entry, form in forms("behaviour")
        if form.behaviour == behaviour and (form.argument is None or form.argument in places)
    ]
    own = [entry for entry, form in found if function in form.functions]
    return next(iter(own + [entry for entry, form in found if not form.functions]), None)
