"""Carries out what is done with a file somebody handed in."""

from bot.campaign.importing import keep_roster
from bot.campaign.roster_keeping import RosterChangedMeanwhile
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core import commands as words
from storage.values import Upload


async def _keep_upload(on: CommandContext, command: words.KeepUpload) -> None:
    """When a press shows a file anew it is kept already."""
    if on.incoming.content:
        await on.tx.uploads.keep(on.actor.id, Upload(command.sha256, command.name, on.incoming.content), on.now)
        await on.record("roster handed in", sha256=command.sha256)


async def _drop_upload(on: CommandContext, _: words.DropUpload) -> None:
    await on.tx.uploads.drop(on.actor.id)


async def _import_roster(on: CommandContext, command: words.ImportRoster) -> None:
    office = await on.tx.units.office_of(on.actor.id)
    if on.file is None or on.file.roster is None or on.file.sha256 != command.sha256:
        raise Overtaken
    try:
        await keep_roster(on.tx, on.books, office, on.file.roster, on.now, command.revision, by=on.actor.id)
    except RosterChangedMeanwhile:
        raise Overtaken from None
    await on.tx.uploads.drop(on.actor.id)


APPLIERS: dict[type, Applier] = {
    words.KeepUpload: _keep_upload,
    words.DropUpload: _drop_upload,
    words.ImportRoster: _import_roster,
}
