"""Setting up a poll within a meeting. The chair chooses rule and mode; voters, slip and places follow from the meeting,
and tellers are chosen among those present.
"""

from dataclasses import replace

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.polls.card import summary
from dialogs.polls.guard import POLLS, chairs, room
from dialogs.polls.setting import (
    FREE,
    MODES,
    amended,
    ask_tellers,
    asking,
    asks_mode,
    made,
    set_poll,
    tellers_told,
    with_places,
    with_tellers,
)
from rules.balloting.counting import for_next_round
from rules.balloting.poll import MOST_TELLERS, Line, Poll, Stage
from rules.book.ballots import Ballot
from rules.campaign.permissions import Action
from rules.meeting.nouns.meeting import Meeting, Status
from rules.meeting.voting import candidates, lines_of


def at(books: Books, state: State, _: Button) -> Turn:
    """The ballots of the meeting so far, and what may be voted on: `vote_at:0:<meeting>`."""
    meeting = _running(state)
    if isinstance(meeting, Refused):
        return POLLS.refuse(books, state, meeting, Action.HOLD_POLL)
    id_ = str(meeting.id)
    known = [(Key("vote/one", Button("vote_card", 0, (str(one.id),)), summary(one)),) for one, _ in room(state).held]
    ruled = [
        (Key("vote/rule", Button("vote_on", 0, (id_, str(place))), {"title": one.title}),)
        for place, (_, one) in enumerate(room(state).rules)
    ]
    free = [(Key(f"vote/free_{name}", Button("vote_rule", 0, ("-", name, id_))),) for name in FREE]
    return Turn((Reply("vote/new", {}, rows(*known, *ruled, *free, (back(meeting),))),), let_go(state, Room.VOTE))


def back(meeting: Meeting) -> Key:
    """The button back to the meeting."""
    return Key("meeting/back", Button("meeting_look", 0, (str(meeting.id),)))


def _running(state: State) -> Meeting | Refused:
    meeting = room(state).meeting
    if meeting is None or not chairs(state, meeting):
        return Refused("not_yours")
    return meeting if meeting.status is Status.RUNNING else Refused("not_running")


def _chosen(state: State, button: Button) -> tuple[str, Ballot] | None:
    rules, place = room(state).rules, number(button, 1)
    return rules[place] if place < len(rules) else None


def on(books: Books, state: State, button: Button) -> Turn:
    """Choose the mode: `vote_on:0:<meeting>:<place>`."""
    meeting, chosen = _running(state), _chosen(state, button)
    if isinstance(meeting, Refused) or chosen is None:
        why = meeting if isinstance(meeting, Refused) else Refused("unknown")
        return POLLS.refuse(books, state, why, Action.HOLD_POLL)
    _, rule = chosen
    id_, place = str(meeting.id), str(number(button, 1))
    return asks_mode(rule, lambda letter: Button("vote_by", 0, (id_, place, letter)), (back(meeting),))


def by(books: Books, state: State, button: Button) -> Turn:
    """Set the poll, with the people whom the meeting has concluded on: `vote_by:0:<meeting>:<place>:<letter>`. If
    nobody on the agenda is rated that way, the lines are typed.
    """
    meeting, chosen, letter = _running(state), _chosen(state, button), word(button, 2)
    if isinstance(meeting, Refused) or chosen is None or letter not in MODES:
        why = meeting if isinstance(meeting, Refused) else Refused("unknown")
        return POLLS.refuse(books, state, why, Action.HOLD_POLL)
    book, rule = chosen
    lines = _of_round_before(state, rule) or lines_of(candidates(meeting, rule, room(state).rated.get(book, ())))
    if not lines:
        return asking(book, rule.key, letter, free=False, meeting=meeting.id)
    poll = set_poll(state, book, rule, MODES[letter], rule.title, lines)
    return made(state, with_places(books, state, poll))


def _of_round_before(state: State, rule: Ballot) -> tuple[Line, ...]:
    """The lines that the newest count of the preceding ballot puts forward, if this meeting held one."""
    for poll, tally in reversed(room(state).held):
        if rule.after and rule.rating and poll.rule == rule.after and tally:
            return tuple(poll.lines[int(place)] for place in for_next_round(tally, rule.rating.value))
    return ()


def teller(books: Books, state: State, poll: Poll, button: Button) -> Turn:
    """Add or remove a person present as a teller: `vote_teller:0:<poll>:<person>`."""
    meeting, person = room(state).meeting, number(button, 1)
    one = meeting.member(person) if meeting else None
    if poll.stage is not Stage.PREPARING:
        return POLLS.refuse(books, state, Refused("begun"), Action.HOLD_POLL)
    now = [each.person for each in poll.tellers]
    if person in now:
        chosen = [each for each in now if each != person]
    elif one is None or not one.present or len(now) >= MOST_TELLERS:
        return ask_tellers(state, poll, wrong="many" if one and one.present else "")
    else:
        chosen = [*now, person]
    people = {each.id: each for each in room(state).people}
    tellers = [people[each] for each in chosen if each in people]
    changed = with_tellers(poll, tellers)
    asked = ask_tellers(state, replace(poll, taking=changed))
    kept = amended(books, state, replace(poll, taking=changed), tellers_told(poll, tellers, state))
    return Turn(asked.replies, (*kept.commands, *asked.commands))


VERBS: dict[str, OnPress] = {
    "vote_at": at,
    "vote_on": on,
    "vote_by": by,
    "vote_teller": POLLS.acting(teller, Action.HOLD_POLL),
}
