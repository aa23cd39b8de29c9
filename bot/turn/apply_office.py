"""Carries out what the desk does: campaigns, dates, people, messages to many, handed-in files; and what is refused."""

from typing import Any

from bot.campaign.campaigns import begin, remember
from bot.campaign.enrol import INVITATION_HOLDS, enrol
from bot.campaign.ledgers import LedgerChangedMeanwhile, keep_catalogue, keep_work
from bot.campaign.months.sent import record
from bot.campaign.own_templates import chosen, let_go
from bot.campaign.results import own_tables
from bot.campaign.roster.importing import CHOICES, keep_roster, match_choice
from bot.campaign.roster.keeping import RosterChangedMeanwhile
from bot.campaign.undoing import AlreadyAnswered, undo
from bot.delivery.notices import Notice
from bot.personal.answering import answered
from bot.turn.command_context import Applier, CommandContext, Overtaken
from bot.turn.rooms.work import work_of, work_stamp
from bot.turn.uploads import as_dated
from dialogs.core.commands.accounts import (
    AgreeHaste,
    AskHaste,
    ConfirmNewcomer,
    Reissue,
    RevokeInvitations,
    Snooze,
    UntiePerson,
)
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
from dialogs.core.commands.files import (
    ChooseTemplate,
    DropUpload,
    ImportRoster,
    KeepEnclosure,
    KeepOwnTable,
    KeepUpload,
    LetTemplateGo,
    TakeOutOwnTable,
)
from dialogs.core.commands.ledgers import ImportWork, KeepCatalogue, KeepWork
from dialogs.core.commands.personal import AnswerData, AskData, SeeData, WithdrawData
from dialogs.core.commands.refusals import Refuse
from dialogs.core.turn import Reply
from rules.nouns.devices import CodeGiven
from rules.nouns.enclosures import Enclosure
from rules.nouns.periods import period as the_period
from rules.nouns.reviews import Extension, Json
from rules.personal.requests import DataRequest, RequestOutcome
from storage.repositories.offices.ledgers import NewWork
from storage.values import NewCode, Upload


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
    # By its key, and the first and last it goes to, what became of it is found again (storage/repositories/talk/deliveries).
    found: dict[str, Any] = {"key": command.key, "first": command.to[0], "last": command.to[-1]} if command.to else {}
    await context.record("broadcast", campaign=command.campaign, to=len(command.to), **found)


async def _reissue(context: CommandContext, command: Reissue) -> None:
    tx, actor = context.tx, context.actor
    await tx.invitations.revoke_open(command.person, context.now)
    if command.opens_at is None and await tx.invitations.has_been_in(command.person):
        raise Overtaken  # they came in meanwhile: from then on a code is given anew
    first = command.opens_at is None
    # A head is no party to what their people send from a device they let in, until somebody else knows who that is.
    bars = actor.head or not first
    through = tuple(sorted(context.device.bars)) if context.device else ()
    given = CodeGiven(actor.id, actor.name, actor.position, context.now, first, through) if bars or through else None
    await tx.invitations.issue(
        NewCode(command.person, command.code, given, command.opens_at),
        "roster",
        context.now + INVITATION_HOLDS,
        context.now,
    )
    waits: dict[str, Any] = {"opens_at": command.opens_at.isoformat()} if command.opens_at else {}
    await context.record("invitation issued", person=command.person, **waits)


async def _ask_haste(context: CommandContext, command: AskHaste) -> None:
    if not await context.tx.invitations.hasten(command.invitation, context.actor.id, command.reason, context.now):
        raise Overtaken
    await context.record("haste asked", person=command.person, invitation=command.invitation, reason=command.reason)


async def _agree_haste(context: CommandContext, command: AgreeHaste) -> None:
    """By a second person, who neither gave the code nor asks for haste."""
    code = await context.tx.invitations.anew_for(command.person, context.now)
    if code is None or code.id != command.invitation or not context.others_than({*code.given.bars, code.hastened_by}):
        raise Overtaken
    if code.hastened_by is None or not await context.tx.invitations.open_now(code.id, context.now):
        raise Overtaken
    hastened: dict[str, Any] = {"asked_by": code.hastened_by, "reason": code.reason}
    await context.record("wait ended early", person=command.person, invitation=code.id, **hastened)


