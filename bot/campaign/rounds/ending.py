"""Ending rounds: on their last day, when their subject was decided, when a newer draft is sent, or early."""

import datetime as dt
from collections.abc import Iterable

from bot.delivery.notices import Notice
from dialogs.rounds.notices import ended
from rules.nouns.reviews import RULED
from rules.nouns.rounds import Ended, Round
from storage.transaction import Transaction


async def decided_among(tx: Transaction, rounds: Iterable[Round]) -> frozenset[int]:
    """The rounds whose review has been decided."""
    about = {one.id: one.review for one in rounds if one.review is not None}
    reviews = await tx.reviews.some(sorted(set(about.values()))) if about else []
    ruled = {one.id for one in reviews if one.status in RULED}
    return frozenset(id_ for id_, review in about.items() if review in ruled)


async def end(tx: Transaction, round_: Round, why: Ended, by: str, now: dt.datetime, *, but: int = 0) -> list[Notice]:
    """End a round and record it in the audit; returns notices for whoever takes up the comments and whoever began it,
    except the one who ended it (`but`).
    """
    if not await tx.rounds.end(round_.id, why, by, now):
        return []
    about = {"round": round_.id, "why": why.value}
    await tx.audit.record(but or "system", "round ended", now, review_id=round_.review, detail=dict(about))
    talk = await tx.rounds.talk(round_.id)
    assert talk is not None, "it just ended"
    told = ended(talk)
    return [
        Notice(one, f"round_ended:{round_.id}:{one}", told, campaign=round_.campaign)
        for one in dict.fromkeys((round_.owner, round_.by))
        if one != but
    ]
