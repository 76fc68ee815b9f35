"""The register of all misconceptions and their forms, which the search reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from autograder.engine.diagnosis.forms import BehaviourForm, Form
from autograder.engine.diagnosis.lessons import Lessons
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes

F = TypeVar("F", bound=Form)


class Catalogue:
    """All entries in reading order, their forms, and their words for families and functions."""

    def __init__(self) -> None:
        self._entries: dict[str, Misconception] = {}
        self._forms: list[Form] = []
        self._words: dict[tuple[str, str, str], dict[str, str]] = {}
        self._contracts: dict[tuple[str, str], dict[str, str]] = {}
        self.lessons = Lessons()

    def enter(
        self,
        entries: Iterable[Misconception],
        mistakes: Iterable[Mistakes] = (),
        lessons: Lessons | None = None,
    ) -> None:
        """Enter misconceptions, what families attach to them, and the lessons that treat them.

        Raises
        ------
        ValueError
            If an id is taken, or a form or wording belongs to no entry.
        """
        for entry in entries:
            if entry.id in self._entries:
                raise ValueError(f"the catalogue holds {entry.id!r} already")
            self._entries[entry.id] = entry
        for part in mistakes:
            self._forms.extend(part.forms)
            for entry, where, of, words in part.wordings:
                self._words.setdefault((entry.id, where, of), {}).update(words)
            self._contracts |= part.contracts
        foreign = {form.misconception.id for form in self._forms} - self._entries.keys()
        foreign |= {id for id, *_ in self._words} - self._entries.keys()
        if foreign:
            raise ValueError(f"not in the catalogue: {', '.join(sorted(foreign))}")
        self.lessons = lessons or self.lessons
        place = {id: n for n, id in enumerate(self._entries)}
        self._forms.sort(key=lambda form: place[form.misconception.id])

    def __getitem__(self, id: str) -> Misconception:
        return self._entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def values(self) -> list[Misconception]:
        """Return all entries in reading order."""
        return list(self._entries.values())

    def forms(self, kind: type[F], family: str = "") -> Iterator[F]:
        """Yield all forms of one kind in reading order; with `family` those of such graphs."""
        for form in self._forms:
            if isinstance(form, kind) and (not family or family in form.on):
                yield form

    def of(self, id: str) -> list[Form]:
        """Return the forms of one entry."""
        return [form for form in self._forms if form.misconception.id == id]

    def told(self, entry: Misconception, *where: str, of: str = "") -> Misconception:
        """Return the entry in the words for a family of graphs, then for a function.

        At each place the words for the detail `of` replace those for all details.
        """
        for place in where:
            for detail in dict.fromkeys(["", of]):
                words = self._words.get((entry.id, place, detail), {})
                entry = replace(entry, **words)  # type: ignore[arg-type]
        return entry

    def contract(self, function: str, family: str) -> dict[str, str]:
        """Return the line that makes each array of a function, by its letters, ``"dW"``."""
        return self._contracts.get((function, family)) or self._contracts.get((function, ""), {})

    def entered(self) -> Collection[tuple[str, str, str]]:
        """Return for what there are words of its own: id, family or function, detail or place."""
        return self._words.keys()

    def words(self, id: str) -> dict[str, dict[str, str]]:
        """Return the other wordings of an entry by family or function."""
        return {
            where: words
            for (known, where, of), words in self._words.items()
            if (known, of) == (id, "")
        }

    def behaves(self, act: str, function: str, changed: Sequence[str] = ()) -> Misconception | None:
        """Return the misconception behind an act; what is entered for this very function first.

        `changed` are the paths of the arguments that were changed, as `autograder.observe` names
        them.
        """
        places = {int(path.partition("[")[0]) for path in changed}
        found = [
            form
            for form in self.forms(BehaviourForm)
            if form.act == act and (form.argument is None or form.argument in places)
        ]
        own = [form for form in found if function in form.functions]
        any_function = [form for form in found if not form.functions]
        return next((form.misconception for form in own + any_function), None)


#: Filled by `autograder.units`.
CATALOGUE = Catalogue()