async def _confirm(context: CommandContext, command: ConfirmNewcomer) -> None:
    if not await context.tx.invitations.confirm(command.person, context.actor.id, context.now):
        raise Overtaken
    await context.record("newcomer confirmed", person=command.person)


async def _revoke(context: CommandContext, command: RevokeInvitations) -> None:
    await context.tx.invitations.revoke_open(command.person, context.now)
    await context.record("invitations revoked", person=command.person)


async def _untie_person(context: CommandContext, command: UntiePerson) -> None:
    untied = await context.tx.accounts.untie_person(command.person, context.now)
    await context.record("accounts untied", person=command.person, accounts=untied)


async def _snooze(context: CommandContext, command: Snooze) -> None:
    await context.tx.people.snooze(context.actor.id, command.until)
    await context.record("snoozed", person=context.actor.id, until=command.until.isoformat())


async def _set_office(context: CommandContext, command: SetOffice) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    await context.tx.units.set(office, command.name, command.value)
    if command.name in CHOICES:
        await match_choice(context.tx, context.books, office, context.now)
    value: Json = [*command.value] if isinstance(command.value, list) else command.value
    await context.record("office set", name=command.name, value=value)


async def _refuse(context: CommandContext, command: Refuse) -> None:
    """What was named by an id of one's own making is not there: then only the attempt is kept."""
    review = await context.tx.reviews.get(command.review) if command.review else None
    person = await context.tx.people.names([command.person]) if command.person else {}
    about: dict[str, Any] = {"campaign": command.campaign} if command.campaign else {}
    await context.record(
        "refused",
        review=review.id if review else None,
        person=next(iter(person), None),
        action=str(command.action),
        reason=command.reason,
        **about,
    )


async def _keep_upload(context: CommandContext, command: KeepUpload) -> None:
    """When a press shows a file anew it is kept already."""
    if context.incoming.content:
        await context.tx.uploads.keep(
            context.actor.id, Upload(command.sha256, command.name, context.incoming.content), context.now
        )
        await context.record("roster handed in", sha256=command.sha256)


async def _keep_enclosure(context: CommandContext, command: KeepEnclosure) -> None:
    campaign = await context.tx.campaigns.get(command.campaign, command.rulebook)
    if campaign.closed:
        raise Overtaken  # it was closed while the file was under way
    kept = Enclosure(
        *(0, command.campaign, command.rulebook, command.place, command.unit, command.person),
        *(command.sha256, command.size, command.kind, command.name),
        *(context.actor.id, context.actor.name, context.now),
    )
    await context.tx.enclosures.add(kept)
    told: dict[str, Any] = {"campaign": command.campaign, "place": command.place, "sha256": command.sha256}
    await context.record("enclosure handed in", person=command.person, unit=command.unit, **told)


async def _keep_own_table(context: CommandContext, command: KeepOwnTable) -> None:
    part = await context.tx.campaigns.get(command.campaign, command.rulebook)
    kept = (command.sha256, command.size, command.kind, command.name)
    own = own_tables.file_for(part, command.table, kept, context.actor, context.now)
    try:
        await own_tables.handed_in(context.tx, own, command.seen, context.actor)
    except own_tables.OwnTableChangedMeanwhile:
        raise Overtaken from None


async def _take_out_own_table(context: CommandContext, command: TakeOutOwnTable) -> None:
    part = await context.tx.campaigns.get(command.campaign, command.rulebook)
    try:
        await own_tables.taken_out(context.tx, part, command.table, command.seen, context.actor, context.now)
    except own_tables.OwnTableChangedMeanwhile:
        raise Overtaken from None


async def _drop_upload(context: CommandContext, _: DropUpload) -> None:
    await context.tx.uploads.drop(context.actor.id)


async def _import_roster(context: CommandContext, command: ImportRoster) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    if context.file is None or context.file.roster is None or context.file.sha256 != command.sha256:
        raise Overtaken
    roster = await as_dated(context.tx, office, context.file.roster, command.days, context.now)
    try:
        await keep_roster(context.tx, context.books, office, roster, context.now, command.revision, by=context.actor.id)
    except RosterChangedMeanwhile:
        raise Overtaken from None
    await context.tx.uploads.drop(context.actor.id)


