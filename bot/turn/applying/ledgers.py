"""Applies commands about ledgers: work lines and the catalogue."""

from collections.abc import Mapping

from bot.campaign.ledgers import LedgerChangedMeanwhile, keep_catalogue, keep_work
from bot.turn.command_context import Applier, CommandContext, Overtaken
from bot.turn.rooms.work import work_of, work_stamp
from dialogs.core.commands.ledgers import ImportWork, KeepCatalogue, KeepWork
from rules.nouns.reviews import Json
from storage.repositories.offices.ledgers import NewWork


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


APPLIERS: Mapping[type, Applier] = {
    KeepWork: _keep_work,
    KeepCatalogue: _keep_catalogue,
    ImportWork: _import_work,
}
