"""Applies commands about inquiries: asking, withdrawing, and confirming answers."""

from collections.abc import Mapping
from typing import Any

from bot.campaign.inquiries.cases import content_of
from bot.codes import fresh_code
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.inquiries import AskOutside, ReceiveOutside, WithdrawLink
from rules.book.inquiries import rule_of
from rules.nouns.enclosures import Enclosure
from rules.nouns.inquiries import Came, Ended, Inquiry


async def _ask(context: CommandContext, command: AskOutside) -> None:
    tx, actor, now = context.tx, context.actor, context.now
    await tx.campaigns.take_turns(command.campaign)  # two who ask at once: one link opens, and the other is shown it
    part = await tx.campaigns.get(command.campaign, command.rulebook)
    book = context.books[part.edition]
    rule = rule_of(book.inquiries, command.key)
    if part.closed or rule is None:
        raise Overtaken
    for id_, seen in command.people:
        person = await tx.people.get(id_)
        about = (part.id, part.rulebook, rule.key, id_)
        if seen != sum(one.about == about for one in await tx.inquiries.of_person(id_)):
            raise Overtaken  # somebody else asked meanwhile
        content = content_of(part, book, rule, person, command.leads)
        asked = Inquiry(0, *about, content, command.last_day, actor.id, actor.name, now)
        await tx.inquiries.ask(asked, command.code or fresh_code())
        told: dict[str, Any] = {"campaign": part.id, "rule": rule.key, "last_day": command.last_day.isoformat()}
        await context.record("opinion asked outside", person=id_, **told)


async def _withdraw(context: CommandContext, command: WithdrawLink) -> None:
    inquiry = await context.tx.inquiries.one(command.inquiry)
    if inquiry is None or not await context.tx.inquiries.end(command.inquiry, Ended.WITHDRAWN, context.now):
        raise Overtaken
    await context.record("link withdrawn", person=inquiry.person_id, campaign=inquiry.campaign_id)


async def _receive(context: CommandContext, command: ReceiveOutside) -> None:
    """A confirmed scan is the signed paper, so its link is closed, and it is put into the dossier if that has a place
    for it.
    """
    tx, actor, now = context.tx, context.actor, context.now
    answer = await tx.inquiries.answer(command.answer)
    inquiry = await tx.inquiries.one(answer.inquiry_id) if answer else None
    if answer is None or inquiry is None or not await tx.inquiries.receive(answer.id, actor, now):
        raise Overtaken
    if answer.came is Came.SCAN:
        await tx.inquiries.end(inquiry.id, Ended.RECEIVED, now)
        if command.place:
            if (await tx.campaigns.get(inquiry.campaign_id, inquiry.rulebook)).closed:
                raise Overtaken
            kept = Enclosure(
                *(0, inquiry.campaign_id, inquiry.rulebook, command.place, None, inquiry.person_id),
                *(answer.sha256, answer.size, answer.kind, answer.name),
                *(actor.id, actor.name, now),
            )
            await tx.enclosures.add(kept)
    told: dict[str, Any] = {"campaign": inquiry.campaign_id, "answer": answer.id, "number": answer.number}
    await context.record("outside received", person=inquiry.person_id, **told)


APPLIERS: Mapping[type, Applier] = {
    AskOutside: _ask,
    WithdrawLink: _withdraw,
    ReceiveOutside: _receive,
}
