"""The year follows its months: who sent the year's form is told what became otherwise, and so is who has it or decided it."""

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

#: After which a sheet counts otherwise than before.
_CHANGING = (Submit, Withdraw, Approve, Return, Decide, AnswerAnew)


@dataclass(frozen=True, slots=True)
class ChangedPeriod:
    """A period of which somebody's score changed."""

    person: int
    year: int
    period: str


def _mark(changed: Mapping[str, ScoreChange]) -> str:
    """Of how each stands now, and of which version of its sheet: told once, and again when it becomes another."""
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
    """What is to be told of these changes: one message for each form of the year and reader, however many periods changed."""
    by_year: defaultdict[int, set[ChangedPeriod]] = defaultdict(set)
    for one in changed:
        by_year[one.year].add(one)
        by_year[one.year + 1].add(one)  # a school year is called by the year it ends in
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
