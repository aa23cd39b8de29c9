"""The border of `milestones:` in book.yaml: who owes what until when."""

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from rules.nouns.values import OwedBy
from rules.reading.border import Border, refuse
from rules.reading.parts import Cited, Key, Replacing, Text

Day = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


def _day_of(text: Any) -> Any:
    """A date as files write it; what is none is left to pydantic to refuse."""
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return text


class DueFile(Border):
    """`2020-12-15`, or `{day: "12-05", before: true}` of the campaign's year plus `years`."""

    # What a validator of the whole has looked at is no longer JSON to pydantic: the text has to be read here.
    date: Annotated[dt.date | None, BeforeValidator(_day_of)] = None
    day: Day | None = None
    years: Annotated[int, Field(ge=-1, le=1)] = 0
    before: bool = False

    @model_validator(mode="before")
    @classmethod
    def _plain_date(cls, given: Any) -> Any:
        return {"date": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_day(self) -> "DueFile":
        if (self.date is None) == (self.day is None):
            raise refuse("one_day")
        if self.day in {"02-29", "02-30", "02-31", "04-31", "06-31", "09-31", "11-31"}:
            raise refuse("day_of_every_year")
        return self


class MilestoneFile(Cited, Replacing):
    """Who owes what until when."""

    key: Key
    title: Text
    owed_by: OwedBy
    due: DueFile
    beside: bool = False
