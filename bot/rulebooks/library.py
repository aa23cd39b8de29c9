"""The rulebooks of this installation: the shipped ones and an office's own, loaded when they are first needed."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from rules.book.editions import When, rating_day
from rules.book.rulebook import Rulebook
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.folders import BOOK, heads, shipped
from rules.reading.load import load


class Library:
    """Rulebooks by id. An office's own stand in the folder `own`, each in a folder named after its id.

    A campaign names its rulebook and its day of reference: `shelf[campaign.edition]`; each edition is loaded once.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._loaded: dict[tuple[str, dt.date], Rulebook] = {}

    def __getitem__(self, edition: tuple[str, When]) -> Rulebook:
        """The rulebook of an id, as it judges on a day of reference or a year. Raises KeyError when there is none,
        RulebookErrors when broken.
        """
        id_, day = edition[0], rating_day(edition[1])
        if (id_, day) not in self._loaded:
            if id_ not in shipped() and id_ not in self.own():
                raise KeyError(id_)
            self._loaded[id_, day] = self.load(id_, day)
        return self._loaded[id_, day]

    def own(self) -> tuple[str, ...]:
        """The names of the folders of an office's own rulebooks, whatever stands in them."""
        if self._own is None or not self._own.is_dir():
            return ()
        return tuple(sorted(place.name for place in self._own.iterdir() if (place / BOOK).is_file()))

    def titles(self) -> dict[str, str]:
        """Id → title of every rulebook that can be used; an office's own first."""
        own = {name: self._titled(name) for name in self.own() if name not in shipped()}
        return {**{name: title for name, title in own.items() if title}, **{head.id: head.title for head in heads()}}

    def in_force(self) -> dict[str, tuple[int, int]]:
        """Id → first and last year that the shipped rulebooks are in force; 9999: open. Of an office's own it is its
        own business.
        """
        return {head.id: (head.since.year, head.until.year if head.until else 9999) for head in heads()}

    def _titled(self, name: str) -> str:
        try:
            return self.load(name).title
        except RulebookErrors:
            return ""

    def load(self, id_or_folder: str, when: When | None = None) -> Rulebook:
        """The rulebook of an id or of any folder, as it judges then. A shipped id is always the shipped rulebook.

        Raises RulebookErrors; an own rulebook whose id is not its folder's name counts as broken.
        """
        place = self.place(id_or_folder)
        book = load(place, when)
        if id_or_folder not in {place, book.id}:
            told = {"folder": id_or_folder, "given": book.id}
            raise RulebookErrors((Mistake(f"{place}/{BOOK}", 0, "id", "folder_name", told),))
        return book

    def place(self, id_or_folder: str) -> str:
        """What `rules.reading.load` finds the rulebook by: an own one by its folder, all else by what is given."""
        if self._own is None or id_or_folder in shipped() or id_or_folder not in self.own():
            return id_or_folder
        return str(self._own / id_or_folder)

    def broken(self) -> Iterator[RulebookErrors]:
        """What is wrong with each own rulebook that cannot be used."""
        for name in self.own():
            if name in shipped():
                yield RulebookErrors((Mistake(str(self._own), 0, name, "shipped_id"),))
                continue
            try:
                self.load(name)
            except RulebookErrors as error:
                yield error
