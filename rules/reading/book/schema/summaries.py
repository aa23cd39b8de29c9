"""The border of `summary_tables:` and `decision:` in book.yaml."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from rules.book.summaries import COLUMNS_OF, Contents, Shows
from rules.nouns.values import Subject
from rules.reading.border import Border, refuse
from rules.reading.parts import Cited, Id, Key, Replacing, Text


class SummaryColumnFile(Border):
    """A column: `{shows: rating, title: Mức xếp loại}`. `quote` is given if the text itself names the column; `round`
    is required for the points of sheets, and for nothing else.
    """

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
    """Raises an error of pydantic for a column that a table with these contents cannot have."""
    known = COLUMNS_OF[contents]
    for column in columns:
        if column.shows not in known:
            expected = ", ".join(one.value for one in Shows if one in known)
            raise refuse("one_of", given=column.shows.value, expected=expected)


class SummaryTableFile(Cited, Replacing):
    """A summary table: its contents, whose results it covers, and the sentence that requires it (`quote`)."""

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
    """A sentence of a decision: `{text: …, cite: …}`. Without `cite` it is our own wording."""

    text: Text
    cite: str = ""

    @field_validator("text")
    @classmethod
    def _known_places(cls, value: str) -> str:
        for place in re.findall(r"\{[^}]*\}?|\}", value):
            if place not in _PLACES:
                raise refuse("one_of", given=place, expected=", ".join(_PLACES))
        return value


#: The placeholders that a sentence of a decision may contain.
_PLACES = ("{period}", "{count}", "{office}", "{name}", "{position}", "{unit}", "{rating}")


class DecisionFile(Cited):
    """The wording of a decision, the columns of its list, and the sentence of the text that requires it (`quote`)."""

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
