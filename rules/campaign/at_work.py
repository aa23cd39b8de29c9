"""The review at work: which of the reviews a person owes comes first, and which one the conversation is about."""

import datetime as dt
from collections.abc import Sequence

from rules.campaign.last_days import last_day
from rules.nouns.periods import Period
from rules.nouns.reviews import Review
from rules.nouns.values import BODIES

#: Forms that are filled in one after the other: (campaign, 0 for the person's own forms or the id of a body's report).
_Track = tuple[int, int]


def track(review: Review) -> _Track:
    """The forms with which this one is filled in, in sequence.

    A body's report never waits for anybody's own form, nor does a head's form about their unit that somebody else
    drafts.
    """
    apart = review.person.subject in BODIES or review.drafter not in {None, review.person.id}
    return review.campaign.id, review.person.id if apart else 0


def in_order(reviews: Sequence[Review], today: dt.date) -> tuple[Review, ...]:
    """A person's reviews of all open campaigns in order: those owed first, then those submitted, the newest period
    first.

    The input comes campaign by campaign, each in the order in which its forms are filled in. Owed reviews are ordered
    by their last day, keeping the forms of a campaign together; with equal or no last days, by the end of the period.
    Within a year, a shorter period that has begun comes before the year, whose points depend on it (Nghị định
    335/2025/NĐ-CP, Điều 17 khoản 3), whatever its last day.
    """
    campaigns: dict[_Track, list[Review]] = {}
    for review in reviews:
        if review.open:
            campaigns.setdefault(track(review), []).append(review)
    due = {id_: min(map(last_day, owed), key=_day) for id_, owed in campaigns.items()}
    spans = {id_: owed[0].campaign.span for id_, owed in campaigns.items()}

    def place(id_: _Track) -> tuple[dt.date, dt.date, int, _Track]:
        span = spans[id_]
        resting = (_day(due[other]) for other, whole in spans.items() if span.first <= today and _within(span, whole))
        return min((_day(due[id_]), *resting)), span.last, (span.last - span.first).days, id_

    owed = [review for id_ in sorted(campaigns, key=place) for review in campaigns[id_]]
    sent = sorted((one for one in reviews if not one.open), key=lambda one: one.campaign.span.last, reverse=True)
    return (*owed, *sent)


def at_work(reviews: Sequence[Review], pressed: int = 0, kept: int = 0) -> Review | None:
    """The id of the review (of `in_order`) that the conversation is about; 0: none.

    It is the one `pressed`; else the one `kept`, while it is owed; else the first that is owed; else the one submitted
    last. A form that comes later in its campaign waits for the one before it.
    """
    known = {review.id: review for review in reviews}
    still = known.get(kept)
    chosen = known.get(pressed) or (still if still and still.open else None)
    if chosen is None or chosen.open:
        owed = (one for one in reviews if one.open and (chosen is None or track(one) == track(chosen)))
        chosen = next(owed, None)
    return chosen or max(
        reviews, key=lambda one: (one.draft.submitted_at.isoformat() if one.draft else "", one.id), default=None
    )


def _day(due: dt.date | None) -> dt.date:
    return due or dt.date.max


def _within(span: Period, whole: Period) -> bool:
    """Whether a period is part of another, longer one."""
    return (
        whole.first <= span.first and span.last <= whole.last and (span.first, span.last) != (whole.first, whole.last)
    )
