"""The border of `milestones:` in book.yaml: who owes what by when."""

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from rules.nouns.values import OwedBy
from rules.reading.border import Border, refuse
from rules.reading.parts import Cited, Key, Replacing, Text

Day = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


def _day_of(text: Any) -> Any:
    """A date from ISO text. Anything else is passed on unchanged, so that pydantic refuses it."""
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return text


class DueFile(Border):
    """A last day: a date such as `2020-12-15`, or a month and day such as `{day: "12-05", before: true}`, in the year
    of the campaign plus `years`.
    """

    # After a validator of mode "before", pydantic no longer treats the value as JSON, so it would refuse a date that is
    # still text. It is therefore converted here.
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
    """A milestone: who owes what by when."""

    key: Key
    title: Text
    owed_by: OwedBy
    due: DueFile
    beside: bool = False
