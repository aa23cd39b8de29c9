"""Applies commands about uploaded files: rosters, templates, enclosures, own tables."""

from collections.abc import Mapping
from typing import Any

from bot.campaign.own_templates import chosen, let_go
from bot.campaign.results import own_tables
from bot.campaign.roster.importing import keep_roster
from bot.campaign.roster.keeping import RosterChangedMeanwhile
from bot.turn.command_context import Applier, CommandContext, Overtaken
from bot.turn.uploads import as_dated
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
from rules.nouns.enclosures import Enclosure
from storage.values import Upload


async def _keep_upload(context: CommandContext, command: KeepUpload) -> None:
    """Store the upload; it is stored already when a press shows it again."""
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


APPLIERS: Mapping[type, Applier] = {
    KeepUpload: _keep_upload,
    DropUpload: _drop_upload,
    ImportRoster: _import_roster,
    ChooseTemplate: _choose_template,
    LetTemplateGo: _let_template_go,
    KeepOwnTable: _keep_own_table,
    TakeOutOwnTable: _take_out_own_table,
    KeepEnclosure: _keep_enclosure,
}
