"""The summary tables a rulebook names: what an office makes of the results, for whom, and what stands in each column.

A plan says that results are put together, and seldom prints the table. Where it is not `printed`, its columns are the words of the
sentence that asks for it (`quote`), beside who a line is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.values import Subject


class Contents(StrEnum):
    """What a line of a summary table is about."""

    RESULTS = "results"  # somebody, or a body, and how they are rated
    SHARES = "shares"  # a group under a quota
    COUNTS = "counts"  # a rating: how many have it, of how many
    MONTHS = "months"  # somebody, and the scores of the year's months


class Shows(StrEnum):
    """What stands in a column."""

    NUMBER = "number"  # which line it is
    NAME = "name"
    POSITION = "position"
    UNIT = "unit"
    SUBJECT = "subject"
    GROUP = "group"
    FORM = "form"  # the code of the form
    SCORE = "score"  # what the answers come to
    OWN = "own"  # the self-rating
    PROPOSED = "proposed"  # as those a sheet asked propose together, else as the unit's meeting concluded, else the self-rating that everybody of the chain agreed to
    RATING = "rating"  # what was decided; of COUNTS the rating that is counted
    DECIDED_ON = "decided_on"
    DECIDED_BY = "decided_by"
    PAPER = "paper"  # the number of a written decision
    WHAT = "what"  # of SHARES: the group's name
    BASE = "base"
    ALLOWED = "allowed"
    HAVE = "have"
    OVER = "over"
    COUNT = "count"
    PERCENT = "percent"
    COUNT_BEFORE = "count_before"  # of the year before
    PERCENT_BEFORE = "percent_before"
    MONTHS = "months"  # twelve columns, of which the title is that of one month
    MEAN = "mean"
    POINTS = "points"  # the mean of the sheets of a `round`
    WEIGHTED = "weighted"  # what the means of all such sheets come to, by the office's weights
    BY_HAND = "by_hand"  # nothing: it is filled by hand


_WHO = frozenset({Shows.NUMBER, Shows.NAME, Shows.POSITION, Shows.UNIT, Shows.SUBJECT, Shows.GROUP, Shows.BY_HAND})
#: Contents → what may stand in its columns.
COLUMNS_OF: Mapping[Contents, frozenset[Shows]] = {
    Contents.RESULTS: _WHO
    | {Shows.FORM, Shows.SCORE, Shows.OWN, Shows.PROPOSED, Shows.RATING}
    | {Shows.DECIDED_ON, Shows.DECIDED_BY, Shows.PAPER, Shows.POINTS, Shows.WEIGHTED},
    Contents.SHARES: frozenset(
        {Shows.NUMBER, Shows.SUBJECT, Shows.WHAT, Shows.BASE, Shows.ALLOWED, Shows.HAVE, Shows.OVER, Shows.BY_HAND}
    ),
    Contents.COUNTS: frozenset(
        {Shows.NUMBER, Shows.SUBJECT, Shows.RATING, Shows.COUNT, Shows.PERCENT}
        | {Shows.COUNT_BEFORE, Shows.PERCENT_BEFORE, Shows.BY_HAND}
    ),
    Contents.MONTHS: _WHO | {Shows.MONTHS, Shows.MEAN},
}


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """A column: what stands in it under which title, and the words of the text that ask for it ("": those of the table). `round`: of POINTS."""

    shows: Shows
    title: str
    quote: str = ""
    round: str = ""


@dataclass(frozen=True, slots=True)
class SummaryTable(Remarked):
    """A table of a campaign. `quote`: the line of the text that asks for it; `per`: one for each `unit`, or for the whole `office`;
    `subject`: whose results (none: everybody's); `leader`: only of those who lead, or who do not; `forms`: of which forms alone.
    `proposal`: it is about what is proposed, not what was decided. `code`: the number of the form it stands for; `to`: who gets it;
    `signed`: the titles of who signs. `public`: it is shown to everybody of the office. `printed`: its columns stand in the text. `unverified`: it stands for a form of
    which the text was not seen; the office puts its own in its place.
    """

    key: str
    title: str
    contents: Contents
    columns: tuple[SummaryColumn, ...]
    cite: str
    quote: str
    per: str = "office"
    subject: tuple[Subject, ...] = ()
    leader: bool | None = None
    forms: tuple[str, ...] = ()
    proposal: bool = False
    public: bool = False
    printed: bool = False
    code: str = ""
    to: str = ""
    signed: tuple[str, ...] = ()

    @property
    def replaceable(self) -> bool:
        """Whether the office may put a file of its own in its place."""
        return self.unverified and self.per == "office"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a decision; `{period}`, `{count}`, `{name}` and the like stand for what is decided. `cite`: where the text prints it;
    "": it is our own, and marked so.
    """

    text: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class DecisionText(Remarked):
    """How a decision reads, with its list: what it is about, what it rests on, its articles; `of_one`: the first article of an extract.
    `subject`: whom it decides about; `quote`: the line of the text by which there is one.
    """

    about: Sentence
    grounds: tuple[Sentence, ...]
    articles: tuple[Sentence, ...]
    of_one: Sentence
    columns: tuple[SummaryColumn, ...]
    cite: str
    quote: str
    subject: tuple[Subject, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def table(self) -> SummaryTable:
        """The list that goes with it."""
        return SummaryTable(
            "decision", "", Contents.RESULTS, self.columns, self.cite, self.quote, subject=self.subject, printed=True
        )
