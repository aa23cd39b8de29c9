"""The library: the rulebooks of this installation, shipped or the office's own, loaded when first needed."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from rules.book.editions import When, rating_day
from rules.book.rulebook import Rulebook
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.folders import BOOK, heads, shipped
from rules.reading.load import load


class Library:
    """Rulebooks by id. An office's own are in the folder `own`, each in a subfolder named after its id.

    A campaign names its rulebook and day of reference: `shelf[campaign.edition]`. Each edition is loaded once.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._loaded: dict[tuple[str, dt.date], Rulebook] = {}

    def __getitem__(self, edition: tuple[str, When]) -> Rulebook:
        """The edition of a rulebook for a day of reference or a year. Raises KeyError when there is none,
        RulebookErrors when it is broken.
        """
        id_, day = edition[0], rating_day(edition[1])
        if (id_, day) not in self._loaded:
            if id_ not in shipped() and id_ not in self.own():
                raise KeyError(id_)
            self._loaded[id_, day] = self.load(id_, day)
        return self._loaded[id_, day]

    def own(self) -> tuple[str, ...]:
        """The folder names of an office's own rulebooks, whatever they contain."""
        if self._own is None or not self._own.is_dir():
            return ()
        return tuple(sorted(place.name for place in self._own.iterdir() if (place / BOOK).is_file()))

    def titles(self) -> dict[str, str]:
        """Id → title of every usable rulebook; an office's own first."""
        own = {name: self._titled(name) for name in self.own() if name not in shipped()}
        return {**{name: title for name, title in own.items() if title}, **{head.id: head.title for head in heads()}}

    def in_force(self) -> dict[str, tuple[int, int]]:
        """Id → first and last year in force of the shipped rulebooks; 9999 when open. An office decides itself about
        its own.
        """
        return {head.id: (head.since.year, head.until.year if head.until else 9999) for head in heads()}

    def _titled(self, name: str) -> str:
        try:
            return self.load(name).title
        except RulebookErrors:
            return ""

    def load(self, id_or_folder: str, when: When | None = None) -> Rulebook:
        """The edition of a rulebook, by id or by folder. A shipped id always means the shipped rulebook.

        Raises RulebookErrors; an own rulebook whose id is not the name of its folder counts as broken.
        """
        place = self.place(id_or_folder)
        book = load(place, when)
        if id_or_folder not in {place, book.id}:
            told = {"folder": id_or_folder, "given": book.id}
            raise RulebookErrors((Mistake(f"{place}/{BOOK}", 0, "id", "folder_name", told),))
        return book

    def place(self, id_or_folder: str) -> str:
        """The argument for `rules.reading.load`: the folder of an own rulebook, otherwise the given name."""
        if self._own is None or id_or_folder in shipped() or id_or_folder not in self.own():
            return id_or_folder
        return str(self._own / id_or_folder)

    def broken(self) -> Iterator[RulebookErrors]:
        """Id → the mistakes of each own rulebook that cannot be used."""
        for name in self.own():
            if name in shipped():
                yield RulebookErrors((Mistake(str(self._own), 0, name, "shipped_id"),))
                continue
            try:
                self.load(name)
            except RulebookErrors as error:
                yield error