async def _choose_template(context: CommandContext, command: ChooseTemplate) -> None:
    office, file = await context.tx.units.office_of(context.actor.id), context.file
    if file is None or file.template is None or file.sha256 != command.sha256:
        raise Overtaken
    await chosen(context.tx, office, command.form, file.template, file.name, context.actor.id, context.now)
    await context.tx.uploads.drop(context.actor.id)


async def _let_template_go(context: CommandContext, command: LetTemplateGo) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    if not await let_go(context.tx, office, command.form, context.actor.id, context.now):
        raise Overtaken


async def _keep_work(context: CommandContext, command: KeepWork) -> None:
    work = NewWork(command.person, command.year, command.period, command.lines)
    if not await context.tx.ledgers.keep(work, context.now, context.actor.id):
        raise Overtaken
    lines: list[Json] = [line.line for line in command.lines]
    period = f"{command.year}{command.period}"
    await context.record("work written", person=command.person, period=period, lines=lines)


async def _keep_catalogue(context: CommandContext, command: KeepCatalogue) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    file = context.file
    if file is None or file.products is None or file.sha256 != command.sha256:
        raise Overtaken
    try:
        await keep_catalogue(context.tx, office, file.products, command.seen, context.now, context.actor.id)
    except LedgerChangedMeanwhile:
        raise Overtaken from None
    await context.tx.uploads.drop(context.actor.id)


async def _import_work(context: CommandContext, command: ImportWork) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    file = context.file
    if file is None or file.work is None or file.sha256 != command.sha256:
        raise Overtaken
    found = await work_of(context.tx, context.books, office, file, await context.tx.ledgers.catalogue(office))
    if work_stamp(found) != command.stamp:
        raise Overtaken
    try:
        await keep_work(context.tx, office, found, context.now, context.actor.id)
    except LedgerChangedMeanwhile:
        raise Overtaken from None
    await context.tx.uploads.drop(context.actor.id)


async def _ask_data(context: CommandContext, command: AskData) -> None:
    who = context.actor.id
    asked = DataRequest(
        *(0, who, command.kind, command.text, context.now),
        *(command.reply_due, command.act_due, command.cite),
    )
    request = await context.tx.requests.ask(asked)
    await context.record("data asked", person=who, request=request, kind=command.kind.value)


async def _withdraw_data(context: CommandContext, command: WithdrawData) -> None:
    who = context.actor.id
    if not await context.tx.requests.answer(command.request, RequestOutcome.WITHDRAWN, "", who, context.now, of=who):
        raise Overtaken
    await context.record("data request withdrawn", person=who, request=command.request)


async def _see_data(context: CommandContext, command: SeeData) -> None:
    asked = await context.tx.requests.get(command.request)
    if asked is None or not await context.tx.requests.see(command.request, context.actor.id, context.now):
        raise Overtaken
    await context.record("data request seen", person=asked.person.id, request=command.request)


async def _answer_data(context: CommandContext, command: AnswerData) -> None:
    tx = context.tx
    if not await answered(tx, command.request, command.outcome, command.answer, context.actor.id, context.now):
        raise Overtaken


APPLIERS: dict[type, Applier] = {
    OpenCampaign: _open_campaign,
    MoveMilestone: _move_milestone,
    Extend: _extend,
    RecordMonths: _record_months,
    ChooseLastMonth: _choose_last_month,
    CloseCampaign: _close_campaign,
    UndoCampaign: _undo_campaign,
    Broadcast: _broadcast,
    Reissue: _reissue,
    AskHaste: _ask_haste,
    AgreeHaste: _agree_haste,
    ConfirmNewcomer: _confirm,
    RevokeInvitations: _revoke,
    UntiePerson: _untie_person,
    Snooze: _snooze,
    SetOffice: _set_office,
    Refuse: _refuse,
    KeepUpload: _keep_upload,
    DropUpload: _drop_upload,
    ImportRoster: _import_roster,
    ChooseTemplate: _choose_template,
    LetTemplateGo: _let_template_go,
    KeepOwnTable: _keep_own_table,
    TakeOutOwnTable: _take_out_own_table,
    KeepWork: _keep_work,
    KeepCatalogue: _keep_catalogue,
    KeepEnclosure: _keep_enclosure,
    ImportWork: _import_work,
    AskData: _ask_data,
    WithdrawData: _withdraw_data,
    SeeData: _see_data,
    AnswerData: _answer_data,
}
