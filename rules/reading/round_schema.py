"""The border of `rounds:` in book.yaml."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from rules.book.rounds import Drafted, Reaches
from rules.reading.condition_schema import TraitWhen
from rules.reading.schema_errors import refuse
from rules.reading.schema_parts import EVERYBODY, Cited, Id, Key, Text


class RoundFile(Cited):
    """`{key: report, title: …, draft: review, forms: […], to: chosen, cite: …, quote: …}`; `unnamed: true`: without names."""

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

    @model_validator(mode="after")
    def _sheet_of_a_form(self) -> Self:
        if (self.draft is Drafted.SHEET) != bool(self.form):
            raise refuse("round_form")
        return self
