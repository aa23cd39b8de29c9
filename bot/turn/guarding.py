"""Before anything of a turn is kept, the table of permissions is asked once more of what it names by an id: nothing of
another office is reached, whatever a dialog let through.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from bot.campaign.upward.standing import seating_of
from bot.turn.command_context import CommandContext
from bot.turn.rooms.work import gives_work
from dialogs.core.commands.accounts import (
    AgreeHaste,
    AskHaste,
    ConfirmNewcomer,
    Reissue,
    RevokeInvitations,
    UntiePerson,
)
from dialogs.core.commands.campaigns import (
    Broadcast,
    ChooseLastMonth,
    CloseCampaign,
    Extend,
    MoveMilestone,
    RecordMonths,
    UndoCampaign,
)
from dialogs.core.commands.drafts import GiveOpinion
from dialogs.core.commands.files import KeepEnclosure, KeepOwnTable, TakeOutOwnTable
from dialogs.core.commands.inquiries import AskOutside, ReceiveOutside, WithdrawLink
from dialogs.core.commands.ledgers import ImportWork, KeepCatalogue, KeepWork
from dialogs.core.commands.meetings import AddToMeeting, CallMeeting, IssueWallLink, KeepMinutes
from dialogs.core.commands.personal import AnswerData, SeeData
from dialogs.core.commands.polls import AdmitToPoll, AmendPoll, CountOn, OpenPoll, WalkPoll
from dialogs.core.commands.refusals import Refuse
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
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn
from dialogs.core.commands.upward import KeepSentUp
from dialogs.core.turn import Reply, Turn
from dialogs.interview.question_page import news
from rules.campaign.permissions import (
    Action,
    Relation,
    may,
    relations,
    relations_to_office,
    relations_to_person,
    relations_to_round,
    relations_to_unit,
)
from rules.meeting.cells import CELLS, leaders_of
from rules.meeting.nouns.meeting import Meeting, Status
from rules.meeting.places import may_happen, relations_to_meeting
from rules.meeting.voting import let_in
from rules.upward.places import action_of, relations_to_sent


async def guarded(on: CommandContext, turn: Turn) -> Turn:
    """The turn, or in its place the refusal of what reaches out of the actor's office; that is kept in the audit."""
    for command in turn.commands:
        action, is_ours = GUARDS.get(type(command), (None, None))
        if action and is_ours and not await is_ours(on, command, action):
            said = Reply("review/line", {"news": [news("unknown")]})
            return Turn((said,), (Refuse(action, "other_office"),))
    return turn


async def _are_here(on: CommandContext, people: Iterable[int]) -> bool:
    known = await on.tx.people.keys(await on.tx.units.office_of(on.actor.id))
    return known.keys() >= set(people)


async def _campaign(on: CommandContext, campaign: int, action: Action) -> bool:
    """What the actor is to the office of the campaign: of another one nothing is allowed."""
    parts = await on.tx.campaigns.parts(campaign)
    return any(may(relations_to_office(on.actor, part.office), action) for part in parts)


async def _of_campaign(
    on: CommandContext,
    command: MoveMilestone | Extend | ChooseLastMonth | CloseCampaign | UndoCampaign | KeepOwnTable | TakeOutOwnTable,
    action: Action,
) -> bool:
    return await _campaign(on, command.campaign, action)


async def _of_person(
    on: CommandContext,
    command: Reissue | RevokeInvitations | UntiePerson | AskHaste | AgreeHaste | ConfirmNewcomer,
    action: Action,
) -> bool:
    if not await _are_here(on, [command.person]):
        return False
    return may(relations_to_person(on.actor, await on.tx.people.get(command.person)), action)


async def _record_months(on: CommandContext, command: RecordMonths, action: Action) -> bool:
    """Of one person of the office, and not by themself."""
    if any(one.person != command.person for one in command.scores) or not await _are_here(on, [command.person]):
        return False
    return may(relations_to_person(on.actor, await on.tx.people.get(command.person)), action)


async def _broadcast(on: CommandContext, command: Broadcast, action: Action) -> bool:
    if not may(relations_to_office(on.actor, on.actor.office), action) or not await _are_here(on, command.to):
        return False
    return not command.campaign or await _campaign(on, command.campaign, action)


async def _set_stand_in(on: CommandContext, command: SetStandIn, action: Action) -> bool:
    return await _are_here(on, [command.stand_in]) and await _for_absent(on, command.absent, action)


