"""Farewells: when reviews end, or continue although the person leaves, everybody concerned is told what became of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.delivery.notices import notify
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.turn import Key, Reply
from dialogs.shown.person import person_values, which_values
from rules.book.procedure import SpecialCase
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review, ReviewStatus
from storage.transaction import Transaction

#: Maximum number of names in a message; the others are counted.
PEOPLE = 10


@dataclass(slots=True)
class Farewell:
    """The reviews of one person that ended, each with the special case that ended it (None: none), and those that
    continue although the person has left. `left`: the person has left.
    """

    person: Person
    left: bool
    ended: list[tuple[Review, SpecialCase | None]] = field(default_factory=list)
    kept: list[Review] = field(default_factory=list)

    @property
    def whole(self) -> Sequence[Review]:
        """All of these reviews."""
        return [*(review for review, _ in self.ended), *self.kept]

    def values(self, books: Books, names: Mapping[int, str]) -> dict[str, Json]:
        """The values for the template."""
        service = self.person.service
        return {
            **person_values(self.person),
            "day": service.left.isoformat() if self.left and service.left else "",
            "left": self.left,
            "why": service.left_as.value if self.left and service.left_as else "",
            "ended": [
                {
                    **which_values(books, review),
                    "sent": bool(review.drafts),
                    "title": case.title if case else "",
                    "cite": case.cite if case else "",
                }
                for review, case in self.ended
            ],
            "kept": [
                {
                    **which_values(books, review),
                    "returned": review.status is ReviewStatus.RETURNED,
                    "waits_for": names.get(
                        (None if review.ready else review.approver_id) or review.decider_id or 0, ""
                    ),
                }
                for review in self.kept
            ],
        }


async def tell(
    tx: Transaction,
    books: Books,
    farewells: Iterable[Farewell],
    heads: Mapping[int, int],
    desk: Iterable[int],
    now: dt.datetime,
) -> None:
    """Tell the desk, the head of the unit, whoever has or decides a draft, and the person if they have not left; each
    once.
    """
    told: dict[int, list[Farewell]] = {}
    for one in farewells:
        hearing = [*desk, heads.get(one.person.unit_id), *(() if one.left else (one.person.id,))]
        hearing += [who for review in one.whole for who in (review.approver_id, review.decider_id)]
        for who in dict.fromkeys(who for who in hearing if who and (who != one.person.id or not one.left)):
            told.setdefault(who, []).append(one)
    waiting = {
        who for each in told.values() for one in each for r in one.kept for who in (r.approver_id, r.decider_id) if who
    }
    names = await tx.people.names(waiting)
    to_desk = frozenset(desk)
    for who, whose in told.items():
        about = "+".join(str(review.id) for one in whose for review in one.whole[:3])[:60]
        said = notice(books, whose, names, who, desk=who in to_desk)
        await notify(tx, who, f"farewell:{about}:{who}:{now:%Y%m%d%H%M}", said, now)


def notice(books: Books, whose: Sequence[Farewell], names: Mapping[int, str], who: int, *, desk: bool) -> Reply:
    """The message to `who` about these people. `names`: of the people who have the continuing reviews; `desk`: `who`
    belongs to the desk.
    """
    values: dict[str, Json] = {
        "people": [one.values(books, names) for one in whose[:PEOPLE]],
        "more": max(0, len(whose) - PEOPLE),
        "own": all(one.person.id == who for one in whose),
        "desk": desk,
    }
    return Reply("notice/farewell", values, ((Key("desk/home", Button("desk_home")),),) if desk else ())
