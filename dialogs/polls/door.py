"""The entrance of the room VOTE (/bophieu): the list of polls, a card, admission, and leading a poll from stage to
stage.
"""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.polls import AdmitToPoll, CountOn, WalkPoll
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, DeskFile, Key, Notify, Reply, Turn
from dialogs.polls import setting, within
from dialogs.polls.card import about, card, few, result_values, summary, unvoted
from dialogs.polls.guard import POLLS, RESULTS, TAKING, TO_LIST, chairs, may_hold, room
from rules.balloting.poll import Mode, Poll, Stage, obstacles
from rules.campaign.permissions import Action
from rules.meeting.nouns.meeting import Status
from rules.meeting.voting import let_in
from rules.nouns.reviews import Json


def bophieu(books: Books, state: State, _: str) -> Turn:
    """The command /bophieu."""
    return show_list(books, state, Button("vote_list"))


def show_list(_: Books, state: State, button: Button) -> Turn:
    """The polls that this person takes part in or leads."""
    some = page(room(state).polls, number(button, 0))
    ways = tuple((Key("vote/one", Button("vote_card", 0, about(one)), summary(one)),) for one in some.shown)
    new = ((Key("vote/new", Button("vote_new")),),) if may_hold(state) else ()
    values: dict[str, Json] = {**some.values(), "polls": [summary(one) for one in some.shown], "holds": may_hold(state)}
    keyboard = tuple(row for row in (*ways, some.keys("vote_list"), *new) if row)
    return Turn((Reply("vote/list", values, keyboard),), let_go(state, Room.VOTE))


def show_card(books: Books, state: State, poll: Poll, _: Button) -> Turn:
    """The card of one poll."""
    return Turn((card(books, state, poll),), let_go(state, Room.VOTE))


def way_in(books: Books, state: State, poll: Poll, _: Button) -> Turn:
    """A link that identifies this person to the page of the ballot. Only the newest link is valid."""
    link = state.links.get("booth", "")
    if poll.stage.over:
        return TAKING.refuse(books, state, Refused("over"), Action.HOLD_POLL)
    if state.person is None or poll.part_of(state.person.id) is None:
        return TAKING.refuse(books, state, Refused("no_part"), Action.HOLD_POLL)
    meeting = room(state).meeting
    if meeting and poll.meeting == meeting.id and not let_in(meeting, poll, state.person.id):
        return TAKING.refuse(books, state, Refused("not_there"), Action.HOLD_POLL)
    secret = poll.mode is Mode.SECRET
    values: dict[str, Json] = {"title": poll.title, "link": link, "open": bool(link), "secret": secret}
    kept = (AdmitToPoll(poll.id, state.fresh_code),) if link else ()
    return Turn((Reply("vote/link", values, (TO_LIST,)),), kept)


def ask_go(_: Books, state: State, poll: Poll, button: Button) -> Turn:
    """Explain what the next stage means, before it begins."""
    to = word(button, 1)
    sure = Key("vote/sure", Button("vote_sure", 0, (*about(poll), to)))
    back = Key("vote/card", Button("vote_card", 0, about(poll)))
    values: dict[str, Json] = {
        **summary(poll),
        "to": to,
        "received": poll.received,
        "few": few(poll, to),
        "unvoted": unvoted(state, poll, to),
    }
    return Turn((Reply("vote/go", values, ((sure,), (back,))),), let_go(state, Room.VOTE))


def go(books: Books, state: State, poll: Poll, button: Button) -> Turn:
    """Begin the next stage, and notify those who have something to do now."""
    try:
        to = Stage(word(button, 1))
    except ValueError:
        return POLLS.refuse(books, state, Refused("unknown"), Action.HOLD_POLL)
    # A box is opened by the tellers' keys, and paper is counted by tellers; whoever leads can do neither.
    if (to is Stage.COUNTED and poll.mode is not Mode.OPEN) or to is Stage.VOID:
        return POLLS.refuse(books, state, Refused("order"), Action.HOLD_POLL)
    against = obstacles(poll, to, early=room(state).early)
    if against:
        return POLLS.refuse(books, state, Refused(against[0]), Action.HOLD_POLL)
    keys = ((Key("vote/card", Button("vote_card", 0, about(poll))),),)
    values: dict[str, Json] = {**summary(poll), "to": to.value}
    return Turn((Reply("vote/gone", values, keys, replaces=True),), (WalkPoll(poll.id, to), *_told(state, poll, to)))