async def _end_stand_in(on: CommandContext, command: EndStandIn, action: Action) -> bool:
    stand_in = await on.tx.covers.get(command.id)
    return stand_in is not None and await _for_absent(on, stand_in.absent, action)


async def _for_absent(on: CommandContext, absent: int, action: Action) -> bool:
    if not await _are_here(on, [absent]):
        return False
    of_office = relations_to_office(on.actor, on.actor.office)
    return may(of_office | relations_to_person(on.actor, await on.tx.people.get(absent)), action)


async def _give_opinion(on: CommandContext, command: GiveOpinion, action: Action) -> bool:
    """Asked of the actor; of a body outside, about a review of the actor's office."""
    asked = {one.id: one for one in await on.tx.opinions.about([command.review])}
    opinion, review = asked.get(command.opinion), await on.tx.reviews.get(command.review)
    if opinion is None or review is None:
        return False
    if opinion.asked is None:
        return may(relations_to_office(on.actor, review.campaign.office), Action.RECORD_OUTSIDE)
    return may(relations(on.actor, review, asked=opinion.asked == on.actor.id), action)


async def _ledger(on: CommandContext, command: KeepWork, action: Action) -> bool:
    """One's own lines; those of whose work the actor assigns, for themself or somebody absent, or of whom takes it over from such a one."""
    if not await _are_here(on, [command.person]):
        return False
    if command.person == on.actor.id:
        return may({Relation.SELF}, Action.WRITE_LEDGER)
    office = await on.tx.units.office_of(on.actor.id)
    giver = await gives_work(on.tx, office, await on.tx.people.get(command.person))
    acting = {on.actor.id: Relation.UNIT_HEAD}
    for absent in await on.tx.covers.acts_for(on.actor.id, on.now.date()):
        acting.setdefault(absent, Relation.STAND_IN)
    return giver in acting and may({acting[giver]}, action)


async def _of_office(on: CommandContext, _: KeepCatalogue | ImportWork, action: Action) -> bool:
    return may(relations_to_office(on.actor, on.actor.office), action)


