"""The border of `summary_tables:` and `decision:` in book.yaml: what is made of the results, and how the decision reads."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from rules.book.summaries import COLUMNS_OF, Contents, Shows
from rules.nouns.values import Subject
from rules.reading.border import Border, refuse
from rules.reading.parts import Cited, Id, Key, Replacing, Text


class SummaryColumnFile(Border):
    """`{shows: rating, title: Mức xếp loại}`; `quote` where the text names the column itself; `round` of points of sheets."""

    shows: Shows
    title: Text
    quote: str = ""
    round: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _points_of_a_round(self) -> Self:
        if (self.shows is Shows.POINTS) != bool(self.round):
            raise refuse("column_round")
        return self


def refuse_others(columns: Iterable[SummaryColumnFile], contents: Contents) -> None:
    """Raises for a column that has no meaning there."""
    known = COLUMNS_OF[contents]
    for column in columns:
        if column.shows not in known:
            expected = ", ".join(one.value for one in Shows if one in known)
            raise refuse("one_of", given=column.shows.value, expected=expected)


class SummaryTableFile(Cited, Replacing):
    """A table that is made of the results: what stands in it, for whom, and the line of the text that asks for it."""

    key: Key
    title: Text
    contents: Contents
    columns: Annotated[tuple[SummaryColumnFile, ...], Field(min_length=2)]
    quote: Text
    per: Literal["office", "unit"] = "office"
    subject: tuple[Subject, ...] = ()
    leader: bool | None = None
    forms: tuple[Id, ...] = ()
    proposal: bool = False
    public: bool = False
    printed: bool = False
    code: str = ""
    to: str = ""
    signed: Annotated[tuple[Text, ...], Field(max_length=2)] = ()

    @model_validator(mode="after")
    def _columns_of_its_contents(self) -> Self:
        refuse_others(self.columns, self.contents)
        return self


class SentenceFile(Border):
    """`{text: …, cite: …}`; without a cite it is our own."""

    text: Text
    cite: str = ""

    @field_validator("text")
    @classmethod
    def _known_places(cls, value: str) -> str:
        for place in re.findall(r"\{[^}]*\}?|\}", value):
            if place not in _PLACES:
                raise refuse("one_of", given=place, expected=", ".join(_PLACES))
        return value


#: What is put into a sentence of a decision.
_PLACES = ("{period}", "{count}", "{office}", "{name}", "{position}", "{unit}", "{rating}")


class DecisionFile(Cited):
    """How a decision reads, with the columns of its list and the line of the text by which there is one."""

    about: SentenceFile
    grounds: Annotated[tuple[SentenceFile, ...], Field(min_length=1)]
    articles: Annotated[tuple[SentenceFile, ...], Field(min_length=2)]
    of_one: SentenceFile
    columns: Annotated[tuple[SummaryColumnFile, ...], Field(min_length=2)]
    quote: Text
    subject: tuple[Subject, ...] = ()
    recipients: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _columns_of_results(self) -> Self:
        refuse_others(self.columns, Contents.RESULTS)
        return self
