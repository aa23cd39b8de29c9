"""Summary tables as a rulebook prescribes them: which results they cover, for whom, and the content of each column.

A plan orders results to be summarised but seldom prints the table. If it is not `printed`, its columns are taken from
the wording of the sentence that orders it (`quote`), next to those that say whom a line is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.values import Subject


class Contents(StrEnum):
    """What a line of a summary table is about."""

    RESULTS = "results"  # a person or body, with its rating
    SHARES = "shares"  # a group under a quota
    COUNTS = "counts"  # a rating, with how many have it
    MONTHS = "months"  # a person, with the scores of the year's months


class Shows(StrEnum):
    """The content of a column."""

    NUMBER = "number"  # the number of the line
    NAME = "name"
    POSITION = "position"
    UNIT = "unit"
    SUBJECT = "subject"
    GROUP = "group"
    FORM = "form"  # the code of the form
    SCORE = "score"  # the score computed from the answers
    OWN = "own"  # the self-rating
    # The first of these that exists: the joint proposal of those who filled in sheets of a round, the conclusion of the
    # unit's meeting, the self-rating that everybody in the chain agreed to.
    PROPOSED = "proposed"
    RATING = "rating"  # the decided rating; for COUNTS the rating that is counted
    DECIDED_ON = "decided_on"
    DECIDED_BY = "decided_by"
    PAPER = "paper"  # the number of a written decision
    WHAT = "what"  # for SHARES: the name of the group
    BASE = "base"
    ALLOWED = "allowed"
    HAVE = "have"
    OVER = "over"
    COUNT = "count"
    PERCENT = "percent"
    COUNT_BEFORE = "count_before"  # of the year before
    PERCENT_BEFORE = "percent_before"
    MONTHS = "months"  # twelve columns; `title` is the heading of one month
    MEAN = "mean"
    POINTS = "points"  # the mean of the sheets of one `round`
    WEIGHTED = "weighted"  # the means of all such rounds, combined by the office's weights
    BY_HAND = "by_hand"  # left empty, to be filled in by hand


_WHO = frozenset({Shows.NUMBER, Shows.NAME, Shows.POSITION, Shows.UNIT, Shows.SUBJECT, Shows.GROUP, Shows.BY_HAND})
#: Contents → the columns that such a table may have.
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
    """A column with its title."""

    shows: Shows
    title: str
    #: The words of the text that require it; "": those of the table.
    quote: str = ""
    #: For POINTS: the round.
    round: str = ""


@dataclass(frozen=True, slots=True)
class SummaryTable(Remarked):
    """A summary table of a campaign."""

    key: str
    title: str
    contents: Contents
    columns: tuple[SummaryColumn, ...]
    cite: str
    #: The sentence of the text that requires it.
    quote: str
    #: One for each `unit`, or one for the whole `office`.
    per: str = "office"
    #: Whose results; empty: everybody's.
    subject: tuple[Subject, ...] = ()
    #: Only of those who lead (True) or do not (False); None: of all.
    leader: bool | None = None
    #: Only of these forms; empty: all.
    forms: tuple[str, ...] = ()
    #: It shows what is proposed, not what was decided.
    proposal: bool = False
    #: Everybody in the office may see it.
    public: bool = False
    #: The text itself prints its columns.
    printed: bool = False
    #: The number of the form that it represents.
    code: str = ""
    #: Who receives it.
    to: str = ""
    #: The titles of those who sign.
    signed: tuple[str, ...] = ()

    @property
    def replaceable(self) -> bool:
        """Whether the office may replace it with a file of its own."""
        return self.unverified and self.per == "office"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a decision, with placeholders such as `{period}`, `{count}`, `{name}`."""

    text: str
    #: Where the text prints it; "": the sentence is our own, and marked as such.
    cite: str = ""


@dataclass(frozen=True, slots=True)
class DecisionText(Remarked):
    """The wording of a decision, and the columns of the list that goes with it."""

    about: Sentence
    #: The clauses and papers it rests on ("Căn cứ …").
    grounds: tuple[Sentence, ...]
    articles: tuple[Sentence, ...]
    #: The first article of an extract for one person.
    of_one: Sentence
    columns: tuple[SummaryColumn, ...]
    cite: str
    #: The sentence of the text that requires a decision.
    quote: str
    #: The subjects it decides about; empty: all.
    subject: tuple[Subject, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def table(self) -> SummaryTable:
        """The list that goes with it, as a table of results."""
        return SummaryTable(
            "decision", "", Contents.RESULTS, self.columns, self.cite, self.quote, subject=self.subject, printed=True
        )