async def _enclosure(on: CommandContext, command: KeepEnclosure, action: Action) -> bool:
    """Of somebody or some unit of the actor's office, in a campaign of it."""
    actor, office = on.actor, on.actor.office
    if not any(part.office == office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    if command.person is not None:
        if not await _are_here(on, [command.person]):
            return False
        return may(relations_to_person(actor, await on.tx.people.get(command.person)), action)
    if command.unit is not None:
        units = await on.tx.units.of_office(await on.tx.units.office_of(actor.id))
        return command.unit in units.values() and may(relations_to_unit(actor, office, command.unit), action)
    return may(relations_to_office(actor, office), action)


async def _ask_outside(on: CommandContext, command: AskOutside, action: Action) -> bool:
    """About people of the actor's office, in a campaign of it, each theirs to ask about."""
    people = [person for person, _ in command.people]
    if not any(part.office == on.actor.office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    if not await _are_here(on, people):
        return False
    about = [await on.tx.people.get(one) for one in people]
    return all(may(relations_to_person(on.actor, one), action) for one in about)


async def _inquiry(on: CommandContext, command: WithdrawLink, action: Action) -> bool:
    asked = await on.tx.inquiries.one(command.inquiry)
    return asked is not None and may(relations_to_person(on.actor, await on.tx.people.get(asked.person_id)), action)


async def _outside_answer(on: CommandContext, command: ReceiveOutside, action: Action) -> bool:
    answer = await on.tx.inquiries.answer(command.answer)
    return answer is not None and await _inquiry(on, WithdrawLink(answer.inquiry_id), action)


async def _data_request(on: CommandContext, command: SeeData | AnswerData, action: Action) -> bool:
    asked = await on.tx.requests.get(command.request)
    return asked is not None and may(relations_to_person(on.actor, asked.person), action)


async def _call_meeting(on: CommandContext, command: CallMeeting, action: Action) -> bool:
    """Of a unit of the actor's office, in a campaign of it: as its head or deputy, for its absent head, or as the desk."""
    actor, office = on.actor, await on.tx.units.office_of(on.actor.id)
    if not any(part.office == actor.office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    units, heads = await on.tx.units.of_office(office), await on.tx.units.heads(office)
    acts_for = await on.tx.covers.acts_for(actor.id, on.now.date())
    stands_in = {Relation.STAND_IN} if heads.get(command.unit) in acts_for else set()
    held = relations_to_unit(actor, actor.office, command.unit) | stands_in
    if await _leads_cell(on, command, office):
        held |= {Relation.CELL_LEADER}
    return command.unit in units.values() and may(held, action)


async def _leads_cell(on: CommandContext, command: CallMeeting, office: int) -> bool:
    """Whether the meeting is one of a party body of that unit which the actor leads by the roster."""
    bodies = [
        one for one in await on.tx.people.of_office(office) if one.subject in CELLS and one.unit_id == command.unit
    ]
    body = next((one for one in bodies if one.id == command.first.data.get("body")), None)
    return body is not None and on.actor.id in leaders_of(body, await on.tx.units.bodies(office))


async def _meeting(on: CommandContext, command: AddToMeeting | KeepMinutes | IssueWallLink, action: Action) -> bool:
    """A meeting of the actor's office, and each thing theirs to bring about there."""
    meeting = await on.tx.meetings.get(command.meeting)
    if meeting is None:
        return False
    acts_for = await on.tx.covers.acts_for(on.actor.id, on.now.date())
    match command:
        case AddToMeeting(happenings=happenings):
            return all(may_happen(on.actor, meeting, one, acts_for) for one in happenings)
        case KeepMinutes(adopted=True):
            return may(relations_to_meeting(on.actor, meeting, acts_for), Action.CHAIR_MEETING)
        case _:
            return may(relations_to_meeting(on.actor, meeting, acts_for), action)


async def _sent_up(on: CommandContext, command: KeepSentUp, _: Action) -> bool:
    """Of a unit of the actor's office, in a campaign of it."""
    office = await on.tx.units.office_of(on.actor.id)
    if not any(part.office == on.actor.office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    if command.unit not in (await on.tx.units.of_office(office)).values():
        return False
    seating = await seating_of(on.tx, office, on.actor.office)
    held = relations_to_sent(on.actor, seating, command.unit, await on.tx.covers.acts_for(on.actor.id, on.now.date()))
    return may(held, action_of(command.deed, seating, command.unit))


async def _begin_round(on: CommandContext, command: BeginRound, action: Action) -> bool:
    """To people of the actor's office; about what they may send is asked of what is loaded for them."""
    about = [one for one in (command.begun.owner, command.begun.person) if one is not None]
    own_text = command.begun.token.startswith("t")  # of nobody's review: who heads a unit sends one, and the desk
    held = relations_to_unit(on.actor, on.actor.office, on.actor.unit_id) | (set() if own_text else {Relation.SELF})
    whole = may(held, action)
    return whole and command.begun.office == on.actor.office and await _are_here(on, [*command.asked, *about])


async def _begin_sheets(on: CommandContext, command: BeginSheets, action: Action) -> bool:
    """Of a campaign of the office, each about a person of it."""
    if not await _campaign(on, command.campaign, action):
        return False
    about = all(one.begun.campaign == command.campaign and one.begun.about_somebody for one in command.sheets)
    return about and all([await _begin_round(on, one, action) for one in command.sheets])


async def _round(
    on: CommandContext,
    command: AnswerRound | PutInBox | ConsentToName | EnterSlips | SettleComment | ProlongRound | EndRound,
    action: Action,
) -> bool:
    talk = await on.tx.rounds.talk(command.round)
    return talk is not None and may(relations_to_round(on.actor, talk), action)


async def _poll_set(on: CommandContext, command: OpenPoll | AmendPoll, action: Action) -> bool:
    """Of one's own unit or office, with people of the office alone; one that is there already is the actor's to lead."""
    if not await _are_here(on, [one.person for one in command.poll.taking]):
        return False
    if isinstance(command, AmendPoll):
        return await _poll_led(on, command.poll.id, action)
    if command.poll.meeting:
        meeting = await _chaired(on, command.poll.meeting)
        called = {one.id for one in meeting.called} if meeting and meeting.status is Status.RUNNING else set()
        return meeting is not None and all(one.person in called for one in command.poll.taking)
    return may(relations_to_unit(on.actor, on.actor.office, command.poll.unit or 0), action)


async def _poll_walk(on: CommandContext, command: WalkPoll, action: Action) -> bool:
    return await _poll_led(on, command.poll, action)


async def _poll_led(on: CommandContext, poll_id: int, action: Action) -> bool:
    poll = await on.tx.polls.get(poll_id)
    if poll is None or poll.office != await on.tx.units.office_of(on.actor.id):
        return False
    if poll.chair == on.actor.id or may(relations_to_unit(on.actor, on.actor.office, poll.unit or 0), action):
        return True
    return bool(poll.meeting and await _chaired(on, poll.meeting))


async def _chaired(on: CommandContext, meeting_id: int) -> Meeting | None:
    """The meeting, where the actor has its chair."""
    meeting = await on.tx.meetings.get(meeting_id)
    if meeting is None:
        return None
    covers = await on.tx.covers.acts_for(on.actor.id, on.now.date())
    return meeting if may(relations_to_meeting(on.actor, meeting, covers), Action.CHAIR_MEETING) else None


async def _poll_part(on: CommandContext, command: AdmitToPoll, _: Action) -> bool:
    poll = await on.tx.polls.get(command.poll)
    if poll is None or poll.part_of(on.actor.id) is None:
        return False
    meeting = await on.tx.meetings.get(poll.meeting) if poll.meeting else None
    return meeting is None or let_in(meeting, poll, on.actor.id)


#: What names something by its id → as what it is refused, and whether all it names is the actor's to name. Reviews are
#: not among them: who may do what with one is not a question of the office alone (rules.campaign.permissions).
GUARDS: Mapping[type, tuple[Action, Callable[[CommandContext, Any, Action], Awaitable[bool]]]] = {
    MoveMilestone: (Action.MOVE_DATES, _of_campaign),
    Extend: (Action.MOVE_DATES, _of_campaign),
    RecordMonths: (Action.RECORD_OUTSIDE, _record_months),
    ChooseLastMonth: (Action.MOVE_DATES, _of_campaign),
    CloseCampaign: (Action.CLOSE_CAMPAIGN, _of_campaign),
    UndoCampaign: (Action.OPEN_CAMPAIGN, _of_campaign),
    Broadcast: (Action.BROADCAST, _broadcast),
    Reissue: (Action.INVITE, _of_person),
    AskHaste: (Action.HASTEN, _of_person),
    AgreeHaste: (Action.AGREE_HASTE, _of_person),
    ConfirmNewcomer: (Action.AGREE_HASTE, _of_person),
    RevokeInvitations: (Action.UNTIE, _of_person),
    UntiePerson: (Action.UNTIE, _of_person),
    SetStandIn: (Action.SET_STAND_IN, _set_stand_in),
    EndStandIn: (Action.SET_STAND_IN, _end_stand_in),
    GiveOpinion: (Action.GIVE_OPINION, _give_opinion),
    KeepWork: (Action.ASSIGN_WORK, _ledger),
    KeepCatalogue: (Action.KEEP_CATALOGUE, _of_office),
    ImportWork: (Action.IMPORT_WORK, _of_office),
    KeepEnclosure: (Action.HAND_IN, _enclosure),
    KeepOwnTable: (Action.HAND_IN, _of_campaign),
    TakeOutOwnTable: (Action.HAND_IN, _of_campaign),
    AskOutside: (Action.ASK_OUTSIDE, _ask_outside),
    WithdrawLink: (Action.ASK_OUTSIDE, _inquiry),
    ReceiveOutside: (Action.RECEIVE_OUTSIDE, _outside_answer),
    CallMeeting: (Action.CALL_MEETING, _call_meeting),
    KeepSentUp: (Action.SEND_UP, _sent_up),
    AddToMeeting: (Action.SPEAK, _meeting),
    KeepMinutes: (Action.WRITE_MINUTES, _meeting),
    IssueWallLink: (Action.WRITE_MINUTES, _meeting),
    BeginRound: (Action.START_ROUND, _begin_round),
    BeginSheets: (Action.START_ROUND, _begin_sheets),
    AnswerRound: (Action.ANSWER_ROUND, _round),
    PutInBox: (Action.ANSWER_ROUND, _round),
    ConsentToName: (Action.ANSWER_ROUND, _round),
    EnterSlips: (Action.SETTLE_ROUND, _round),
    SettleComment: (Action.SETTLE_ROUND, _round),
    ProlongRound: (Action.SETTLE_ROUND, _round),
    EndRound: (Action.SETTLE_ROUND, _round),
    ConcludeSheet: (Action.SETTLE_ROUND, _round),
    WeighPoints: (Action.WEIGH_POINTS, _of_campaign),
    SeeData: (Action.ANSWER_DATA, _data_request),
    AnswerData: (Action.ANSWER_DATA, _data_request),
    OpenPoll: (Action.HOLD_POLL, _poll_set),
    AmendPoll: (Action.HOLD_POLL, _poll_set),
    WalkPoll: (Action.HOLD_POLL, _poll_walk),
    CountOn: (Action.HOLD_POLL, _poll_walk),
    AdmitToPoll: (Action.HOLD_POLL, _poll_part),
}
