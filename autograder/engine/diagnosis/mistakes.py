"""What students get wrong with one kind of network: forms and words, attached to entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from autograder.engine.diagnosis.forms import (
    BehaviourForm,
    Claims,
    ForeignForm,
    Form,
    LayerEdit,
    LayerForm,
    Predict,
    ReadingForm,
    Restore,
    UndoForm,
    WholeEdit,
    WholeForm,
)
from autograder.engine.diagnosis.misconception import Misconception


class Mistakes:
    """Forms and words in the order in which a module states them.

    Nothing here is known to the search until `autograder.units` enters it into the catalogue, so
    that modules may be imported in any order.

    Parameters
    ----------
    families : str
        The families of graphs on which the forms can occur, where a form does not say otherwise.
    """

    def __init__(self, *families: str):
        self.families = families
        self.forms: list[Form] = []
        self.wordings: list[tuple[Misconception, str, str, dict[str, str]]] = []
        self.contracts: dict[tuple[str, str], dict[str, str]] = {}

    def contract(self, function: str, lines: dict[str, str], on: tuple[str, ...] = ()) -> None:
        """State the line that makes each array of a function, by the array's letters.

        It is shown beside a mistake that has no line of its own in this function.
        """
        self.contracts |= {(function, family): lines for family in on or self.families}

    def words(self, entry: Misconception, *where: str, of: str = "", **words: str) -> None:
        """Tell an entry in other words on graphs of some families, or in some functions.

        `words` replace ``title``, ``computed``, ``formula``, ``ask``, ``section``; with `of` only
        where the mistake shows in the form of that detail, or in the argument of that place. Where
        two units have a function of one name, ``"relu_backward beside columns"`` is that of one of
        them. A formula that is empty leaves the line to the contract of the function.
        """
        self.wordings.extend((entry, place, of, words) for place in where)

    def layer(
        self,
        entry: Misconception,
        edits: LayerEdit,
        detail: str = "",
        *,
        activation: str | None = None,
        on: tuple[str, ...] = (),
    ) -> None:
        """Attach a graph edit per layer or time step."""
        self.forms.append(LayerForm(entry, detail, on or self.families, edits, activation))

    def whole(
        self,
        entry: Misconception,
        edits: WholeEdit,
        detail: str = "",
        *,
        last: bool = False,
        on: tuple[str, ...] = (),
    ) -> None:
        """Attach an edit of the whole graph."""
        self.forms.append(WholeForm(entry, detail, on or self.families, edits, last))

    def reading(self, entry: Misconception, claims: Claims, detail: str = "") -> None:
        """Attach other claims of the same arrays."""
        self.forms.append(ReadingForm(entry, detail, self.families, claims))

    def undo(self, entry: Misconception, restore: Restore, detail: str = "") -> None:
        """Attach the way back from a foreign form of an array."""
        self.forms.append(UndoForm(entry, detail, self.families, restore))

    def foreign(
        self,
        entry: Misconception,
        predict: Predict,
        detail: str = "",
        *,
        on: tuple[str, ...] = (),
    ) -> None:
        """Attach what an array of a foreign shape holds."""
        self.forms.append(ForeignForm(entry, detail, on or self.families, predict))

    def behaviour(
        self,
        entry: Misconception,
        act: str,
        detail: str = "",
        *,
        functions: tuple[str, ...] = (),
        argument: int | None = None,
    ) -> None:
        """Attach something that a function does."""
        self.forms.append(BehaviourForm(entry, detail, self.families, act, functions, argument))

    def share(
        self,
        entry: Misconception,
        sources: Iterable[Mistakes],
        family: str,
        rename: Callable[[str], str] = str,
    ) -> None:
        """Let the forms that an entry has on graphs of a family occur on graphs of this one too.

        For families whose nodes bear the same names; `rename` changes the names in the details.
        Its words for that family come along.
        """
        for source in sources:
            for form in source.forms:
                if form.misconception is entry and family in form.on:
                    self.forms.append(replace(form, detail=rename(form.detail), on=self.families))
            for known, where, of, words in source.wordings:
                if known is entry and where == family:
                    self.words(entry, *self.families, of=of and rename(of), **words)
