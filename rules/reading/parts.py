"""What border models of several files share: kinds of text, a rule with its clause, its days in force."""

import datetime as dt
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from rules.nouns.conditions import When
from rules.reading.border import Border, refuse

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def _sayable(words: str) -> str:
    if (
        words.rstrip() != words
        or words[-1] in ".,;:"
        or "\n" in words
        or words.split(maxsplit=1)[0].lower() in {"vì", "do"}
    ):
        raise refuse("sayable", given=words)
    return words


#: Words that follow "vì" within a sentence.
Because = Annotated[Text, AfterValidator(_sayable)]

EVERYBODY = When(())
NOT_EMPTY = Field(min_length=1)


class Dated(Border):
    """The first and last day on which a rule is in force; if left out, those of the rulebook."""

    since: dt.date | None = None
    until: dt.date | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise refuse("not_before", first=self.since.isoformat())
        return self


class Cited(Border):
    """A rule with the clause it comes from. A rule without one is refused."""

    cite: Text
    note: str = ""
    unverified: bool = False
    desk_note: str = ""


class Replacing(Border):
    """A rule with a key. `replaces`: it replaces the rule with this key in what is extended."""

    replaces: bool = False
