"""When a month changes after the yearly form was sent, its owner is told, and so is whoever has the form or decided it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.campaign.months.tracked import with_scores
from dialogs.core.commands.drafts import AnswerAnew, Approve, Return, Submit, Withdraw
from dialogs.core.commands.rulings import Decide
from dialogs.core.handlers import Books
from dialogs.core.stamps import FINGERPRINT, lines_stamp
from dialogs.core.turn import Notify, Turn
from dialogs.shown.following import changed_of, follow
from rules.campaign.months.tracking import ScoreChange
from storage.transaction import Transaction

#: The commands after which a sheet may count differently.
_CHANGING = (Submit, Withdraw, Approve, Return, Decide, AnswerAnew)


@dataclass(frozen=True, slots=True)
class ChangedPeriod:
    """A period in which somebody's score changed."""

    person: int
    year: int
    period: str


def _mark(changed: Mapping[str, ScoreChange]) -> str:
    """A digest of the scores and the versions of their sheets: people are told once, and again when it changes."""
    lines = [
        f"{one.question}:{one.now and (one.now.standing, one.now.score, one.now.version, one.now.paper)}"
        for one in changed.values()
    ]
    return lines_stamp(lines, FINGERPRINT)


async def changed_by(tx: Transaction, turn: Turn) -> list[ChangedPeriod]:
    """The periods whose sheets the commands of a turn changed."""
    named = {one.review for one in turn.commands if isinstance(one, _CHANGING)}
    reviews = await tx.reviews.some(sorted(named))
    campaigns = ((one.person.id, one.campaign) for one in reviews)
    return [ChangedPeriod(person, of.year, of.period) for person, of in campaigns if of.period[0] in "mq"]


async def following(tx: Transaction, books: Books, changed: Iterable[ChangedPeriod]) -> list[Notify]:
    """The notices about these changes: one for each yearly form and reader, however many periods changed."""
    by_year: defaultdict[int, set[ChangedPeriod]] = defaultdict(set)
    for one in changed:
        by_year[one.year].add(one)
        by_year[one.year + 1].add(one)  # a school year is stored under the year in which it ends
    found: list[Notify] = []
    for year, some in by_year.items():
        ids = await tx.tracking.years(sorted({one.person for one in some}), [year])
        for review in await with_scores(tx, books, await tx.reviews.some(ids)):
            of = [one for one in some if one.person == review.person.id]
            otherwise: dict[str, ScoreChange] = {
                each.question: each
                for one in of
                for each in changed_of(review, one.period)
                if any(at and at.year == one.year for at in (each.before, each.now))
            }
            if otherwise:
                mark = f"{len(review.drafts)}:{_mark(otherwise)}"
                found += follow(books, review, tuple(otherwise.values()), mark)
    return found
