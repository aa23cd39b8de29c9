"""Applies commands about rounds. What is said without a name leaves no line in the audit."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.campaign.rounds.ending import decided_among, end
from bot.campaign.rounds.sheets import papers_of
from bot.delivery.notices import Notice
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.rounds import (
    AnswerRound,
    BeginRound,
    BeginSheets,
    ConcludeSheet,
    ConsentToName,
    EndRound,
    EnterSlips,
    ProlongRound,
    PutInBox,
    SettleComment,
    WeighPoints,
)
from dialogs.rounds.notices import asked, asked_several
from rules.nouns.people import Person
from rules.nouns.rounds import Answer, Asked, Ended, Naming, Round, Settled, Slips
from rules.nouns.sheets import Weights


async def _begin(context: CommandContext, command: BeginRound) -> None:
    tx, begun = context.tx, command.begun
    office = await tx.units.office_of(context.actor.id)
    for before in await tx.rounds.about(office, begun.token):
        if before.ended is None:
            context.to_many += await end(tx, before, Ended.NEWER, context.actor.name, context.now, but=context.actor.id)
    kept = await _sent(context, command, office, {one.id: one for one in await tx.people.of_office(office)})
    context.to_many += [_told(one, [kept]) for one in command.asked]


async def _begin_sheets(context: CommandContext, command: BeginSheets) -> None:
    """Begin several sheets. Somebody asked about several people is told of all in one message."""
    tx = context.tx
    office = await tx.units.office_of(context.actor.id)
    await tx.campaigns.take_turns(command.campaign)  # two of the desk who press at once come one after the other
    had = {one.token for one in await tx.rounds.of_office(office)}
    people = {one.id: one for one in await tx.people.of_office(office)}
    asked_of = dict[int, list[Round]]()
    for one in command.sheets:
        if one.begun.token in had:
            raise Overtaken
        kept = await _sent(context, one, office, people)
        for person in one.asked:
            asked_of.setdefault(person, []).append(kept)
    context.to_many += [_told(person, sheets) for person, sheets in asked_of.items()]


async def _sent(context: CommandContext, command: BeginRound, office: int, people: Mapping[int, Person]) -> Round:
    """The round as it is stored."""
    tx, begun = context.tx, command.begun
    if not set(command.asked) <= people.keys():
        raise Overtaken  # somebody left meanwhile: it is shown anew
    to = [
        Asked(0, id_, people[id_].name, people[id_].position, people[id_].unit, body=command.bodies.get(id_, ""))
        for id_ in command.asked
    ]
    id_ = await tx.rounds.begin(office, begun, to)
    kept = await tx.rounds.one(id_)
    assert kept is not None, "it was just begun"
    told: dict[str, Any] = {"round": id_, "asked": len(to), "naming": begun.naming.value, "sha256": begun.sha256}
    if begun.file_name:
        told["file"] = begun.file_name
    await context.record("round begun", review=begun.review, **told)
    return kept


def _told(person: int, sent: Sequence[Round]) -> Notice:
    """Tell people that they are asked, by a round or by several sheets."""
    first = sent[0]
    reply = asked(first) if len(sent) == 1 else asked_several(sent)
    return Notice(person, f"round:{first.id}:{person}", reply, campaign=first.campaign)


async def _open(context: CommandContext, round_id: int) -> Round:
    """The round, locked, if it still accepts answers."""
    found = await context.tx.rounds.locked(round_id)
    if found is None or not found.open(context.now.date()) or await decided_among(context.tx, [found]):
        raise Overtaken
    return found


async def _answer(context: CommandContext, command: AnswerRound) -> None:
    found = await _open(context, command.round)
    talk = await context.tx.rounds.talk(found.id)
    who = talk.of(context.actor.id) if talk else None
    if not found.named or who is None or (found.naming is Naming.CONSENT and not who.agreed):
        raise Overtaken
    said = Answer(0, found.id, context.actor.id, context.now, command.agrees, command.comments)
    whole = found.answered_by(command.agrees, command.comments)
    await context.tx.rounds.answer(said, whole=whole)
    if whole and found.asking():
        papers = await papers_of(context.tx, context.books, found, context.now, context.address)
        if papers is not None:
            await papers.of_one(context.actor, who.body, command.comments)
    await context.record("round answered", review=found.review, round=found.id)


async def _put_in(context: CommandContext, command: PutInBox) -> None:
    found = await _open(context, command.round)
    if found.named or found.on_paper or not await context.tx.rounds.put_in(found.id, context.actor.id, command.text):
        raise Overtaken


async def _consent(context: CommandContext, command: ConsentToName) -> None:
    found = await _open(context, command.round)
    await context.tx.rounds.consent(found.id, context.actor.id, agreed=command.agreed)
    await context.record("round consent", review=found.review, round=found.id, agreed=command.agreed)


async def _enter(context: CommandContext, command: EnterSlips) -> None:
    """Enter slips of a round on paper. They are accepted after the last day, but not once the subject was decided or a
    newer draft was sent.
    """
    found = await context.tx.rounds.locked(command.round)
    talk = await context.tx.rounds.talk(found.id) if found else None
    if found is None or talk is None or not talk.takes_slips or await decided_among(context.tx, [found]):
        raise Overtaken
    if command.before != (talk.slips.stamp if talk.slips else ""):
        raise Overtaken
    actor, texts = context.actor, tuple(command.texts)
    await context.tx.rounds.enter_slips(
        Slips(found.id, command.returned, command.agreeing, texts, actor.id, actor.name, context.now)
    )
    told: dict[str, Any] = {"returned": command.returned, "agreeing": command.agreeing, "texts": len(texts)}
    await context.record("round slips entered", review=found.review, round=found.id, **told)


async def _settle(context: CommandContext, command: SettleComment) -> None:
    found = await context.tx.rounds.locked(command.round)
    if found is None:
        raise Overtaken
    actor = context.actor
    done = (command.section, command.mark, command.taken, command.reason)
    await context.tx.rounds.settle(Settled(found.id, command.person, *done, actor.id, actor.name, context.now))
    await context.record("round settled", review=found.review, round=found.id, taken=command.taken)


async def _prolong(context: CommandContext, command: ProlongRound) -> None:
    found = await _open(context, command.round)
    if found.last_day != command.before or not await context.tx.rounds.prolong(found.id, command.last_day):
        raise Overtaken
    days: dict[str, Any] = {"before": found.last_day.isoformat(), "until": command.last_day.isoformat()}
    await context.record("round prolonged", review=found.review, round=found.id, **days)


async def _conclude(context: CommandContext, command: ConcludeSheet) -> None:
    found = await context.tx.rounds.locked(command.round)
    papers = await papers_of(context.tx, context.books, found, context.now, context.address) if found else None
    if found is None or papers is None or not papers.rule.then or await decided_among(context.tx, [found]):
        raise Overtaken
    await papers.of_all(command.text, command.rating, context.actor)
    await context.record("sheet concluded", review=found.review, round=found.id, rating=command.rating.value)


async def _weigh(context: CommandContext, command: WeighPoints) -> None:
    actor = context.actor
    by = (actor.id, actor.name, context.now)
    kept = Weights(command.campaign, command.rulebook, command.weights, command.source, *by)
    await context.tx.sheets.weigh(kept)
    said: dict[str, Any] = {key: str(one) for key, one in command.weights.items()}
    await context.record("points weighed", campaign=command.campaign, weights=said, source=command.source)


async def _end(context: CommandContext, command: EndRound) -> None:
    found = await _open(context, command.round)
    actor = context.actor
    context.to_many += await end(context.tx, found, Ended.EARLY, actor.name, context.now, but=actor.id)


APPLIERS: dict[type, Applier] = {
    BeginRound: _begin,
    BeginSheets: _begin_sheets,
    AnswerRound: _answer,
    PutInBox: _put_in,
    ConsentToName: _consent,
    EnterSlips: _enter,
    SettleComment: _settle,
    ProlongRound: _prolong,
    EndRound: _end,
    ConcludeSheet: _conclude,
    WeighPoints: _weigh,
}
