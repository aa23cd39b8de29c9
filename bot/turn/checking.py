"""The standing of a paper that somebody holds, for everybody, and its owner, for those who may read it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.extracting import Taken
from bot.documents.verifying import Held, Known, carried, judged, standing_of, told, under
from bot.door.verdicts import SheetTold, Standing, Verdict
from bot.reading.parent import Reading
from bot.turn.papers import may_read
from rules.campaign.permissions import Action, Relation, may, relations, relations_to_round
from storage.store import Store
from storage.transaction import Transaction

#: Files of strangers wait behind each other: no office has this id.
_STRANGERS = 0


async def checked(
    store: Store, reading: Reading, paper: str | bytes, persons: Sequence[int], now: dt.datetime
) -> Verdict:
    """How a paper stands, by the whole digits of its code or by its file. Raises RosterErrors, CaseError, InLine."""
    if isinstance(paper, str):
        async with store.reading() as tx:
            known = await under(tx, paper)
            standing = standing_of(known)
            seen = (
                await _seen(tx, known[0], persons, now) if known and standing is not Standing.ALTERED else frozenset()
            )
        return _for(Verdict(standing, told(known[0]) if seen else None), seen)

    async def read(content: bytes) -> Taken:
        taken = await reading.read("paper", content, _STRANGERS)
        assert isinstance(taken, Taken), "the reader of papers gives these"
        return taken

    taken = await read(paper)
    async with store.reading() as tx:
        known = await carried(tx, taken)
    verdict, mine = await judged(known, taken, read)
    async with store.reading() as tx:
        seen = await _seen(tx, mine, persons, now) if mine else frozenset()
    return _for(verdict, seen)


async def _seen(tx: Transaction, known: Held, persons: Sequence[int], now: dt.datetime) -> frozenset[Relation]:
    """What the first of these persons who may read the paper is to it; nothing where nobody may."""
    for person in persons:
        who = await tx.people.get(person)
        if isinstance(known, Known):
            held = relations(who, known.review, await tx.covers.acts_for(person, now.date()))
            reads = may_read(held, known.review, known.document.version)
        else:  # whoever filled it reads their own
            held = relations_to_round(who, known.talk)
            filled = known.paper.person == who.id and may(held, Action.ANSWER_ROUND)
            reads = filled or may(held, Action.READ_ANSWERS)
        if reads:
            return held
    return frozenset()


def _for(verdict: Verdict, held: frozenset[Relation]) -> Verdict:
    """No more than whoever asks may read: how it stands, and to who may read the rating the decision."""
    if not held or verdict.told is None:
        return Verdict(verdict.standing, paper=verdict.paper)
    if isinstance(verdict.told, SheetTold) or may(held, Action.READ_RATING):
        return verdict
    return replace(verdict, told=replace(verdict.told, ruling=0, ruled=None, ratings=(), by_paper="", decided=False))
