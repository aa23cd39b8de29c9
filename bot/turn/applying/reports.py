"""Applies commands about bodies' reports: naming the drafter, and giving parts to writers."""

from bot.campaign.enrol import lead_anew
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.reports import FinishPart, GivePart, NameDrafter, TakePartBack
from rules.nouns.reviews import Review


async def _locked(context: CommandContext, review_id: int) -> Review:
    review = await context.tx.reviews.locked(review_id)
    if review is None or review.report is None or not review.open:
        raise Overtaken
    return review


async def _name_drafter(context: CommandContext, command: NameDrafter) -> None:
    review = await _locked(context, command.review)
    if review.drafter != command.before:
        raise Overtaken
    await context.tx.reports.name_drafter(review.id, command.person, context.actor.id)
    await lead_anew(context.tx, context.books, await context.tx.units.office_of(review.person.id), review, context.now)
    await context.record("drafter named", review=review.id, person=command.person, before=command.before)


async def _give_part(context: CommandContext, command: GivePart) -> None:
    review = await _locked(context, command.review)
    await context.tx.reports.give(review.id, command.place, command.writer, context.actor.id, context.now, command.due)
    due = command.due.isoformat() if command.due else None
    await context.record("part given", review=review.id, person=command.writer, place=command.place, due=due)


async def _finish_part(context: CommandContext, command: FinishPart) -> None:
    await _locked(context, command.review)
    if not await context.tx.reports.done(command.part, context.now):
        raise Overtaken
    await context.record("part done", review=command.review, part=command.part)


async def _take_part_back(context: CommandContext, command: TakePartBack) -> None:
    await _locked(context, command.review)
    if not await context.tx.reports.take_back(command.part, context.actor.id, context.now):
        raise Overtaken
    await context.record("part taken back", review=command.review, part=command.part)


APPLIERS: dict[type, Applier] = {
    NameDrafter: _name_drafter,
    GivePart: _give_part,
    FinishPart: _finish_part,
    TakePartBack: _take_part_back,
}
