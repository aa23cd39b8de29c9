"""Undoing the opening of a campaign while nobody has answered, as if it had not been opened; the audit keeps it."""

import datetime as dt
from dataclasses import dataclass

from bot.clock import ZONE
from rules.nouns.errors import TusoiError
from rules.nouns.reviews import Json
from storage.transaction import Transaction


class AlreadyAnswered(TusoiError):
    """Somebody has begun to answer, or an opinion was given: the campaign can only be closed."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone: the numbers of reviews, unused codes, and unsent messages."""

    reviews: int
    codes: int
    messages: int


async def undo(tx: Transaction, campaign: int, now: dt.datetime, by: int | str = "system") -> Undone:
    """Undo the opening of a campaign. The roster stays, and so do earlier invitations. It can be opened again.

    `by`: a person's id, for the audit. Raises LookupError when it is not open, and AlreadyAnswered.
    """
    opened_at = await tx.campaigns.opened_at(campaign)
    if opened_at is None:
        raise LookupError(f"campaign {campaign} is not open")
    lines = await tx.standings.of_campaign(campaign, now.astimezone(ZONE).date())
    reviews = [line.review for line in lines]
    # An answer being given right now is waited for here, and then seen below.
    await tx.reviews.end(reviews)
    answered = await tx.reviews.answered_by(campaign)
    opinions = await tx.opinions.about(reviews) if reviews else []
    begun = sorted((await tx.people.names(answered)).values()) if answered else []
    begun += [one.by_name for one in opinions if one.given_at is not None]
    if begun:
        raise AlreadyAnswered(", ".join(begun))
    codes = await tx.invitations.withdraw([line.person.id for line in lines], opened_at, now)
    messages = await tx.deliveries.withdraw(campaign, [f"opinion_asked:{one.id}" for one in opinions])
    if not await tx.campaigns.close(campaign, now):
        raise LookupError(f"campaign {campaign} is not open")
    undone = Undone(len(reviews), codes, messages)
    detail: dict[str, Json] = {
        "campaign": campaign,
        "reviews": undone.reviews,
        "codes": undone.codes,
        "messages": undone.messages,
    }
    await tx.audit.record(by, "campaign undone", now, detail=detail)
    return undone
