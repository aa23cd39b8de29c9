"""Carries out what the desk does: campaigns, dates, people, messages to many; and what is refused."""

from typing import Any

from bot.campaign.campaigns import begin
from bot.campaign.enrol import INVITATION_HOLDS, enrol
from bot.delivery.notices import Notice
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core import commands as words
from dialogs.core.turn import Reply
from rules.nouns.reviews import Json


async def _open_campaign(on: CommandContext, command: words.OpenCampaign) -> None:
    office = await on.tx.units.office_of(on.actor.id)
    campaign = await begin(on.tx, office, command.timetable, command.year, command.period, on.now)
    enrolled = await enrol(on.tx, on.books, office, campaign.id, on.now)
    which: list[Json] = [*command.rulebooks]
    await on.record(
        "campaign opened", rulebooks=which, year=command.year, period=command.period, reviews=enrolled.opened
    )


async def _move_milestone(on: CommandContext, command: words.MoveMilestone) -> None:
    part = await on.tx.campaigns.get(command.campaign, command.rulebook)
    days = {**part.timetable, command.milestone: command.day}
    await on.tx.campaigns.set_timetable(command.campaign, command.rulebook, days)
    moved: dict[str, Any] = {"milestone": command.milestone, "day": command.day.isoformat()}
    await on.record("milestone moved", campaign=command.campaign, **moved)


async def _close_campaign(on: CommandContext, command: words.CloseCampaign) -> None:
    standings = await on.tx.standings.of_campaign(command.campaign, on.now.date())
    left = {one.review for one in standings if not one.settled}
    if left != set(command.open_items) or not await on.tx.campaigns.close(command.campaign, on.now):
        raise Overtaken
    still_open: list[Json] = [*sorted(left)]
    await on.record("campaign closed", campaign=command.campaign, open=still_open)


async def _broadcast(on: CommandContext, command: words.Broadcast) -> None:
    reply = Reply("cast/message", {"text": command.text, "by": on.actor.name, "unit": on.actor.unit})
    on.to_many += [
        Notice(person, f"{command.key}:{person}", reply, campaign=command.campaign or None, milestone="broadcast")
        for person in command.to
    ]
    await on.record("broadcast", campaign=command.campaign, to=len(command.to))


async def _reissue(on: CommandContext, command: words.Reissue) -> None:
    await on.tx.invitations.revoke_open(command.person, on.now)
    await on.tx.invitations.issue(command.person, command.code, "roster", on.now + INVITATION_HOLDS, on.now)
    await on.record("invitation issued", person=command.person)


async def _revoke(on: CommandContext, command: words.RevokeInvitations) -> None:
    await on.tx.invitations.revoke_open(command.person, on.now)
    await on.record("invitations revoked", person=command.person)


async def _untie_person(on: CommandContext, command: words.UntiePerson) -> None:
    untied = await on.tx.accounts.untie_person(command.person, on.now)
    await on.record("accounts untied", person=command.person, accounts=untied)


async def _snooze(on: CommandContext, command: words.Snooze) -> None:
    await on.tx.people.snooze(on.actor.id, command.until)
    await on.record("snoozed", person=on.actor.id, until=command.until.isoformat())


async def _set_office(on: CommandContext, command: words.SetOffice) -> None:
    office = await on.tx.units.office_of(on.actor.id)
    await on.tx.units.set(office, command.name, command.value)
    value: Json = [*command.value] if isinstance(command.value, list) else command.value
    await on.record("office set", name=command.name, value=value)


async def _refuse(on: CommandContext, command: words.Refuse) -> None:
    """What was named by an id of one's own making is not there: then only the attempt is kept."""
    review = await on.tx.reviews.get(command.review) if command.review else None
    person = await on.tx.people.names([command.person]) if command.person else {}
    about: dict[str, Any] = {"campaign": command.campaign} if command.campaign else {}
    await on.record(
        "refused",
        review=review.id if review else None,
        person=next(iter(person), None),
        action=str(command.action),
        reason=command.reason,
        **about,
    )


APPLIERS: dict[type, Applier] = {
    words.OpenCampaign: _open_campaign,
    words.MoveMilestone: _move_milestone,
    words.CloseCampaign: _close_campaign,
    words.Broadcast: _broadcast,
    words.Reissue: _reissue,
    words.RevokeInvitations: _revoke,
    words.UntiePerson: _untie_person,
    words.Snooze: _snooze,
    words.SetOffice: _set_office,
    words.Refuse: _refuse,
}
