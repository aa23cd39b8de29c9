"""The border of `rounds:` in book.yaml."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from rules.book.rounds import OF_SHEETS, Drafted, Reaches
from rules.reading.border import refuse
from rules.reading.conditions import TraitWhen
from rules.reading.parts import EVERYBODY, Cited, Id, Key, Text

#: The most characters in the key of a sheet, which is part of buttons.
KEY_CHARS = 20


class RoundFile(Cited):
    """A round: `{key: report, title: …, draft: review, forms: […], to: chosen, cite: …, quote: …}`. With `unnamed:
    true` answers are given without names.
    """

    key: Key
    title: Text
    draft: Drafted
    to: Reaches
    quote: Text
    forms: tuple[Id, ...] = ()
    when: TraitWhen = EVERYBODY
    days: Annotated[int, Field(ge=0, le=60)] = 0
    unnamed: bool = False
    without: str = ""
    form: Id | str = ""
    then: Id | str = ""
    shows: tuple[Key, ...] = ()
    bodies: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _sheet_of_a_form(self) -> Self:
        sheet = self.draft is Drafted.SHEET
        if sheet != bool(self.form) or (not sheet and (self.then or self.shows or self.to in OF_SHEETS)):
            raise refuse("round_form")
        if (self.to is Reaches.BODIES) != bool(self.bodies):
            raise refuse("round_bodies")
        if sheet and len(self.key) > KEY_CHARS:
            raise refuse("round_key", most=KEY_CHARS)
        return self
