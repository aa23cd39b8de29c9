"""Applies the desk's commands about campaigns, their dates and settings, and messages to many."""

from collections.abc import Mapping
from typing import Any

from bot.campaign.campaigns import begin, remember
from bot.campaign.enrol import enrol
from bot.campaign.months.sent import record
from bot.campaign.roster.importing import CHOICES, match_choice
from bot.campaign.undoing import AlreadyAnswered, undo
from bot.delivery.notices import Notice
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.campaigns import (
    Broadcast,
    ChooseLastMonth,
    CloseCampaign,
    Extend,
    MoveMilestone,
    OpenCampaign,
    RecordMonths,
    SetOffice,
    UndoCampaign,
)
from dialogs.core.turn import Reply
from rules.nouns.periods import period as the_period
from rules.nouns.reviews import Extension, Json


async def _open_campaign(context: CommandContext, command: OpenCampaign) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    for running in await context.tx.campaigns.of_office(office, is_open=True):
        same = (running.year, running.period) == (command.year, command.period)
        if same and running.rulebook in command.timetable:
            raise Overtaken  # somebody opened it after this one was shown
    campaign = await begin(context.tx, office, command.timetable, command.year, command.period, context.now)
    await remember(context.tx, context.books, office, command.timetable, the_period(command.year, command.period))
    enrolled = await enrol(context.tx, context.books, office, campaign.id, context.now)
    which: list[Json] = [*command.rulebooks]
    await context.record(
        "campaign opened", rulebooks=which, year=command.year, period=command.period, reviews=enrolled.opened
    )


async def _move_milestone(context: CommandContext, command: MoveMilestone) -> None:
    part = await context.tx.campaigns.get(command.campaign, command.rulebook)
    days = {**part.timetable, command.milestone: command.day}
    await context.tx.campaigns.set_timetable(command.campaign, command.rulebook, days)
    moved: dict[str, Any] = {"milestone": command.milestone, "day": command.day.isoformat()}
    await context.record("milestone moved", campaign=command.campaign, **moved)


async def _extend(context: CommandContext, command: Extend) -> None:
    until, by = command.until, context.actor
    given = Extension(until, command.reason, by.name) if until else None
    whose = await context.tx.extensions.put(command.campaign, dict(command.was), given, by, context.now)
    if whose is None:
        raise Overtaken
    for review, day in command.was:
        told: dict[str, Any] = {"until": until.isoformat() if until else "", "reason": command.reason}
        was = {"was": day.isoformat()} if day else {}
        told |= {"review": review, "person": whose[review], "campaign": command.campaign, **was}
        await context.record("extended" if until else "extension taken back", **told)


async def _record_months(context: CommandContext, command: RecordMonths) -> None:
    await record(context.tx, context.books, command.scores, context.actor.id, context.now)
    periods: list[Json] = [one.period for one in command.scores]
    paper = command.scores[0].paper
    await context.record("months recorded", person=command.person, periods=periods, paper=paper)


async def _choose_last_month(context: CommandContext, command: ChooseLastMonth) -> None:
    if (await context.tx.campaigns.get(command.campaign)).last_month is not None:
        raise Overtaken  # it is chosen once
    await context.tx.campaigns.set_last_month(command.campaign, command.chosen)
    chosen: dict[str, Any] = {
        "choice": command.chosen.choice.value,
        "by": command.chosen.allowed_by,
        "paper": command.chosen.paper,
    }
    await context.record("last month chosen", campaign=command.campaign, **chosen)


async def _close_campaign(context: CommandContext, command: CloseCampaign) -> None:
    standings = await context.tx.standings.of_campaign(command.campaign, context.now.date())
    left = {one.review for one in standings if not one.settled}
    if left != set(command.open_items) or not await context.tx.campaigns.close(command.campaign, context.now):
        raise Overtaken
    still_open: list[Json] = [*sorted(left)]
    await context.record("campaign closed", campaign=command.campaign, open=still_open)


async def _undo_campaign(context: CommandContext, command: UndoCampaign) -> None:
    try:
        await undo(context.tx, command.campaign, context.now, by=context.actor.id)
    except (AlreadyAnswered, LookupError):
        raise Overtaken from None


async def _broadcast(context: CommandContext, command: Broadcast) -> None:
    reply = Reply("cast/message", {"text": command.text, "by": context.actor.name, "unit": context.actor.unit})
    context.to_many += [
        Notice(person, f"{command.key}:{person}", reply, campaign=command.campaign or None, milestone="broadcast")
        for person in command.to
    ]
    # The key, and the first and last recipient, identify the message later (storage/repositories/talk/deliveries).
    found: dict[str, Any] = {"key": command.key, "first": command.to[0], "last": command.to[-1]} if command.to else {}
    await context.record("broadcast", campaign=command.campaign, to=len(command.to), **found)


async def _set_office(context: CommandContext, command: SetOffice) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    await context.tx.units.set(office, command.name, command.value)
    if command.name in CHOICES:
        await match_choice(context.tx, context.books, office, context.now)
    value: Json = [*command.value] if isinstance(command.value, list) else command.value
    await context.record("office set", name=command.name, value=value)


APPLIERS: Mapping[type, Applier] = {
    OpenCampaign: _open_campaign,
    MoveMilestone: _move_milestone,
    Extend: _extend,
    RecordMonths: _record_months,
    ChooseLastMonth: _choose_last_month,
    CloseCampaign: _close_campaign,
    UndoCampaign: _undo_campaign,
    Broadcast: _broadcast,
    SetOffice: _set_office,
}