def count_on(books: Books, state: State, poll: Poll, _: Button) -> Turn:
    """Let paper be counted once more although counts differed too often: `vote_recount:0:<poll>`."""
    if not poll.stuck or poll.stage is not Stage.CLOSED:
        return POLLS.refuse(books, state, Refused("order"), Action.HOLD_POLL)
    keys = ((Key("vote/card", Button("vote_card", 0, about(poll))),),)
    return Turn((Reply("vote/recount", {"title": poll.title}, keys, replaces=True),), (CountOn(poll.id),))


def _told(state: State, poll: Poll, to: Stage) -> tuple[Command, ...]:
    """The notices of a new stage: voters when tokens are given out (in a vote by name, when it opens), and tellers when
    they are to count.

    Nobody is notified between token and ballot: whoever then came to the chat would be seen there.
    """
    begins = Stage.CASTING if poll.mode is Mode.OPEN else Stage.GATHERING
    if to is begins and poll.mode is not Mode.PAPER:
        meeting = room(state).meeting
        there = {one.id for one in meeting.present} if meeting else set()
        people = tuple(one for one in poll.voters if not meeting or one.person in there)
        template = "notice/poll_begins"
    elif to is Stage.CLOSED:
        people, template = poll.tellers, "notice/poll_counts"
    else:
        return ()
    values: dict[str, Json] = {"title": poll.title, "secret": poll.mode is Mode.SECRET}
    reply = Reply(template, values, ((Key("vote/in", Button("vote_in", 0, about(poll))),),))
    me = state.person.id if state.person else 0
    return tuple(
        Notify(one.person, f"poll:{poll.id}:{to.value}:{one.person}", reply) for one in people if one.person != me
    )


def show_result(books: Books, state: State, poll: Poll, _: Button) -> Turn:
    """The count, and what follows from it."""
    tally = room(state).tally
    if tally is None:
        return RESULTS.refuse(books, state, Refused("not_counted"), Action.HOLD_POLL)
    rule = setting.following_rule(state, poll)
    again = ((Key("vote/second", Button("vote_second", 0, about(poll)), {"title": rule.title}),),) if rule else ()
    back = (Key("vote/card", Button("vote_card", 0, about(poll))),)
    meeting = room(state).meeting
    put: tuple[tuple[Key, ...], ...] = ()
    if meeting and meeting.id == poll.meeting and meeting.status is Status.RUNNING and chairs(state, meeting):
        put = ((Key("meeting/votes", Button("meeting_votes", 0, (str(meeting.id), *about(poll)))),),)
    values = result_values(state, poll, tally)
    return Turn((Reply("vote/result", values, (*put, *again, back)),), let_go(state, Room.VOTE))


def blank(_: Books, __: State, poll: Poll, ___: Button) -> Turn:
    """The slip to print, as a Word file and as a PDF: `vote_blank:0:<poll>`."""
    back = ((Key("vote/card", Button("vote_card", 0, about(poll))),),)
    word_file = Reply("vote/blank", {"title": poll.title}, attached=DeskFile(f"blank_{poll.id}", "docx"))
    pdf_file = Reply("vote/blank_pdf", {}, back, attached=DeskFile(f"blankpdf_{poll.id}", "pdf"))
    return Turn((word_file, pdf_file))


VERBS: dict[str, OnPress] = {
    "vote_list": show_list,
    "vote_card": TAKING.looking(show_card, Action.HOLD_POLL),
    "vote_in": TAKING.looking(way_in, Action.HOLD_POLL),
    "vote_go": POLLS.acting(ask_go, Action.HOLD_POLL),
    "vote_sure": POLLS.acting(go, Action.HOLD_POLL),
    "vote_recount": POLLS.acting(count_on, Action.HOLD_POLL),
    "vote_blank": POLLS.acting(blank, Action.HOLD_POLL),
    "vote_result": RESULTS.looking(show_result, Action.HOLD_POLL),
    **setting.VERBS,
    **within.VERBS,
}

TEXTS: dict[str, OnText] = setting.TEXTS

COMMANDS: dict[str, OnCommand] = {"bophieu": bophieu}
