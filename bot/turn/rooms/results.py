"""Loads a person's own results, and requests to redo a sheet."""

import datetime as dt
from collections.abc import Sequence

from bot.campaign.months.tracked import tracked, with_scores
from bot.campaign.usable import usable
from bot.turn.rooms.context import RoomContext
from dialogs.core.events import Pressed
from dialogs.core.knowledge.results import Redoings, Results
from dialogs.result.decided_review import is_confirmed
from dialogs.shown.chart import year_named
from rules.nouns.periods import period
from rules.nouns.reviews import Review
from rules.nouns.tracking import PeriodScore
from rules.nouns.workdays import workdays_after


async def redoings(context: RoomContext) -> Redoings:
    """The requests to redo the sheet that the button or the focus names."""
    event = context.event
    named = (
        event.button.review
        if isinstance(event, Pressed) and event.button
        else (context.state.focus or {}).get("review")
    )
    return Redoings(tuple(await context.tx.tracking.redoings(named)) if isinstance(named, int) and named else ())


async def results(context: RoomContext) -> Results:
    """All results of this person, from every campaign, with their petitions, plans of improvement, and the months of
    the year that a button asks for.
    """
    ever = await context.tx.reviews.ever(context.person.id)
    mine = [one for one in ever if one.rulings and usable(one.campaign, context.books)]
    followed = await with_scores(context.tx, context.books, [one for one in mine if one.campaign.last_month])
    mine = list({**{one.id: one for one in mine}, **{one.id: one for one in followed}}.values())
    petitions = await context.tx.rulings.petitions_of(tuple(one.id for one in mine)) if mine else []
    button = context.event.button if isinstance(context.event, Pressed) else None
    charted = button.about[:1] if button and button.verb == "result_year" else ()
    return Results(
        mine=tuple(mine),
        petitions=tuple(petitions),
        confirmed=tuple(one for one in ever if is_confirmed(one) and usable(one.campaign, context.books)),
        improvements=tuple(await context.tx.improvements.of_person(context.person.id)),
        petition_due=dict(_petition_due(context, mine)),
        year=await _own_year(context, year_named(charted[0], context.today.year)) if charted else (),
    )


async def _own_year(context: RoomContext, year: int) -> tuple[PeriodScore, ...]:
    """The scores of the person's months."""
    known = await tracked(context.tx, context.books, [context.person], period(year, "year"))
    return known[context.person.id, context.person.post].months


def _petition_due(context: RoomContext, mine: Sequence[Review]) -> list[tuple[int, dt.date]]:
    found = []
    for review in mine:
        rule = context.books[review.campaign.edition].procedure.petitions
        if rule and rule.answer_within is not None:
            found.append((review.id, workdays_after(context.today, rule.answer_within)))
    return found
