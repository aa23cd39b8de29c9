"""The guard of polls: the chair, the unit's head and the desk lead one; participants are admitted to it."""

from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, reason_in
from dialogs.core.knowledge.polls import PollsView
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key
from rules.balloting.poll import Poll
from rules.campaign.permissions import Action, may, relations_to_unit
from rules.meeting.nouns.meeting import Meeting
from rules.meeting.places import relations_to_meeting

TO_LIST = (Key("vote/list", Button("vote_list")),)


def room(state: State) -> PollsView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, PollsView) else PollsView()


def may_hold(state: State) -> bool:
    """Whether this person may set a poll at all, for their unit or for the office."""
    me = state.person
    return me is not None and may(relations_to_unit(me, me.office, me.unit_id), Action.HOLD_POLL)


def chairs(state: State, meeting: Meeting) -> bool:
    """Whether this person chairs the meeting."""
    me = state.person
    return me is not None and may(relations_to_meeting(me, meeting, state.acts_for), Action.CHAIR_MEETING)


def may_set(state: State) -> bool:
    """Whether this person may set a poll here: in a meeting its chair may, otherwise as `may_hold` says."""
    meeting = room(state).meeting
    return chairs(state, meeting) if meeting else may_hold(state)


def holds(state: State, poll: Poll, action: Action = Action.HOLD_POLL) -> bool:
    """Whether this person leads the poll."""
    me = state.person
    if me is None or poll.id == room(state).foreign:
        return False
    meeting = room(state).meeting
    if meeting and poll.meeting == meeting.id and chairs(state, meeting):
        return True
    return poll.chair == me.id or may(relations_to_unit(me, me.office, poll.unit or 0), action)


def _find(state: State, button: Button) -> Poll | Refused:
    named, known = number(button, 0), room(state)
    if not named:  # a poll just set has no number in its buttons: the newest of this person
        mine = [one for one in known.polls if state.person and one.chair == state.person.id]
        return max(mine, key=lambda one: one.id) if mine else Refused("unknown")
    return known.about if known.about and known.about.id == named else Refused("unknown")


def _denied(_: State, __: Poll, ___: Action) -> Refused:
    return Refused("not_yours", tried=Tried())


def _over(_: State, poll: Poll) -> Refused | None:
    return Refused("over") if poll.stage.over else None


def _awaited(state: State) -> Button:
    return Button("vote_card", 0, (str(kept_number(state, "poll")),))


_WORDS = reason_in("vote/refused", *TO_LIST)

#: The guard for leading a poll that is not over.
POLLS: Guard[Poll] = Guard(
    rooms=(Room.VOTE,), find=_find, may=holds, denied=_denied, words=_WORDS, ended=_over, awaited=_awaited
)
#: The guard for looking at a poll, also when it is over.
RESULTS: Guard[Poll] = Guard(rooms=(Room.VOTE,), find=_find, may=holds, denied=_denied, words=_WORDS)
#: The guard for those who take part in a poll.
TAKING: Guard[Poll] = Guard(
    rooms=(Room.VOTE,),
    find=_find,
    may=lambda state, poll, _: bool(state.person and poll.part_of(state.person.id)) or holds(state, poll),
    denied=_denied,
    words=_WORDS,
)
